"""What the contact of a group chooses for one of its people: workshops, on site or online."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import allocation, conditions
from congress.domain.errors import Refused
from congress.domain.groups import GroupLinkOver
from congress.domain.hall import CONGRESS, Hall
from congress.domain.modes import Mode
from congress.queries.registrations import Opened
from congress.services import contacts
from congress.web import refusals
from congress.web.languages import gettext as _
from congress.web.refusals import Errors
from congress.web.registration import cards, choice_words, taking_part
from congress.web.registration.forms import (
    SlotChoice,
    choices_in,
    nothing_chosen,
    read_choices,
    wishes_of,
)
from congress.web.registration.group_page import OVER, back, opened_in_group
from congress.web.registration.occasion import Occasion, occasion
from congress.web.registration.register import REFUSED
from congress.web.registration.standing_words import workshop_in_words


def change_in_group(token: str, registration_id: int) -> ResponseReturnValue:
    """Show the workshops of one person, or choose others for them."""
    own = opened_in_group(token, registration_id)
    choices = choices_in(own.congress, own.items)
    if request.method == "GET":
        return _change_page(own, token, choices, [])
    errors = read_choices(choices, request.form)
    errors = errors or nothing_chosen(choices, _("Please choose another workshop."))
    if errors:
        return _change_page(own, token, choices, errors), REFUSED
    try:
        contacts.change_workshops(token, registration_id, wishes_of(choices), now=clock.now())
    except GroupLinkOver:
        abort(OVER)
    except Refused as refusal:
        return _change_page(own, token, choices, refusal), REFUSED
    return back(token)


def switch_in_group(token: str, registration_id: int) -> ResponseReturnValue:
    """Let one person take part in the other way."""
    own, wanted = opened_in_group(token, registration_id), request.form.get("mode", "")
    if wanted not in set(Mode):
        abort(400)
    try:
        contacts.take_part(token, registration_id, Mode(wanted), now=clock.now())
    except GroupLinkOver:
        abort(OVER)
    except Refused as refusal:
        return _change_page(own, token, choices_in(own.congress, own.items), refusal), REFUSED
    return back(token)


def _change_page(
    own: Opened, token: str, choices: list[SlotChoice], wrong: Errors | Refused
) -> str:
    congress, standing = own.congress, own.registration.standing
    words, hall = occasion(congress, standing), Hall.of(congress, own.items, now=clock.now())
    shut = conditions.first_reason(conditions.CHOOSING, hall, standing.person, CONGRESS)
    closed = taking_part.unfit(own, hall, own.items)
    mine = {booking.item.id for booking in standing.bookings}
    slots = []
    for choice in choices:
        others = [item for item in choice.items if item.id not in mine]
        offered = [
            cards.card(
                item,
                words.own_time(item, choice.slot),
                opens_safe=False,
                why_not=closed.get(item.id, ""),
                also=cards.same_as(item, own.items, words),
                name=standing.name,
            )
            for item in others
        ]
        if offered:
            slots.append((choice, offered))
    return render_template(
        "registration/change_in_group.html",
        congress=congress,
        occasion=words,
        token=token,
        standing=standing,
        workshops=[workshop_in_words(each) for each in standing.bookings],
        slots=slots,
        taking_part=taking_part.in_words(own, hall),
        **choice_words.of_page(own.items),
        ranks=_ranks(own, words),
        shut=refusals.text(shut, congress.zone) if shut else "",
        **refusals.box(wrong, congress.zone),
    )


def _ranks(own: Opened, words: Occasion) -> str:
    """Say who ranks what is given by wishes, and until when; nothing where nothing is."""
    congress, standing = own.congress, own.registration.standing
    taking = allocation.taking_wishes(own.items, congress.rules.allocation)
    if not standing.without_place(taking):
        return ""
    if clock.now() < congress.wishes_close_at:
        return _(
            "Where places are given by wishes, %(name)s ranks on their own page what they would "
            "like, %(deadline)s.",
            name=standing.name,
            deadline=words.wishes_deadline,
        )
    return _(
        "Wishes could be ranked %(deadline)s. The places are now being assigned; after that you "
        "can choose what is still free.",
        deadline=words.wishes_deadline,
    )
