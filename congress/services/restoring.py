"""Taking back what was done with several people: kept in the log, given back one by one."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.places import PassOn
from congress.domain.registration import RegistrationState
from congress.domain.restoration import (
    OVER,
    TAKEN_BACK,
    Kept,
    Restore,
    StandsOtherwise,
    as_json,
    concerned,
    lost,
)
from congress.domain.selection import Acting
from congress.extensions import db
from congress.models import AuditLine
from congress.queries import bulk_acts, congresses
from congress.queries import places as places_queries
from congress.queries.bulk_acts import Before, BulkAct
from congress.queries.registrations import congress_of
from congress.services import auditing, places, unconfirmed
from congress.services.changing import stated
from congress.services.mails import telling
from congress.transaction import transaction


def keep(
    congress_id: int,
    acting: Acting,
    done: Collection[int],
    before: Before,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Note in one line what was done with several people, with what takes it back; its number.

    Whose places somebody else changed while it was done is left out of that.
    """
    with transaction():
        congresses.hold(congress_id)
        kept = _kept(done, before, now=now) if acting.act.can_be_taken_back else []
        details = {"act": acting.act, "count": len(done)}
        details |= {} if acting.key is None else {"item": acting.key}
        return auditing.record_act(congress_id, details, as_json(kept), actor=actor, now=now)


def put_back(kept: Kept, act: int, *, actor: Actor, now: datetime) -> tuple[int, ...]:
    """Give somebody back what they had before an act; returns the workshops they did not get.

    Queues are served when the act is finished with. Raises StandsOtherwise and what the rules of
    places refuse.
    """
    person, before = kept.person, kept.wanted.before
    with transaction(), places.held(congress_of(person), now=now) as ledger:
        ledger.know([person])
        had = ledger.hall.people.get(person)
        if had is None or bulk_acts.registered_anew([person]):
            raise StandsOtherwise
        for workshop, row in kept.rows.items():
            ledger.bookings.setdefault((person, workshop), row)
        if not ledger.carry_out(kept.wanted).moves:
            return ()
        comes_back = had.state is RegistrationState.CANCELLED
        if comes_back:
            unconfirmed.end(person)  # organisers want them there
            telling.reinstated(ledger, before)
        else:
            telling.changed(ledger, had, by_organiser=True)
        ledger.know([person])
        after = ledger.hall.people[person]
        ledger.record(
            "registration_put_back" if comes_back else "workshops_put_back",
            actor=actor,
            registration_id=person,
            details={"before": stated(had), "after": stated(after), "act": act},
        )
        return lost(before, after)


def finish(act: BulkAct, done: int, congress_id: int, *, actor: Actor, now: datetime) -> None:
    """Pass on what is free now, and let go of what the act could be taken back with."""
    with transaction(), places.held(congress_id, now=now) as ledger:
        ledger.carry_out(PassOn(concerned(act.kept) & ledger.hall.workshops.keys()))
        telling.moved_up(ledger)
        line = db.session.scalars(select(AuditLine).where(AuditLine.id == act.id)).one()
        line.personal = OVER
        if done:
            of_act = {name: act.details[name] for name in ("act", "item") if name in act.details}
            details = of_act | {"count": done, "of": len(act.kept), "line": act.id}
            ledger.record(
                TAKEN_BACK, actor=actor, details=details | {"moved_up": sorted(ledger.gains)}
            )


def _kept(done: Collection[int], before: Before, *, now: datetime) -> list[Kept]:
    left, _rows = places_queries.persons(done)
    others = bulk_acts.changed_by_others(done, since=before.last_line, at=now)
    rows: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (person, key), row in before.rows.items():
        rows[person][key] = row
    return [
        Kept(Restore(before.people[each], left[each], before.sat), rows[each])
        for each in done
        if each not in others and before.people[each] != left[each]
    ]
