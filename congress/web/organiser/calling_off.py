"""Calling off one workshop: who is in it, and where and how long they can have another place."""

from dataclasses import dataclass
from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.errors import Refused
from congress.domain.planning import calling_off as rules
from congress.domain.planning.item_plan import EditedItem
from congress.domain.programme import ProgrammeItem
from congress.queries import congresses, programme, wishes
from congress.queries.planning import scheduling
from congress.services.planning import calling_off
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_id, read_line, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import bound_items, frame
from congress.web.organiser.readers import day_of
from congress.web.registration.cards import full_name, state_of

REFUSED, ANOTHER = 422, 409
LONGEST_MARK = 64


@dataclass
class CallOffForm:
    """What is to be decided, as typed."""

    into: Entry
    day: Entry
    choices: list[tuple[str, str]]


def call_off_workshop(code: str) -> ResponseReturnValue:
    """Ask before a workshop is called off, and call it off."""
    item = _get(code)
    form = _form(item)
    if request.method == "GET":
        return _show(item, form)
    into, day = _read(form)
    if told(form.into) or told(form.day):
        return _show(item, form), REFUSED
    now = clock.now()
    try:
        put = calling_off.call_off(
            item.id,
            into=into,
            day=day,
            seen=request.form.get("seen", "")[:LONGEST_MARK],
            actor=access.actor(),
            now=now,
        )
    except rules.NoTimeToChoose as refusal:
        form.day.errors.append(refusals.reason(refusal, access.workspace().zone))
        return _show(item, form), REFUSED
    except Refused as refusal:
        return _show(_get(code), form, error=refusals.text(refusal)), ANOTHER
    return frame.done(_done(item, put), "/programme", at=now)


def can_be_called_off(item: EditedItem) -> bool:
    """Return whether a workshop is public and takes place, and has not begun."""
    try:
        rules.require_can_be_called_off(item, access.workspace().state, now=clock.now())
    except rules.NotToBeCalledOff:
        return False
    return True


def ranked(item: EditedItem) -> int:
    """Return how many ranked a workshop as a wish, beside those who are in it already."""
    workspace = access.workspace()
    congress = congresses.with_content(workspace)
    return wishes.count_ranked(congress, item.id, programme.kept_items(workspace))


def _get(code: str) -> EditedItem:
    return scheduling.find_edited(access.workspace().id, code) or abort(404)


def _done(item: EditedItem, put: int) -> str:
    said = _("“%(title)s” is cancelled.", title=languages.text(item.plan.title))
    if not put:
        return said
    moved = ngettext(
        "%(num)d person has a place in the other item.",
        "%(num)d people have a place in the other item.",
        put,
    )
    return f"{said} {moved}"


def _form(item: EditedItem) -> CallOffForm:
    """Return the form; places elsewhere are given by whoever may change registrations."""
    others: list[ProgrammeItem] = []
    if item.places.taken and access.may(Right.CHANGE_ATTENDEES):
        others = rules.substitutes(item, programme.current_items(access.workspace()))
    return CallOffForm(
        Entry("into", _("A place meanwhile in")),
        Entry("day", _("They can choose again until")),
        [(str(each.id), _choice(each)) for each in others],
    )


def _choice(item: ProgrammeItem) -> str:
    return f"{full_name(item)} · {frame.dates().range(item.slot)} · {state_of(item.places)[1]}"


def _read(form: CallOffForm) -> tuple[int | None, date | None]:
    read_line(form.into, request.form.get("into", ""), most=40)
    read_line(form.day, request.form.get("day", ""), most=40)
    into = read_id(form.into.value) if form.into.value else None
    if form.into.value and form.into.value not in dict(form.choices):
        form.into.errors.append(_("Please choose something with free places."))
    day = day_of(form.day) if form.day.value and not form.day.errors else None
    return into, day


def _show(item: EditedItem, form: CallOffForm, *, error: str = "") -> str:
    workspace = access.workspace()
    congress = congresses.with_content(workspace)
    items = programme.current_items(workspace)
    wishing = ranked(item)
    return frame.page(
        "call_off.html",
        current="programme",
        item=item,
        form=form,
        is_on=can_be_called_off(item),
        seen=rules.mark_of(item, wishing),
        people=scheduling.count_in(item.id),
        ranked=wishing,
        bound=bound_items.to(item.id, items),
        deadline=frame.dates().last_day(congress.period.changes_close_at),
        is_late=clock.now() >= congress.period.changes_close_at,
        errors=[*told(form.into), *told(form.day)],
        error=error,
    )
