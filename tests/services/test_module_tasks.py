"""Tasks of modules: set, done, moved with their modules, copied without what was handed in."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from congress.domain.access import COMMAND
from congress.domain.module_tasks import (
    NothingTaken,
    TaskEditedMeanwhile,
    TaskFacts,
    TaskGone,
    TooManyTasks,
    Whose,
)
from congress.extensions import db
from congress.models import AuditLine, HandIn, ModuleTask
from congress.queries import congresses
from congress.queries import module_tasks as queries
from congress.services import merging
from congress.services.planning import copying, tasks
from tests import builders
from tests.builders import ENDS, OPEN, STARTS
from tests.module_tasks import DAY, DUE, a_hand_in, a_task

pytestmark = pytest.mark.usefixtures("database")

EVERY = timedelta(weeks=4)
DAYS = [(STARTS + EVERY * n, ENDS + EVERY * n) for n in range(3)]
SECOND = DAY + EVERY
PROFILE = TaskFacts(DAY, {"de": "Profil"}, DUE, {"de": "Auf einer Seite"}, Whose.ORGANISATION)


@pytest.fixture
def course(database):
    return builders.a_congress(kind="training", days=DAYS)


def add(course, facts=PROFILE):
    tasks.add(course.id, facts, actor=COMMAND, now=OPEN)


def verbs():
    return list(db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)))


def test_a_task_is_set_once_changed_and_deleted(course):
    add(course)
    add(course)
    [task] = queries.of_congress(course.id)
    assert task.facts == PROFILE
    later = TaskFacts(SECOND, {"de": "Plan"}, SECOND, {})
    change: dict[str, Any] = {"version": PROFILE.version, "actor": COMMAND, "now": OPEN}
    tasks.correct(course.id, task.id, later, **change)
    tasks.correct(course.id, task.id, later, **change)  # pressed twice
    with pytest.raises(TaskEditedMeanwhile):
        tasks.correct(course.id, task.id, PROFILE, **change)
    for _twice in range(2):
        tasks.remove(course.id, task.id, actor=COMMAND, now=OPEN)
    with pytest.raises(TaskGone):
        tasks.correct(course.id, task.id, later, **change)
    assert verbs() == ["task_added", "task_changed", "task_removed"]


def test_a_task_needs_a_module_and_there_are_not_too_many(course, monkeypatch):
    with pytest.raises(TaskGone):
        add(course, TaskFacts(DAY + timedelta(days=1), {"de": "Profil"}, DUE, {}))
    monkeypatch.setattr(tasks, "MOST_TASKS", 1)
    add(course)
    with pytest.raises(TooManyTasks):
        add(course, TaskFacts(DAY, {"de": "Plan"}, DUE, {}))


def test_another_day_is_reminded_of_anew(course):
    task = a_task(course, reminded_at=OPEN, told_up_to=9)
    facts = queries.of_congress(course.id)[0].facts
    later = TaskFacts(facts.day, facts.title, DUE + timedelta(days=1), facts.text)
    tasks.correct(course.id, task.id, later, version=facts.version, actor=COMMAND, now=OPEN)
    db.session.refresh(task)
    assert (task.reminded_at, task.told_up_to) == (None, 0)


def test_somebody_does_a_task_says_it_otherwise_and_takes_it_back(course):
    task, person = a_task(course), builders.a_registration(course, organisation="Hamm")
    tasks.hand_in(person.id, task.id, text="Anbei", url="https://example.org/", now=OPEN)
    tasks.hand_in(person.id, task.id, text="Neu", now=OPEN + timedelta(days=1))
    [handed] = queries.handed_in(course.id)
    assert (handed.text, handed.url, handed.done_at) == ("Neu", "", OPEN)
    assert (handed.doer.id, handed.doer.organisation) == (person.id, "Hamm")
    for _twice in range(2):
        tasks.take_back(person.id, task.id, now=OPEN)
    assert queries.handed_in(course.id) == []
    assert verbs() == ["task_done", "task_taken_back"]


def test_nothing_is_taken_from_others_or_long_after(course):
    task = a_task(course)
    waiting = builders.a_registration(course, state="waiting")
    with pytest.raises(NothingTaken):
        tasks.hand_in(waiting.id, task.id, now=OPEN)
    person = builders.a_registration(course)
    with pytest.raises(NothingTaken):
        tasks.hand_in(person.id, task.id, now=DAYS[-1][1] + timedelta(days=30))
    other = a_task(builders.a_congress(slug="anderer", kind="training", days=DAYS))
    with pytest.raises(TaskGone):
        tasks.hand_in(person.id, other.id, now=OPEN)
    assert queries.handed_in(course.id) == []


def test_tasks_go_along_with_their_modules(course):
    first, second = a_task(course), a_task(course, day=SECOND)
    third = SECOND + EVERY
    tasks.move(course.id, {DAY: DAY + timedelta(days=7), SECOND: None, third: third})
    assert (first.day, second.day, first.due_on) == (DAY + timedelta(days=7), third, DUE)


def test_the_next_edition_has_the_tasks_and_nothing_handed_in(course):
    person = builders.a_registration(course)
    a_hand_in(a_task(course, text={"de": "Eine Seite"}), person)
    copied = copying.copy_edition(
        course.slug, starting=date(2016, 10, 19), actor=COMMAND, now=DAYS[-1][1]
    )
    [task] = queries.of_congress(copied.congress_id)
    assert (task.facts.day, task.facts.due_on) == (date(2016, 10, 19), date(2016, 10, 17))
    assert (task.facts.title, task.facts.text) == (
        {"de": "Profil der Kommune"},
        {"de": "Eine Seite"},
    )
    assert queries.handed_in(copied.congress_id) == []
    assert queries.doers(copied.congress_id) == []


def test_two_registrations_of_one_person_have_one_hand_in(course):
    both, one = a_task(course), a_task(course, title={"de": "Plan"})
    kept, other = (builders.a_registration(course) for _ in range(2))
    a_hand_in(both, kept, text="bleibt")
    a_hand_in(both, other, text="geht")
    a_hand_in(one, other, text="kommt mit")
    wish = merging.Merging(kept.id, other.id)
    seen = merging.foresee(congresses.get_heading(course.id), wish, now=OPEN).seen
    merging.merge(wish, seen=seen, actor=COMMAND, now=OPEN)
    found = [(each.doer.id, each.text) for each in queries.handed_in(course.id)]
    assert sorted(found) == [(kept.id, "bleibt"), (kept.id, "kommt mit")]


def test_what_was_handed_in_goes_a_year_after_the_last_module(course):
    a_hand_in(a_task(course), builders.a_registration(course))
    day = DAYS[-1][1] + timedelta(days=365)
    assert tasks.forget_old(now=day) == 0
    assert tasks.forget_old(now=day + timedelta(seconds=1)) == 1
    count = select(func.count())
    assert db.session.scalar(count.select_from(HandIn)) == 0
    assert db.session.scalar(count.select_from(ModuleTask)) == 1
