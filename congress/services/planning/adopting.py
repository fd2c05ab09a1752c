"""Writing a plan to the rows of a congress, inside a running transaction.

What stands already is matched by its day, code or name and changed in place, so that bookings,
calendar entries and addresses stay with it.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from congress.domain.answer_files import require_invited
from congress.domain.congress_file.plan import CongressPlan, DayPlan, OrganisationPlan, RoomPlan
from congress.domain.congresses import ABOUT
from congress.domain.errors import Refused
from congress.domain.hosts import Host
from congress.domain.own_questions import as_json
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.registration import BookingState
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import (
    AuditLine,
    Booking,
    Congress,
    CongressDay,
    CongressOrganisation,
    Contribution,
    Contributor,
    ItemHost,
    Person,
    ProgrammeItem,
    Room,
)
from congress.queries.network import register
from congress.queries.planning.congress_files import as_item_plan
from congress.queries.planning.scheduling import was_booked
from congress.services import own_answers, priorities
from congress.services.planning.cataloguing import adopt_organisation

OF_REGISTRATION = (
    *("opens_at", "closes_at", "changes_until", "withdrawals_until", "wishes_until"),
    *("fields", "one_mail", "reminder", "confirm_hours", "rules"),
)


@dataclass(eq=False)
class BookedItemNeedsPlaces(Refused):
    """An item that people have booked was to become one without places."""

    code: str


def write_congress(row: Congress, plan: CongressPlan) -> None:
    """Write everything but items and places; the row is flushed and its days loaded."""
    write_values(row, {name: getattr(plan, name) for name in ABOUT})
    write_values(row, {name: getattr(plan.registration, name) for name in OF_REGISTRATION})
    require_invited(plan.questions, plan.registration.rules.access)
    row.questions = as_json(own_answers.adopted(row, plan.questions))
    write_days(row, plan.days)
    _write_carriers(row, plan.organisations)


def write_values(row: Congress, values: Mapping[str, object]) -> None:
    """Write what a congress says of itself, or of its registration, by column."""
    for name, value in values.items():
        if isinstance(value, Rules):
            if row.id is not None:  # people may be registered
                priorities.follow(
                    row.id, Rules.of(row.rules).priority_groups, value.priority_groups
                )
            row.rules = value.stored
        else:
            setattr(row, name, dict(value) if isinstance(value, Mapping) else value)


def write_days(row: Congress, days: Sequence[DayPlan]) -> None:
    """Write the days of a congress; those of the same date stay the same rows."""
    known = {day.day: day for day in row.days}
    row.days = [known.get(each.day) or CongressDay(day=each.day) for each in days]
    for day, each in zip(row.days, days, strict=True):
        day.starts_at, day.ends_at = each.slot.starts_at, each.slot.ends_at


def _write_carriers(row: Congress, plans: Sequence[OrganisationPlan]) -> None:
    known = {(each.organisation_id, each.role): each for each in row.carriers}
    carriers = []
    for position, plan in enumerate(plans):
        organisation, role = adopt_organisation(plan), str(plan.role)
        new = CongressOrganisation(organisation=organisation, role=role)
        carriers.append(known.pop((organisation.id, role), new))
        carriers[-1].position = position
    row.carriers = carriers


def write_rooms(row: Congress, plans: Sequence[RoomPlan]) -> dict[str, Room]:
    """Write the rooms of a plan and return them by code; others stay until `drop_rooms`."""
    known = {room.code: room for room in row.rooms}
    for position, plan in enumerate(plans):
        room = known.get(plan.code)
        if room is None:
            room = known[plan.code] = Room(code=plan.code)
            row.rooms.append(room)
        room.name, room.seats, room.position = dict(plan.name), plan.seats, position
    db.session.flush()
    return known


def drop_rooms(row: Congress, plans: Sequence[RoomPlan], items: Sequence[ProgrammeItem]) -> None:
    """Remove the rooms that a plan does not name; an item left in one is in no room."""
    codes = {plan.code for plan in plans}
    for room in [room for room in row.rooms if room.code not in codes]:
        for item in items:
            if item.room is room:
                item.room = None
        db.session.flush()
        row.rooms.remove(room)


def new_item(congress_id: int, plan: ItemPlan, *, now: datetime) -> ProgrammeItem:
    """Return a new row with the places of a plan; nobody has booked it yet."""
    row = ProgrammeItem(
        congress_id=congress_id,
        code=plan.code,
        uid=str(uuid.uuid4()),
        sequence=0,
        revised_at=now.replace(microsecond=0),
        capacity=plan.places,
        waiting_list=plan.waiting_list,
        allocation=plan.allocation or "",
        short_title={},
        abstract={},
        contributions=[],
        host=None,
    )
    db.session.add(row)
    return row


def write_item(row: ProgrammeItem, plan: ItemPlan, rooms: dict[str, Room]) -> None:
    """Write the working values of an item, without its places."""
    if row.bookable and not plan.bookable and has_active_bookings(row):
        raise BookedItemNeedsPlaces(row.code)
    row.kind, row.number, row.bookable = plan.kind, plan.number, plan.bookable
    row.cancelled = plan.cancelled
    row.starts_at, row.ends_at = plan.slot.starts_at, plan.slot.ends_at
    row.room = rooms[plan.room] if plan.room else None
    row.title, row.short_title = dict(plan.title), dict(plan.short_title)
    row.abstract, row.online_link = dict(plan.abstract), plan.online_link
    row.same_as, row.one_of, row.only_with = plan.same_as, plan.one_of, plan.only_with
    row.mode = plan.mode
    if (row.minimum, row.minimum_by) != (plan.minimum, plan.minimum_by):  # another question
        row.minimum, row.minimum_by = plan.minimum, plan.minimum_by
        row.minimum_asked_at = row.minimum_settled_at = None
    db.session.flush()
    if as_item_plan(row).people != plan.people:
        _write_people(row, plan.people)


def write_host(row: ProgrammeItem, host: Host) -> None:
    """Write at which organisation an item is; the register knows it by any of its names."""
    if not host.name:
        row.host = None
    else:
        if row.host is None:
            row.host = ItemHost(congress_id=row.congress_id)
        known = register.find_named(host.name)
        row.host.organisation_id = known.id if known else None
        row.host.name, row.host.sector = host.name, host.sector
    db.session.flush()


def _write_people(row: ProgrammeItem, plans: Sequence[PersonPlan]) -> None:
    """Write who takes part; who did before in the same role keeps the row, and what they said."""
    known = {each.person.name: each.person for each in row.contributions if each.person}
    before = list(row.contributions)
    after = []
    for position, plan in enumerate(plans):
        person = _person(plan.name, plan, known) if plan.name else None
        each = _take(before, person, plan.role) or Contribution(person=person, role=plan.role)
        if each.state != plan.state:  # entered by hand: no answer of theirs any more
            each.answered_at, each.note = None, ""
        each.affiliation, each.state = dict(plan.affiliation), plan.state
        each.position = position
        after.append(each)
    row.contributions = after
    db.session.flush()
    forget_people(set(known.values()))


def _take(before: list[Contribution], person: Person | None, role: str) -> Contribution | None:
    """Take out of the rows the one in which somebody has a role."""
    same = (each for each in before if person and each.person is person and each.role == role)
    found = next(same, None)
    if found is not None:
        before.remove(found)
    return found


def _person(name: str, plan: PersonPlan, known: Mapping[str, Person]) -> Person:
    """Return who is meant: of the same name in this item, else of name and affiliation.

    Two of one name may be two people.
    """
    here = known.get(name)
    if here is not None and (plan.affiliation or not here.affiliation):
        return here
    for other in db.session.scalars(select(Person).where(Person.name == name)):
        if other.affiliation == dict(plan.affiliation):
            return other
    person = Person(name=name, affiliation=dict(plan.affiliation))
    db.session.add(person)
    db.session.flush()
    return person


def forget_people(people: set[Person]) -> None:
    """Delete those who appear in no programme any longer, and hold no link to one."""
    for person in people:
        statement = select(
            exists().where(Contribution.person_id == person.id)
            | exists().where(Contributor.person_id == person.id, Contributor.nonce.is_not(None))
        )
        if not db.session.scalars(statement).one():
            db.session.delete(person)
    db.session.flush()


def forget_contributor(row: Contributor) -> None:
    """Delete what a congress knows of somebody, and the person if no programme has them."""
    person = db.session.get_one(Person, row.person_id)
    db.session.delete(row)
    db.session.flush()
    forget_people({person})


def has_active_bookings(row: ProgrammeItem) -> bool:
    """Return whether anybody holds a place in an item or waits for one."""
    active = exists().where(Booking.item_id == row.id, Booking.state != BookingState.CANCELLED)
    return bool(db.session.scalars(select(active)).one())


def take_out(row: ProgrammeItem, *, was_public: bool) -> bool:
    """Take an item out of the programme; returns whether it is gone.

    What was public or booked once is cancelled and stays to be seen: a calendar that only
    forgets an item tells nobody.
    """
    if was_public or was_booked(row.id):
        row.cancelled = True
        return False
    _name_in_log(row)
    _begin_with_the_next(row)
    people = {each.person for each in row.contributions if each.person is not None}
    db.session.delete(row)
    db.session.flush()
    forget_people(people)
    return True


def _begin_with_the_next(row: ProgrammeItem) -> None:
    """Let what names an item that goes name the next of them as the first, or nothing."""
    others = select(ProgrammeItem).where(ProgrammeItem.congress_id == row.congress_id)
    ordered = others.order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    for name in ("same_as", "one_of"):
        rest = db.session.scalars(ordered.where(getattr(ProgrammeItem, name) == row.code)).all()
        for each in rest:
            setattr(each, name, "" if each is rest[0] else rest[0].code)
    for each in db.session.scalars(ordered.where(ProgrammeItem.only_with == row.code)):
        each.only_with = ""


def named(row: ProgrammeItem) -> dict[str, Any]:
    """Return what the log calls an item, for lines that outlive it."""
    return {"number": row.number, "title": dict(row.title), "short_title": dict(row.short_title)}


def _name_in_log(row: ProgrammeItem) -> None:
    """Write into the lines about an item that goes what it was called at the time of each."""
    name = named(row)
    lines = select(AuditLine).where(AuditLine.item_id == row.id).order_by(AuditLine.id.desc())
    for line in db.session.scalars(lines).all():
        line.item_id, line.details = None, {**line.details, "named": name}
        changes = line.details.get("changes", {})
        name = name | {key: changes[key][0] for key in ("title", "short_title") if key in changes}
    db.session.flush()
