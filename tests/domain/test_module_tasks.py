"""For whom a task of a course is done, and until when it is taken."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from congress.domain.module_tasks import Doer, HandIn, Task, TaskFacts, Whose, missing, of_doer

BERLIN = ZoneInfo("Europe/Berlin")
MAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
IDA = Doer(1, "Ida", "Stadt Hamm", "register 7")
JAN = Doer(2, "Jan", "Stadt Hamm", "register 7")
EVA = Doer(3, "Eva", "", "alone 3")


def a_task(whose: Whose = Whose.PERSON) -> Task:
    return Task(5, TaskFacts(date(2026, 5, 20), {"de": "Profil"}, date(2026, 5, 10), {}, whose))


@pytest.mark.parametrize(
    ("whose", "by", "lacks"),
    [
        (Whose.PERSON, [], [IDA, JAN, EVA]),
        (Whose.PERSON, [IDA], [JAN, EVA]),
        (Whose.ORGANISATION, [IDA], [EVA]),
        (Whose.ORGANISATION, [EVA], [IDA, JAN]),
        (Whose.ORGANISATION, [IDA, EVA], []),
    ],
)
def test_a_task_is_done_by_each_or_by_one_of_a_municipality(whose, by, lacks):
    handed = [HandIn(5, each, MAY) for each in by] + [HandIn(6, JAN, MAY)]
    assert missing(a_task(whose), [IDA, JAN, EVA], handed) == lacks


def test_what_somebody_did_themselves_comes_before_that_of_a_colleague():
    handed = [HandIn(5, IDA, MAY), HandIn(5, JAN, MAY + timedelta(hours=1))]
    for each in (IDA, JAN):
        found = of_doer(a_task(Whose.ORGANISATION), each, handed)
        assert found is not None
        assert found.doer == each


def test_it_is_due_at_the_end_of_its_day_and_reminded_of_the_morning_before():
    assert a_task().due_at(BERLIN).isoformat() == "2026-05-10T22:00:00+00:00"
    assert a_task().reminded_at(BERLIN).isoformat() == "2026-05-09T07:00:00+00:00"


def test_another_word_is_another_version():
    before, after = a_task().facts, a_task(Whose.ORGANISATION).facts
    assert before.version != after.version
    assert before.changes_to(after) == ["whose"]
