"""Two entries are made one while somebody writes for one of them: nobody waits for ever."""

from datetime import UTC, date, datetime
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select, text

from congress.base import table_of
from congress.domain.access import COMMAND
from congress.domain.network.land_questions import OwnQuestion
from congress.domain.network.uniting import mark_of
from congress.extensions import db
from congress.models import (
    Congress,
    CongressOrganisation,
    CourseApplication,
    LandQuestion,
    SameQuestion,
)
from congress.services.courses import applying
from congress.services.network import asking_land
from congress.services.network.uniting import unite
from congress.transaction import transaction
from tests.builders import OPEN, add
from tests.courses import a_course, content
from tests.land_questions import a_question
from tests.network import a_contact, an_organisation
from tests.services.network.test_uniting import side

NOW = datetime(2016, 3, 1, 12, tzinfo=UTC)
TODAY = date(2016, 3, 1)
QUESTIONS, CONGRESSES = table_of(LandQuestion), table_of(Congress)
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
)


@pytest.fixture
def at_once(app):
    """Let one act wait for a row first, uniting come behind it, and the row then be free.

    SQLite has one writer at a time and no queue: there either may come first.
    """

    def run(table, number, act, kept, other):
        faults: list[Exception] = []
        started: list[Thread] = []
        seen = mark_of(side(kept), side(other))

        def begin(does):
            def in_app():
                with app.app_context():
                    try:
                        does()
                    except Exception as fault:  # noqa: BLE001 - told to the test
                        faults.append(fault)

            started.append(Thread(target=in_app))
            started[-1].start()

        def unite_both():
            unite(kept, other, (), seen=seen, actor=COMMAND, now=NOW)

        with transaction():
            if db.engine.dialect.name == "postgresql":
                held = select(table.c.id).where(table.c.id == number)
                db.session.execute(held.with_for_update(key_share=True))
            for each in (act, unite_both):
                begin(each)
                _until_all_wait(started)
        for each in started:
            each.join()
        return faults

    return run


def _until_all_wait(threads):
    """Go on once each has come as far as it can: to a row that somebody else holds, or its end."""
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.scalar(WAITING) < sum(each.is_alive() for each in threads):
            threads[-1].join(0.01)


def test_joining_a_question_of_the_other_one(session, at_once):
    """Whoever joins when both are one already reads that the question is the own one."""
    kept, other = an_organisation("Rheine"), an_organisation("Stadt Rheine")
    question, contact = a_question(other).id, a_contact(kept).id
    numbers = kept.id, other.id
    session.commit()

    def join():
        asking_land.join(contact, question, today=TODAY, now=NOW)

    faults = at_once(QUESTIONS, question, join, *numbers)
    own = OwnQuestion if db.engine.dialect.name == "sqlite" else ()
    assert [fault for fault in faults if not isinstance(fault, own)] == []
    session.expire_all()
    assert session.scalars(select(LandQuestion.organisation_id)).all() == [numbers[0]]
    assert session.scalars(select(SameQuestion)).all() == []  # nobody shares the own one


def test_applying_for_a_course_that_the_other_one_carries(session, at_once):
    kept, other = an_organisation("Rheine"), an_organisation("Stadt Rheine")
    course = a_course()
    add(CongressOrganisation(congress_id=course.id, organisation_id=other.id, role="carrier"))
    numbers, congress = (kept.id, other.id), course.id
    session.commit()

    def apply():
        said: Any = {"language": "de", "form_key": "one", "now": OPEN}
        applying.apply(congress, "Stadt Rheine", content("rheine"), **said)

    assert at_once(CONGRESSES, congress, apply, *numbers) == []
    session.expire_all()
    assert session.scalars(select(CourseApplication.organisation_id)).all() == [numbers[0]]
