"""How far applications for a course are, what can be answered, and who is next."""
# ruff: noqa: ANN401 - the fields of an application have many types

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from congress.domain.congresses import CongressState
from congress.domain.network.course_applications import (
    ANSWERS,
    Applicant,
    Application,
    Call,
    Named,
    NamedTwice,
    OtherPeople,
    State,
    answers,
    applied_twice,
    mark_of,
    next_to_accept,
    require_people,
    reserve,
)

NOW = datetime(2015, 9, 1, 8, tzinfo=UTC)
CALL = Call(None, NOW + timedelta(days=30), 2, 10, is_open=True)
NEW, ACCEPTED, RESERVE, DECLINED, WITHDRAWN = State
NAMED = (
    Named("Anna", "Albers", "Amt", "anna@example.org", id=1),
    Named("Bert", "Berg", "Amt", "bert@example.org", id=2),
)


def an_application(number: int = 1, state: State = NEW, **values: Any) -> Application:
    facts = {"people": NAMED, "motivation": "Wir.", "language": "de"} | values
    return Application(
        id=number,
        congress_id=1,
        state=state,
        organisation="Stadt Rheine",
        organisation_id=None,
        registered="",
        applicant=Applicant("Eva", "Amt", "Stab", "eva@example.org"),
        created_at=NOW,
        changed_at=NOW,
        **facts,
    )


@pytest.mark.parametrize(
    ("state", "accept", "reserve", "decline", "withdraw", "correct"),
    [
        (NEW, True, True, True, True, True),
        (RESERVE, True, False, True, True, False),
        (DECLINED, True, True, False, False, False),
        (ACCEPTED, False, False, False, True, False),
        (WITHDRAWN, False, False, False, False, False),
    ],
)
def test_what_can_follow_a_state(state, accept, reserve, decline, withdraw, correct):
    found = an_application(state=state)
    possible = tuple(each in ANSWERS[state] for each in (ACCEPTED, RESERVE, DECLINED))
    assert possible == (accept, reserve, decline)
    assert found.may_be_withdrawn is withdraw
    assert found.may_be_corrected(CALL, now=NOW) is correct
    assert not found.may_be_corrected(CALL, now=CALL.closes_at)
    assert not found.may_be_corrected(None, now=NOW)


@pytest.mark.parametrize(
    ("changes", "state", "is_over", "after", "takes"),
    [
        ({}, CongressState.PUBLISHED, False, 0, True),
        ({}, CongressState.DRAFT, False, 0, False),
        ({}, CongressState.CANCELLED, False, 0, False),
        ({}, CongressState.PUBLISHED, True, 0, False),
        ({"is_open": False}, CongressState.PUBLISHED, False, 0, False),
        ({"opens_at": NOW + timedelta(days=1)}, CongressState.PUBLISHED, False, 0, False),
        ({"opens_at": NOW + timedelta(days=1)}, CongressState.PUBLISHED, False, 1, True),
        ({}, CongressState.PUBLISHED, False, 29, True),
        ({}, CongressState.PUBLISHED, False, 30, False),
    ],
)
def test_when_one_can_apply(changes, state, is_over, after, takes):
    call, now = replace(CALL, **changes), NOW + timedelta(days=after)
    assert call.takes(state, is_over=is_over, now=now) is takes


def test_a_page_turns_when_applying_begins_and_ends():
    begins = NOW + timedelta(days=1)
    call = replace(CALL, opens_at=begins)
    assert call.turns(NOW) == [begins, CALL.closes_at]
    assert call.turns(begins) == [CALL.closes_at]
    assert call.turns(CALL.closes_at) == []
    assert call.version != CALL.version


def test_only_what_is_chosen_is_answered_and_each_mail_is_counted():
    objected = replace(NAMED[1], objected_at=NOW)
    given = answers(
        [
            an_application(1, chosen=ACCEPTED),
            an_application(2, chosen=ACCEPTED, people=(NAMED[0], objected)),
            an_application(3, chosen=RESERVE),
            an_application(4, chosen=DECLINED),
            an_application(5),
            an_application(6, WITHDRAWN, chosen=ACCEPTED),
        ]
    )
    assert [each.id for each in given.given] == [1, 2, 3, 4]
    assert (given.people, given.mails) == (3, 7)
    assert [each.id for each in given.of(ACCEPTED)] == [1, 2]


def test_the_mark_follows_what_is_chosen_and_who_objects():
    one = an_application(chosen=ACCEPTED)
    objected = replace(one, people=(NAMED[0], replace(NAMED[1], objected_at=NOW)))
    marks = {mark_of([each]) for each in (one, replace(one, chosen=DECLINED), objected)}
    assert len(marks) == 3
    assert mark_of([one]) == mark_of([one])


def test_two_applications_of_one_municipality_are_marked():
    """By its name in the register, else as it was typed; what was withdrawn stands no more."""
    known = replace(an_application(), registered="Stadt Rheine (Westfalen)")
    listed = [
        replace(known, id=1, organisation="Rheine"),
        replace(known, id=2, organisation="Stadt Rheine"),
        an_application(3),
        replace(an_application(4), organisation="Stadt Werne"),
        replace(an_application(5, DECLINED), organisation="stadt  werne"),
        an_application(6, WITHDRAWN),
    ]
    assert applied_twice(listed) == {1, 2, 4, 5}


def test_the_reserve_list_goes_by_rank_then_by_who_came_first():
    listed = [
        an_application(1, RESERVE, rank=2),
        an_application(2, RESERVE),
        an_application(3, RESERVE, rank=1),
        an_application(4, RESERVE, rank=2),
        an_application(5, DECLINED, rank=1),
    ]
    assert [each.id for each in reserve(listed)] == [3, 1, 4, 2]


@pytest.mark.parametrize(("free", "next_one"), [(0, None), (1, None), (2, 1), (None, 1)])
def test_who_is_next_comes_with_all_of_theirs_or_not_at_all(free, next_one):
    found = next_to_accept([an_application(1, RESERVE, rank=1)], free)
    assert (found.id if found else None) == next_one


def test_nobody_is_next_where_nobody_waits():
    assert next_to_accept([an_application(1)], 20) is None


def test_so_many_people_are_named_and_each_once():
    require_people(NAMED, 2)
    with pytest.raises(OtherPeople):
        require_people(NAMED[:1], 2)
    with pytest.raises(NamedTwice):
        require_people([NAMED[0], replace(NAMED[0], email="ANNA@example.org")], 2)
