"""Importing a congress: what the file says becomes the congress, and is released at once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.congress_file.difference import Change, Difference, difference
from congress.domain.congress_file.plan import CongressPlan, ItemPlan
from congress.domain.congresses import CongressState
from congress.extensions import db
from congress.models import Congress, ProgrammeItem, Room
from congress.queries.congress_files import as_plan, is_edited, items_of
from congress.queries.congresses import PUBLIC
from congress.services import adopting, auditing, faces, notifying, placing, revising
from congress.transaction import transaction

# What the calendar entry of a congress says (`domain.public_calendar.congress_entry`).
ON_THE_ENTRY = frozenset({"title", "lead", "town", "venue", "address", "timezone"})


@dataclass(frozen=True)
class ImportResult:
    """What an import did; no differences: the congress was like this already."""

    congress_id: int
    slug: str
    is_new: bool
    differences: tuple[Difference, ...] = ()


def import_congress(plan: CongressPlan, *, actor: Actor, now: datetime) -> ImportResult:
    """Make the congress of a plan, or bring the one with its slug up to date; a release.

    Items are matched by code. One that the plan does not name is cancelled if it was public or
    booked, else it goes. Places below those taken are written down as overbooked; places gained
    go to the queues; whoever is concerned by a change is told.
    """
    with transaction():
        row = db.session.scalars(
            select(Congress).where(Congress.slug == plan.slug).with_for_update(key_share=True),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if row is None:
            row = store_new(plan, actor=actor, now=now)
            return ImportResult(row.id, row.slug, is_new=True)
        items = items_of(row.id)
        before = as_plan(row, items)
        found = difference(before, plan)
        if found or is_edited(items):
            _update(row, before, plan, actor=actor, now=now)
            _record(row.id, found, actor=actor, now=now)
        return ImportResult(row.id, row.slug, is_new=False, differences=found)


def store_new(
    plan: CongressPlan, *, actor: Actor, now: datetime, edition_of_id: int | None = None
) -> Congress:
    """Store a congress that does not exist yet, inside a running transaction."""
    row = Congress(
        slug=plan.slug,
        uid=str(uuid.uuid4()),
        revised_at=now.replace(microsecond=0),
        created_at=now,
        edition_of_id=edition_of_id,
        capacity=plan.registration.capacity,
        waiting_list=plan.registration.waiting_list,
        days=[],
        rooms=[],
        carriers=[],
    )
    adopting.write_congress(row, plan)
    db.session.add(row)
    db.session.flush()
    rooms = adopting.write_rooms(row, plan.rooms)
    for each in plan.items:
        item = adopting.new_item(row.id, each, now=now)
        adopting.write_item(item, each, rooms)
        faces.show(item, now=now)
    db.session.flush()
    auditing.record("congress_imported", actor=actor, now=now, congress_id=row.id)
    return row


def _update(
    row: Congress,
    before: CongressPlan,
    plan: CongressPlan,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    was_public = row.state in PUBLIC
    adopting.write_congress(row, plan)
    rooms = adopting.write_rooms(row, plan.rooms)
    items = _write_items(row, plan, rooms, was_public=was_public, now=now)
    adopting.drop_rooms(row, plan.rooms, items)
    db.session.flush()
    shown = [item.id for item in items if faces.show(item, now=now)]
    moved = _entry_changed(before, plan)
    if moved:
        row.sequence += 1
        row.revised_at = max(now.replace(microsecond=0), row.revised_at)
    revising.touch(row, content=True)
    db.session.flush()
    _adopt_places(row, before, plan, items, actor=actor, now=now)
    _reopen(row, before, plan, items, now=now)
    if before.state is CongressState.PUBLISHED and row.state == CongressState.CANCELLED:
        notifying.congress_cancelled(row.id, now=now)
    elif row.state == CongressState.PUBLISHED and now < plan.days[-1].slot.ends_at:
        if moved:
            notifying.congress_changed(row.id, now=now)
        elif shown:
            notifying.programme_changed(row.id, shown, now=now)


def _record(congress_id: int, found: Sequence[Difference], *, actor: Actor, now: datetime) -> None:
    auditing.record(
        "congress_imported",
        actor=actor,
        now=now,
        congress_id=congress_id,
        fields=sorted({field for each in found for field in each.fields}),
        details={
            str(change): [f"{each.part} {each.code}" for each in found if each.change is change]
            for change in Change
        },
    )


def _write_items(
    row: Congress, plan: CongressPlan, rooms: dict[str, Room], *, was_public: bool, now: datetime
) -> list[ProgrammeItem]:
    known = {item.code: item for item in items_of(row.id)}
    kept = []
    for each in plan.items:
        item = known.pop(each.code, None) or adopting.new_item(row.id, each, now=now)
        adopting.write_item(item, each, rooms)
        kept.append(item)
    gone = [item for item in known.values() if adopting.take_out(item, was_public=was_public)]
    return [*kept, *(item for item in known.values() if item not in gone)]


def _adopt_places(
    row: Congress,
    before: CongressPlan,
    plan: CongressPlan,
    items: Sequence[ProgrammeItem],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """New items have their places; those of existing ones change under the rules of queues."""
    ids = {item.code: item.id for item in items}
    known = {item.code: item for item in before.items}
    wanted: dict[int | None, tuple[int | None, bool]] = {
        ids[each.code]: _places(each)
        for each in plan.items
        if each.bookable and each.code in known and _places(known[each.code]) != _places(each)
    }
    registration = plan.registration
    of_congress = (registration.capacity, registration.waiting_list)
    if of_congress != (before.registration.capacity, before.registration.waiting_list):
        wanted[None] = of_congress
    if wanted:
        placing.adopt_places(row.id, wanted, actor=actor, now=now)


def _reopen(
    row: Congress,
    before: CongressPlan,
    plan: CongressPlan,
    items: Sequence[ProgrammeItem],
    *,
    now: datetime,
) -> None:
    """Whoever waits for what takes place after all gets its free places first."""
    was_shut = before.state is not CongressState.PUBLISHED or before.days != plan.days
    if was_shut and row.state == CongressState.PUBLISHED:
        placing.pass_on_everywhere(row.id, now=now)
        return
    back = {each.code for each in before.items if each.cancelled and each.bookable} & {
        each.code for each in plan.items if each.bookable and not each.cancelled
    }
    placing.pass_on(row.id, [item.id for item in items if item.code in back], now=now)


def _places(plan: ItemPlan) -> tuple[int | None, bool]:
    return plan.places, plan.waiting_list


def _entry_changed(before: CongressPlan, after: CongressPlan) -> bool:
    """Return whether the calendar entry of the congress says something else from now on."""
    if before.days != after.days:
        return True
    if (before.state is CongressState.CANCELLED) != (after.state is CongressState.CANCELLED):
        return True
    return any(getattr(before, name) != getattr(after, name) for name in ON_THE_ENTRY)
