"""Decisions that were made, once more: the places as they are after one, without asking again."""

from dataclasses import replace

from congress.domain.hall import NEWCOMER, Hall, Person
from congress.domain.moves import (
    Ask,
    Decision,
    Follow,
    Grant,
    Move,
    Offer,
    Queue,
    Release,
    Switch,
)
from congress.domain.seating import Seating


def after(hall: Hall, decision: Decision, newcomer: Person | None = None) -> Hall:
    """Return the places as they are once a decision was carried out.

    A `newcomer` whom it is about is counted there, and else unknown: nothing more is decided
    about who has no number.
    """
    seating = Seating(hall)
    if newcomer is not None:
        seating.welcome(newcomer)
    for move in decision.moves:
        repeat(seating, move)
    found = replace(seating.hall, places={**hall.places, **decision.places})
    return found if newcomer is None else _without_newcomer(found)


def _without_newcomer(hall: Hall) -> Hall:
    people = {number: each for number, each in hall.people.items() if number != NEWCOMER}
    lines = {key: line.without(NEWCOMER) for key, line in hall.lines.items()}
    return replace(hall, people=people, lines=lines)


def repeat(seating: Seating, move: Move) -> None:
    """Make a move of a decision that was made before."""
    match move:
        case Grant(person, key, moved_up, wish):
            seating.take(person, key, moved_up=moved_up, wish=wish)
        case Offer(person, key, until):
            seating.offer(person, key, until)
        case Queue(person, key, instead_of, wish):
            seating.join(person, key, instead_of=instead_of, wish=wish)
        case Follow(person, key, other, instead_of, wish):
            seating.follow(person, key, other, instead_of, wish)
        case Switch(person, mode):
            seating.switch(person, mode)
        case Ask(person, holds):
            seating.ask(person, holds=holds)
        case Release(person, None):
            seating.end(person)
        case Release(person, int(key), moved_on):
            seating.give_up(person, key, moved_on=moved_on)
