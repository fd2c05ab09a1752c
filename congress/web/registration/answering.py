"""Answering the offer of a place: taking it, or declining it after being asked once more.

A link in a mail only shows the page: mail programs open links by themselves.
"""

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import ATTENDEE
from congress.domain.hall import CONGRESS
from congress.services import offering
from congress.web.registration import notices, offers, own_page
from congress.web.registration.occasion import occasion
from congress.web.registration.opened import opened


def accept_offer(token: str, booking_id: int | None = None) -> ResponseReturnValue:
    """Take the place in the congress, or the one of a booking; a second time changes nothing."""
    own, now = opened(token), clock.now()
    take = partial(offering.accept, own.registration.id, booking_id, actor=ATTENDEE, now=now)
    return own_page.act(own, take, notices.done(notices.ACCEPTED, booking_id or 0), now=now)


def decline_offer(token: str, booking_id: int | None = None) -> ResponseReturnValue:
    """Ask once more, then let the next in line have the place."""
    own, now = opened(token), clock.now()
    standing = own.registration.standing
    booking = standing.booking(booking_id)
    is_offered = standing.person.is_offered(booking.item.id if booking else CONGRESS)
    if request.method == "POST":
        decline = partial(
            offering.decline, own.registration.id, booking_id, actor=ATTENDEE, now=now
        )
        done = notices.done(notices.DECLINED, booking_id or 0)
        return own_page.act(own, decline, done, now=now)
    if not is_offered or (booking_id is not None and booking is None):
        return own_page.own_page(token)
    return render_template(
        "registration/decline.html",
        congress=own.congress,
        occasion=occasion(own.congress),
        token=token,
        booking=booking,
        people_asked=1 if booking else offers.people_asked(own.registration),
    )
