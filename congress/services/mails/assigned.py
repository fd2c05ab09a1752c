"""The letters about an assignment by wishes that was released, written by the worker in steps.

Each step looks where its readers stand then: who has left is told nothing, and who has moved up or
chosen otherwise meanwhile reads what they have now.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import func, select

from congress import queue
from congress.domain import allocation, ranking
from congress.domain.assignment.problem import Fixed
from congress.domain.assignment.runs import RunKind
from congress.domain.congresses import Congress, CongressState
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.mails.messages import WorkshopFacts
from congress.domain.mails.wishing import AssignedFacts
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.slots import Slot
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import Announcement
from congress.queries import assignment_results as results
from congress.queries import programme
from congress.queries.assignment_runs import Run
from congress.queries.registrations import standings
from congress.services.mails import announcing, calendar_entries, facts, telling
from congress.services.mails.drafting import Mail
from congress.services.mails.facts import Letters
from congress.services.mails.moments import moment
from congress.services.places import Ledger
from congress.transaction import after_commit

KIND = MessageKind.ASSIGNED
Changed = Mapping[tuple[int, int], Sequence[int]]  # what people had of a choice, who had another


def announce(ledger: Ledger, run: Run, changed: Changed) -> None:
    """Have everybody told, inside the transaction in which the places are given.

    Of a run with as little change as possible only those hear for whom something is different; by
    a first one few give up a place.
    """
    news: dict[str, Any] = {"run": run.id}
    is_least = run.kind is RunKind.LEAST_CHANGE
    had: dict[str, dict[str, list[int]]] = {}
    for (person, slot), workshops in sorted(changed.items()):
        if is_least or workshops:
            had.setdefault(str(person), {})[str(slot)] = list(workshops)
    if is_least or had:
        news["had" if is_least else "gave_up"] = had
    total = count(run, changed)
    if total == 0:
        return
    row = Announcement(
        congress_id=ledger.heading.id, kind=KIND, news=news, total=total, created_at=ledger.now
    )
    db.session.add(row)
    after_commit(queue.wake)


def count(run: Run, changed: Changed) -> int:
    """Return how many people are told of a release."""
    if run.kind is RunKind.LEAST_CHANGE:
        return len({person for person, _slot in changed})
    told = results.told_by(run.id).order_by(None).subquery()
    return db.session.scalars(select(func.count()).select_from(told)).one()


def next_step(*, now: datetime) -> bool:
    """Write to the next people of the oldest release; returns whether there was anybody."""
    return announcing.step_of(KIND, partial(_take_step, now=now))


def _take_step(congress: Congress, row: Announcement, *, now: datetime) -> None:
    is_true = congress.state is CongressState.PUBLISHED
    people = _next_people(row) if is_true else []
    if people:
        _tell(congress, people, row.news, now=now)
        row.told_up_to, row.done = people[-1], min(row.total, row.done + len(people))
    if len(people) < announcing.STEP:
        row.done, row.finished_at, row.news = row.total, now, {}


def _next_people(row: Announcement) -> list[int]:
    news: Any = row.news
    if "had" in news:
        rest = sorted(each for each in map(int, news["had"]) if each > row.told_up_to)
        return rest[: announcing.STEP]
    told = results.told_by(news["run"]).where(results.PEOPLE.c.id > row.told_up_to)
    return list(db.session.scalars(told.limit(announcing.STEP)))


def _tell(congress: Congress, people: Sequence[int], news: Any, *, now: datetime) -> None:  # noqa: ANN401 - what a row keeps
    items = programme.current_items(congress)
    slots = allocation.assigned(items)
    by_id = {item.id: item for item in items}
    found = standings(people, by_id)
    there = [each for each in found if each.state is not RegistrationState.CANCELLED]
    told = calendar_entries.state(congress, there, now=now)
    letters, is_least = Letters(congress), "had" in news
    had = news.get("had", news.get("gave_up", {}))
    got = results.of_people(news["run"], people)
    among = [] if is_least else _slots_of(news["run"], slots)
    mails: list[Mail] = []
    for each in there:
        letter = letters.to(each)
        before = had.get(str(each.id), {})
        assigned = {
            slot.key: _stated(
                slot,
                outcome.item,
                Fixed.BY_HAND if outcome.is_ruled_out else outcome.how,
                _had(before, outcome.slot, by_id, each.language),
            )
            for outcome in got.get(each.id, ())
            if not is_least or str(outcome.slot) in before
            if (slot := allocation.where_now(slots, outcome.workshops)) is not None
        }
        unsaid = {slot.key: _unsaid(slot) for slot in _of_no_word(each, among)}
        choices = (unsaid | assigned).values()
        letter["assigned"] = sorted(choices, key=itemgetter("starts_at"))
        if is_least:
            letter["reassigned"] = True
        mails.append((each, letter))
    telling.send(letters, KIND, mails, told, now=now, later=LATER)


def _slots_of(run_id: int, slots: Sequence[Slot]) -> list[Slot]:
    """Return the choices of a run, as they are by now."""
    found = (allocation.where_now(slots, (key,)) for key in results.slots_of(run_id))
    return [*{slot.key: slot for slot in found if slot is not None}.values()]


def _of_no_word(person: Standing, slots: Sequence[Slot]) -> list[Slot]:
    """Return the choices of which somebody said nothing and has nothing, though there is some."""
    said = ranking.by_choice(slots, person.wishes)
    return [
        slot
        for slot in person.without_place(slots)
        if slot.key not in said and ranking.offered(slot)
    ]


def _unsaid(slot: Slot) -> AssignedFacts:
    said = _stated(slot, None, "none", [])
    said["unsaid"] = True
    return said


def _stated(slot: Slot, got: int | None, how: str, had: list[WorkshopFacts]) -> AssignedFacts:
    """Return what a letter states of one choice; what came of it since stands in the letter."""
    return {
        "among": [item.id for item in slot.workshops],
        "starts_at": moment(slot.time.starts_at),
        "ends_at": moment(slot.time.ends_at),
        "got": got,
        "how": how,
        "had": had,
        "free": any(item.places.has_free_place for item in slot.offered),
    }


def _had(
    before: Mapping[str, Sequence[int]],
    slot: int,
    items: Mapping[int, ProgrammeItem],
    language: str,
) -> list[WorkshopFacts]:
    had = before.get(str(slot), ())
    return [facts.of_workshop(items[each], language) for each in had if each in items]
