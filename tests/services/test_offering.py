"""Places that are offered: held, taken, declined, and passed on when nobody answers in time."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from congress import queue
from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.hall import CONGRESS
from congress.domain.registration import NoOffer, OfferExpired, RegistrationCancelled
from congress.domain.registration_request import WishedWorkshop
from congress.models import AuditLine, OutboxMessage, ProgrammeItem
from congress.queries import invariants
from congress.queries.registrations import get_own
from congress.services import changing, offering, promoting, registering
from tests.builders import OPEN, STARTS, a_congress, a_request, a_workshop, set_places
from tests.queries_counter import count_queries

ORGANISER = Actor(ActorKind.ORGANISER, user_id=None)
HOURS = 48
RULES = {"offer_hours": HOURS, "offers_end_hours": 24}
ENDS = OPEN + timedelta(hours=HOURS)
LAST = STARTS - timedelta(hours=24 + HOURS)  # when an offer is made for the last time


@pytest.fixture(autouse=True)
def right(session):
    """REL-07."""
    yield
    session.rollback()
    assert invariants.list_broken() == []


def test_a_free_place_is_offered_to_the_next_and_counts_as_taken(session):
    congress = a_congress(capacity=1, rules=RULES)
    first, second, third = register(congress, 1, 2, 3)

    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    [late] = register(congress, 4)

    assert states(second, third, late) == ["offered", "waiting", "waiting"]
    assert get_own(second).standing.offered_until == ENDS
    assert kinds(session, second) == ["waiting", "place_offered"]
    assert calendar_kinds(session, second) == []
    assert verbs(session, second) == ["registered", "place_offered"]


def test_an_offer_is_taken_once_also_in_two_tabs(session):
    congress = a_congress(capacity=1, rules=RULES)
    first, second = register(congress, 1, 2)
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)

    for _ in range(2):
        offering.accept(second, actor=ATTENDEE, now=ENDS - timedelta(seconds=1))

    assert states(second) == ["confirmed"]
    assert kinds(session, second).count("place_gained") == 1
    assert verbs(session, second) == ["registered", "place_offered", "offer_accepted"]


def test_with_the_place_in_the_congress_come_its_free_workshops(session):
    congress = a_congress(capacity=1, rules=RULES)
    workshop = a_workshop(congress, capacity=5)
    first, second = register(congress, 1, 2, choices=[workshop])
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    assert counters(session, workshop) == (0, 0)

    offering.accept(second, actor=ATTENDEE, now=OPEN)

    assert [each.state for each in get_own(second).standing.bookings] == ["confirmed"]
    assert counters(session, workshop) == (1, 0)


def test_what_is_declined_goes_to_the_next_and_is_not_waited_for(session):
    congress = a_congress(rules=RULES)
    workshop = a_workshop(congress, capacity=1)
    first, second, third = register(congress, 1, 2, 3, choices=[workshop])
    changing.leave(first, booking(first), actor=ATTENDEE, now=OPEN)
    assert booked(second, third) == ["offered", "waiting"]

    offering.decline(second, booking(second), actor=ATTENDEE, now=OPEN)

    assert booked(second, third) == [None, "offered"]
    assert states(second) == ["confirmed"]
    assert counters(session, workshop) == (1, 0)
    assert kinds(session, second)[-1:] == ["changed"]
    with pytest.raises(NoOffer):
        offering.decline(second, actor=ATTENDEE, now=OPEN)


def test_whoever_declines_the_congress_is_no_longer_registered(session):
    congress = a_congress(capacity=1, rules=RULES)
    first, second, third = register(congress, 1, 2, 3)
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)

    offering.decline(second, actor=ATTENDEE, now=OPEN)

    assert states(second, third) == ["cancelled", "offered"]
    assert kinds(session, second)[-1:] == ["withdrawn"]


def test_an_offer_left_too_long_goes_to_the_next_and_cannot_be_taken_any_more(session):
    """REL-08."""
    congress = a_congress(capacity=1, rules=RULES)
    first, second, third = register(congress, 1, 2, 3)
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    assert not offering.next_step(now=ENDS - timedelta(seconds=1))
    with pytest.raises(OfferExpired):
        offering.accept(second, actor=ATTENDEE, now=ENDS)

    assert offering.next_step(now=ENDS)
    assert not offering.next_step(now=ENDS)

    assert states(second, third) == ["cancelled", "offered"]
    assert kinds(session, second)[-1:] == ["expired"]
    assert verbs(session, second)[-1:] == ["offer_expired"]
    with pytest.raises(RegistrationCancelled):
        offering.accept(second, actor=ATTENDEE, now=ENDS)


def test_whoever_left_the_offer_of_a_workshop_too_long_keeps_all_else(session):
    congress = a_congress(rules=RULES)
    wanted, held = a_workshop(congress, number=1, capacity=1), a_workshop(congress, number=2)
    first, next_one = register(congress, 1, 3, choices=[wanted])
    [second] = register(congress, 2, choices=[held])
    change(second, wanted)
    changing.leave(first, booking(first), actor=ATTENDEE, now=OPEN)
    offering.decline(next_one, booking(next_one), actor=ATTENDEE, now=OPEN)
    standing = get_own(second).standing
    assert [each.state for each in standing.bookings] == ["confirmed", "offered"]

    offering.next_step(now=ENDS)

    [kept] = get_own(second).standing.bookings
    assert (kept.item.id, kept.state) == (held.id, "confirmed")
    assert kinds(session, second)[-1:] == ["offer_expired"]
    assert counters(session, wanted) == (0, 0)


def test_an_offered_workshop_is_taken_in_the_place_of_the_one_held(session):
    congress = a_congress(rules=RULES)
    wanted, held = a_workshop(congress, number=1, capacity=1), a_workshop(congress, number=2)
    [first] = register(congress, 1, choices=[wanted])
    [second] = register(congress, 2, choices=[held])
    change(second, wanted)
    changing.leave(first, booking(first), actor=ATTENDEE, now=OPEN)
    offered = get_own(second).standing.offered[0].id

    offering.accept(second, offered, actor=ATTENDEE, now=OPEN)

    [has] = get_own(second).standing.bookings
    assert (has.item.id, has.state) == (wanted.id, "confirmed")
    assert counters(session, held) == (0, 0)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (LAST, "offered"),
        (LAST + timedelta(seconds=1), "confirmed"),
        (STARTS - timedelta(seconds=1), "confirmed"),
    ],
)
def test_after_the_last_moment_people_move_up_at_once(session, moment, state):
    congress = a_congress(capacity=1, rules=RULES)
    first, second = register(congress, 1, 2)

    changing.withdraw(first, actor=ORGANISER, now=moment)

    assert states(second) == [state]


def test_nobody_gets_an_offer_once_the_event_has_begun(session):
    congress = a_congress(capacity=1, rules=RULES)
    first, second = register(congress, 1, 2)

    changing.withdraw(first, actor=ORGANISER, now=STARTS)

    assert states(second) == ["waiting"]
    congress.state = "finished"  # what is free then is free
    session.commit()


def test_an_organiser_gives_the_offered_place_for_whoever_phones(session):
    congress = a_congress(capacity=1, rules=RULES)
    first, second = register(congress, 1, 2)
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)

    promoting.promote_registration(second, actor=ORGANISER, now=OPEN)

    assert states(second) == ["confirmed"]
    assert kinds(session, second).count("place_gained") == 1


def test_more_places_are_offered_to_as_many_and_fewer_take_none_away(session):
    """REL-06."""
    congress = a_congress(capacity=1, rules=RULES)
    people = register(congress, 1, 2, 3, 4)
    grow(congress, 3)
    assert states(*people) == ["confirmed", "offered", "offered", "waiting"]

    grow(congress, 1)

    assert states(*people) == ["confirmed", "offered", "offered", "waiting"]
    offering.decline(people[1], actor=ATTENDEE, now=OPEN)
    assert states(*people) == ["confirmed", "cancelled", "offered", "waiting"]


def test_the_worker_is_asked_to_look_when_an_offer_ends(session, monkeypatch):
    """REL-08: the next in line hears of it within a minute."""
    asked: list[datetime] = []
    monkeypatch.setattr(queue, "wake_at", asked.append)
    congress = a_congress(capacity=1, rules=RULES)
    first, _second = register(congress, 1, 2)

    changing.withdraw(first, actor=ATTENDEE, now=OPEN)

    assert asked == [ENDS]


def test_a_step_takes_as_many_statements_whatever_the_number_of_offers(session):
    congress = a_congress(capacity=1, rules=RULES)
    people = register(congress, *range(1, 13))
    grow(congress, 2)
    with count_queries() as of_one:
        offering.next_step(now=ENDS)
    grow(congress, 6, now=ENDS)

    with count_queries() as of_five:
        offering.next_step(now=ENDS + timedelta(hours=HOURS))

    assert len(of_five) == len(of_one)
    assert states(*people).count("offered") == 5


def register(congress, *numbers: int, choices=()):
    return [
        registering.register(congress.id, a_request(number, *choices), now=OPEN).registration_id
        for number in numbers
    ]


def grow(congress, capacity, now=OPEN):
    set_places(congress.id, CONGRESS, capacity, actor=ORGANISER, now=now)


def change(person, workshop):
    wish = WishedWorkshop(workshop.id)
    changing.change_workshops(person, [wish], actor=ATTENDEE, now=OPEN)


def states(*people: int):
    return [get_own(each).standing.state for each in people]


def booked(*people: int):
    found = [get_own(each).standing.bookings for each in people]
    return [each[0].state if each else None for each in found]


def booking(person):
    return get_own(person).standing.bookings[0].id


def counters(session, workshop):
    session.expire_all()
    row = session.get(ProgrammeItem, workshop.id)
    return row.taken, row.waiting


def kinds(session, person):
    rows = of_person(session, OutboxMessage.kind, OutboxMessage, person)
    return [each for each in rows if not each.startswith("calendar")]


def calendar_kinds(session, person):
    rows = of_person(session, OutboxMessage.kind, OutboxMessage, person)
    return [each for each in rows if each.startswith("calendar")]


def verbs(session, person):
    return of_person(session, AuditLine.verb, AuditLine, person)


def of_person(session, column, table, person):
    found = select(column).where(table.registration_id == person).order_by(table.id)
    return list(session.scalars(found))
