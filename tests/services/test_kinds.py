"""Places held back for guests, press, team and contributors, in the whole program."""

import random
from collections import Counter

import pytest
from sqlalchemy import select

from congress.domain import editing
from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.hall import CONGRESS
from congress.domain.kinds import PersonKind
from congress.domain.mails.kinds import MessageKind
from congress.domain.registration import CongressFull
from congress.domain.room import ByHand
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import AuditLine, Congress, OutboxMessage, Registration
from congress.queries import congresses
from congress.queries.invariants import list_broken
from congress.services import (
    changing,
    entering,
    handing_over,
    kinds,
    merging,
    promoting,
    quotas,
    registering,
)
from congress.services.entering import Entering
from congress.services.merging import Merging
from congress.services.planning import ruling
from tests.builders import OPEN, a_congress, a_request, set_places
from tests.guests import an_invitation
from tests.queries_counter import count_queries

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
ATTENDS, GUEST, PRESS = PersonKind.ATTENDEE, PersonKind.GUEST, PersonKind.PRESS
WAITING_IF_NEED_BE = ByHand(waits=frozenset({CONGRESS}))
IN, WAITS = "confirmed", "waiting"


@pytest.fixture
def congress(database):
    return a_congress(capacity=6, rules={"held_for_guests": 2}, held_back=2).id


def register(congress, number):
    return registering.register(congress, a_request(number), now=OPEN).registration_id


def enter(congress, number, kind=GUEST):
    request = a_request(number, kind=kind)
    told = Entering(WAITING_IF_NEED_BE)
    return entering.enter(congress, request, told, actor=ORGANISER, now=OPEN)


def withdraw(person):
    changing.withdraw(person, actor=ATTENDEE, now=OPEN)


def states(*people: int):
    rows = db.session.execute(
        select(Registration.id, Registration.state).where(Registration.id.in_(people))
    )
    found = {row.id: row.state for row in rows}
    return [found[each] for each in people]


def places(congress):
    found = congresses.get_heading(congress).places
    return found.taken, found.held_back, found.left


def rule(congress, **chosen: int):
    before = congresses.get_congress(congress).rules
    version = editing.version_of(before.values)
    rules = Rules.of(before.stored | chosen)
    ruling.rule(congress, rules, version=version, actor=ORGANISER, now=OPEN)


def foreseen(congress, **chosen: int):
    heading = congresses.get_heading(congress)
    rules = Rules.of(congresses.with_content(heading).rules.stored | chosen)
    return quotas.foresee(heading, rules, now=OPEN).moved_up


class Plain:
    """The rule once more, as one would do it with a list on paper."""

    def __init__(self, places, **held: int) -> None:
        self.places, self.held = places, {PersonKind(kind): many for kind, many in held.items()}
        self.inside: dict[int, PersonKind] = {}
        self.queue: list[tuple[int, PersonKind]] = []

    def may(self, kind):
        inside = Counter(self.inside.values())
        empty = self.places - len(self.inside)
        kept = sum(max(0, many - inside[each]) for each, many in self.held.items())
        return empty > kept or (empty > 0 and inside[kind] < self.held.get(kind, 0))

    def come(self, person, kind):
        if self.may(kind):
            self.inside[person] = kind
        else:
            self.queue.append((person, kind))

    def go(self, person):
        self.inside.pop(person, None)
        self.queue = [each for each in self.queue if each[0] != person]
        self.pass_on()

    def become(self, person, kind):
        if person in self.inside:
            self.inside[person] = kind
        self.queue = [(one, kind if one == person else was) for one, was in self.queue]
        self.pass_on()

    def pass_on(self):
        while found := next((each for each in self.queue if self.may(each[1])), None):
            self.queue.remove(found)
            self.inside[found[0]] = found[1]


def test_it_is_as_on_paper(database, database_kind, is_full):
    """People of all kinds come, go and turn out to be something else, at random."""
    held = {"held_for_guests": 3, "held_for_press": 2}
    congress = a_congress(capacity=12, rules=held, held_back=5).id
    plain, chance, there = Plain(12, guest=3, press=2), random.Random(15), []
    rounds = 200 if is_full else 60 if database_kind == "sqlite" else 15
    for number in range(16 + rounds):
        kind = chance.choice([ATTENDS, ATTENDS, GUEST, PRESS])
        if number < 16 or chance.random() < 0.5:
            is_asked = kind is ATTENDS
            there.append(register(congress, number) if is_asked else enter(congress, number, kind))
            plain.come(there[-1], kind)
        elif chance.random() < 0.7:
            gone = there.pop(chance.randrange(len(there)))
            withdraw(gone)
            plain.go(gone)
        else:
            one = chance.choice(there)
            kinds.set_kinds(congress, [one], kind, actor=ORGANISER, now=OPEN)
            plain.become(one, kind)
        if number % 8 == 0:
            stand = dict(zip(there, states(*there), strict=True))
            assert {each for each in stand if stand[each] == IN} == set(plain.inside)
    assert list_broken() == []


