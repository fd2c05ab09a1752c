"""The quota per organisation in the whole program: people come and go, organisers decide."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain import editing
from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.hall import CONGRESS
from congress.domain.mails.kinds import MessageKind
from congress.domain.people import fold_name
from congress.domain.quotas import (
    DomainOfAll,
    DomainTaken,
    OnlySpelling,
    OnReserve,
    QuotaReached,
    SameOrganisation,
)
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import AuditLine, Congress, OutboxMessage, QuotaSpelling, Registration
from congress.queries import congresses, registrations
from congress.queries.invariants import list_broken
from congress.services import changing, correcting, entering, promoting, quotas, registering
from congress.services.entering import Entering
from congress.services.planning import ruling
from congress.services.quotas import Foresight
from tests.builders import OPEN, a_congress, a_request, an_organisation, set_places
from tests.queries_counter import count_queries

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
FIELDS = {"organisation": "required"}
SPELLINGS = ("Stadt {}", "{}", "{}, Stadt", "Stadtverwaltung {}", "{} ")
TOWNS = [
    "Rheine",
    "Unna",
    "Lünen",
    "Bergkamen",
    "Bergheim",
    "Neuss",
    "Köln",
    "Hamm",
    "Marl",
    "Selm",
    "Werne",
    "Soest",
]


@pytest.fixture
def congress(database):
    return a_congress(capacity=20, rules={"quota": 2}, fields=FIELDS).id


def register(congress, number, town, email=None):
    said = {"organisation": town} | ({"email": email} if email else {})
    request = a_request(number, **said)
    return registering.register(congress, request, now=OPEN).registration_id


def states(*people: int):
    rows = db.session.execute(
        select(Registration.id, Registration.state).where(Registration.id.in_(people))
    )
    found = {row.id: row.state for row in rows}
    return [found[each] for each in people]


def withdraw(person):
    changing.withdraw(person, actor=ATTENDEE, now=OPEN)


IN, WAITS, GONE = "confirmed", "waiting", "cancelled"


class Plain:
    """The rule once more, as one would do it with a list on paper."""

    def __init__(self, places, quota) -> None:
        self.places, self.quota = places, quota
        self.inside: dict[int, str] = {}
        self.queue: list[tuple[int, str]] = []

    def may(self, town):
        return len(self.inside) < self.places and Counter(self.inside.values())[town] < self.quota

    def come(self, person, town):
        if self.may(town):
            self.inside[person] = town
        else:
            self.queue.append((person, town))

    def go(self, person):
        self.inside.pop(person, None)
        self.queue = [each for each in self.queue if each[0] != person]
        while found := next((each for each in self.queue if self.may(each[1])), None):
            self.queue.remove(found)
            self.inside[found[0]] = found[1]


def test_thirty_people_of_twelve_towns(congress, database_kind, is_full):
    """The result is that of the plain rule, and stays so through 200 random withdrawals."""
    plain, chance, there = Plain(20, 2), random.Random(7), {}
    for number in range(30):
        town = TOWNS[chance.randrange(12)]
        there[register(congress, number, chance.choice(SPELLINGS).format(town))] = town
        plain.come(max(there), town)
    goes = 200 if is_full else 40 if database_kind == "sqlite" else 12
    for number in range(30, 30 + goes):
        gone = chance.choice(sorted(there))
        withdraw(gone)
        plain.go(gone)
        del there[gone]
        if chance.random() < 0.9:
            town = TOWNS[chance.randrange(12)]
            there[register(congress, number, chance.choice(SPELLINGS).format(town))] = town
            plain.come(max(there), town)
        if number % 10 == 0:
            stand = dict(zip(there, states(*there), strict=True))
            assert {each for each in stand if stand[each] == IN} == set(plain.inside)
            waits = sorted(person for person, _town in plain.queue)
            assert sorted(each for each in stand if stand[each] == WAITS) == waits
    assert list_broken() == []


def two_of_rheine(congress):
    return [register(congress, 1, "Stadt Rheine"), register(congress, 2, "Rheine, Stadt")]


def confirm(congress, key, domain):
    quotas.confirm_domain(congress, key, domain, actor=ORGANISER, now=OPEN)


@pytest.mark.parametrize(
    ("town", "email", "expected"),
    [
        ("Stadtverwaltung Rheine", "x@example.org", WAITS),
        ("Rehine", "x@example.org", WAITS),
        ("Kreis Steinfurt", "x@example.org", IN),
        ("privat", "x@example.org", IN),
        ("Kreis Steinfurt", "x@amt.rheine.de", WAITS),
        ("privat", "x@rheine.de", WAITS),
    ],
)
def test_another_spelling_does_not_evade_the_quota(congress, town, email, expected):
    two_of_rheine(congress)
    confirm(congress, "rheine", "rheine.de")
    assert states(register(congress, 3, town, email=email)) == [expected]
    assert list_broken() == []


@pytest.mark.sqlite_only
def test_two_names_of_the_register_are_two_organisations(congress):
    for name in ("Kempen", "Stadt Kerpen"):
        an_organisation(name=name, name_key=fold_name(name))
    first = [register(congress, number, "Stadt Kempen") for number in (1, 2)]
    second = [register(congress, number, "Kerpen") for number in (3, 4)]
    mistyped = register(congress, 5, "Kerpenn")
    assert states(*first, *second, mistyped) == [IN] * 4 + [WAITS]


def outbox(person):
    kinds = select(OutboxMessage.kind).where(OutboxMessage.registration_id == person)
    return list(db.session.scalars(kinds.order_by(OutboxMessage.id)))


def test_the_reserve_person_is_told_so_and_moves_up(congress):
    first, _second = two_of_rheine(congress)
    third, fourth = register(congress, 3, "RHEINE"), register(congress, 4, "Rheine")
    other = register(congress, 5, "Unna")
    [standing] = registrations.standings([fourth])
    assert (standing.position, standing.on_reserve) == (2, OnReserve(2, 2))
    letter = select(OutboxMessage.facts).where(OutboxMessage.registration_id == third)
    assert db.session.scalars(letter).first()["reserve"] == {"position": 1, "places": 2}
    withdraw(first)
    assert states(third, fourth, other) == [IN, WAITS, IN]
    assert MessageKind.PLACE_GAINED in outbox(third)
    [standing] = registrations.standings([fourth])
    assert standing.on_reserve == OnReserve(1, 2)


def test_a_place_that_is_offered_counts_for_the_organisation(congress):
    first, _second = two_of_rheine(congress)
    third, fourth = register(congress, 3, "Rheine"), register(congress, 4, "Rheine")
    rules = db.session.get_one(Congress, congress)
    rules.rules = {"quota": 2, "offer_hours": 24}
    db.session.commit()
    withdraw(first)
    assert states(third, fourth) == ["offered", WAITS]
    withdraw(third)
    assert states(third, fourth) == [GONE, "offered"]
    assert list_broken() == []


def test_what_people_typed_goes_and_what_organisers_said_stays(congress):
    two_of_rheine(congress)
    quotas.tell_apart(congress, "rheine", "rheine, stadt", actor=ORGANISER, now=OPEN)
    assert quotas.forget_old(now=OPEN) == 0
    assert quotas.forget_old(now=OPEN + timedelta(days=2_000)) == 1
    assert list(db.session.scalars(select(QuotaSpelling.words))) == ["rheine, stadt"]


def test_where_the_congress_is_full_whoever_stands_first_and_may(congress):
    first, _second = two_of_rheine(congress)
    set_places(congress, CONGRESS, 2, actor=ORGANISER, now=OPEN)
    unna, rheine = register(congress, 3, "Unna"), register(congress, 4, "Rheine")
    withdraw(first)
    assert states(unna, rheine) == [IN, WAITS]
    set_places(congress, CONGRESS, 20, actor=ORGANISER, now=OPEN)
    assert states(rheine) == [IN]


def choose(congress, quota):
    before = congresses.get_congress(congress).rules
    version = editing.version_of(before.values)
    rules = replace(before, quota=quota)
    ruling.rule(congress, rules, version=version, actor=ORGANISER, now=OPEN)


def foreseen(congress, quota):
    heading = congresses.get_heading(congress)
    rules = replace(congresses.with_content(heading).rules, quota=quota)
    return quotas.foresee(heading, rules, now=OPEN)


def test_another_quota_removes_nobody_and_lets_in_who_may_be(congress):
    first, second = two_of_rheine(congress)
    third, fourth = register(congress, 3, "Rheine"), register(congress, 4, "Rheine")
    assert foreseen(congress, 1) == Foresight((), 1)
    choose(congress, 1)
    withdraw(first)
    assert states(second, third, fourth) == [IN, WAITS, WAITS]
    assert foreseen(congress, 2) == Foresight((third,), 0)
    choose(congress, 2)
    assert states(third, fourth) == [IN, WAITS]
    choose(congress, 0)
    assert states(fourth) == [IN]
    late = register(congress, 5, "Stadt Rheine")
    assert foreseen(congress, 3) == Foresight((), 1)
    choose(congress, 3)  # four are inside, whoever came while there was no quota too
    assert states(late, register(congress, 6, "Rheine")) == [IN, WAITS]
    assert list_broken() == []


def test_organisers_tell_spellings_apart_and_put_organisations_together(congress):
    two_of_rheine(congress)
    third = register(congress, 3, "Rheine (Elm), Stadt Rheine")
    fourth = register(congress, 4, "Stadtverwaltung Rheine")
    assert states(third, fourth) == [IN, WAITS]
    words = "stadtverwaltung rheine"
    key = quotas.tell_apart(congress, "rheine", words, actor=ORGANISER, now=OPEN)
    assert states(fourth) == [IN]
    fifth = register(congress, 5, "Stadtverwaltung  RHEINE")
    assert states(fifth) == [IN]  # of two that are remembered as one by themselves
    with pytest.raises(OnlySpelling):
        quotas.tell_apart(congress, key, words, actor=ORGANISER, now=OPEN)
    quotas.put_together(congress, "rheine", key, actor=ORGANISER, now=OPEN)
    assert states(fourth, fifth) == [IN, IN]
    assert states(register(congress, 6, "Stadtverwaltung Rheine")) == [WAITS]
    with pytest.raises(SameOrganisation):
        quotas.put_together(congress, "rheine", "rheine", actor=ORGANISER, now=OPEN)
    assert list_broken() == []


def set_own(congress, places):
    quotas.set_places(congress, "rheine", places, is_exception=True, actor=ORGANISER, now=OPEN)


def test_an_organisation_may_have_a_number_of_its_own(congress):
    two_of_rheine(congress)
    third, fourth = register(congress, 3, "Rheine"), register(congress, 4, "Rheine")
    set_own(congress, 3)
    assert states(third, fourth) == [IN, WAITS]
    set_own(congress, None)
    assert states(fourth) == [IN]
    set_own(congress, 0)
    assert states(third, fourth, register(congress, 5, "Rheine")) == [IN, IN, WAITS]
    assert list_broken() == []


def test_a_domain_is_that_of_one_organisation_and_of_no_mail_provider(congress):
    two_of_rheine(congress)
    person = register(congress, 3, "Jugendzentrum", email="x@rheine.de")
    confirm(congress, "rheine", "rheine.de")
    assert states(person) == [IN]  # whoever has a place keeps it
    with pytest.raises(DomainTaken):
        confirm(congress, "unna", "rheine.de")
    with pytest.raises(DomainOfAll):
        confirm(congress, "unna", "gmx.de")
    waits = register(congress, 4, "Jugendzentrum", email="y@rheine.de")
    assert states(waits) == [WAITS]
    quotas.drop_domain(congress, "rheine", "rheine.de", actor=ORGANISER, now=OPEN)
    assert states(waits) == [IN]
    assert list_broken() == []


def correct(person, organisation):
    own = registrations.get_own(person)
    after = replace(own.person, organisation=organisation)
    return correcting.correct(person, after, version=own.person.version, actor=ORGANISER, now=OPEN)


def test_another_organisation_lets_in_the_next_and_takes_nobodys_place(congress):
    first, _second = two_of_rheine(congress)
    third = register(congress, 3, "Rheine")
    unna = [register(congress, number, "Unna") for number in (4, 5)]
    correct(first, "Stadt Unna")
    assert states(first, third, *unna) == [IN] * 4
    waits = register(congress, 6, "Unna")
    correct(waits, "Stadt Lünen")
    assert states(waits) == [IN]
    assert list_broken() == []


def test_an_organiser_goes_beyond_the_quota_and_the_log_says_so(congress):
    two_of_rheine(congress)
    waits = register(congress, 3, "Rheine")
    with pytest.raises(QuotaReached):
        promoting.promote_registration(waits, actor=ORGANISER, now=OPEN)
    promoting.promote_registration(waits, overbook=True, actor=ORGANISER, now=OPEN)
    request = a_request(4, organisation="Rheine")
    with pytest.raises(QuotaReached):
        entering.enter(congress, request, Entering(ByHand()), actor=ORGANISER, now=OPEN)
    beyond = Entering(ByHand(beyond=frozenset({CONGRESS})))
    entered = entering.enter(congress, request, beyond, actor=ORGANISER, now=OPEN)
    assert states(waits, entered) == [IN, IN]
    said = select(AuditLine.details).where(AuditLine.verb.in_(("promoted", "entered")))
    assert [each["beyond_quota"] for each in db.session.scalars(said)] == [True, True]
    assert list_broken() == []


@pytest.mark.sqlite_only
def test_what_a_registration_asks_of_the_database_is_fixed(congress):
    """However many wait on reserve lists; without a quota it is as ever (test_statements.py)."""
    counts = []
    for number, town in ((1, "Rheine"), (2, "Unna"), (3, "Lünen")):
        register(congress, number, town)
        for more in range(number * 10, number * 10 + 6):
            register(congress, more, town)
        with count_queries() as queries:
            register(congress, number * 100, f"{town}dorf")
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 19
