"""The form of an item that is not there yet: what it is, beside all that can be edited later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from congress.domain.planning import adding
from congress.domain.planning.adding import Spot
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import ALWAYS_CHOSEN, ItemKind
from congress.domain.times.time_slots import TimeSlot
from congress.web import languages
from congress.web.entries import read_number
from congress.web.languages import gettext as _
from congress.web.organiser import item_form, item_reading
from congress.web.organiser.item_form import ItemForm

HIGHEST_NUMBER = 999


def for_day(day: TimeSlot, spots: Sequence[Spot], zone: ZoneInfo) -> ItemForm:
    """Return the form with the time after the last item of a day; none where the day is full."""
    form = item_form.empty()
    form.day.value = day.starts_at.astimezone(zone).date().isoformat()
    form.waiting_list.value = "y"
    slot = adding.slot_after(day, spots)
    if slot is not None:
        say = languages.dates(zone).bare_time
        form.starts.value = say(slot.starts_at.astimezone(zone))
        form.ends.value = say(slot.ends_at.astimezone(zone))
    return form


def like(plan: ItemPlan, spots: Sequence[Spot], zone: ZoneInfo) -> ItemForm:
    """Return the form filled in with another item."""
    another = adding.another_like(plan, spots)
    form = item_form.filled(another, zone)
    form.version = ""
    form.kind.value = another.kind
    form.number.value = "" if another.number is None else str(another.number)
    return form


def read_plan(
    form: ItemForm,
    source: ItemPlan | None,
    *,
    days: Sequence[TimeSlot],
    rooms: Sequence[str],
    zone: ZoneInfo,
) -> ItemPlan | None:
    """Return the new item, or None when something has to be corrected.

    What the form has no field for, such as texts in further languages, is that of the `source`.
    """
    kind, number = _read_kind(form), _read_number(form)
    dates = [day.starts_at.astimezone(zone).date() for day in days]
    before = source or ItemPlan("", ItemKind.TALK, {}, _chosen(form, days, dates))
    before = replace(
        before,
        kind=kind or before.kind,
        number=number,
        bookable=source.bookable if source and source.kind is kind else kind in ALWAYS_CHOSEN,
        cancelled=False,
    )
    return item_reading.read_plan(form, before, days=dates, rooms=rooms, zone=zone)


def _chosen(form: ItemForm, days: Sequence[TimeSlot], dates: Sequence[date]) -> TimeSlot:
    chosen = (day for day, each in zip(days, dates, strict=True) if str(each) == form.day.value)
    return next(chosen, days[0])


def _read_kind(form: ItemForm) -> ItemKind | None:
    kind = next((each for each in ItemKind if each == form.kind.value), None)
    if kind is None:
        form.kind.errors.append(_("Please choose a kind."))
    return kind


def _read_number(form: ItemForm) -> int | None:
    if not form.number.value or form.number.errors:
        return None
    number = read_number(form.number.value, most=HIGHEST_NUMBER)
    if not number:
        form.number.errors.append(
            _(
                "Please enter the number in figures, from 1 to %(most)d, or leave the field empty.",
                most=HIGHEST_NUMBER,
            )
        )
    return number or None
