"""People with a workshop, or waiting for one, in every way: the last one on their page is meant."""

from datetime import date, timedelta

from congress.domain.planning import calling_off as before_calling_off
from congress.extensions import db
from congress.models import ProgrammeItem, Registration
from congress.queries.planning import scheduling
from congress.services.planning import calling_off
from tests import wishes
from tests.builders import CLOSES, OPEN, TWO_HOURS, WORKSHOPS_START, a_booking, a_workshop
from tests.web.states_there_are import (
    OFFERS,
    ORGANISER,
    THEN,
    choose,
    congress,
    leave,
    register,
)


def has_a_workshop() -> int:
    here = congress()
    return register(here, 1, a_workshop(here))


def was_given_a_wish() -> int:
    return _assigned()


def waits_for_a_wish() -> int:
    return _assigned(full=True)


def _assigned(*, full: bool = False) -> int:
    """They have their second wish, or nothing, by a release; for the first they wait."""
    here = congress(rules=wishes.BY_WISHES)
    first, second = (a_workshop(here, capacity=1, assigned_at=THEN) for _ in range(2))
    person = db.session.get_one(Registration, register(here))
    run = wishes.a_run(here, state="released", released_at=THEN)
    why = {"item": first.id, "rank": 1, "why": "full", "first": 2, "places": 1, "lot": 52}
    got, rank = (None, None) if full else (second, 2)
    wishes.an_outcome(run, person, got, slot=first, rank=rank, reasons=[why])
    if full:
        a_booking(person, first, state="waiting", wish=1)
    else:
        a_booking(person, second, wish=2)
    return person.id


def chose_a_workshop_later() -> int:
    here = congress()
    person = register(here)
    choose(person, a_workshop(here))
    return person


def waits_for_a_workshop_and_keeps_another() -> int:
    here = congress()
    full, other = a_workshop(here, capacity=1), a_workshop(here)
    register(here, 2, full)
    person = register(here, 1, other)
    choose(person, full)
    return person


def waits_for_a_workshop_and_the_event() -> int:
    here = congress(capacity=1)
    workshop = a_workshop(here)
    register(here, 2)
    return register(here, 1, workshop)


def is_passed_over_in_a_workshop() -> int:
    here = congress()
    full = a_workshop(here, capacity=1)
    first = a_workshop(here, title="Netze", starts_at=WORKSHOPS_START - TWO_HOURS / 2)
    register(here, 2, full)
    person = register(here, 1, full)
    a_booking(db.session.get_one(Registration, person), first)  # as after a change of times
    return person


def is_offered_a_workshop() -> int:
    return _whose_turn_it_is(OFFERS)


def moved_up_in_a_workshop() -> int:
    return _whose_turn_it_is()


def _whose_turn_it_is(rules: dict[str, int] | None = None) -> int:
    """Return who stood behind somebody that has left a full workshop."""
    here = congress(rules=rules or {})
    full = a_workshop(here, capacity=1)
    first, person = register(here, 2, full), register(here, 1, full)
    leave(first)
    return person


def swapped() -> int:
    here = congress()
    one, two = a_workshop(here, capacity=1), a_workshop(here, capacity=1)
    person, other = register(here, 1, one), register(here, 2, two)
    choose(person, two, now=OPEN)
    choose(other, one)
    return person


def waits_for_what_goes_only_with_another() -> int:
    here = congress()
    other = a_workshop(here, code="b", capacity=1, title="Chöre")
    bound = a_workshop(here, only_with="b", starts_at=WORKSHOPS_START + 2 * TWO_HOURS)
    register(here, 2, other)
    return register(here, 1, other, bound)


def has_to_choose_again() -> int:
    here = congress()
    off = a_workshop(here)
    person = register(here, 1, off)
    _call_off(off, day=(CLOSES + timedelta(days=3)).date())
    return person


def was_put_elsewhere() -> int:
    here = congress()
    off, into = a_workshop(here), a_workshop(here)
    person = register(here, 1, off)
    _call_off(off, into=into.id)
    return person


def _call_off(off: ProgrammeItem, into: int | None = None, day: date | None = None) -> None:
    db.session.expire_all()
    seen = before_calling_off.mark_of(scheduling.get_edited(off.id))
    calling_off.call_off(off.id, into=into, day=day, seen=seen, actor=ORGANISER, now=THEN)
