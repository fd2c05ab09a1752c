"""The year 2015/16 of the demo: what there is of each, and the report over it counted anew.

Loading takes seconds, so that each test looks at many things.
"""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from congress.base import Base
from congress.cli.demo import load_demo
from congress.cli.demo_course import FILE as COURSE
from congress.cli.demo_course import MISSED, MODULES, NEXT
from congress.cli.demo_meetings import MEETINGS, TOWNS, ballots
from congress.cli.demo_network import load_network
from congress.cli.demo_year import load_year
from congress.domain.congresses import CongressKind
from congress.domain.network.topics import TopicState
from congress.extensions import db
from congress.models import Certificate, OutboxMessage
from congress.queries import course_applications
from congress.queries.congresses import find_congress, public_congresses
from congress.queries.invariants import list_broken
from congress.queries.network import topics
from congress.services.network import topic_rounds

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def load() -> None:
    load_demo(now=NOW)
    load_network(today=TODAY, now=NOW)
    load_year(today=TODAY)


def rows() -> dict[str, int]:
    """Return how many rows each table has."""
    tables = Base.metadata.sorted_tables
    counted = (select(func.count()).select_from(each) for each in tables)
    numbers = [db.session.scalars(each).one() for each in counted]
    return dict(zip((each.name for each in tables), numbers, strict=True))


def test_the_year_is_there_and_loading_again_adds_nothing(database):
    load()
    assert list_broken() == []
    the_meetings_took_what_most_towns_voted_for()
    the_course_had_twenty_people_and_eight_modules()
    nothing_is_delivered()
    before = rows()
    load()
    assert rows() == before


def the_meetings_took_what_most_towns_voted_for():
    for meeting in MEETINGS:
        congress = find_congress(meeting.slug)
        number = topic_rounds.find(congress.id).id
        tally: dict[int, int] = {}
        for points in topics.ballots(number).values():
            for topic, given in points.items():
                tally[topic] = tally.get(topic, 0) + given
        found = topics.topics_of(number)
        assert {each.facts.title: tally.get(each.id, 0) for each in found} == {
            each.facts.title: each.votes for each in meeting.proposals
        }
        taken = [each.organisation for each in found if each.item]
        assert taken == [each.town for each in meeting.proposals[:2]]
        states = [each.state for each in found]
        assert states.count(TopicState.MERGED) == states.count(TopicState.DECLINED) == 1
        assert len(ballots(meeting.proposals)) <= len(TOWNS)


def the_course_had_twenty_people_and_eight_modules():
    course = find_congress(COURSE)
    assert (len(course.days), course.places.taken) == (len(MODULES), 20)
    states = [str(each.state) for each in course_applications.listed(course.id)]
    assert {state: states.count(state) for state in states} == {
        "accepted": 10,
        "reserve": 1,
        "declined": 1,
    }
    without = [person for person, missed in MISSED.items() if 8 - len(missed) < 0.8 * 8]
    issued = select(func.count()).select_from(Certificate)
    assert db.session.scalar(issued) == 20 - len(without) == 18
    courses = [each for each in public_congresses() if each.kind is CongressKind.TRAINING]
    coming = [each for each in courses if each.id != course.id]
    assert [len(course_applications.listed(each.id)) for each in coming] == [len(NEXT)]


def nothing_is_delivered():
    waiting = select(func.count()).where(OutboxMessage.state != "sent")
    assert db.session.scalar(waiting) == 0
    elsewhere = select(OutboxMessage.recipient).where(
        OutboxMessage.recipient.not_like("%@example.org")
    )
    assert db.session.scalars(elsewhere).all() == []
