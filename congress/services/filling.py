"""Filling a congress with made-up attendees: the real rules, whole batches, no mails."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from congress.domain.access import COMMAND
from congress.domain.attendance import CameBy
from congress.domain.congresses import CongressState
from congress.domain.enrolment import Enrolment
from congress.domain.hall import Hall
from congress.domain.made_up_people import Crowd, MadeUpPerson, crowd, withdrawn_at
from congress.domain.places import Register
from congress.domain.quotas import QuotaReached
from congress.domain.registration import CongressFull, RegistrationPeriod, RegistrationState
from congress.domain.registration_request import RegistrationRequest
from congress.domain.rules import Access
from congress.domain.sign_in import SheetFor
from congress.domain.slots import in_slots
from congress.extensions import db
from congress.models import Organisation, Registration
from congress.queries import congresses
from congress.services import delegations, enrolling, places, presence_rows
from congress.services.mails import calendar_entries
from congress.services.places import Ledger
from congress.transaction import transaction


def fill(congress_id: int, *, seed: int, first: int, count: int, total: int, now: datetime) -> int:
    """Register one batch of made-up people and return how many; fewer when all is full.

    Numbers `first` to `first + count` of `total`; no mails are written, and nobody has to wait
    for registration to open.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        period = ledger.heading.period
        items = [item for item in ledger.items().values() if item.bookable]
        slots = in_slots([item for item in items if not item.face.cancelled])
        suggested = select(Organisation.name).where(Organisation.suggested)
        of = Crowd(
            slots=[[item.workshop for item in slot.workshops] for slot in slots],
            organisations=list(db.session.scalars(suggested.order_by(Organisation.search))),
            since=min(period.opens_at, now),
            until=min(period.closes_at, now),
        )
        people = crowd(of, seed=seed, first=first, count=count, total=total)
        requests = delegations.counted(ledger.congress, [each.request for each in people])
        both = zip(people, requests, strict=True)
        people = [replace(each, request=request) for each, request in both]
        newcomers = _admitted(ledger, people, until=of.until)
        standings = [each.standing for each in enrolling.enrol(ledger, newcomers)]
        calendar_entries.state(ledger.congress, standings, now=now, are_new=True)
        if standings:
            ledger.record("demo_filled", actor=COMMAND, details={"count": len(standings)})
        return len(standings)


def let_come(congress_id: int, people: Collection[int], *, day: date, now: datetime) -> None:
    """Note that people came on a day of a congress, all of them at once."""
    with transaction():
        congresses.hold(congress_id)
        presence_rows.add(people, SheetFor(day), CameBy.DOOR, actor=COMMAND, now=now)


def with_places(congress_id: int) -> list[int]:
    """Return who has a place in a congress, in the order in which they registered."""
    statement = select(Registration.id).where(
        Registration.congress_id == congress_id,
        Registration.state == RegistrationState.CONFIRMED,
    )
    return list(db.session.scalars(statement.order_by(Registration.id)))


def registered_so_far(congress_id: int) -> int:
    """Return how many registrations a congress has, so that numbers go on from there."""
    statement = select(func.count()).where(Registration.congress_id == congress_id)
    return db.session.scalars(statement).one()


def _admitted(
    ledger: Ledger, people: Sequence[MadeUpPerson], *, until: datetime
) -> list[Enrolment]:
    anytime = RegistrationPeriod(ledger.now, ledger.now + timedelta(seconds=1))
    ledger.hall = replace(
        ledger.hall,
        state=CongressState.PUBLISHED,
        period=anytime,
        ends_at=None,
        rules=replace(ledger.hall.rules, access=Access.OPEN),
    )
    found = []
    for person in people:
        request = _without_full(person.request, ledger.hall)
        decision = ledger.decide(Register(request.choices, request.newcomer))
        if isinstance(decision.refusal, CongressFull):
            break
        if isinstance(decision.refusal, QuotaReached):
            continue
        ended_at = withdrawn_at(person, until) if person.withdrew else None
        found.append(Enrolment(request, decision, at=person.at, ended_at=ended_at))
        if not person.withdrew:
            ledger.apply(decision)
    return found


def _without_full(request: RegistrationRequest, hall: Hall) -> RegistrationRequest:
    """A workshop that is full without a waiting list is gone without."""
    places = hall.places
    choices = tuple(
        wish
        for wish in request.choices
        if places[wish.item_id].has_free_place or places[wish.item_id].waiting_list_open
    )
    return replace(request, choices=choices)
