"""As what people come: organisers say it, and whom places are held back for may get one by it.

Nobody loses a place by it. What was said of several people at once can be taken back for a while,
as far as nobody said something else since; whoever moved up meanwhile keeps the place.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from congress.base import columns_of, table_of
from congress.domain.access import Actor
from congress.domain.fields import FIELDS, values
from congress.domain.hall import CONGRESS
from congress.domain.kind_changes import ACT, KindChange, as_json, imagined
from congress.domain.kinds import Contingents, PersonKind, of_both
from congress.domain.places import PassOn
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details
from congress.domain.restoration import OVER, TAKEN_BACK
from congress.extensions import db
from congress.models import AuditLine, Registration
from congress.queries import congresses, programme
from congress.queries.bulk_acts import BulkAct
from congress.queries.congresses import Heading
from congress.services import auditing, delegations, places
from congress.services.mails import telling
from congress.services.places import Ledger
from congress.transaction import transaction

PEOPLE = table_of(Registration)
COLUMNS = columns_of(PEOPLE, "id kind given_name family_name email organisation answers")


@dataclass(frozen=True)
class Foresight:
    """Who would come as something else, who would move up or be offered a place by it.

    And what is held back, and free for everybody (None without a limit), before and after.
    """

    changes: tuple[KindChange, ...]
    moved_up: tuple[int, ...]
    offered: tuple[int, ...]
    before: Contingents
    after: Contingents
    free: tuple[int | None, int | None]

    @property
    def gaining(self) -> tuple[int, ...]:
        """Who of those who wait gets a place, or is offered one."""
        return self.moved_up + self.offered


def set_kind(
    congress_id: int, person: int, kind: PersonKind, *, actor: Actor, now: datetime
) -> bool:
    """Let somebody come as something else; returns whether they came as another before.

    Whoever has left stays what they were.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        return bool(_change(ledger, {person: kind}, actor))


