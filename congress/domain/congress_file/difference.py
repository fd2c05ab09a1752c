"""How a file differs from the congress that exists: what an import would do."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from congress.domain.congress_file.plan import CongressPlan, DayPlan, OrganisationPlan
from congress.domain.planning.item_plan import changed_fields


class Change(StrEnum):
    """What becomes of one part of a congress."""

    ADDED = "added"
    CHANGED = "changed"
    MISSING = "missing"  # it exists, and the file says nothing of it


@dataclass(frozen=True)
class Difference:
    """One part: the congress itself, a day, room, item or organisation, by code or name."""

    change: Change
    part: str
    code: str = ""
    fields: tuple[str, ...] = ()


PARTS = {"days": "day", "organisations": "organisation", "rooms": "room", "items": "item"}


def difference(before: CongressPlan, after: CongressPlan) -> tuple[Difference, ...]:
    """Return what an import of `after` changes; nothing when the two are equal."""
    own = [name for name in _names(before) if name not in PARTS]
    changed = changed_fields(before, after, dict(zip(own, own, strict=True)))
    found = [Difference(Change.CHANGED, "congress", after.slug, changed)] if changed else []
    for name, part in PARTS.items():
        found += _in_part(part, _by_code(before, name), _by_code(after, name))
    return tuple(found)


def _in_part(part: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    found = [Difference(Change.ADDED, part, code) for code in after if code not in before]
    for code in after:
        if code in before and before[code] != after[code]:
            names = {name: name for name in _names(after[code])}
            changed = changed_fields(before[code], after[code], names)
            found.append(Difference(Change.CHANGED, part, code, changed))
    # An item that was cancelled stays to be seen, and no file has to name it.
    missing = (code for code in before if code not in after)
    gone = (code for code in missing if not getattr(before[code], "cancelled", False))
    return [*found, *(Difference(Change.MISSING, part, code) for code in gone)]


def _names(plan: Any) -> list[str]:  # noqa: ANN401 - any plan
    return [field.name for field in fields(plan)]


def _by_code(plan: CongressPlan, name: str) -> dict[str, Any]:
    return {_code(each): each for each in getattr(plan, name)}


def _code(part: Any) -> str:  # noqa: ANN401 - any plan
    if isinstance(part, OrganisationPlan):
        return f"{part.name} ({part.role})"
    return str(part.day if isinstance(part, DayPlan) else part.code)
