"""What goes into an assignment and what comes out, as text that is the same for the same facts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

from congress.domain.assignment.faults import Fault
from congress.domain.assignment.problem import (
    Assignment,
    Barred,
    Fixed,
    Offer,
    Problem,
    Wisher,
)

# Raised when the record of the same problem becomes another one.
FORMAT = 1

Json = dict[str, Any]


def as_text(stored: Mapping[str, Any]) -> str:
    """Return a record as text: the same facts, the same bytes."""
    return json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def inputs_hash(problem: Problem, seed: str) -> str:
    """Return what tells whether anything has changed that an assignment depends on."""
    stored = problem_as_json(without_names(problem)) | {"format": FORMAT, "seed": seed}
    return sha256(as_text(stored).encode()).hexdigest()


def without_names(problem: Problem) -> Problem:
    """Return a problem in which organisations have numbers, in the order of their names."""
    names = sorted({each.organisation for each in problem.people.values()} - {""})
    numbers = {name: f"{number:05}" for number, name in enumerate(names, start=1)} | {"": ""}
    people = {
        key: replace(each, organisation=numbers[each.organisation])
        for key, each in problem.people.items()
    }
    return replace(problem, people=people)


def problem_as_json(problem: Problem) -> Json:
    """Return a problem as it is stored and handed over."""
    return {
        "offers": [_offer_as_json(each) for _key, each in sorted(problem.offers.items())],
        "people": [_wisher_as_json(each) for _key, each in sorted(problem.people.items())],
        "most_of_one": problem.most_of_one,
        "together": [sorted(group) for group in problem.together],
        "apart": [sorted(group) for group in problem.apart],
        "least_change": problem.least_change,
    }


def _offer_as_json(offer: Offer) -> Json:
    sets = {"excludes": sorted(offer.excludes), "needs": sorted(offer.needs)}
    numbers = {"id": offer.id, "slot": offer.slot, "places": offer.places, "least": offer.least}
    return numbers | sets


def _wisher_as_json(person: Wisher) -> Json:
    rare = {
        "others": sorted(person.others),
        "loses": sorted(person.loses),
        "against": sorted(person.against.items()),
    }
    return {
        "id": person.id,
        "lot": person.lot,
        "ranks": sorted(person.ranks.items()),
        "organisation": person.organisation,
        "fixed": sorted(person.fixed.items()),
        "barred": sorted(person.barred.items()),
        "keeps": sorted(person.keeps),
    } | {name: value for name, value in rare.items() if value}


def problem_of(stored: Mapping[str, Any]) -> Problem:
    """Return a problem as it was stored."""
    return Problem(
        offers={each["id"]: _offer_of(each) for each in stored["offers"]},
        people={each["id"]: _wisher_of(each) for each in stored["people"]},
        most_of_one=stored["most_of_one"],
        together=tuple(map(frozenset, stored["together"])),
        apart=tuple(map(frozenset, stored["apart"])),
        least_change=stored["least_change"],
    )


def _offer_of(stored: Json) -> Offer:
    sets = {"excludes": frozenset(stored["excludes"]), "needs": frozenset(stored["needs"])}
    return Offer(**stored | sets)


def _wisher_of(stored: Json) -> Wisher:
    return Wisher(
        id=stored["id"],
        lot=stored["lot"],
        ranks=dict(stored["ranks"]),
        others=frozenset(stored.get("others", ())),
        organisation=stored["organisation"],
        fixed={key: Fixed(why) for key, why in stored["fixed"]},
        barred={key: Barred(why) for key, why in stored["barred"]},
        keeps=frozenset(stored["keeps"]),
        loses=frozenset(stored.get("loses", ())),
        against=dict(stored.get("against", ())),
    )


def assignment_as_json(assignment: Assignment) -> list[list[int]]:
    """Return an assignment as it is stored and handed over: people and workshops."""
    return [list(seat) for seat in sorted(assignment)]


def assignment_of(stored: Iterable[Iterable[int]]) -> Assignment:
    """Return an assignment as it was stored."""
    return frozenset((person, workshop) for person, workshop in stored)


def faults_as_json(found: Iterable[Fault]) -> list[Json]:
    """Return faults as they are stored, each by its name and with its facts."""
    return [{"fault": type(each).__name__} | _facts_as_json(each) for each in found]


def _facts_as_json(fault: Fault) -> Json:
    facts = {each.name: getattr(fault, each.name) for each in fields(fault)}
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in facts.items()
    }
