"""The worker works assignments out: claimed once, stored whole, explained, or failed in words."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from congress import clock, worker
from congress.domain.access import SYSTEM
from congress.domain.assignment import records
from congress.domain.assignment.faults import TooFew
from congress.domain.assignment.figures import Figures
from congress.domain.assignment.runs import RunKind, RunState
from congress.extensions import db
from congress.models import AssignmentOutcome, AssignmentRun, AuditLine, Congress
from congress.queries import assignment_records, assignments, congresses, programme
from congress.services.assigning import asking, running
from tests.builders import OPEN, a_congress, a_registration, a_workshop
from tests.wishes import BY_WISHES, SEED, a_run, an_outcome, wishes

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


class House:
    """Two workshops of one time, one place each; three people want the first."""

    def __init__(self) -> None:
        self.congress: Congress = a_congress(rules=BY_WISHES, wish_seed=SEED)
        self.one, self.two = (a_workshop(self.congress, capacity=1) for _ in range(2))
        self.people = [a_registration(self.congress) for _ in range(3)]
        for person in self.people:
            wishes(person, self.one, self.two)

    def ask(self) -> int:
        return asking.ask(self.congress.id, RunKind.FIRST, actor=SYSTEM, now=NOW)

    def run(self) -> AssignmentRun:
        db.session.expire_all()
        newest = select(AssignmentRun).order_by(AssignmentRun.id.desc()).limit(1)
        return db.session.scalars(newest).one()

    def outcomes(self) -> list[AssignmentOutcome]:
        return list(db.session.scalars(select(AssignmentOutcome).order_by(AssignmentOutcome.lot)))


@pytest.fixture
def house(session) -> House:
    return House()


def test_a_run_is_worked_out_and_says_why(house: House) -> None:
    house.ask()

    worker.assign()

    run = house.run()
    assert (run.state, run.share, run.lease_until) == (RunState.DONE, 100, None)
    assert [(each["name"], each["value"]) for each in run.levels or ()][:2] == [
        ("empty_handed", 1),
        ("unmet", 1),
    ]
    assert run.solver.startswith("HiGHS")
    assert Figures.of(run.figures or {}).by_rank == (1, 1)
    one, two = house.one.id, house.two.id
    reason = {"item": one, "rank": 1, "why": "full_lot", "first": 3, "places": 1, "fixed": 0}
    reason |= {"any_other": False, "other": None}
    assert [(each.item_id, each.rank, each.how, each.reasons) for each in house.outcomes()] == [
        (one, 1, "wish", []),
        (two, 2, "wish", [reason | {"lot": 2}]),
        (None, None, "none", [reason | {"lot": 3}, reason | {"item": two, "rank": 2, "lot": 3,
                                                             "first": 0}]),
    ]  # fmt: skip


def test_its_hash_is_that_of_now_as_long_as_nothing_changes(house: House) -> None:
    house.ask()
    worker.assign()

    assert house.run().inputs_hash == hash_of(house)
    house.one.capacity = 2
    db.session.commit()
    assert house.run().inputs_hash != hash_of(house)


def hash_of(house: House) -> str:
    congress = congresses.get_congress(house.congress.id)
    items = programme.current_items(congress)
    problem = assignments.problem(congress, items, least_change=False)
    return records.inputs_hash(problem, congress.wish_seed)


def test_what_is_kept_of_it_holds_what_went_in_and_came_out(house: House) -> None:
    house.ask()
    worker.assign()

    kept = assignment_records.find(house.congress.id)

    assert kept is not None
    assert (kept.seed, kept.inputs_hash) == (SEED, house.run().inputs_hash)
    assert {key for _person, key in kept.assignment} == {house.one.id, house.two.id}


def test_what_cannot_be_kept_is_named(house: House) -> None:
    house.one.minimum = 2
    db.session.commit()
    house.ask()

    worker.assign()

    run = house.run()
    assert run.state == RunState.CONTRADICTION
    assert run.contradictions == records.faults_as_json([TooFew(house.one.id, 2, 1)])
    assert house.outcomes() == []


def test_of_older_runs_only_the_released_one_keeps_its_outcomes(house: House) -> None:
    older = a_run(house.congress), a_run(house.congress, state="released", released_at=OPEN)
    for run in older:
        an_outcome(run, house.people[0], house.one, slot=house.one)
    number = house.ask()

    worker.assign()

    assert {each.run_id for each in house.outcomes()} == {older[1].id, number}


def test_a_run_that_was_left_is_taken_by_the_next_and_lost_to_the_first(house: House) -> None:
    house.ask()
    first = running.claim(now=NOW)
    assert first is not None
    assert running.claim(now=NOW + timedelta(seconds=90)) is None, "somebody works at it"
    assert running.claim(now=LATER) is not None

    assert running.note(first, "unmet", 20, now=LATER) is None
    assert not running.fail(first, now=LATER)
    assert house.run().state == RunState.RUNNING


def test_who_says_that_they_are_at_it_keeps_it(house: House) -> None:
    house.ask()
    held = running.claim(now=NOW)
    assert held is not None
    held = running.note(held, "unmet", 20, now=NOW + timedelta(seconds=90))

    assert held is not None
    assert running.claim(now=NOW + timedelta(seconds=150)) is None
    assert (house.run().stage, house.run().share) == ("unmet", 20)


def test_a_run_that_is_stopped_stays_so(house: House) -> None:
    number = house.ask()
    held = running.claim(now=NOW)
    assert held is not None
    asking.stop(house.congress.id, number, actor=SYSTEM, now=NOW)

    assert running.note(held, "unmet", 20, now=NOW) is None
    assert not running.fail(held, now=NOW)
    assert house.run().state == RunState.STOPPED


def test_a_worker_that_ends_gives_its_run_back(house: House) -> None:
    house.ask()
    held = running.claim(now=NOW)
    assert held is not None
    running.give_back(held)

    assert house.run().state == RunState.QUEUED
    worker.assign()
    assert house.run().state == RunState.DONE


def test_one_more_place_in_each_full_workshop_is_worked_out_when_asked(house: House) -> None:
    number = house.ask()
    worker.assign()
    asking.compare(house.congress.id, number, actor=SYSTEM, now=NOW)

    worker.assign()

    run = house.run()
    met = {"met": 1, "empty_handed": 1}
    assert run.one_more == {
        str(house.one.id): met | {"first": 1, "dissatisfaction": 0, "moved": 2},
        str(house.two.id): met | {"first": 0, "dissatisfaction": 1, "moved": 1},
    }
    assert (run.compare_asked_at, run.lease_until, run.state) == (None, None, RunState.DONE)


def test_when_wishes_close_the_first_run_asks_for_itself_once(house: House) -> None:
    house.congress.wishes_until = clock.now() - timedelta(minutes=1)
    db.session.commit()

    worker.assign()
    first = house.run()
    assert (first.state, first.asked_by, first.kind) == (RunState.DONE, None, RunKind.FIRST)

    number = first.id
    worker.assign()
    assert house.run().id == number


@pytest.mark.parametrize("how", ["by the day", "at once"])
def test_a_run_from_before_wishes_closed_is_not_that_of_the_deadline(
    house: House, how: str
) -> None:
    closed = clock.now() - timedelta(minutes=1)
    house.congress.wishes_until = closed
    if how == "at once":  # somebody named a day that was over by then
        house.congress.wishes_until = closed - timedelta(days=1)
        line = {"verb": "wishes_until_set", "actor": "organiser", "congress_id": house.congress.id}
        db.session.add(AuditLine(at=closed, **line))
    db.session.commit()
    before = a_run(house.congress, asked_at=closed - timedelta(hours=1)).id

    worker.assign()
    worker.assign()

    runs = db.session.scalars(select(AssignmentRun).order_by(AssignmentRun.id)).all()
    assert [each.id == before for each in runs] == [True, False]
    assert (runs[1].state, runs[1].asked_by) == (RunState.DONE, None)


@pytest.mark.parametrize("why", ["open", "draft", "nobody wishes", "assigned"])
def test_nothing_asks_for_itself_where_nothing_is_due(session, why: str) -> None:
    house = House()
    house.congress.wishes_until = clock.now() + timedelta(days=1 if why == "open" else -1)
    house.congress.state = "draft" if why == "draft" else "published"
    for person in house.people:
        person.state = "waiting" if why == "nobody wishes" else "confirmed"
    house.one.assigned_at = OPEN if why == "assigned" else None
    db.session.commit()

    worker.assign()

    assert db.session.scalars(select(AssignmentRun)).all() == []


def test_a_month_after_the_congress_nobody_can_be_told_any_more(house: House) -> None:
    house.ask()
    worker.assign()
    ends = congresses.get_congress(house.congress.id).ends_at
    both = {"fault": "NotBoth", "person": house.people[0].id, "first": 1, "second": 2}
    house.run().contradictions = [both]
    db.session.commit()

    assert running.forget_old(now=ends + timedelta(days=29)) == 0
    assert running.forget_old(now=ends + timedelta(days=32)) == 3

    run = house.run()
    assert (run.record, run.contradictions, house.outcomes()) == (None, None, [])
    assert Figures.of(run.figures or {}).people == 3
