"""Taking part on site or online: two numbers of places and two lines, beside each other."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.domain.contradictions import (
    NoLinkToHoldBack,
    OnlinePlacesApart,
    contradictions,
)
from congress.domain.eligibility import eligibility
from congress.domain.hall import CONGRESS, NOBODY, ONLINE, Hall, Line, Person
from congress.domain.handing_over import HandOver
from congress.domain.mails.mailings import Audience, To, tells_link
from congress.domain.modes import (
    EventMode,
    ItemMode,
    LinkToldAlready,
    Mode,
    ModeFull,
    NoneFreeThere,
    NotInThisMode,
)
from congress.domain.moves import Grant, Queue, Switch
from congress.domain.places import Choose, MoveUp, Register, Resize, Withdraw, decide
from congress.domain.quotas import Delegation
from congress.domain.registration import BookingState, CongressFull, RegistrationState
from congress.domain.repeating import after
from congress.domain.room import ByHand
from congress.domain.rules import Rules
from congress.domain.switching import TakePart
from congress.domain.workshops import Places
from tests.domain.halls import (
    AFTERNOON,
    FULL,
    ROOMY,
    SHUT,
    booked,
    hall,
    inside,
    moves,
    outside,
    refusal,
    wish,
    workshop,
)
from tests.domain.test_public_calendar import CONGRESS as PLAIN

HYBRID = Rules(mode=EventMode.HYBRID)
ON_SITE, ON_LINE = (NOBODY.taking_part(mode) for mode in Mode)
FREE = Places(capacity=5)


def both(onsite: Places, online: Places, *people: Person, workshops=(), lines=None) -> Hall:
    """A hybrid congress with these places, and people who take part online or else on site."""
    here = hall(onsite, workshops, *people, rules=HYBRID, lines=lines)
    return replace(here, places={**here.places, ONLINE: online})


def online(person: Person) -> Person:
    return person.taking_part(Mode.ONLINE)


def onsite(person: Person) -> Person:
    return person.taking_part(Mode.ONSITE)


CONFIRMED = RegistrationState.CONFIRMED
TAKEN = [Grant(0, CONGRESS)]
JOINED = [Queue(0, CONGRESS)]


@pytest.mark.parametrize(
    ("newcomer", "on_site", "on_line", "expected"),
    [
        (ON_SITE, FREE, FULL, TAKEN),
        (ON_SITE, FULL, FREE, JOINED),
        (ON_LINE, FULL, FREE, TAKEN),
        (ON_LINE, FREE, FULL, JOINED),
        # Who waits for the one way keeps nobody from the other.
        (ON_LINE, replace(FULL, waiting=9), FREE, TAKEN),
        (ON_SITE, FREE, replace(FULL, waiting=9), TAKEN),
    ],
)
def test_each_way_has_places_and_a_line_of_its_own(newcomer, on_site, on_line, expected):
    line = {CONGRESS: Line(is_whole=False), ONLINE: Line(is_whole=False)}
    here = both(on_site, on_line, lines=line)
    assert moves(here, Register(newcomer=newcomer)) == expected


def test_what_is_counted_is_the_way_that_was_chosen():
    decision = decide(both(FREE, FREE), Register(newcomer=ON_LINE))
    assert {key: each.taken for key, each in decision.places.items()} == {ONLINE: 1}


def test_without_the_rule_online_is_a_place_like_any():
    """So an online congress has one number of places, and one line."""
    here = hall(FREE, rules=Rules(mode=EventMode.ONLINE))
    assert decide(here, Register(newcomer=ON_LINE)).places.keys() == {CONGRESS}


@pytest.mark.parametrize(
    ("comer", "on_site", "on_line", "expected"),
    [
        (NOBODY, SHUT, FREE, []),  # one of the two is enough to open the form
        (NOBODY, FREE, SHUT, []),
        (NOBODY, SHUT, SHUT, [CongressFull]),
        (ON_SITE, SHUT, FREE, [ModeFull]),
        (ON_LINE, SHUT, FREE, []),
    ],
)
def test_who_can_register(comer, on_site, on_line, expected):
    assert [type(each) for each in eligibility(both(on_site, on_line), comer)] == expected


@pytest.mark.parametrize(
    ("mode", "fits"),
    [
        (ItemMode.BOTH, {Mode.ONSITE, Mode.ONLINE}),
        (ItemMode.ONSITE, {Mode.ONSITE}),
        (ItemMode.ONLINE, {Mode.ONLINE}),
    ],
)
def test_some_workshops_are_for_those_who_come_in_one_way(mode, fits):
    one = replace(workshop(1), mode=mode)
    for each in Mode:
        here = both(ROOMY, ROOMY, inside(7).taking_part(each), workshops=[(one, FREE)])
        expected = type(None) if each in fits else NotInThisMode
        assert type(decide(here, Choose(7, (wish(1),))).refusal) is expected
        newcomer = NOBODY.taking_part(each)
        assert type(decide(here, Register((wish(1),), newcomer)).refusal) is expected


def test_whoever_comes_the_other_way_is_passed_over_in_a_workshop():
    """Its way may have changed while somebody waited; they keep their place in the line."""
    here = both(
        ROOMY,
        ROOMY,
        online(outside_in_line := inside(7, booked(1, BookingState.WAITING))),
        onsite(inside(8, booked(1, BookingState.WAITING))),
        workshops=[(replace(workshop(1), mode=ItemMode.ONSITE), Places(1, 1, 2))],
        lines={1: (7, 8)},
    )
    decision = decide(here, Resize({1: (2, True)}))
    assert outside_in_line.id not in decision.gains
    assert list(decision.gains) == [8]


@pytest.mark.parametrize(
    ("person", "on_site", "on_line", "by_hand", "expected"),
    [
        # Who has a place changes where one is free …
        (inside(7), Places(5, 1), FREE, False, [Switch(7, Mode.ONLINE)]),
        (inside(7), Places(5, 1), Places(None), False, [Switch(7, Mode.ONLINE)]),
        # … and keeps it where none is, or others wait for it; organisers may mean one beyond.
        (inside(7), Places(5, 1), FULL, False, NoneFreeThere),
        (inside(7), Places(5, 1), FULL, True, [Switch(7, Mode.ONLINE)]),
        # Who waits gets what is free there, or stands at the end of the line there.
        (
            outside(7),
            Places(1, 1, 1),
            FREE,
            False,
            [Switch(7, Mode.ONLINE, waits=True), Grant(7, CONGRESS, moved_up=True)],
        ),
        (outside(7), Places(1, 1, 1), FULL, False, [Switch(7, Mode.ONLINE, waits=True)]),
        (outside(7), Places(1, 1, 1), SHUT, False, ModeFull),
    ],
)
def test_going_over_to_the_other_way(person, on_site, on_line, by_hand, expected):
    lines = {CONGRESS: (7,) if on_site.waiting else ()}
    here = both(on_site, on_line, onsite(person), lines=lines)
    wanted = TakePart(7, Mode.ONLINE, by_organiser=by_hand, beyond=by_hand)
    if isinstance(expected, list):
        assert moves(here, wanted) == expected
    else:
        assert refusal(here, wanted) is expected


def test_a_place_left_by_going_over_goes_to_who_waits_for_it():
    here = both(
        Places(1, 1, 1), FREE, onsite(inside(7)), onsite(outside(8)), lines={CONGRESS: (8,)}
    )
    assert moves(here, TakePart(7, Mode.ONLINE)) == [
        Switch(7, Mode.ONLINE),
        Grant(8, CONGRESS, moved_up=True),
    ]


def test_whoever_comes_instead_needs_a_free_place_in_the_same_way():
    """A reserve person hands over to another organisation; a free place on site is no help."""
    had = replace(online(outside(7)), quota_key="a")
    here = replace(
        both(FREE, replace(FULL, waiting=1, lets_pass=True), had, lines={ONLINE: (7,)}),
        rules=replace(HYBRID, quota=1),
        delegations={"a": Delegation(1, 1, 1), "b": Delegation(1, 0, 0)},
    )
    instead = replace(NOBODY, quota_key="b")
    assert Grant(0, CONGRESS) not in moves(here, HandOver(7, instead))
    free = replace(here, places={**here.places, ONLINE: replace(FREE, waiting=1)})
    assert Grant(0, CONGRESS) in moves(free, HandOver(7, instead))


def test_nobody_goes_over_with_a_workshop_that_is_not_there():
    one = replace(workshop(1, AFTERNOON), mode=ItemMode.ONSITE)
    here = both(ROOMY, ROOMY, onsite(inside(7, booked(1))), workshops=[(one, FREE)])
    assert refusal(here, TakePart(7, Mode.ONLINE)) is NotInThisMode


def test_twice_the_same_way_changes_nothing():
    assert moves(both(FREE, FREE, online(inside(7))), TakePart(7, Mode.ONLINE)) == []


PEOPLE = st.integers(1, 9)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.sampled_from(Mode)),
        st.tuples(st.just("switch"), PEOPLE, st.sampled_from(Mode), st.booleans()),
        st.tuples(st.just("withdraw"), PEOPLE),
        st.tuples(st.just("move up"), PEOPLE),
        st.tuples(st.just("resize"), st.sampled_from([CONGRESS, ONLINE]), st.integers(0, 4)),
    ),
    max_size=25,
)


def asked(step, people):
    """What a step means; nothing where it is about nobody."""
    match step:
        case ("register", mode):
            return Register(
                newcomer=NOBODY.taking_part(mode), by_hand=ByHand(waits=frozenset({None}))
            )
        case ("switch", number, mode, beyond) if number in people:
            return TakePart(number, mode, by_organiser=True, beyond=beyond)
        case ("withdraw", number) if number in people:
            return Withdraw(number, by_organiser=True)
        case ("move up", number) if number in people:
            return MoveUp(number, CONGRESS, overbook=True)
        case ("resize", key, many):
            return Resize({key: (many, True)})
    return None


@settings(max_examples=200)
@given(steps=STEPS)
def test_any_sequence_keeps_both_ways_apart(steps):
    """REL-07 for both ways: counts, no empty place while somebody waits, nobody overtaken."""
    people: dict[int, Person] = {}
    lines: dict[int | None, list[int]] = {CONGRESS: [], ONLINE: []}
    places = {CONGRESS: Places(2), ONLINE: Places(2)}
    for wanted in filter(None, (asked(step, people) for step in steps)):
        here = both(places[CONGRESS], places[ONLINE], *people.values())
        here = replace(here, lines={key: Line(tuple(line)) for key, line in lines.items()})
        decision = decide(here, wanted)
        if decision.refusal is not None:
            continue
        new = max(people, default=0) + 1
        if isinstance(wanted, Register):
            here = replace(here, people={**people, new: replace(wanted.newcomer, id=new)})
        numbered = tuple(replace(each, person=each.person or new) for each in decision.moves)
        then = after(here, replace(decision, moves=numbered))
        people = dict(then.people)
        places = {key: then.places[key] for key in (CONGRESS, ONLINE)}
        for key, line in lines.items():
            left = [each for each in line if waits_in(people[each], key)]
            won = [line.index(each) for each in line if each in decision.gains]
            if isinstance(wanted, Resize | Withdraw) and won and left:
                assert max(won) < line.index(left[0])
            lines[key] = left + [
                each for each in sorted(people) if waits_in(people[each], key) and each not in left
            ]
            sit = [each for each in people.values() if each.in_congress and at(each) == key]
            assert (places[key].taken, places[key].waiting) == (len(sit), len(lines[key]))
            assert not (lines[key] and places[key].is_free)


def at(person: Person) -> int | None:
    return ONLINE if person.mode is Mode.ONLINE else CONGRESS


def waits_in(person: Person, key: int | None) -> bool:
    return person.state is RegistrationState.WAITING and at(person) == key


LINK = "https://meet.example.org/1"


@pytest.mark.parametrize(
    ("text", "audience", "is_hybrid", "expected"),
    [
        ("Guten Tag", Audience(), True, False),
        (f"Hier: {LINK}", Audience(), True, True),
        (f"Hier: {LINK}", Audience(state=CONFIRMED), True, True),  # also those on site
        (f"Hier: {LINK}", Audience(state=CONFIRMED, mode=Mode.ONSITE), True, True),
        (f"Hier: {LINK}", Audience(state=CONFIRMED, mode=Mode.ONLINE), True, False),
        (f"Hier: {LINK}", Audience(mode=Mode.ONLINE), True, True),  # also who waits
        (f"Hier: {LINK}", Audience(state=CONFIRMED), False, False),
        (f"Hier: {LINK}", Audience(), False, True),
        (f"Hier: {LINK}", Audience(to=To.NEWSLETTER), False, True),
        (f"Hier: {LINK}", Audience(to=To.PROGRAMME), True, False),
    ],
)
def test_an_info_mail_tells_the_link_to_nobody_else(text, audience, is_hybrid, expected):
    texts = {"de": "Guten Tag", "en": text}
    assert tells_link(texts, ("", LINK), audience, is_hybrid=is_hybrid) is expected


@pytest.mark.parametrize(
    ("rules", "congress", "expected"),
    [
        (Rules(mode=EventMode.HYBRID, online_places=9), PLAIN, []),
        (Rules(online_places=9), PLAIN, [("online_places", OnlinePlacesApart)]),
        (Rules(link_hours=9), PLAIN, [("link_hours", NoLinkToHoldBack)]),
        (Rules(link_hours=9), replace(PLAIN, online_link=LINK), []),
        (
            Rules(link_hours=9),
            replace(PLAIN, online_link=LINK, places=Places(None, 1)),
            [("link_hours", LinkToldAlready)],
        ),
        (Rules(mode=EventMode.ONLINE, link_hours=9), PLAIN, []),
    ],
)
def test_what_contradicts_itself(rules, congress, expected):
    found = contradictions(rules, congress, ())
    assert [(name, type(reason)) for name, reason in found] == expected
