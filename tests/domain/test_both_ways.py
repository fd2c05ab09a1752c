"""On site and online together with other rules: quotas, offers, steps, and who comes instead."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.contradictions import QuotaOfAll, contradictions
from congress.domain.fields import FieldUse
from congress.domain.hall import CONGRESS, NEWCOMER, NOBODY, ONLINE, Hall, Line, Person
from congress.domain.handing_over import HandOver
from congress.domain.merging import Merge
from congress.domain.modes import EventMode, ItemMode, Mode
from congress.domain.moves import Follow, Grant, Queue, Release, Switch
from congress.domain.places import Register, Withdraw, decide
from congress.domain.quotas import Delegation
from congress.domain.registration import RegistrationState
from congress.domain.repeating import after
from congress.domain.rules import Rules
from congress.domain.switching import TakePart
from congress.domain.workshops import Places
from tests.domain.halls import (
    FULL,
    OPENS,
    WAITING,
    booked,
    hall,
    inside,
    moves,
    outside,
    workshop,
)
from tests.domain.test_public_calendar import CONGRESS as PLAIN

HYBRID = Rules(mode=EventMode.HYBRID, quota=2)
FREE = Places(capacity=9, lets_pass=True)
FROM_LUNEN = replace(NOBODY, quota_key="lunen")
TWO = (inside(1), inside(2))


def who(person: Person, mode: Mode = Mode.ONSITE, *, since: int = 0, key: str = "unna") -> Person:
    """Somebody of an organisation, who waits since so many minutes after the opening."""
    joined_at = OPENS + timedelta(minutes=since)
    return replace(person, quota_key=key, mode=mode, joined_at=joined_at)


def both(onsite: Places, online: Places, *people: Person, quota: int = 2) -> Hall:
    """A hybrid congress with a quota, and the queues in the order named."""
    lines: dict[int | None, tuple[int, ...]] = {CONGRESS: (), ONLINE: ()}
    delegations = {key: Delegation(quota) for key in ("unna", "lunen")}
    places = {CONGRESS: onsite, ONLINE: online}
    for each in people:
        at = ONLINE if each.mode is Mode.ONLINE else CONGRESS
        if each.waits_for(CONGRESS):
            lines[at] = (*lines[at], each.id)
            places[at] = places[at].counted(0, 1)
        if each.quota_key:
            taken = int(each.in_congress or each.is_offered(CONGRESS))
            sent = delegations[each.quota_key]
            waiting = int(each.waits_for(CONGRESS))
            delegations[each.quota_key] = sent.counted(taken, waiting)
    here = hall(onsite, (), *people, rules=replace(HYBRID, quota=quota))
    queues = {key: Line(line) for key, line in lines.items()}
    return replace(here, places=places, lines=queues, delegations=delegations)


def up(person: int) -> Grant:
    return Grant(person, CONGRESS, moved_up=True)


SITS = (who(inside(1)), who(inside(2), Mode.ONLINE))


@pytest.mark.parametrize(
    ("onsite", "online", "since", "expected"),
    [
        (FREE, FREE, (5, 6), 7),
        (FREE, FREE, (6, 5), 8),
        # Where the first one's way has no place it is nobody's but the other one's.
        (FULL, FREE, (5, 6), 8),
        (FREE, FULL, (6, 5), 7),
    ],
)
@pytest.mark.parametrize("gone", [1, 2])
def test_a_reserve_list_is_one_of_both_ways(onsite, online, since, expected, gone):
    """Its first one, by the order of both lines, has the place that the organisation may send."""
    waiting = (who(outside(7), since=since[0]), who(outside(8), Mode.ONLINE, since=since[1]))
    full = replace(FULL, taken=2, lets_pass=True)  # and beyond, so that nothing is free in it
    there, away = (full if each is FULL else each for each in (onsite, online))
    found = moves(both(there, away, *SITS, *waiting), Withdraw(gone))
    assert found == [Release(gone, CONGRESS), up(expected)]


def test_nobody_online_passes_their_own_reserve_list_while_others_are_yet_to_move_up():
    """An organisation’s number is a limit also where places online have none."""
    people = (who(outside(5), since=1), who(outside(6), Mode.ONLINE, since=2))
    here = both(FREE, Places(None, lets_pass=True), *people, quota=1)
    newcomer = replace(NOBODY, quota_key="unna", mode=Mode.ONLINE)
    decision = decide(here, Register(newcomer=newcomer), 0)
    assert Queue(NEWCOMER, CONGRESS) in decision.moves


@pytest.mark.parametrize("kept", Mode)
@pytest.mark.parametrize("other", Mode)
def test_whoever_is_offered_a_place_and_has_another_keeps_one(kept, other):
    """Merged, they have the place that the other one had; the offered one is nobody's then."""
    offered = replace(outside(1), state=RegistrationState.OFFERED, offered_until=OPENS)
    places = {CONGRESS: Places(9), ONLINE: Places(9)}
    for mode in (kept, other):
        at = ONLINE if mode is Mode.ONLINE else CONGRESS
        places[at] = places[at].counted(1, 0)
    people = (who(offered, kept, key=""), who(inside(2), other, key=""))
    here = both(places[CONGRESS], places[ONLINE], *people)
    then = after(here, decide(here, Merge(1, 2)))
    taken = {mode: then.places[at].taken for mode, at in zip(Mode, (CONGRESS, ONLINE), strict=True)}
    assert then.people[1].state is RegistrationState.CONFIRMED
    assert taken == {other: 1, other.other: 0}


