"""Two entries of one organisation: what the later parts keep moves with everything else."""

import sqlalchemy as sa

from congress.domain.access import COMMAND
from congress.domain.network.uniting import mark_of
from congress.models import (
    CourseApplication,
    HandIn,
    LandQuestion,
    MarketEntry,
    MarketParty,
    MeetingTopic,
    NetworkTextComment,
    Registration,
    SameQuestion,
    TopicBallot,
)
from congress.queries import module_tasks
from congress.queries.network.uniting import counts
from congress.services.network.uniting import unite
from tests import builders
from tests.courses import a_course, a_course_application
from tests.land_questions import a_question, a_same_question
from tests.market import a_party, an_entry
from tests.module_tasks import a_hand_in, a_task
from tests.network import an_organisation
from tests.services.network.test_uniting import NOW, side
from tests.texts import a_comment, a_text, a_version
from tests.topics import a_ballot, a_meeting, a_round, a_topic

MOVES = (
    *(CourseApplication, NetworkTextComment, MeetingTopic, TopicBallot),
    *(LandQuestion, SameQuestion, MarketParty, Registration),
)


def make_one(kept, other):
    unite(kept, other, (), seen=mark_of(side(kept), side(other)), actor=COMMAND, now=NOW)


def test_applications_comments_topics_questions_markets_and_hand_ins_go_over(session):
    kept, other = an_organisation("Stadt Rheine"), an_organisation("Rathaus Rheine")
    third = an_organisation("Stadt Werne")
    course = a_course(slug="lehrgang")
    a_course_application(course, organisation="Rathaus Rheine", organisation_id=other.id)
    a_comment(a_version(a_text(), state="in_comment"), other)
    a_ballot(a_topic(a_round(a_meeting()), other), other)
    a_question(other)
    a_same_question(a_question(third, "Wer zahlt?"), other)
    market = builders.a_congress(slug="markt", kind="market")
    entry = an_entry(a_party(market, "Rathaus Rheine", sector="public", organisation_id=other.id))
    person = builders.a_registration(
        course, organisation="Rathaus Rheine", organisation_id=other.id
    )
    done = a_hand_in(a_task(course, whose="organisation"), person)
    numbers = kept.id, other.id
    session.commit()
    make_one(*numbers)
    session.expire_all()

    assert counts(numbers[1]) == {}
    for model in MOVES:
        found = set(session.scalars(sa.select(model.organisation_id)))
        assert found - {third.id} == {numbers[0]}, model
    assert session.scalars(sa.select(MarketEntry.id)).all() == [entry.id]
    assert session.scalars(sa.select(HandIn.id)).all() == [done.id]
    assert len(module_tasks.handed_in(course.id)) == 1


def test_where_both_applied_for_a_course_both_applications_stay(session):
    kept, other = an_organisation("Stadt Rheine"), an_organisation("Rathaus Rheine")
    course = a_course(slug="lehrgang")
    for each in (kept, other):
        a_course_application(course, organisation=each.name, organisation_id=each.id)
    numbers = kept.id, other.id
    session.commit()
    make_one(*numbers)
    found = session.scalars(sa.select(CourseApplication.organisation_id)).all()
    assert found == [numbers[0]] * 2
