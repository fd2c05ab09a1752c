"""Importing a congress: what the file says becomes the congress, and is released at once."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.allocation import uses_wishes
from congress.domain.attendee_list import Wanted
from congress.domain.congress_file.difference import Change, Difference, difference
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.congresses import CongressKind
from congress.domain.hall import CONGRESS, Key
from congress.domain.kinds import sizes
from congress.domain.planning.item_plan import ItemPlan, changed_fields
from congress.domain.planning.particulars import OpenToSomebody, shuts_out
from congress.domain.planning.release import require_may_be_draft, require_may_be_finished
from congress.domain.programme import ProgrammeItem as Shown
from congress.extensions import db
from congress.models import Congress, ProgrammeItem, Room
from congress.queries import attendees, congresses, programme
from congress.queries.congresses import PUBLIC, Heading
from congress.queries.planning.congress_files import as_plan, is_edited, items_of
from congress.services import auditing, delegations, quotas
from congress.services.mails import setting_reminders
from congress.services.places import Ledger
from congress.services.placing import Sizes
from congress.services.planning import adopting, allocating, modes, publishing
from congress.services.planning.publishing import Line
from congress.services.quotas import Foresight
from congress.transaction import read_one_state, transaction

NAMES = {"title": "title", "short_title": "short_title"}


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
    go to the queues; whoever is concerned by a change is told. Raises SomebodyRegistered when the
    plan is a draft again, NotBegunYet when it is finished before it begins, OpenToSomebody when
    registration would open anew, StillWaiting and BookedItemNeedsPlaces.
    """
    with transaction():
        row = db.session.scalars(
            select(Congress).where(Congress.slug == plan.slug).with_for_update(key_share=True),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if row is None:
            require_may_be_finished(plan.state, min(each.slot.starts_at for each in plan.days), now)
            row = store_new(plan, now=now)
            auditing.record("congress_imported", actor=actor, now=now, congress_id=row.id)
            return ImportResult(row.id, row.slug, is_new=True)
        items = items_of(row.id)
        before = as_plan(row, items)
        found = difference(before, plan)
        if found or is_edited(items):
            _update(row, before, plan, _line(found), actor=actor, now=now)
        return ImportResult(row.id, row.slug, is_new=False, differences=found)


def foresee(heading: Heading, plan: CongressPlan, *, now: datetime) -> Foresight:
    """Return who would move up, or be offered a place, if a congress became what a plan says.

    Nothing is held or written. Nobody waits for what the plan adds.
    """
    read_one_state()
    wanted = {each.code: each for each in plan.items}
    current = programme.current_items(heading)
    items = [_as_in(wanted.get(each.code), each) for each in current]
    ids = {each.code: each.id for each in items if each.bookable}
    ledger = Ledger(heading, items, now=now)
    registration = plan.registration
    ledger.hall = replace(
        ledger.hall,
        state=plan.state,
        period=registration.period,
        starts_at=min(each.slot.starts_at for each in plan.days),
        ends_at=max(each.slot.ends_at for each in plan.days),
    )
    sizes: dict[Key, tuple[int | None, bool]] = {
        ids[each.code]: (each.places, each.waiting_list) for each in plan.items if each.code in ids
    }
    sizes[CONGRESS] = (registration.capacity, registration.waiting_list)
    return quotas.foresee_in(ledger, registration.rules, sizes)


def _as_in(plan: ItemPlan | None, item: Shown) -> Shown:
    """Return an item as a plan has it, for places; one that it does not name is called off."""
    if plan is None:
        return replace(item, face=replace(item.face, cancelled=True))
    face = replace(item.face, cancelled=plan.cancelled, slot=plan.slot)
    bound = {name: getattr(plan, name) for name in ("same_as", "one_of", "only_with", "mode")}
    return replace(item, face=face, **bound)


def store_new(plan: CongressPlan, *, now: datetime, edition_of_id: int | None = None) -> Congress:
    """Store a congress that does not exist yet, inside a running transaction."""
    row = Congress(
        slug=plan.slug,
        uid=str(uuid.uuid4()),
        revised_at=now.replace(microsecond=0),
        created_at=now,
        edition_of_id=edition_of_id,
        capacity=plan.registration.capacity,
        held_back=sum(sizes(plan.registration.rules).values()),
        waiting_list=plan.registration.waiting_list,
        online_capacity=plan.registration.rules.online_places or None,
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
        adopting.write_host(item, each.host)
    publishing.show_programme(row.id, now=now)
    if uses_wishes(plan.registration.rules.allocation, plan.items):
        allocating.draw_seed(row)
    is_training = edition_of_id is None and row.kind == CongressKind.TRAINING
    setting_reminders.set_up(row.id, is_training=is_training, now=now)
    db.session.flush()
    return row


def _update(
    row: Congress,
    before: CongressPlan,
    plan: CongressPlan,
    line: Line,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    seen = congresses.get_congress(row.id)
    if shuts_out(plan.registration.period, seen, now):
        raise OpenToSomebody
    require_may_be_draft(seen.state, plan.state, registrations=attendees.count(row.id, Wanted()))
    was_public = row.state in PUBLIC
    if plan.registration.rules.quota and not seen.rules.quota:
        delegations.count_all(row.id)  # before a place becomes free
    modes.adopt(row, seen.rules, plan.registration.rules, now=now)
    known = programme.released_items(row.id)
    adopting.write_congress(row, plan)
    rooms = adopting.write_rooms(row, plan.rooms)
    items = _write_items(row, plan, rooms, was_public=was_public, now=now)
    adopting.drop_rooms(row, plan.rooms, items)
    ids = {item.code: item.id for item in items}
    line.details["renamed"] = _renamed(before, plan, ids)
    changed = _sizes(before, plan, ids)
    publishing.publish(row, seen, line, actor=actor, now=now, sizes=changed)
    allocating.follow(
        row,
        known,
        programme.released_items(row.id),
        was=seen.rules.allocation,
        becomes=plan.registration.rules.allocation,
    )
    modes.resize_online(row.id, plan.registration.rules, now=now)
    if seen.holds_link_back and not plan.registration.rules.link_hours:
        modes.tell_link(row, seen, now=now)


def _line(found: Sequence[Difference]) -> Line:
    return Line(
        "congress_imported",
        fields=sorted({field for each in found for field in each.fields}),
        details={
            str(change): [_named(each) for each in found if each.change is change]
            for change in Change
        },
    )


def _renamed(
    before: CongressPlan, after: CongressPlan, ids: Mapping[str, int]
) -> dict[int, dict[str, list[dict[str, str]]]]:
    """Return the old and new names of the items that are called something else, for the log."""
    known = {item.code: item for item in before.items}
    changes = {
        ids[item.code]: {
            name: [dict(getattr(each, name)) for each in (known[item.code], item)]
            for name in changed_fields(known[item.code], item, NAMES)
        }
        for item in after.items
        if item.code in known
    }
    return {number: each for number, each in changes.items() if each}


def _named(part: Difference) -> str:
    role = f" ({part.role})" if part.role else ""
    return f"{part.part} {part.code}{role}"


def _write_items(
    row: Congress, plan: CongressPlan, rooms: dict[str, Room], *, was_public: bool, now: datetime
) -> list[ProgrammeItem]:
    known = {item.code: item for item in items_of(row.id)}
    kept = []
    for each in plan.items:
        item = known.pop(each.code, None) or adopting.new_item(row.id, each, now=now)
        adopting.write_item(item, each, rooms)
        adopting.write_host(item, each.host)
        item.allocation = each.allocation or ""
        kept.append(item)
    gone = [item for item in known.values() if adopting.take_out(item, was_public=was_public)]
    return [*kept, *(item for item in known.values() if item not in gone)]


def _sizes(before: CongressPlan, plan: CongressPlan, ids: Mapping[str, int]) -> Sizes:
    """New items have their places; those of existing ones change under the rules of queues."""
    known = {item.code for item in before.items}
    registration = plan.registration
    sizes: dict[Key, tuple[int | None, bool]] = {
        ids[each.code]: (each.places, each.waiting_list)
        for each in plan.items
        if each.bookable and each.code in known
    }
    return sizes | {CONGRESS: (registration.capacity, registration.waiting_list)}
