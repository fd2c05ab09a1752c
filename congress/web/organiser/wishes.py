"""How places in workshops are given, time by time: to whoever comes first, or by ranked wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import allocation
from congress.domain.allocation import AllocationEditedMeanwhile, StillWaiting, Wanted
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import end_of_day
from congress.domain.slots import Slot, choices, in_time
from congress.domain.workshops import Allocation
from congress.queries import allocations, congresses
from congress.queries import wishes as queries
from congress.queries.allocations import Concerned
from congress.queries.wishes import Answered
from congress.services.planning import allocating
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, rules_words
from congress.web.organiser.readers import day_of

REFUSED, ANOTHER = 422, 409
PAGE = "/wishes"
LONGEST_DAY, LONGEST_VERSION = 40, 16  # characters
USUAL = ""


@dataclass(frozen=True)
class Choice:
    """One choice: its words, its entry (none once it is assigned), and what people said of it."""

    slot: Slot
    called: str
    entry: Entry
    assigned: str
    by_wishes: bool
    answered: Answered | None


@dataclass
class WishesForm:
    """One entry for each choice that is open, by `Slot.key`, and the last day."""

    choices: dict[int, Entry]
    until: Entry
    version: str

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in (*self.choices.values(), self.until) for error in told(entry)]


@dataclass(frozen=True)
class Foreseen:
    """What another way of giving places would mean for people, before it is saved."""

    concerned: Concerned
    is_other_day: bool
    is_over: bool  # the day that is wanted

    @property
    def is_something(self) -> bool:
        """Whether it has to be shown before."""
        found = self.concerned
        is_moved = self.is_other_day and bool(found.asked or self.is_over)
        return bool(found.sitting or found.wishing or is_moved)


def edit_wishes() -> ResponseReturnValue:
    """Show how places are given, or save it; what concerns people is asked about before."""
    congress = congresses.get_congress(access.workspace().id)
    items = allocations.items_of(congress)
    slots = in_time(choices(items))
    if request.method == "GET":
        return _show(congress, slots, _filled(congress, slots))
    form = _typed(congress, slots, request.form)
    wanted = _wanted(congress, form)
    if wanted is None:
        return _show(congress, slots, form), REFUSED
    try:
        _require_current(form, congress, slots)
        foreseen = _foreseen(congress, items, slots, wanted)
        seen = _seen(form)
        if foreseen.is_something and request.form.get("seen") != seen:
            return _show(congress, slots, form, foreseen=foreseen, seen=seen), REFUSED
        names = allocating.allocate(
            congress.id, wanted, version=form.version, actor=access.actor(), now=clock.now()
        )
    except AllocationEditedMeanwhile as refusal:
        form.version = allocation.version_of(slots, congress.wishes_until)
        return _show(congress, slots, form, refusal=refusal), ANOTHER
    except Refused as refusal:
        return _refused(congress, slots, form, refusal)
    done = _("Saved.") if names else _("Nothing was changed.")
    return frame.done(" ".join(filter(None, (done, rules_words.untold(foreseen.concerned)))), PAGE)


def _require_current(form: WishesForm, congress: Congress, slots: Sequence[Slot]) -> None:
    if form.version != allocation.version_of(slots, congress.wishes_until):
        raise AllocationEditedMeanwhile


def _refused(
    congress: Congress, slots: Sequence[Slot], form: WishesForm, refusal: Refused
) -> ResponseReturnValue:
    if isinstance(refusal, StillWaiting):
        return _show(congress, slots, form, refusal=refusal), REFUSED
    form.until.errors.append(refusals.reason(refusal, congress.zone))
    return _show(congress, slots, form), REFUSED


def _filled(congress: Congress, slots: Sequence[Slot]) -> WishesForm:
    form = _empty(congress, slots)
    form.version = allocation.version_of(slots, congress.wishes_until)
    for slot in slots:
        if slot.key in form.choices:
            form.choices[slot.key].value = str(allocation.said_of(slot) or USUAL)
    form.until.value = _day(congress.wishes_until, congress)
    return form


def _empty(congress: Congress, slots: Sequence[Slot]) -> WishesForm:
    return WishesForm(
        {
            slot.key: Entry(f"choice-{slot.key}", _called(slot, congress))
            for slot in slots
            if not allocation.is_assigned(slot)
        },
        Entry("until", _("Last day for wishes")),
        "",
    )


def _typed(congress: Congress, slots: Sequence[Slot], sent: Mapping[str, str]) -> WishesForm:
    form = _empty(congress, slots)
    form.version = sent.get("version", "")[:LONGEST_VERSION]
    for entry in form.choices.values():
        entry.value = sent.get(entry.name, "")
        if entry.value not in {USUAL, *Allocation}:
            entry.value = USUAL
            entry.errors.append(_("Please choose one of these."))
    read_line(form.until, sent.get("until", ""), most=LONGEST_DAY)
    return form


def _wanted(congress: Congress, form: WishesForm) -> Wanted | None:
    until = congress.wishes_until
    if form.until.value != _day(until, congress):  # a day left alone keeps the hour it has
        day = day_of(form.until) if form.until.value else None
        until = end_of_day(day, congress.zone).astimezone(UTC) if day else None
    if form.errors:
        return None
    said = {
        key: Allocation(entry.value) if entry.value else None for key, entry in form.choices.items()
    }
    return Wanted(said, until)


def _foreseen(
    congress: Congress, items: Sequence[ProgrammeItem], slots: Sequence[Slot], wanted: Wanted
) -> Foreseen:
    """Raises what stands in the way, before anybody is asked anything."""
    is_other_day = wanted.until != congress.wishes_until
    if is_other_day:
        allocation.require_before(wanted.until, congress)
    changed = {
        slot.key: wanted.said[slot.key] for slot in slots if allocating.is_other(slot, wanted)
    }
    usual = congress.rules.allocation
    was, becomes = (
        allocation.unassigned(each, usual) for each in (items, allocation.saying(items, changed))
    )
    allocating.require_nobody_waits(items, becomes - was)
    found = allocations.concerned(congress.id, becomes - was, was - becomes)
    closes_at = wanted.until or congress.period.changes_close_at
    return Foreseen(found, is_other_day, is_over=is_other_day and closes_at <= clock.now())


def _seen(form: WishesForm) -> str:
    """Return what was typed, as the question says it."""
    said = [f"{key} {entry.value}" for key, entry in form.choices.items()]
    return " / ".join([*said, form.until.value])


def _show(
    congress: Congress,
    slots: Sequence[Slot],
    form: WishesForm,
    *,
    refusal: Refused | None = None,
    foreseen: Foreseen | None = None,
    seen: str = "",
) -> str:
    by_wishes = [
        slot
        for slot in slots
        if allocation.of_slot(slot, congress.rules.allocation) is Allocation.WISHES
    ]
    answered = queries.counts(congress.id, by_wishes)
    dates = frame.dates()
    usual = rules_words.said("allocation", congress.rules.allocation)
    return frame.page(
        "wishes.html",
        current="settings",
        congress=congress,
        form=form,
        choices=[
            Choice(
                slot,
                _called(slot, congress),
                form.choices.get(slot.key, Entry("", "")),
                _assigned(slot),
                slot in by_wishes,
                answered.get(slot.key),
            )
            for slot in slots
        ],
        cards=[
            {"value": USUAL, "label": _("as for the event: %(how)s", how=usual)},
            *(
                {"value": value, "label": rules_words.said("allocation", value)}
                for value in Allocation
            ),
        ],
        uses_wishes=bool(by_wishes),
        is_all_assigned=all(map(allocation.is_assigned, by_wishes)),
        closes=dates.deadline(congress.wishes_close_at),
        is_closed=congress.wishes_close_at <= clock.now(),
        otherwise=dates.last_day(congress.period.changes_close_at),
        foreseen=foreseen,
        seen=seen,
        **refusals.box(refusal or form.errors, congress.zone),
    )


def _called(slot: Slot, congress: Congress) -> str:
    """Return what a choice is called here: what it is of, and when."""
    dates = languages.dates(congress.zone)
    kinds = dict.fromkeys(languages.kind_of(item) for item in slot.offered)
    when = f"{dates.day(slot.time.starts_at)}, {dates.range(slot.time)}"
    return f"{', '.join(kinds)}, {when}"


def _assigned(slot: Slot) -> str:
    """Say since when places of a choice are assigned, where they are."""
    at = next((item.assigned_at for item in slot.workshops if item.assigned_at), None)
    return frame.short_moment(at) if at else ""


def _day(until: datetime | None, congress: Congress) -> str:
    """Return a last day as it can be typed."""
    if until is None:
        return ""
    last = (until - timedelta(microseconds=1)).astimezone(congress.zone)
    return f"{last.day}.{last.month}.{last.year}"
