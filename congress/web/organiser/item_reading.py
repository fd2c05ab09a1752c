"""What the form of a programme item means, with sentences for what it cannot mean."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from congress.domain.modes import ItemMode
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.planning.scheduling import days_between
from congress.domain.programme import (
    ALWAYS_CHOSEN,
    CAN_BE_BOOKED,
    DIALOGUE_PARTNER,
    MOST_PLACES,
    PersonState,
)
from congress.domain.texts import REQUIRED_LANGUAGE, in_language
from congress.domain.times.time_slots import TimeSlot
from congress.web.entries import read_number
from congress.web.languages import gettext as _
from congress.web.organiser.item_form import ItemForm, PersonRow
from congress.web.organiser.readers import clock_of, day_of, moment_of, places_of, texts_of

# What people choose only where organisers say so.
TICKED_KINDS = CAN_BE_BOOKED - ALWAYS_CHOSEN


def read_plan(
    form: ItemForm, before: ItemPlan, *, days: Sequence[date], rooms: Sequence[str], zone: ZoneInfo
) -> ItemPlan | None:
    """Return what the form means, or None when something in it has to be corrected."""
    slot = _read_slot(form, before.slot, days, zone)
    before = replace(before, bookable=_read_bookable(form, before))
    if form.room.value and form.room.value not in rooms:
        form.room.errors.append(_("Please choose one of the rooms."))
    places = places_of(form.capacity) if before.bookable else None
    minimum, minimum_by = _read_minimum(form) if before.bookable else (None, None)
    if form.errors or slot is None:
        return None
    return replace(
        before,
        title=texts_of(before.title, form.title_de, form.title_en),
        short_title=texts_of(before.short_title, form.short_title_de, form.short_title_en),
        abstract=texts_of(before.abstract, form.abstract_de, form.abstract_en),
        slot=slot,
        room=form.room.value or None,
        online_link=form.online_link.value if before.bookable else before.online_link,
        people=tuple(_read_person(row, before) for row in form.people),
        cancelled=bool(form.cancelled.value),
        places=places,
        waiting_list=bool(form.waiting_list.value) if before.bookable else before.waiting_list,
        same_as=form.same_as.value if before.bookable else "",
        mode=ItemMode(form.mode.value) if form.mode.value in set(ItemMode) else before.mode,
        one_of=form.one_of.value if before.bookable else "",
        only_with=form.only_with.value if before.bookable else "",
        minimum=minimum,
        minimum_by=minimum_by,
    )


def _read_bookable(form: ItemForm, before: ItemPlan) -> bool:
    """Return whether people choose it: some kinds always, others where it is ticked."""
    if form.kind.errors:
        return before.bookable
    if before.kind not in TICKED_KINDS:
        _refuse_places(form, before)
        return before.bookable
    if not form.bookable.value and not before.bookable:
        tick = _("Please tick “People choose it when they register” too, or leave the field empty.")
        _refuse(form, tick)
    return bool(form.bookable.value)


def _refuse_places(form: ItemForm, before: ItemPlan) -> None:
    if not before.bookable:
        _refuse(
            form,
            _(
                "Only workshops, placements, days, evening events and meals can be booked. "
                "Please leave the field empty, or choose another kind."
            ),
        )


def _refuse(form: ItemForm, sentence: str) -> None:
    """Say what is wrong with everything that was filled in for what nobody books."""
    for entry in (form.capacity, form.minimum, form.online_link):
        if entry.value:
            entry.errors.append(sentence)


def _read_minimum(form: ItemForm) -> tuple[int | None, date | None]:
    number = None
    if form.minimum.value and not form.minimum.errors:
        number = read_number(form.minimum.value, most=MOST_PLACES)
        if not number:
            form.minimum.errors.append(
                _("Please enter the number in figures, at least 1, or leave the field empty.")
            )
    return number, day_of(form.minimum_by) if form.minimum_by.value else None


def _read_slot(
    form: ItemForm, before: TimeSlot, days: Sequence[date], zone: ZoneInfo
) -> TimeSlot | None:
    day = next((day for day in days if day.isoformat() == form.day.value), None)
    if day is None:
        form.day.errors.append(_("Please choose one of the days of the event."))
    starts, ends = clock_of(form.starts), clock_of(form.ends, is_end=True)
    if day is None or starts is None or ends is None:
        return None
    last = day + timedelta(days=days_between(before, (starts, ends), zone))
    starts_at = moment_of(form.starts, day, starts, before.starts_at, zone)
    ends_at = moment_of(form.ends, last, ends, before.ends_at, zone)
    return TimeSlot(starts_at, ends_at) if starts_at and ends_at else None


def _read_person(row: PersonRow, before: ItemPlan) -> PersonPlan:
    """Translations of an affiliation that was left alone stay."""
    states = {str(state): state for state in PersonState}
    name, german = row.name.value or None, row.affiliation.value
    kept = (
        each.affiliation
        for each in before.people
        if (each.name, in_language(each.affiliation, REQUIRED_LANGUAGE)) == (name, german)
    )
    return PersonPlan(
        name=name,
        affiliation=next(kept, {REQUIRED_LANGUAGE: german} if german else {}),
        role=row.other.value or row.role.value or DIALOGUE_PARTNER,
        state=states.get(row.state.value, PersonState.REQUESTED),
    )
