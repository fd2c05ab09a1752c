"""Asking for an assignment by wishes: what is refused, asked once, stopped, decided by hand."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import SYSTEM, Actor, ActorKind
from congress.domain.assignment.runs import (
    AnotherRunUnderWay,
    HasNoPlace,
    NobodyHasWished,
    NotComparable,
    NotDecidable,
    NotHeld,
    NothingIsAssigned,
    NothingTakesWishes,
    NotUnderWay,
    RunKind,
    RunState,
)
from congress.domain.workshops import WorkshopsClash
from congress.extensions import db
from congress.models import AssignmentRun, AuditLine, Congress, ProgrammeItem, WishDecision
from congress.models.revisions import ANEW
from congress.queries import assignment_decisions, assignment_runs
from congress.services.assigning import asking, deciding
from tests.builders import (
    OPEN,
    WORKSHOPS_START,
    a_booking,
    a_congress,
    a_registration,
    a_workshop,
)
from tests.wishes import BY_WISHES, SEED, a_run, wishes

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
LATER = OPEN + timedelta(minutes=5)


class House:
    """Two workshops at one time that take wishes, one at another, and one person who ranks."""

    def __init__(self, **facts: object) -> None:
        self.congress = a_congress(**{"rules": BY_WISHES, "wish_seed": SEED} | facts)
        self.id = self.congress.id
        evening = WORKSHOPS_START + timedelta(hours=4)
        self.one, self.two = (a_workshop(self.congress, number=each) for each in (1, 2))
        self.later = a_workshop(self.congress, number=3, starts_at=evening)
        self.person = a_registration(self.congress, family_name="Muster")
        self.waiting = a_registration(self.congress, state="waiting")

    def ask(self, kind=RunKind.FIRST, actor=ORGANISER):
        return asking.ask(self.id, kind, actor=actor, now=OPEN)

    def give(self, item, person=None):
        person = person or self.person
        deciding.give(self.id, person.id, item.id, actor=ORGANISER, now=OPEN)

    def bar(self, item: ProgrammeItem):
        deciding.bar(self.id, self.person.id, item.id, actor=ORGANISER, now=OPEN)

    def bar_all(self, item: ProgrammeItem):
        deciding.bar_all(self.id, self.person.id, item.id, actor=ORGANISER, now=OPEN)

    def take_back(self, item):
        deciding.take_back(self.id, self.person.id, item.id, actor=ORGANISER, now=OPEN)

    def take_back_one(self, item):
        deciding.take_back_one(self.id, self.person.id, item.id, actor=ORGANISER, now=OPEN)

    def decided(self):
        rows = db.session.execute(select(WishDecision.item_id, WishDecision.is_given))
        return {item: is_given for item, is_given in rows}  # noqa: C416 - rows, not pairs


@pytest.fixture
def house(session):
    return House()


def verbs():
    return list(db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)))


def test_a_run_is_asked_for_once_and_has_the_seed_of_the_congress(house):
    wishes(house.person, house.two, house.one)

    number = house.ask()

    assert house.ask() == number  # pressed twice
    found = assignment_runs.newest(house.id)
    assert (found.id, found.state, found.kind) == (number, RunState.QUEUED, RunKind.FIRST)
    assert found.seed == SEED
    assert verbs() == ["assignment_asked"]
    asking.stop(house.id, number, actor=ORGANISER, now=LATER)
    assert assignment_runs.find(house.id, house.ask()).seed == SEED


def test_the_deadline_asks_in_nobodys_name(house):
    wishes(house.person, house.one)

    house.ask(actor=SYSTEM)

    assert db.session.scalars(select(AssignmentRun.asked_by)).one() is None
    assert assignment_runs.newest(house.id).asked_by == ""


@pytest.mark.parametrize(
    ("facts", "kind", "refusal"),
    [
        ({"rules": {}}, RunKind.FIRST, NothingTakesWishes),
        ({}, RunKind.FIRST, NobodyHasWished),
        ({}, RunKind.LEAST_CHANGE, NothingIsAssigned),
        ({"state": "cancelled"}, RunKind.FIRST, NotHeld),
        ({"state": "draft"}, RunKind.FIRST, NotHeld),
    ],
    ids=["first come", "nobody has wished", "not assigned yet", "called off", "a draft"],
)
def test_there_has_to_be_something_to_assign(session, facts, kind, refusal):
    house = House(**facts)

    with pytest.raises(refusal):
        house.ask(kind)

    assert assignment_runs.newest(house.id) is None


def test_wishes_of_whoever_waits_for_the_event_are_nothing_to_assign(house):
    wishes(house.waiting, house.one)

    with pytest.raises(NobodyHasWished):
        house.ask()


def test_a_run_of_another_kind_waits_its_turn(house):
    wishes(house.person, house.one)
    house.later.assigned_at = OPEN
    db.session.commit()
    house.ask()

    with pytest.raises(AnotherRunUnderWay):
        house.ask(RunKind.LEAST_CHANGE)


def test_a_run_is_stopped_once(house):
    wishes(house.person, house.one)
    number = house.ask()

    asking.stop(house.id, number, actor=ORGANISER, now=LATER)

    found = assignment_runs.newest(house.id)
    assert (found.state, found.finished_at) == (RunState.STOPPED, LATER)
    with pytest.raises(NotUnderWay):
        asking.stop(house.id, number, actor=ORGANISER, now=LATER)
    assert verbs() == ["assignment_asked", "assignment_stopped"]


def test_what_one_more_place_changes_is_asked_of_the_newest_run_once(house):
    older, newest = (a_run(house.congress).id for _each in range(2))

    for _twice in range(2):
        asking.compare(house.id, newest, actor=ORGANISER, now=OPEN)

    assert assignment_runs.newest(house.id).compare_asked_at == OPEN
    assert verbs() == ["one_more_asked"]
    with pytest.raises(NotComparable):
        asking.compare(house.id, older, actor=ORGANISER, now=OPEN)


def test_a_decision_replaces_what_was_decided_for_that_time(house):
    house.give(house.one)
    house.give(house.one)  # pressed twice
    house.give(house.later)
    assert house.decided() == {house.one.id: True, house.later.id: True}

    for _twice in range(2):
        house.bar_all(house.two)

    assert house.decided() == {house.later.id: True, house.one.id: False, house.two.id: False}
    assert verbs() == ["wish_decided", "wish_decided", "wish_nothing_decided"]
    assert assignment_decisions.count_since(house.id, OPEN) == 0
    assert assignment_decisions.count_since(house.id, OPEN - timedelta(minutes=5)) == 3


def test_a_decision_is_taken_back_for_its_time_alone(house):
    house.bar(house.two)
    house.give(house.later)

    for _twice in range(2):
        house.take_back(house.one)

    assert house.decided() == {house.later.id: True}
    assert verbs() == ["wish_barred", "wish_decided", "wish_decision_taken_back"]


def test_one_of_several_decisions_of_a_time_is_taken_back_alone(house):
    """Each was of a time of its own before the workshops moved to one."""
    house.bar(house.one)
    house.bar_all(house.later)
    for name in ("starts_at", "ends_at"):
        moment = getattr(house.one, name)
        setattr(house.later, name, moment)
        setattr(house.later, f"released_{name}", moment)
    db.session.execute(update(Congress).values(ANEW))
    db.session.commit()
    assert house.decided() == {house.one.id: False, house.later.id: False}

    for _twice in range(2):
        house.take_back_one(house.one)
    assert house.decided() == {house.later.id: False}

    house.take_back_one(house.later)
    assert house.decided() == {}
    assert verbs()[2:] == ["wish_one_taken_back", "wish_nothing_taken_back"]
    assert assignment_decisions.count_since(house.id, OPEN - timedelta(minutes=5)) == 4
    with pytest.raises(NotDecidable):
        house.take_back_one(a_workshop(a_congress(slug="other", rules=BY_WISHES)))


def test_only_of_a_choice_by_wishes_and_of_whoever_has_a_place_is_decided(house):
    elsewhere = a_workshop(a_congress(slug="elsewhere", rules=BY_WISHES))
    off = a_workshop(house.congress, cancelled=True)
    house.later.allocation = "first_come"
    db.session.commit()

    for item in (elsewhere, off, house.later):
        with pytest.raises(NotDecidable):
            house.give(item)
        with pytest.raises(NotDecidable):
            house.bar_all(item)
    with pytest.raises(HasNoPlace):
        house.give(house.one, house.waiting)

    assert house.decided() == {}


def test_nobody_is_given_what_a_place_or_a_decision_of_theirs_excludes(house):
    twin = a_workshop(house.congress, same_as="twin", starts_at=house.later.released_starts_at)
    same = a_workshop(house.congress, same_as="twin")
    house.give(twin)
    with pytest.raises(WorkshopsClash):
        house.give(same)
    house.give(house.later)  # in its place
    house.give(same)

    evening = WORKSHOPS_START + timedelta(hours=8)
    kept = a_workshop(house.congress, same_as="again", starts_at=evening, allocation="first_come")
    again = a_workshop(house.congress, same_as="again")
    a_booking(house.person, kept)
    with pytest.raises(WorkshopsClash):
        house.give(again)
    house.bar(again)
    assert house.decided() == {house.later.id: True, again.id: False}
