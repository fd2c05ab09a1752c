"""The page of one registration, for whoever holds its secret link."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import conditions, overlaps
from congress.domain.access import ATTENDEE
from congress.domain.change_requests import RequestKind, may_ask
from congress.domain.conditions import Condition
from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall, Key
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, ChangesClosed, WithdrawalsClosed
from congress.domain.registration_request import VOLUNTARY
from congress.formats.field_words import field_words
from congress.queries import groups
from congress.queries.acts import LastAct, last_act
from congress.queries.coming_back import registered_again
from congress.queries.registrations import Opened, OwnRegistration
from congress.services import changing, consenting, subscribing
from congress.web import languages, refusals
from congress.web.languages import gettext as _
from congress.web.market import own as market
from congress.web.refusals import Errors
from congress.web.registration import (
    asking,
    cards,
    certifiable,
    choice_words,
    feedback,
    naming,
    notices,
    offers,
    outcome_words,
    own_answers,
    own_links,
    own_tasks,
    participant_files,
    taking_part,
    wishes,
)
from congress.web.registration.assistance import may_state
from congress.web.registration.bookings import others_wait
from congress.web.registration.forms import (
    SlotChoice,
    choices_in,
    nothing_chosen,
    read_choices,
    wishes_of,
)
from congress.web.registration.notices import Notice
from congress.web.registration.occasion import Occasion, door, occasion
from congress.web.registration.opened import opened
from congress.web.registration.register import REFUSED
from congress.web.registration.standing import StandingWords, View, is_active, standing_in_words
from congress.web.registration.steps import Wishing

GIVEN = "given"
SURE = "sure"
SUBSCRIPTION, INVITATIONS, OTHER_ADDRESS = "subscription", "invitations", "other-address"
Others = tuple[SlotChoice, list[ProgrammeItem]]


def own_page(token: str) -> str:
    """Show what somebody has, what they wait for, and everything they can do about it."""
    own = opened(token)
    return _page(own, _choices(own), [], now=clock.now())


def change_workshops(token: str) -> ResponseReturnValue:
    """Take wishes for other workshops; the old place is kept until the new one is sure."""
    own = opened(token)
    now = clock.now()
    choices = _choices(own)
    errors = read_choices(choices, request.form)
    errors = errors or nothing_chosen(choices, _("Please choose what you would like instead."))
    if errors:
        return _page(own, choices, errors, now=now), REFUSED
    number, wanted = own.registration.id, wishes_of(choices)
    change = partial(changing.change_workshops, number, wanted, actor=ATTENDEE, now=now)
    done = notices.done(notices.CHOSE, *(wish.item_id for wish in wanted))
    return _act(own, change, done, choices, now=now)


def leave_workshop(token: str, booking_id: int) -> ResponseReturnValue:
    """Give a workshop place back, or stop waiting for one; asked first if others wait for it."""
    own = opened(token)
    now = clock.now()
    booking = own.registration.standing.booking(booking_id)
    if booking is None:
        return _back(token)
    hall, key = _hall(own, now=now), booking.item.id
    is_place = booking.state is BookingState.CONFIRMED
    may_leave = _may(conditions.LEAVING, own, hall, key)
    is_asked = request.method == "GET" or (SURE not in request.form and others_wait(booking))
    if is_asked and may_leave:
        return render_template(
            "registration/leave.html",
            congress=own.congress,
            occasion=occasion(own.congress),
            token=token,
            booking=booking,
            is_place=is_place,
            waiting=booking.item.places.waiting - (0 if is_place else booking.position or 0),
            passes_on=conditions.passes_on(hall, key),
            sure=SURE,
        )
    if request.method == "GET":
        return _back(token)
    leave = partial(changing.leave, own.registration.id, booking_id, actor=ATTENDEE, now=now)
    done = notices.done(notices.LEFT if is_place else notices.STOPPED, booking_id)
    return _act(own, leave, done, _choices(own), now=now)


def take_back(token: str, booking_id: int) -> ResponseReturnValue:
    """Undo giving a place back, while nobody has it or waits for it."""
    own = opened(token)
    now = clock.now()
    again = partial(changing.take_back, own.registration.id, booking_id, actor=ATTENDEE, now=now)
    done = notices.done(notices.TOOK_BACK, booking_id)
    return _act(own, again, done, _choices(own), now=now)


def withdraw(token: str) -> ResponseReturnValue:
    """Ask once more, then end the registration."""
    own = opened(token)
    now = clock.now()
    hall = _hall(own, now=now)
    shut = _why_not(conditions.WITHDRAWING, own, hall)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            changing.withdraw(own.registration.id, actor=ATTENDEE, now=now)
        except Refused as refusal:
            refused = refusal
        else:
            return _back(token)
    page = render_template(
        "registration/withdraw.html",
        congress=own.congress,
        occasion=occasion(own.congress),
        own=own.registration,
        is_replaced=registered_again(own.registration.id) is not None,
        token=token,
        **refusals.box(refused or [], own.congress.zone),
        shut=shut and refusals.reason(shut, own.congress.zone),
        may_ask=may_ask(RequestKind.WITHDRAWAL, hall, own.registration.standing.person),
        passes_on=taking_part.passes_on(own, hall),
    )
    return (page, REFUSED) if refused else page


def set_consent(token: str) -> ResponseReturnValue:
    """Give or take back a consent."""
    own = opened(token)
    purpose = request.form.get("purpose", "")
    if purpose not in VOLUNTARY:
        abort(400)
    given, now, number = request.form.get("answer") == GIVEN, clock.now(), own.registration.id
    consent = partial(consenting.set_consent, number, purpose, given=given, actor=ATTENDEE, now=now)
    done = notices.done(notices.CONSENT, purpose)
    return _act(own, consent, done, _choices(own), now=now)


def choose_calendar(token: str) -> ResponseReturnValue:
    """Take a calendar to subscribe to in the place of invitations by mail, or the other way.

    Or another address for it, where others know the one it has.
    """
    own, now = opened(token), clock.now()
    channel = request.form.get("channel", "")
    if channel == OTHER_ADDRESS:
        renew = partial(subscribing.renew_address, own.registration.id, actor=ATTENDEE, now=now)
        return _act(own, renew, notices.done(notices.FEED), _choices(own), now=now)
    if channel not in {SUBSCRIPTION, INVITATIONS}:
        abort(400)
    choose = partial(
        subscribing.choose_channel,
        own.registration.id,
        subscribes=channel == SUBSCRIPTION,
        actor=ATTENDEE,
        now=now,
    )
    return _act(own, choose, notices.done(notices.CALENDAR), _choices(own), now=now)


def _act(
    own: Opened, act: Callable[[], object], done: str, choices: list[SlotChoice], *, now: datetime
) -> ResponseReturnValue:
    """Carry out what somebody wants and go back to the page, which says why if it is refused."""
    try:
        act()
    except Refused as refusal:
        return _page(own, choices, refusal, now=now), REFUSED
    return _back(own.token, done)


def act(
    own: Opened, does: Callable[[], object], done: str, *, now: datetime
) -> ResponseReturnValue:
    """Carry out what somebody wants on another page, and go back to this one."""
    return _act(own, does, done, _choices(own), now=now)


def refused(own: Opened, refusal: Refused, *, now: datetime) -> ResponseReturnValue:
    """Show why something wanted on another page cannot be; nothing was changed."""
    return _page(own, _choices(own), refusal, now=now), REFUSED


def _back(token: str, done: str | None = None) -> ResponseReturnValue:
    return redirect(languages.link(url_for(".own_page", token=token, done=done)), code=303)


def _choices(own: Opened) -> list[SlotChoice]:
    return choices_in(own.congress, own.items)


def _page(own: Opened, choices: list[SlotChoice], wrong: Errors | Refused, *, now: datetime) -> str:
    congress, registration = own.congress, own.registration
    words, hall = occasion(congress, registration.standing), _hall(own, now=now)
    shut = _why_not(conditions.CHOOSING, own, hall)
    stays = _why_not(conditions.WITHDRAWING, own, hall)
    may_change = shut is None
    # What somebody typed stays to be read and copied, also when it came too late.
    is_shown = may_change or any(choice.choice.value for choice in choices)
    others = _others(own, choices) if is_shown else []
    shown = [item for _choice, items in others for item in items]
    open_to = [item for item in shown if may_change and not cards.is_closed(item)]
    unfit = taking_part.unfit(own, hall, shown)
    open_to = [item for item in open_to if item.id not in unfit]
    consents = _consents(registration, congress)
    notice = notices.notice(request.args.get("done", ""), own, consents, now=now)
    if wrong:
        notice = Notice()
    ranked = wishes.of_own_page(own, choices, now)
    return render_template(
        "registration/own_page.html",
        congress=congress,
        occasion=words,
        own=registration,
        fields=field_words(languages.current()),
        **own_answers.of_page(congress, registration),
        token=own.token,
        **refusals.box(wrong, congress.zone),
        notice=notice,
        undo=Notice() if notice.take_back else notices.undo(own, hall),
        words=_standing(own, words, hall, open_to, ranked, may_change=may_change),
        **choice_words.of_page(own.items),
        slots=[
            (each, cards.of_choice(each, items, own.items, words, unfit)) for each, items in others
        ],
        waits=registration.wanted_address(now=now) if is_active(registration.standing) else "",
        may_change=may_change,
        may_correct=_may(conditions.CHANGING, own, hall),
        changes_closed=isinstance(shut, ChangesClosed) and not (ranked and ranked.is_all),
        may_choose=bool(open_to),
        may_leave=_may(conditions.LEAVING, own, hall),
        may_keep_one=_may_keep_one(own, hall),
        may_stop_waiting=any(
            _may(conditions.LEAVING, own, hall, booking.item.id)
            for booking in registration.standing.waiting
        ),
        may_withdraw=stays is None,
        may_give_back=now < congress.period.withdrawals_close_at(congress.starts_at),
        withdrawals_closed=isinstance(stays, WithdrawalsClosed),
        door=door(congress, now).name,
        passes_on=taking_part.passes_on(own, hall),
        consents=consents,
        asks_needs=may_state(own),
        has_market=market.is_offered(own),
        feed=own_links.feed(own),
        code=own_links.code(own, now=now),
        **asking.of_own_page(own, hall),
        **naming.of_own_page(own, hall),
        feedback_link=feedback.link_to_ballot(own, now),
        group=groups.find_by_id(own.registration.group_id),
        people_asked=offers.people_asked(own.registration),
        **certifiable.of_own_page(own, now=now),
        **participant_files.of_own_page(own),
        **own_tasks.of_own_page(own),
        **outcome_words.of_own_page(own),
        **taking_part.of_own_page(own, hall),
        wishes=ranked,
    )


def _standing(
    own: Opened,
    words: Occasion,
    hall: Hall,
    open_to: list[ProgrammeItem],
    wishing: Wishing | None,
    *,
    may_change: bool,
) -> StandingWords:
    standing = own.registration.standing
    again = None if is_active(standing) else registered_again(standing.id)
    last = LastAct() if is_active(standing) or again else last_act(standing.id)
    view = View(
        *(standing, words, hall, open_to, last, again, wishing, wishes.assigned_at(own)),
        may_change=may_change,
    )
    return replace(standing_in_words(view), offers=offers.in_words(standing, words, hall))


def _hall(own: Opened, *, now: datetime) -> Hall:
    return Hall.of(own.congress, own.items, now=now)


def _may(door: Iterable[Condition], own: Opened, hall: Hall, key: Key = CONGRESS) -> bool:
    """Return whether nothing stands in the way; the same is asked again on acting."""
    return _why_not(door, own, hall, key) is None


def _why_not(
    door: Iterable[Condition], own: Opened, hall: Hall, key: Key = CONGRESS
) -> Refused | None:
    return conditions.first_reason(door, hall, own.registration.standing.person, key)


def _may_keep_one(own: Opened, hall: Hall) -> bool:
    """Return whether one of two workshops at one time can be given up, which has no last day."""
    doubled = (pair.first.item.id for pair in overlaps.of(own.registration.standing))
    return any(_may(conditions.LEAVING, own, hall, key) for key in doubled)


def _others(own: Opened, choices: list[SlotChoice]) -> list[Others]:
    """Return the workshops one could change to, for each choice."""
    mine = {booking.item.id for booking in own.registration.standing.bookings}
    found = [(choice, [item for item in choice.items if item.id not in mine]) for choice in choices]
    return [(choice, others) for choice, others in found if others]


def _consents(own: OwnRegistration, congress: Congress) -> Mapping[str, datetime | None]:
    """Return each voluntary consent with the moment it was given, None without consent.

    Whoever is not registered any more, or for what was called off, is asked for none, but can
    take back what was given.
    """
    given = {each.purpose: each.given_at for each in own.consents if each.withdrawn_at is None}
    asks = is_active(own.standing) and congress.state is not CongressState.CANCELLED
    return {purpose: given.get(purpose) for purpose in VOLUNTARY if purpose in given or asks}
