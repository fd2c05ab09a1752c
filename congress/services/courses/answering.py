"""Choosing which municipalities come to a course, and telling them: all of it, or nothing.

What is chosen is seen by the office alone until the answers are sent; until then it can be chosen
otherwise. Whoever is accepted is registered like everybody whom an organiser enters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.groups import RefusedForOne
from congress.domain.hall import CONGRESS
from congress.domain.network.course_applications import (
    ANSWERS,
    Answers,
    Application,
    CourseApplicationSettled,
    CourseApplicationsUnseen,
    NotEnoughPlaces,
    NothingChosen,
    State,
    answers,
    next_to_accept,
    require_takes_place,
    reserve,
)
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import CourseApplication, CoursePerson
from congress.queries import congresses, course_applications
from congress.queries.registrations import standings
from congress.services import auditing, entering, places
from congress.services.courses import letters
from congress.services.courses.foreseeing import WAITS, requests_of
from congress.services.entering import Entering
from congress.services.places import Ledger
from congress.transaction import transaction

APPLICATIONS, PEOPLE = table_of(CourseApplication), table_of(CoursePerson)


@dataclass(frozen=True)
class Choice:
    """What is to be answered; None where nobody has decided yet."""

    state: State | None
    rank: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Sent:
    """What came of it: how many were answered, and how many people have a place or wait."""

    answered: int
    placed: int
    waiting: int


def choose(
    congress_id: int,
    choices: Mapping[int, Choice],
    *,
    seen: Mapping[int, str],
    actor: Actor,
    now: datetime,
) -> int:
    """Note what is to be answered to whom, and tell nobody; returns how many are other than before.

    Raises CourseApplicationsUnseen when `seen` are not the versions of these applications as they
    are, CourseApplicationSettled where one cannot be answered so, and CourseIsOver.
    """
    with transaction():
        _require_takes_place(congresses.with_content(congresses.hold(congress_id)), now)
        found = {
            each.id: each for each in course_applications.listed(congress_id) if each.id in choices
        }
        changed = {
            number: choice
            for number, choice in choices.items()
            if number in found and _differs(found[number], choice)
        }
        if not changed and found.keys() == choices.keys():
            return 0
        known = {number: seen.get(number) for number in choices}
        if known != {number: each.version for number, each in found.items()}:
            raise CourseApplicationsUnseen
        if not all(_can_be(found[number], choice) for number, choice in changed.items()):
            raise CourseApplicationSettled
        for number, choice in changed.items():
            values: dict[str, Any] = {"chosen": choice.state, "reason": choice.reason}
            values |= {"rank": choice.rank, "changed_at": now}
            mine = APPLICATIONS.c.id == number
            db.session.execute(update(APPLICATIONS).where(mine).values(values))
        auditing.record(
            "course_answers_chosen",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"count": len(changed)},
        )
        return len(changed)


def send(congress_id: int, *, seen: str, actor: Actor, now: datetime) -> Sent:
    """Give all answers that are chosen, and register whoever is accepted.

    Raises CourseIsOver, CourseApplicationsUnseen, NothingChosen, NotEnoughPlaces, and RefusedForOne
    with what stands in the way of whom.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        _require_takes_place(ledger.congress, now)
        chosen = answers(course_applications.listed(congress_id))
        if chosen.seen != seen:
            raise CourseApplicationsUnseen
        if not chosen.given:
            raise NothingChosen
        return _give(ledger, chosen, actor=actor)


def accept_next(
    congress_id: int, application_id: int, *, seen: str, actor: Actor, now: datetime
) -> Sent:
    """Accept who is next on the reserve list, as there is room for theirs.

    Raises CourseIsOver, CourseApplicationsUnseen where it is another one by now, NotEnoughPlaces,
    RefusedForOne.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        _require_takes_place(ledger.congress, now)
        listed = course_applications.listed(congress_id)
        found = next_to_accept(listed, None)
        if found is None or found.id != application_id or found.version != seen:
            raise CourseApplicationsUnseen
        mine = APPLICATIONS.c.id == found.id
        db.session.execute(update(APPLICATIONS).where(mine).values(chosen=State.ACCEPTED))
        again = course_applications.find(congress_id, application_id)
        return _give(ledger, answers([again] if again else []), actor=actor)


def _give(ledger: Ledger, chosen: Answers, *, actor: Actor) -> Sent:
    free = ledger.hall.places[CONGRESS].left
    if free is not None and chosen.people > free:
        raise NotEnoughPlaces(free, chosen.people)
    entered: list[int] = []
    for each in chosen.accepted:
        entered += _register(ledger, each, actor=actor)
    for each in chosen.given:
        values = {"state": each.chosen, "chosen": None, "answered_at": ledger.now}
        if each.chosen is not State.RESERVE:
            values["rank"] = None
        mine = APPLICATIONS.c.id == each.id
        db.session.execute(update(APPLICATIONS).where(mine).values(changed_at=ledger.now, **values))
    line = reserve(course_applications.listed(ledger.heading.id))
    ranks = {each.id: number for number, each in enumerate(line, start=1)}
    for each in chosen.given:
        if each.chosen is None:
            raise CourseApplicationSettled
        letters.answered(ledger.congress, each, each.chosen, ranks.get(each.id), now=ledger.now)
        ledger.record(
            "course_application_answered",
            actor=actor,
            details={"application": each.id, "answer": each.chosen, "was": each.state},
        )
    states = [each.state for each in standings(entered)]
    return Sent(
        len(chosen.given),
        states.count(RegistrationState.CONFIRMED),
        states.count(RegistrationState.WAITING),
    )


def _register(ledger: Ledger, application: Application, *, actor: Actor) -> list[int]:
    """Register whom an application names; within the quota, or on the reserve list as it says."""
    numbers = []
    for each, request in zip(application.coming, requests_of(application), strict=True):
        wanted = Entering(WAITS)
        try:
            number = entering.entered(ledger, request, wanted, actor=actor, now=ledger.now)
        except Refused as reason:
            raise RefusedForOne(each.name, reason) from reason
        mine = PEOPLE.c.id == each.id
        db.session.execute(update(PEOPLE).where(mine).values(registration_id=number))
        numbers.append(number)
    return numbers


def _require_takes_place(congress: Congress, now: datetime) -> None:
    require_takes_place(congress.state, is_over=congress.is_over(now))


def _can_be(found: Application, choice: Choice) -> bool:
    return choice.state is None or choice.state in ANSWERS[found.state]


def _differs(found: Application, choice: Choice) -> bool:
    return (found.chosen, found.rank, found.reason) != (choice.state, choice.rank, choice.reason)