TAKES_OVER = [Release(7, CONGRESS), Grant(NEWCOMER, CONGRESS)]
STANDS_THERE = [Release(7, CONGRESS), Queue(NEWCOMER, CONGRESS), Follow(NEWCOMER, CONGRESS, 7)]
NO_PLACE = Places(1, 1, lets_pass=True)


@pytest.mark.parametrize(
    ("onsite", "online", "expected"),
    [(FREE, NO_PLACE, STANDS_THERE), (NO_PLACE, FREE, TAKES_OVER)],
)
def test_who_takes_over_a_position_online_looks_for_a_place_online(onsite, online, expected):
    here = both(onsite, online, *SITS, who(outside(7), Mode.ONLINE))
    assert moves(here, HandOver(7, FROM_LUNEN)) == expected


def test_whoever_goes_over_stands_behind_those_who_wait_there():
    people = (who(outside(7), since=1), who(outside(8), Mode.ONLINE, since=2))
    here = both(NO_PLACE, NO_PLACE, *SITS, *people)
    then = after(here, decide(here, TakePart(7, Mode.ONLINE)))
    assert then.lines[ONLINE].people == (8, 7)
    assert then.people[8].turn < then.people[7].turn


def test_whoever_follows_another_registration_of_theirs_stands_as_long_as_that_one():
    here = both(NO_PLACE, FREE, *SITS, who(outside(7), since=1), who(outside(8), since=2))
    then = after(here, decide(here, Merge(8, 7)))
    assert then.people[8].joined_at == here.people[7].joined_at


@pytest.mark.parametrize(
    ("capacity", "online_places", "mode", "expected"),
    [
        (2, 0, EventMode.ONSITE, ["quota"]),
        (2, 0, EventMode.HYBRID, []),  # online there is a place for everybody
        (2, 1, EventMode.HYBRID, []),
        (1, 1, EventMode.HYBRID, ["quota"]),
    ],
)
def test_a_quota_of_all_places_is_one_of_both_ways(capacity, online_places, mode, expected):
    rules = Rules(quota=2, mode=mode, online_places=online_places)
    congress = replace(
        PLAIN,
        places=Places(capacity),
        fields={**PLAIN.fields, "organisation": FieldUse.REQUIRED},
    )
    found = [name for name, why in contradictions(rules, congress, ()) if type(why) is QuotaOfAll]
    assert found == expected


def test_who_goes_over_to_free_places_waits_on_where_the_organisation_sends_no_more():
    here = both(NO_PLACE, FREE, *SITS, who(outside(7)))
    assert moves(here, TakePart(7, Mode.ONLINE)) == [Switch(7, Mode.ONLINE, waits=True)]


def test_who_goes_over_gets_what_they_wait_for_and_only_fits_now():
    only_online = replace(workshop(1), mode=ItemMode.ONLINE)
    person = who(inside(7, booked(1, WAITING)), key="")
    here = both(FREE, FREE, person)
    here = replace(
        here,
        workshops={1: only_online},
        places={**here.places, 1: Places(2, taken=0, waiting=1)},
        lines={**here.lines, 1: Line((7,))},
    )
    expected = [Switch(7, Mode.ONLINE), Grant(7, 1, moved_up=True)]
    assert moves(here, TakePart(7, Mode.ONLINE)) == expected


@pytest.mark.parametrize(
    ("rules", "follows"), [(HYBRID, False), (Rules(), True)], ids=["two lines", "one line"]
)
def test_a_position_in_another_line_is_nobodys_to_follow(rules, follows):
    """A congress that is not hybrid has one line, whatever people said before."""
    people = (who(outside(7), since=1, key=""), who(outside(8), Mode.ONLINE, since=2, key=""))
    here = hall(replace(FULL, waiting=2), (), *people, lines={CONGRESS: (7, 8)}, rules=rules)
    if rules.is_hybrid:
        here = both(NO_PLACE, NO_PLACE, *people)
    found = moves(here, Merge(8, 7))
    assert (Follow(8, CONGRESS, 7) in found) is follows
