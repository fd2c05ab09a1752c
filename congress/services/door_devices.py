"""Devices at doors: what they are handed for a day, and what they send back of it.

A device keeps its list under a key that belongs to one login and one device, so a copy of its
storage opens nothing. What it sends is taken once, however often and from wherever it comes.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.attendance import require_open_door
from congress.domain.congresses import Congress
from congress.domain.door_scans import (
    NEWLY_THERE,
    TO_LOOK_AT,
    Outcome,
    Scan,
    Scanned,
    corrected,
    in_order,
    judge,
)
from congress.domain.doors import doors_of
from congress.domain.errors import Refused
from congress.domain.sign_in import SheetFor
from congress.extensions import db
from congress.models import DoorScan
from congress.queries import congresses, door_lists, programme
from congress.queries import door_scans as queries
from congress.queries.door_lists import OnDevice
from congress.queries.retention import long_over
from congress.services import auditing, presence_rows, tokens, unconfirmed
from congress.transaction import transaction

SCANS = table_of(DoorScan)
KEPT_AFTER = timedelta(days=30)
Meeting = dict[int | None, frozenset[int]]


@dataclass(frozen=True)
class Batch:
    """New scans of a device and, by their marks, whom they are about and what comes of them."""

    congress_id: int
    device: str
    scans: Sequence[Scan]
    people: Mapping[str, Scanned]
    outcomes: Mapping[str, Outcome]
    at: Mapping[str, datetime]
    items: Collection[int]  # that have a door on one of the days


def storage_key(session_digest: str, device: str) -> bytes:
    """Return the key (256 bits) under which one device keeps its list during one login."""
    secret = tokens.keys()[0].secret
    return hmac.new(secret, f"door:{session_digest}:{device}".encode(), hashlib.sha256).digest()


def hand_out(
    congress_id: int, day: date, device: str, *, actor: Actor, now: datetime
) -> list[OnDevice]:
    """Return whom a device has to know on a day, and note in the log that it got them (GDPR-09)."""
    congress = congresses.get_congress(congress_id)
    items = doors_of(programme.kept_items(congress), day, congress.zone)
    people = door_lists.people(congress_id, congress.rules, day, [item.id for item in items])
    details = {
        "day": day.isoformat(),
        "count": len(people),
        "columns": list(door_lists.COLUMNS),
        "device": device,
    }
    with transaction():
        auditing.record(
            "door_list_taken", actor=actor, now=now, congress_id=congress_id, details=details
        )
    return people


def take(
    congress_id: int,
    device: str,
    scans: Collection[Scan],
    *,
    ahead: timedelta,
    actor: Actor,
    now: datetime,
) -> dict[str, Outcome]:
    """Take what a device has read; return what came of each scan, by its mark.

    `ahead` is by how much its clock is ahead of ours. A scan that was taken before changes
    nothing, and says again what came of it.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        known = queries.outcomes(congress_id, [scan.uuid for scan in scans])
        new = in_order([scan for scan in scans if scan.uuid not in known])
        if not new:
            return known
        open_on = {day: _open(congress, day, now=now) for day in {scan.day for scan in new}}
        items = {item for each in open_on.values() for item in each if item is not None}
        people = queries.whose(congress_id, new, items)
        seen = queries.seen({each.id for each in people.values()}, set(open_on))
        fresh: dict[str, Outcome] = {}
        for scan in new:
            person = people.get(scan.uuid)
            there = seen.setdefault((person.id, scan.day), {}) if person else {}
            outcome = judge(
                scan, person, there, device=device, rules=congress.rules, meeting=open_on[scan.day]
            )
            if outcome in NEWLY_THERE:
                there[scan.item_id] = device
            fresh[scan.uuid] = outcome
        at = {scan.uuid: corrected(scan.device_at, ahead=ahead, now=now) for scan in new}
        batch = Batch(congress_id, device, new, people, fresh, at, items)
        _note(batch, actor=actor, now=now)
        _store(batch, actor=actor, now=now)
        return {**known, **fresh}


def finish(congress_id: int, scan_ids: Collection[int], *, actor: Actor, now: datetime) -> int:
    """Note that somebody has looked at scans; returns at how many for the first time."""
    with transaction():
        result = db.session.execute(
            update(SCANS)
            .where(
                SCANS.c.congress_id == congress_id,
                SCANS.c.id.in_(scan_ids),
                SCANS.c.outcome.in_(TO_LOOK_AT),
                SCANS.c.done_at.is_(None),
            )
            .values(done_at=now)
        )
        count = int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows
        if count:
            verb, details = "door_scans_done", {"count": count}
            auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
        return count


def forget_old(*, now: datetime) -> int:
    """Delete what devices have sent, a month after a congress; returns how many scans."""
    with transaction():
        old = SCANS.c.congress_id.in_(long_over(now, KEPT_AFTER))
        result = db.session.execute(delete(SCANS).where(old))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _open(congress: Congress, day: date, *, now: datetime) -> Meeting:
    """Return the doors that are open on a day, each with what is at the same time."""
    try:
        require_open_door(congress, day, now=now)
    except Refused:
        return {}
    items = doors_of(programme.kept_items(congress), day, congress.zone)
    found: Meeting = {
        item.id: frozenset(each.id for each in items if each is not item and each.meets(item))
        for item in items
    }
    return found | {None: frozenset()}


def _note(batch: Batch, *, actor: Actor, now: datetime) -> None:
    """Record who came, with a line for each in the log."""
    came = [
        (scan, batch.people[scan.uuid])
        for scan in batch.scans
        if batch.outcomes[scan.uuid] in NEWLY_THERE
    ]
    moments = {
        (person.id, SheetFor(scan.day, scan.item_id)): batch.at[scan.uuid] for scan, person in came
    }
    presence_rows.add_each(moments, actor=actor)
    for number in sorted({person.id for _scan, person in came if person.is_unconfirmed}):
        unconfirmed.end(number)
        auditing.record(
            "confirmed_by_hand",
            actor=actor,
            now=now,
            congress_id=batch.congress_id,
            registration_id=number,
        )
    lines = [
        {"registration_id": person.id, "details": _details(scan, person)} for scan, person in came
    ]
    auditing.record_all("came", lines, actor=actor, now=now, congress_id=batch.congress_id)


def _details(scan: Scan, person: Scanned) -> dict[str, Any]:
    found: dict[str, Any] = {"day": scan.day.isoformat()}
    if scan.item_id is not None:
        found["item"] = scan.item_id
        if scan.item_id not in person.booked:
            found["let_in"] = True
    return found


def _store(batch: Batch, *, actor: Actor, now: datetime) -> None:
    rows = [
        {
            "congress_id": batch.congress_id,
            "uuid": scan.uuid,
            "registration_id": batch.people[scan.uuid].id if scan.uuid in batch.people else None,
            "item_id": scan.item_id if scan.item_id in batch.items else None,
            "day": scan.day,
            "device": batch.device,
            "device_at": scan.device_at,
            "scanned_at": batch.at[scan.uuid],
            "received_at": now,
            "outcome": batch.outcomes[scan.uuid],
            "is_let_in": scan.is_let_in,
            "user_id": actor.user_id,
        }
        for scan in batch.scans
    ]
    db.session.execute(insert(SCANS), rows)
