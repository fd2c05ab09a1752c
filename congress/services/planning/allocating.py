"""Saying how places in workshops are given, to whoever comes first or by wishes, and until when."""

import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, update

from congress.base import table_of
from congress.domain import allocation
from congress.domain.access import Actor
from congress.domain.allocation import AllocationEditedMeanwhile, StillWaiting, Wanted
from congress.domain.programme import NamedItem, ProgrammeItem
from congress.domain.slots import Slot, choices
from congress.domain.workshops import Allocation
from congress.extensions import db
from congress.models import Congress as Row
from congress.models import FormerWish, Registration, WishDecision, WorkshopWish
from congress.queries import allocations
from congress.services import auditing
from congress.services.planning import publishing
from congress.transaction import transaction

PEOPLE, WISHES = table_of(Registration), table_of(WorkshopWish)
FORMER, DECISIONS = table_of(FormerWish), table_of(WishDecision)
SEED_BYTES = 8


def allocate(
    congress_id: int, wanted: Wanted, *, version: str, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Save how places are given in choices, and the last day for wishes; returns what changed.

    What is assigned already stays so. Whoever has a place keeps it; wishes where places are no
    longer given by them go. Raises AllocationEditedMeanwhile when `version` is not that of what
    was saved last, StillWaiting, WishesAfterBeginning and WishesBeforeOpening.
    """
    with transaction():
        row, congress = publishing.hold(congress_id)
        items = allocations.items_of(congress)
        slots = choices(items)
        if allocation.version_of(slots, congress.wishes_until) != version:
            raise AllocationEditedMeanwhile
        changed = [slot for slot in slots if is_other(slot, wanted)]
        after = allocation.saying(items, {slot.key: wanted.said[slot.key] for slot in changed})
        if changed:
            _write(congress_id, after, {item.id for slot in changed for item in slot.workshops})
            usual = congress.rules.allocation
            follow(row, items, after, was=usual, becomes=usual)
            _record_choices(row.id, changed, wanted.said, actor=actor, now=now)
        if wanted.until != congress.wishes_until:
            allocation.require_before(wanted.until, congress)
            row.wishes_until = wanted.until
            moments = [_moment(each) for each in (congress.wishes_until, wanted.until)]
            auditing.record(
                "wishes_until_set",
                actor=actor,
                now=now,
                congress_id=row.id,
                details={"until": moments},
            )
            return (*(["allocation"] if changed else []), "wishes_until")
    return ("allocation",) if changed else ()


def is_other(slot: Slot, wanted: Wanted) -> bool:
    """Return whether something else is wanted of a choice than what is said of it."""
    is_open = slot.key in wanted.said and not allocation.is_assigned(slot)
    return is_open and wanted.said[slot.key] != allocation.said_of(slot)


def follow(
    row: Row,
    before: Collection[ProgrammeItem],
    after: Collection[ProgrammeItem],
    *,
    was: Allocation,
    becomes: Allocation,
) -> None:
    """Do what another way of giving places asks for, inside a running transaction.

    A congress draws once what its lots come from, before anybody wishes. Raises StillWaiting.
    """
    earlier = allocation.unassigned([*before], was)
    later = allocation.unassigned([*after], becomes)
    require_nobody_waits(after, later - earlier)
    if later or becomes is Allocation.WISHES:  # where workshops may be planned later
        draw_seed(row)
    if ended := earlier - later:
        _forget(row.id, ended, is_all=not later)


def require_nobody_waits(items: Collection[ProgrammeItem], begun: Collection[int]) -> None:
    """Refuse that places are given by wishes where somebody waits for one. Raises StillWaiting."""
    waiting = allocations.waiting(begun)
    if waiting:
        raise StillWaiting(
            tuple(
                (NamedItem(item.number, item.face.title, item.face.short_title), waiting[item.id])
                for item in items
                if item.id in waiting
            )
        )


def draw_seed(row: Row) -> None:
    """Draw what lots come from, where that was not done before."""
    if not row.wish_seed:
        row.wish_seed = secrets.token_hex(SEED_BYTES)


def _write(congress_id: int, items: Collection[ProgrammeItem], keys: Collection[int]) -> None:
    said = {item.id: item.allocation for item in items if item.id in keys}
    for row in publishing.hold_items(congress_id):
        if row.id in said:
            row.allocation = said[row.id] or ""


def _forget(congress_id: int, item_ids: Collection[int], *, is_all: bool) -> None:
    """Let wishes go that nothing is given by any more, with what was decided about them."""
    for table in (WISHES, FORMER, DECISIONS):
        db.session.execute(delete(table).where(table.c.item_id.in_(item_ids)))
    if is_all:
        here = update(PEOPLE).where(PEOPLE.c.congress_id == congress_id)
        db.session.execute(here.where(PEOPLE.c.wished_at.is_not(None)).values(wished_at=None))


def _record_choices(
    congress_id: int,
    slots: Collection[Slot],
    said: Mapping[int, Allocation | None],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    changes: list[dict[str, Any]] = [
        {
            "time": [slot.time.starts_at.isoformat(), slot.time.ends_at.isoformat()],
            "said": [str(each or "") for each in (allocation.said_of(slot), said[slot.key])],
        }
        for slot in slots
    ]
    auditing.record(
        "allocation_changed",
        actor=actor,
        now=now,
        congress_id=congress_id,
        details={"choices": changes},
    )


def _moment(until: datetime | None) -> str | None:
    return until.astimezone(UTC).isoformat() if until else None
