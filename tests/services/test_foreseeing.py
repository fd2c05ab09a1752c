"""What is foreseen of one thing done with several people is what comes of it."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from congress.domain.access import Actor, ActorKind
from congress.domain.errors import Refused
from congress.domain.modes import Mode
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.registration_request import WishedWorkshop
from congress.domain.selection import Act, Acting, Outcome, WhenFull
from congress.models import Booking, Registration
from congress.queries import congresses
from congress.queries.places import waiting_bookings
from congress.services import changing, foreseeing, promoting, registering
from tests.builders import OPEN, a_congress, a_request, a_workshop
from tests.queries_counter import count_queries

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


@pytest.fixture
def people(session):
    """Six people on five places: two in the workshop with two places, two in its queue."""
    congress = a_congress(capacity=5)
    full = a_workshop(congress, number=1, capacity=2)
    other = a_workshop(congress, number=2, capacity=9)
    found = []
    for number in range(6):
        wanted = [full] if number < 4 else [other]
        found.append(
            registering.register(congress.id, a_request(number, *wanted), now=OPEN).registration_id
        )
    return congress.id, full.id, other.id, found


ACTS = {
    "cancel one": (Act.CANCEL, None, WhenFull.LEAVE, "ended"),
    "cancel three": (Act.CANCEL, None, WhenFull.LEAVE, "ended ended ended same same same"),
    "give what is full": (Act.GIVE, "full", WhenFull.LEAVE, "same same same same refused kept"),
    "give and wait": (Act.GIVE, "full", WhenFull.WAIT, "same same same same waits kept"),
    "give beyond": (Act.GIVE, "full", WhenFull.BEYOND, "same same same same place kept"),
    "give what is free": (Act.GIVE, "other", WhenFull.LEAVE, "place place place place same same"),
    "take out": (Act.TAKE, "full", WhenFull.LEAVE, "given_up given_up given_up given_up same same"),
    "let in": (Act.ADMIT, None, WhenFull.BEYOND, "same same same same same place"),
    "no room to let in": (Act.ADMIT, None, WhenFull.LEAVE, "same same same same same refused"),
    "move up beyond": (Act.ADMIT, "full", WhenFull.BEYOND, "same same place place not_waiting"),
}


BEYOND = {"give beyond": [5], "let in": [6], "move up beyond": [3, 4]}


@pytest.mark.parametrize("name", ACTS)
def test_what_is_foreseen_is_what_comes_of_it(session, people, name):
    act, key, when_full, expected = ACTS[name]
    congress_id, full, other, everybody = people
    chosen = everybody[: len(expected.split())]
    if name == "cancel three":
        for number in everybody[3:]:
            changing.withdraw(number, actor=ORGANISER, now=OPEN)
    acting = Acting(act, {"full": full, "other": other, None: None}[key], when_full)
    before = standing(session)
    foresight = foreseeing.foresee(congresses.get_heading(congress_id), chosen, acting, now=OPEN)

    assert [each.outcome or "refused" for each in foresight.people] == expected.split()
    assert standing(session) == before
    refused = [each.person for each in foresight.people if not do(acting, each.person)]
    after = standing(session)
    assert refused == [each.person for each in foresight.people if each.refusal]
    for each in foresight.people:
        mine, then = before[each.person], after[each.person]
        if each.refusal or not each.is_change:
            assert then == mine
        elif each.outcome is Outcome.PLACE:
            assert then[0] == RegistrationState.CONFIRMED
            assert acting.key is None or then[1][acting.key] == BookingState.CONFIRMED
        elif each.outcome in {Outcome.WAITS, Outcome.KEPT}:
            assert then[1][acting.key] == BookingState.WAITING
        elif each.outcome is Outcome.GIVEN_UP:
            assert acting.key not in then[1]
        else:
            assert then == (RegistrationState.CANCELLED, {})
    others = [number for number in everybody if number not in chosen]
    assert list(foresight.moved_up) == [each for each in others if before[each] != after[each]]
    assert [each.person for each in foresight.people if each.is_beyond] == BEYOND.get(name, [])


HYBRID = {"mode": "hybrid", "online_places": 2}
MEMBERS = {
    "on site": ({}, "Lünen, Köln, Köln, Köln"),
    "on site and online": (HYBRID, "Lünen, Köln online, Köln online, Köln, Köln online"),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_whoever_is_on_a_reserve_list_is_foreseen_to_move_up(session, name):
    rules, members = MEMBERS[name]
    congress = a_congress(
        capacity=4,
        online_capacity=rules.get("online_places"),
        rules={"quota": 2} | rules,
        fields={"organisation": "required"},
    )
    people = []
    for number, (town, *online) in enumerate(map(str.split, members.split(", "))):
        mode = Mode.ONLINE if online else Mode.ONSITE
        request = a_request(number, organisation=f"Stadt {town}", mode=mode)
        people.append(registering.register(congress.id, request, now=OPEN).registration_id)
    chosen, first_on_reserve = [people[0], people[2]], people[3]
    heading = congresses.get_heading(congress.id)
    with at_most(60):
        foresight = foreseeing.foresee(heading, chosen, Acting(Act.CANCEL), now=OPEN)
    before = standing(session)
    for person in chosen:
        changing.withdraw(person, actor=ORGANISER, now=OPEN)
    after = standing(session)

    others = [each for each in people if each not in chosen]
    assert [each for each in others if before[each] != after[each]] == [first_on_reserve]
    assert foresight.moved_up == (first_on_reserve,)


@contextmanager
def at_most(statements):
    """Fail where a block would ask for ever."""
    left = iter(range(statements))

    def note(*_asked: object) -> None:
        assert next(left, None) is not None, "asked too often"

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_it_takes_few_statements_for_each_person(session, people):
    congress_id, _full, _other, everybody = people
    heading = congresses.get_heading(congress_id)
    acting = Acting(Act.CANCEL)
    foreseeing.foresee(heading, everybody, acting, now=OPEN)
    with count_queries() as found:
        foreseeing.foresee(heading, everybody, acting, now=OPEN)

    assert len(found) <= 3 * len(everybody)


def do(acting, person):
    """Do it for one person as the page does; whether it was possible."""
    wish = [WishedWorkshop(acting.key)] if acting.act is Act.GIVE else []
    given_up = [acting.key] if acting.act is Act.TAKE else []
    try:
        if acting.act is Act.CANCEL:
            changing.withdraw(person, actor=ORGANISER, now=OPEN)
        elif acting.act is Act.ADMIT and acting.key is None:
            promoting.promote_registration(
                person, overbook=acting.is_beyond, actor=ORGANISER, now=OPEN
            )
        elif acting.act is Act.ADMIT:
            if booking := waiting_bookings(acting.key).get(person):
                promoting.promote_booking(
                    booking, overbook=acting.is_beyond, actor=ORGANISER, now=OPEN
                )
        else:
            changing.assign_workshops(
                person, wish, given_up, by_hand=acting.by_hand, actor=ORGANISER, now=OPEN
            )
    except Refused:
        return False
    return True


def standing(session):
    """Everybody's state and active bookings."""
    session.expire_all()
    active = select(Booking.registration_id, Booking.item_id, Booking.state).where(
        Booking.state != BookingState.CANCELLED
    )
    bookings = session.execute(active).all()
    return {
        number: (state, {row.item_id: row.state for row in bookings if row[0] == number})
        for number, state in session.execute(select(Registration.id, Registration.state))
    }