def test_what_is_held_back_is_for_guests_and_for_them_again(congress):
    people = [register(congress, number) for number in range(5)]
    assert states(*people) == [IN] * 4 + [WAITS]
    assert places(congress) == (4, 2, 0)
    guests = [enter(congress, number) for number in (10, 11, 12)]
    assert states(*guests) == [IN, IN, WAITS]
    assert places(congress) == (6, 0, 0)
    withdraw(guests[0])
    assert states(*guests[1:], people[4]) == [IN, IN, WAITS]
    withdraw(guests[1])
    assert places(congress) == (5, 1, 0)
    withdraw(people[0])
    assert states(people[4]) == [IN]
    assert list_broken() == []


def test_fewer_held_back_let_in_who_waits_and_more_remove_nobody(congress):
    people = [register(congress, number) for number in range(6)]
    assert foreseen(congress, held_for_guests=1) == (people[4],)
    assert foreseen(congress, held_for_guests=3) == ()
    rule(congress, held_for_guests=1)
    assert states(*people[4:]) == [IN, WAITS]
    letters = select(OutboxMessage.kind).where(OutboxMessage.registration_id == people[4])
    assert MessageKind.PLACE_GAINED in list(db.session.scalars(letters))
    rule(congress, held_for_guests=4)
    assert states(*people) == [IN] * 5 + [WAITS]
    assert places(congress) == (5, 4, 0)
    withdraw(people[0])
    assert states(people[5]) == [WAITS]
    rule(congress, held_for_guests=0)
    assert states(people[5]) == [IN]
    assert places(congress) == (5, 0, 1)
    assert list_broken() == []


def test_a_quota_that_is_new_counts_in_what_is_shown_before(database):
    fields = {"organisation": "required"}
    rules = {"held_for_guests": 3}
    congress = a_congress(capacity=4, rules=rules, fields=fields, held_back=3).id
    towns = ("Hamm", "Hamm", "Unna", "Hamm", "Marl")
    people = [
        registering.register(
            congress, a_request(number, organisation=town), now=OPEN
        ).registration_id
        for number, town in enumerate(towns)
    ]
    wanted = {"held_for_guests": 1, "quota": 1}
    assert foreseen(congress, **wanted) == (people[2], people[4])
    rule(congress, **wanted)
    assert states(*people) == [IN, WAITS, IN, WAITS, IN]
    assert list_broken() == []


def test_who_turns_out_to_be_a_guest_makes_room_once_and_the_log_says_so(congress):
    people = [register(congress, number) for number in range(5)]
    for _twice in range(2):
        kinds.set_kinds(congress, people[:1], GUEST, actor=ORGANISER, now=OPEN)
    assert states(*people) == [IN] * 5
    lines = db.session.scalars(select(AuditLine).where(AuditLine.verb == "kind_set")).all()
    assert [line.registration_id for line in lines] == people[:1]
    assert lines[0].details == {"before": "attendee", "kind": "guest"}
    kinds.set_kinds(congress, people[:1], ATTENDS, actor=ORGANISER, now=OPEN)
    assert states(*people) == [IN] * 5  # nobody loses a place
    assert places(congress) == (5, 2, 0)
    assert list_broken() == []


def test_whoever_waits_and_is_a_guest_moves_up(congress):
    people = [register(congress, number) for number in range(6)]
    kinds.set_kinds(congress, [people[5]], GUEST, actor=ORGANISER, now=OPEN)
    assert states(*people[4:]) == [WAITS, IN]
    withdraw(people[4])
    kinds.set_kinds(congress, [people[4]], GUEST, actor=ORGANISER, now=OPEN)
    assert db.session.get_one(Registration, people[4]).kind == ATTENDS  # has left


