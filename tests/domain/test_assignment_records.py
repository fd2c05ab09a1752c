"""What goes into a run and out of it is stored so that it can be read and worked out again."""

import json
from dataclasses import replace
from typing import TypeVar

import pytest

from congress.domain.assignment import records
from congress.domain.assignment.faults import (
    Fault,
    NotApart,
    TooFewTogether,
    TooMany,
    TooManyOfOne,
    Torn,
)
from congress.domain.assignment.first_come import first_come
from congress.domain.assignment.problem import Problem
from tests.domain.wish_problems import PEOPLE, made_up

T = TypeVar("T")


def test_a_problem_is_read_as_it_was_stored() -> None:
    for number in range(50):
        problem = made_up(number)
        assert records.problem_of(_stored(records.problem_as_json(problem))) == problem


def test_an_assignment_is_read_as_it_was_stored() -> None:
    assignment = first_come(made_up(3), PEOPLE)

    assert assignment
    assert records.assignment_of(_stored(records.assignment_as_json(assignment))) == assignment


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        (TooMany(1, 20, 21), {"workshop": 1, "places": 20, "people": 21}),
        (TooManyOfOne("verein", 1, 3), {"organisation": "verein", "workshop": 1, "people": 3}),
        (Torn(frozenset({2, 1}), 1), {"people": [1, 2], "slot": 1}),
        (NotApart(frozenset({1, 2}), 1), {"people": [1, 2], "workshop": 1}),
        (TooFewTogether(((1, 2), (3, 1))), {"missing": [[1, 2], [3, 1]]}),
    ],
)
def test_a_fault_is_stored_by_its_name_and_facts(fault: Fault, stored: dict[str, object]) -> None:
    kind = {"fault": type(fault).__name__}
    assert _stored(records.faults_as_json([fault])) == [kind | stored]


def test_a_record_holds_no_names() -> None:
    problem = _of_organisations("Verein B", "Amt A", "", "Verein B")
    nameless = records.without_names(problem)

    numbers = [nameless.people[each].organisation for each in PEOPLE]
    assert numbers == ["00002", "00001", "", "00002"]


def test_what_few_lose_or_cannot_have_is_kept_and_counts() -> None:
    problem = made_up(1)
    person = next(iter(problem.people.values()))
    few = ({"loses": frozenset({1})}, {"against": {1: 99}}, {"others": frozenset({1})})
    for facts in few:
        changed = replace(problem, people={**problem.people, person.id: replace(person, **facts)})
        stored = _stored(records.problem_as_json(changed))
        assert records.problem_of(stored).people[person.id] == replace(person, **facts)
        assert records.inputs_hash(changed, "seed") != records.inputs_hash(problem, "seed")


def test_the_hash_is_of_all_that_counts_and_of_nothing_else() -> None:
    problem = _of_organisations("b", "a", "", "b")
    found = records.inputs_hash(problem, "seed")
    turned = replace(problem, people=dict(reversed(list(problem.people.items()))))

    assert records.inputs_hash(turned, "seed") == found
    assert records.inputs_hash(_of_organisations("bb", "a", "", "bb"), "seed") == found
    assert records.inputs_hash(_of_organisations("b", "a", "", ""), "seed") != found
    assert records.inputs_hash(replace(problem, most_of_one=7), "seed") != found
    assert records.inputs_hash(problem, "another") != found


def _of_organisations(*names: str) -> Problem:
    problem = made_up(1)
    people = zip(problem.people.values(), names, strict=True)
    named = {each.id: replace(each, organisation=name) for each, name in people}
    return replace(problem, people=named)


def _stored(value: T) -> T:
    stored: T = json.loads(json.dumps(value))
    return stored
