"""What the contact of a group does for its people: by their own doors; they are told by whom."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select, update

from congress.base import table_of
from congress.domain.access import ATTENDEE
from congress.domain.groups import GroupLinkOver, InWorkshops
from congress.domain.hall import Person
from congress.domain.modes import Mode
from congress.domain.places import Choose, PassOn, Withdraw
from congress.domain.ranking import NotByWishes
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import WishedWorkshop
from congress.domain.switching import TakePart
from congress.extensions import db
from congress.models import Registration, RegistrationGroup
from congress.queries import congresses, wishes
from congress.queries import groups as queries
from congress.queries.groups import Group
from congress.queries.registrations import congress_of, standings
from congress.services import auditing, offering, places, switching, wishing
from congress.services.changing import stated
from congress.services.mails import group_letters, telling
from congress.services.places import Ledger
from congress.transaction import transaction

GROUPS, PEOPLE = table_of(RegistrationGroup), table_of(Registration)


def change_workshops(
    token: str, registration_id: int, wishes: Sequence[WishedWorkshop], *, now: datetime
) -> None:
    """Carry out wishes of the contact for somebody's workshops, as the person could themselves.

    Raises GroupLinkOver, and what the rules of places refuse.
    """
    found = queries.get_opened(token)
    questions = {wish.item_id: wish.question for wish in wishes}
    with transaction(), places.held(found.congress_id, now=now) as ledger:
        group, had = _mine(ledger, token, registration_id)
        wanted = Choose(registration_id, tuple(wishes))
        decision = ledger.carry_out(wanted, questions=questions)
        if not decision.concerns(registration_id):
            return
        ledger.gains.pop(registration_id, None)  # by a swap: the letter about the change says it
        group_letters.changed(ledger, had, group.contact)
        telling.moved_up(ledger)
        ledger.know([registration_id])
        after = stated(ledger.hall.people[registration_id])
        details = {"before": stated(had), "after": after, "moved_up": sorted(ledger.gains)}
        details |= {"freed": decision.freed_by(registration_id)}
        _record(ledger, "workshops_changed", registration_id, details)


def take_part(token: str, registration_id: int, mode: Mode, *, now: datetime) -> None:
    """Let somebody take part in one way, as they could themselves; the same way changes nothing.

    Raises GroupLinkOver, and what the rules of places refuse.
    """
    found = queries.get_opened(token)
    with transaction(), places.held(found.congress_id, now=now) as ledger:
        group, _had = _mine(ledger, token, registration_id)
        tell = partial(group_letters.changed, contact=group.contact)
        details = switching.carry_out(ledger, TakePart(registration_id, mode), tell)
        if details is not None:
            _record(ledger, "mode_changed", registration_id, details)


def accept(token: str, registration_id: int, item_id: int | None = None, *, now: datetime) -> None:
    """Take the place in the congress, or in a workshop, that is offered to one person.

    A second time changes nothing. Raises GroupLinkOver, NoOffer, OfferExpired and what the rules
    of places refuse.
    """
    found = queries.get_opened(token)
    with transaction(), places.held(found.congress_id, now=now) as ledger:
        group, _had = _mine(ledger, token, registration_id)
        details = offering.take(ledger, registration_id, item_id, contact=group.contact)
        if details is not None:
            _record(ledger, "offer_accepted", registration_id, details)


def withdraw(token: str, registration_id: int, *, now: datetime) -> None:
    """End the registration of one person of a group, who is told; again changes nothing.

    Raises GroupLinkOver, and what the rules of places refuse.
    """
    found = queries.get_opened(token)
    with transaction(), places.held(found.congress_id, now=now) as ledger:
        group, had = _mine(ledger, token, registration_id)
        if not ledger.carry_out(Withdraw(registration_id)).moves:
            return
        asks = had.state is RegistrationState.REQUESTED
        ended = standings([registration_id])
        group_letters.withdrawn(ledger, ended, group.contact, asks=asks)
        telling.moved_up(ledger)
        details = {"moved_up": sorted(ledger.gains)} | ({"requested": True} if asks else {})
        _record(ledger, "withdrawn", registration_id, details)


def part(token: str, *, now: datetime) -> None:
    """Let everybody of a group come on their own; whoever may move up by it does.

    Again changes nothing. Raises GroupLinkOver.
    """
    found = queries.get_opened(token)
    with transaction(), places.held(found.congress_id, now=now) as ledger:
        group = queries.get_opened(token)
        if not group.together:
            return
        mine = update(GROUPS).where(GROUPS.c.id == group.id)
        db.session.execute(mine.values(together=False))
        ledger.carry_out(PassOn(frozenset()))
        telling.moved_up(ledger)
        details = {"group": group.id, "moved_up": sorted(ledger.gains)}
        ledger.record("group_parted", actor=ATTENDEE, details=details)


def seat(token: str, wanted: InWorkshops, *, now: datetime) -> bool:
    """Note how a group wants to sit where workshops are given by wishes; whether that is new.

    Until the day for wishes. Raises GroupLinkOver, NotByWishes and WishesClosed.
    """
    found = queries.get_opened(token)
    with transaction():
        congress = congresses.with_content(congresses.hold(found.congress_id))
        group = queries.get_opened(token)
        if not wishes.taking_wishes(congress):
            raise NotByWishes
        wishing.require_open(congress, now)
        if group.in_workshops is wanted:
            return False
        mine = update(GROUPS).where(GROUPS.c.id == group.id)
        db.session.execute(mine.values(in_workshops=wanted))
        auditing.record(
            "group_seated",
            actor=ATTENDEE,
            now=now,
            congress_id=congress.id,
            details={"group": group.id, "in_workshops": wanted},
        )
        return True


def leave_group(registration_id: int, *, now: datetime) -> None:
    """Let somebody be of no group any more: who registered them sees and changes nothing of theirs.

    What they have stays; who waits goes on alone where they stand. Again changes nothing.
    """
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        mine = (PEOPLE.c.id == registration_id, PEOPLE.c.group_id.is_not(None))
        group_id = db.session.scalars(select(PEOPLE.c.group_id).where(*mine)).one_or_none()
        if group_id is None:
            return
        db.session.execute(update(PEOPLE).where(*mine).values(group_id=None))
        theirs = update(GROUPS).where(GROUPS.c.id == group_id)
        db.session.execute(theirs.values(named=GROUPS.c.named - 1))
        ledger.carry_out(PassOn(frozenset()))
        telling.moved_up(ledger)
        details = {"moved_up": sorted(ledger.gains)}
        ledger.record(
            "group_left", actor=ATTENDEE, registration_id=registration_id, details=details
        )


def _mine(ledger: Ledger, token: str, registration_id: int) -> tuple[Group, Person]:
    """Return the group and one of its people as they stand now."""
    group = queries.get_opened(token)
    ledger.know([registration_id])
    person = ledger.hall.people.get(registration_id)
    if person is None or person.group != group.id:
        raise GroupLinkOver
    return group, person


def _record(ledger: Ledger, verb: str, registration_id: int, details: dict[str, Any]) -> None:
    """Note what the contact did for one person."""
    said = details | {"by_contact": True}
    ledger.record(verb, actor=ATTENDEE, registration_id=registration_id, details=said)