def test_an_organiser_lets_somebody_have_what_is_held_back(congress):
    people = [register(congress, number) for number in range(5)]
    promoting.promote_registration(people[4], overbook=True, actor=ORGANISER, now=OPEN)
    assert states(people[4]) == [IN]
    assert places(congress) == (5, 2, 0)
    assert list_broken() == []


def test_only_attendees_count_for_a_quota(database):
    rules = {"quota": 1, "held_for_guests": 1}
    fields = {"organisation": "required"}
    congress = a_congress(capacity=6, rules=rules, fields=fields, held_back=1).id
    first, second = register(congress, 1), register(congress, 2)
    guest = enter(congress, 3)
    assert states(first, second, guest) == [IN, WAITS, IN]
    kinds.set_kinds(congress, [first], PRESS, actor=ORGANISER, now=OPEN)
    assert states(second) == [IN]
    kinds.set_kinds(congress, [first, guest], ATTENDS, actor=ORGANISER, now=OPEN)
    keys = select(Registration.quota_key).where(Registration.congress_id == congress)
    assert set(db.session.scalars(keys)) == {"lunen"}
    assert states(register(congress, 4)) == [WAITS]
    assert list_broken() == []


def test_who_is_invited_as_a_guest_has_a_place_held_back_and_nobody_says_so_of_themselves(congress):
    people = [register(congress, number) for number in range(5)]
    invited = {kind: an_invitation(congress, kind=kind).id for kind in (GUEST, ATTENDS)}
    for number, (kind, says) in enumerate(((ATTENDS, GUEST), (GUEST, ATTENDS)), start=10):
        request = a_request(number, invitation_id=invited[kind], kind=says)
        came = registering.register(congress, request, now=OPEN).registration_id
        assert db.session.get_one(Registration, came).kind == kind
        people.append(came)
    assert states(*people) == [IN] * 4 + [WAITS, WAITS, IN]
    assert places(congress) == (5, 1, 0)
    withdraw(people[-1])
    assert places(congress) == (4, 2, 0)
    assert list_broken() == []


def test_a_guest_comes_in_where_nobody_else_can_even_wait(database):
    rules = {"held_for_guests": 1}
    congress = a_congress(capacity=2, waiting_list=False, rules=rules, held_back=1).id
    register(congress, 1)
    with pytest.raises(CongressFull):
        register(congress, 2)
    request = a_request(3, invitation_id=an_invitation(congress, kind=GUEST).id)
    registering.register(congress, request, now=OPEN)
    other = a_request(4, invitation_id=an_invitation(congress, kind=GUEST).id)
    with pytest.raises(CongressFull):
        registering.register(congress, other, now=OPEN)
    assert places(congress) == (2, 0, 0)


def test_who_comes_instead_of_a_guest_is_one(congress):
    people = [register(congress, number) for number in range(5)]
    guest = enter(congress, 10)
    told = Entering(ByHand())
    came = handing_over.see_to(guest, a_request(11), told, actor=ORGANISER, now=OPEN)
    assert db.session.get_one(Registration, came).kind == GUEST
    assert states(came, people[4]) == [IN, WAITS]
    assert places(congress) == (5, 1, 0)
    assert list_broken() == []


def test_who_stood_twice_comes_as_what_organisers_said(congress):
    people = [register(congress, number) for number in range(5)]
    guest = enter(congress, 10)
    wanted = Merging(people[0], guest)
    heading = congresses.get_heading(congress)
    outlook = merging.foresee(heading, wanted, now=OPEN)
    assert outlook.moved_up == (people[4],)
    merging.merge(wanted, seen=outlook.seen, actor=ORGANISER, now=OPEN)
    assert db.session.get_one(Registration, people[0]).kind == GUEST
    assert states(*people) == [IN] * 5
    assert list_broken() == []


@pytest.mark.sqlite_only
def test_a_guest_deep_in_the_queue_costs_as_much_as_the_first(congress):
    rule(congress, held_for_guests=0)
    set_places(congress, CONGRESS, 1, actor=ORGANISER, now=OPEN)
    first = register(congress, 0)
    queue = [register(congress, number) for number in range(1, 40)]
    guest = enter(congress, 50)
    db.session.get_one(Congress, congress).rules = {"held_for_guests": 1}
    db.session.commit()
    with count_queries() as queries:
        withdraw(first)
    assert states(queue[0], guest) == [WAITS, IN]
    assert len(queries) < 40
    assert list_broken() == []
