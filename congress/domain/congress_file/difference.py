"""How a file differs from the congress that exists: what an import would do."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from datetime import date, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from congress.domain.calendars.days import followed
from congress.domain.congress_file.plan import CongressPlan, DayPlan, OrganisationPlan
from congress.domain.congresses import CongressState, OrganisationRole
from congress.domain.planning.item_plan import (
    ItemPlan,
    PersonPlan,
    changed_fields,
    people_change,
)
from congress.domain.programme import UNNAMED, PersonState


class Change(StrEnum):
    """What becomes of one part of a congress."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"  # a day that is another one now, and the same to everybody's calendar
    MISSING = "missing"  # it exists, and the file says nothing of it: it goes
    CALLED_OFF = "called_off"  # likewise, an item that the public has seen: it stays, cancelled


@dataclass(frozen=True)
class Difference:
    """One part: the congress itself, a day, room, item or organisation, by code or name.

    Days are named by their dates, organisations by name and role; of a programme item it is said
    who came and who went.
    """

    change: Change
    part: str
    code: str = ""
    fields: tuple[str, ...] = ()
    day_before: date | None = None
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    role: OrganisationRole | None = None


Code = tuple[str, OrganisationRole | None]
PARTS = {"organisations": "organisation", "rooms": "room", "items": "item", "questions": "question"}


def difference(before: CongressPlan, after: CongressPlan) -> tuple[Difference, ...]:
    """Return what an import of `after` changes; nothing when the two are equal."""
    changed = (
        *_changed(before, after, leave={"registration", "days", *PARTS}),
        *_changed(before.registration, after.registration),
    )
    found = [Difference(Change.CHANGED, "congress", after.slug, changed)] if changed else []
    found += _in_days(before, after)
    for name, part in PARTS.items():
        was_seen = part == "item" and before.state is not CongressState.DRAFT
        gone = Change.CALLED_OFF if was_seen else Change.MISSING
        found += _in_part(part, _by_code(before, name), _by_code(after, name), gone=gone)
    return tuple(found)


def _in_days(before: CongressPlan, after: CongressPlan) -> list[Difference]:
    """Compare days as calendars do: one that is moved is no other day."""
    known, wanted = ({each.day: each for each in plan.days} for plan in (before, after))
    kept = followed(tuple(sorted(wanted)), tuple(sorted(known)))
    found = []
    for day in wanted:
        was = kept.get(day)
        if was is None:
            found.append(Difference(Change.ADDED, "day", str(day)))
            continue
        change = Change.CHANGED if was == day else Change.MOVED
        changed = () if _hours(before, known[was]) == _hours(after, wanted[day]) else ("slot",)
        if changed or change is Change.MOVED:
            day_before = None if was == day else was
            found.append(Difference(change, "day", str(day), changed, day_before))
    gone = (day for day in known if day not in kept.values())
    return [*found, *(Difference(Change.MISSING, "day", str(day)) for day in gone)]


def _hours(plan: CongressPlan, day: DayPlan) -> list[time]:
    zone = ZoneInfo(plan.timezone)
    return [each.astimezone(zone).time() for each in (day.slot.starts_at, day.slot.ends_at)]


def _in_part(
    part: str, before: Mapping[Code, Any], after: Mapping[Code, Any], *, gone: Change
) -> list[Difference]:
    found = [_of(Change.ADDED, part, code) for code in after if code not in before]
    for code in after:
        if code in before and before[code] != after[code]:
            changed = _changed(before[code], after[code])
            people = _people(before[code], after[code]) if "people" in changed else {}
            found.append(_of(Change.CHANGED, part, code, fields=changed, **people))
    # What was cancelled, or is asked no more, stays to be seen, and no file has to name it.
    missing = (code for code in before if code not in after)
    left_out = (code for code in missing if not _is_off(before[code]))
    return [*found, *(_of(gone, part, code) for code in left_out)]


def _of(change: Change, part: str, code: Code, **facts: Any) -> Difference:  # noqa: ANN401
    name, role = code
    return Difference(change, part, name, role=role, **facts)


def _is_off(part: Any) -> bool:  # noqa: ANN401 - any plan
    return any(getattr(part, name, False) for name in ("cancelled", "is_retired"))


def _people(before: ItemPlan, after: ItemPlan) -> dict[str, Any]:
    """Return who came and who went; whoever declined takes no part."""
    change = people_change(*(_taking_part(plan.people) for plan in (before, after)))
    return {
        "came": tuple(each.name or UNNAMED for each in change.came),
        "left": tuple(each.name or UNNAMED for each in change.left),
    }


def _taking_part(people: Sequence[PersonPlan]) -> list[PersonPlan]:
    return [each for each in people if each.state is not PersonState.DECLINED]


def _changed(before: Any, after: Any, leave: AbstractSet[str] = frozenset()) -> tuple[str, ...]:  # noqa: ANN401 - any plan
    names = [field.name for field in fields(before) if field.name not in leave]
    return changed_fields(before, after, dict(zip(names, names, strict=True)))


def _by_code(plan: CongressPlan, name: str) -> dict[Code, Any]:
    return {_code(each): each for each in getattr(plan, name)}


def _code(part: Any) -> Code:  # noqa: ANN401 - any plan
    if isinstance(part, OrganisationPlan):
        return part.name, part.role
    return str(part.code), None