def set_kinds(
    congress_id: int, people: Collection[int], kind: PersonKind, *, actor: Actor, now: datetime
) -> tuple[int, int | None]:
    """Let several people come as something else; the same again changes nothing.

    Returns how many came as another before, and the line of the log it can be taken back by.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        changes = _change(ledger, dict.fromkeys(people, kind), actor)
        return len(changes), _keep(congress_id, changes, actor=actor, now=now)


def take_over(
    congress_id: int, wanted: Mapping[int, PersonKind], *, actor: Actor, now: datetime
) -> list[KindChange]:
    """Let each of several people come as a table says it; returns what is another since."""
    with transaction(), places.held(congress_id, now=now) as ledger:
        return _change(ledger, wanted, actor)


def keep(
    congress_id: int, changes: Sequence[KindChange], *, actor: Actor, now: datetime
) -> int | None:
    """Note in one line what a table changed, with what takes it back; its number."""
    with transaction():
        congresses.hold(congress_id)
        return _keep(congress_id, changes, actor=actor, now=now)


def take_back(congress_id: int, act: BulkAct, *, actor: Actor, now: datetime) -> int:
    """Let people come as before an act, as far as they come as it left them; returns how many."""
    with transaction(), places.held(congress_id, now=now) as ledger:
        line = db.session.scalars(select(AuditLine).where(AuditLine.id == act.id)).one()
        done = _change(ledger, as_left(act.kinds), actor)
        line.personal = OVER
        if done:
            details = {"act": ACT, "count": len(done), "of": len(act.kinds), "line": act.id}
            ledger.record(TAKEN_BACK, actor=actor, details=details)
        return len(done)


def as_left(changes: Sequence[KindChange]) -> dict[int, PersonKind]:
    """Return as what those came before who come as an act left them."""
    mine = PEOPLE.c.id.in_([each.person for each in changes])
    rows = db.session.execute(select(PEOPLE.c.id, PEOPLE.c.kind).where(mine))
    now = {row.id: row.kind for row in rows}
    return {each.person: each.before for each in changes if now.get(each.person) == each.after}


def take_effect(congress_id: int, *, now: datetime) -> None:
    """Let other numbers of places be held back, inside a running transaction."""
    with places.held(congress_id, now=now) as ledger:
        ledger.count_anew()
        telling.moved_up(ledger)


def foresee(heading: Heading, wanted: Mapping[int, PersonKind], *, now: datetime) -> Foresight:
    """Return what it would mean if people came as something else; nothing is held or written."""
    return foresee_in(Ledger(heading, programme.current_items(heading), now=now), wanted)


def foresee_in(ledger: Ledger, wanted: Mapping[int, PersonKind]) -> Foresight:
    """Return the same in a ledger, which then goes on as if it had been done."""
    rows, changes = _found(ledger.heading.id, wanted)
    before = ledger.hall
    ledger.know([each.person for each in changes])
    keys = _counted_with(ledger, rows, wanted)
    others = {
        each.person: replace(
            ledger.hall.people[each.person], kind=each.after, quota_key=keys[each.person]
        )
        for each in changes
    }
    ledger.hall = imagined(ledger.hall, list(others.values()))
    ledger.seen_as = lambda each: others.get(each.id, each)
    decision = ledger.decide(PassOn(frozenset()))
    ledger.imagine(decision)
    after = ledger.hall
    return Foresight(
        tuple(changes),
        tuple(decision.gains),
        tuple(decision.offers),
        before.contingents,
        after.contingents,
        (before.places[CONGRESS].left, after.places[CONGRESS].left),
    )


def unite(ledger: Ledger, kept: int, other: int, *, actor: Actor) -> None:
    """Let somebody who stood twice come as what organisers said of either registration."""
    both = select(PEOPLE.c.id, PEOPLE.c.kind).where(PEOPLE.c.id.in_((kept, other)))
    kinds = {row.id: PersonKind(row.kind) for row in db.session.execute(both)}
    kind = of_both(kinds[kept], kinds[other])
    if kind is not kinds[kept]:
        db.session.execute(update(PEOPLE).where(PEOPLE.c.id == kept).values(kind=kind))
        _record(ledger, [KindChange(kept, kinds[kept], kind)], actor)


def _change(ledger: Ledger, wanted: Mapping[int, PersonKind], actor: Actor) -> list[KindChange]:
    rows, changes = _found(ledger.heading.id, wanted)
    if not changes:
        return []
    for kind in {each.after for each in changes}:
        mine = PEOPLE.c.id.in_([each.person for each in changes if each.after is kind])
        db.session.execute(update(PEOPLE).where(mine).values(kind=kind))
    delegations.recount(ledger, _said(rows))
    ledger.count_anew()
    _record(ledger, changes, actor)
    telling.moved_up(ledger)
    return changes


def _found(
    congress_id: int, wanted: Mapping[int, PersonKind]
) -> tuple[list[Row[Any]], list[KindChange]]:
    """Return who comes as something else than is wanted of them; not whoever has left."""
    here = (PEOPLE.c.congress_id == congress_id, PEOPLE.c.id.in_(list(wanted)))
    is_there = PEOPLE.c.state != RegistrationState.CANCELLED
    rows = db.session.execute(select(*COLUMNS).where(*here, is_there).order_by(PEOPLE.c.id)).all()
    others = [row for row in rows if row.kind != wanted[row.id]]
    return others, [KindChange(row.id, PersonKind(row.kind), wanted[row.id]) for row in others]


def _said(rows: Sequence[Row[Any]]) -> dict[int, Details]:
    return {each.id: Details.of(values(each._asdict(), FIELDS)) for each in rows}


def _counted_with(
    ledger: Ledger, rows: Sequence[Row[Any]], wanted: Mapping[int, PersonKind]
) -> dict[int, str]:
    """Return with which organisation people would be counted, where an event has a quota."""
    if not ledger.congress.rules.quota:
        return {number: each.quota_key for number, each in ledger.hall.people.items()}
    said = _said(rows)
    found = delegations.counting(ledger.heading.id, said.values())
    keys = {
        number: found.key_of(each.organisation, each.email_key, wanted[number])
        for number, each in said.items()
    }
    ledger.know_delegations(set(keys.values()))
    return keys


def _keep(
    congress_id: int, changes: Sequence[KindChange], *, actor: Actor, now: datetime
) -> int | None:
    if not changes:
        return None
    kinds = {each.after for each in changes}
    details: dict[str, Any] = {"act": ACT, "count": len(changes)}
    details |= {"kind": kinds.pop()} if len(kinds) == 1 else {}
    return auditing.record_act(congress_id, details, as_json(changes), actor=actor, now=now)


def _record(ledger: Ledger, changes: Sequence[KindChange], actor: Actor) -> None:
    lines = [
        {
            "registration_id": each.person,
            "fields": [],
            "details": {"before": each.before, "kind": each.after},
            "personal": {},
        }
        for each in changes
    ]
    congress_id = ledger.heading.id
    auditing.record_all("kind_set", lines, actor=actor, now=ledger.now, congress_id=congress_id)
