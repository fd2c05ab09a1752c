"""The year 2015/16 of the demo: what there is of each, and the report over it counted anew.

Loading takes seconds, so that each test looks at many things.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from congress.base import Base
from congress.cli.demo import load_demo
from congress.cli.demo_contacts import MAILS, YEARS
from congress.cli.demo_course import FILE as COURSE
from congress.cli.demo_course import MISSED, MODULES, NEXT
from congress.cli.demo_meetings import TOWNS, ballots
from congress.cli.demo_network import load_network
from congress.cli.demo_projects import PROJECTS
from congress.cli.demo_proposals import MEETINGS
from congress.cli.demo_social_day import HOSTS, VOLUNTEERS
from congress.cli.demo_steering import CODE as STEERING
from congress.cli.demo_steering import FACTS as STEERING_FACTS
from congress.cli.demo_steering import MEMBERS, SITTINGS
from congress.cli.demo_wishes import GROUP, PEOPLE, SERIES, SILENT
from congress.cli.demo_workshops import WORKSHOPS
from congress.cli.demo_year import load_year
from congress.domain import allocation, ranking
from congress.domain.congresses import CongressKind
from congress.domain.groups import InWorkshops
from congress.domain.hosts import by_sector
from congress.domain.network.masking import Count
from congress.domain.network.organisations import Sector
from congress.domain.network.topics import Phase, TopicState
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import (
    Attendance,
    Certificate,
    Congress,
    CongressDay,
    Organisation,
    OutboxMessage,
    Registration,
)
from congress.queries import course_applications, hosts, programme
from congress.queries import groups as group_queries
from congress.queries.congresses import find_congress, public_congresses
from congress.queries.invariants import list_broken
from congress.queries.network import projects, report, topics
from congress.queries.registrations import standings
from congress.services.courses import applying as courses_applying
from congress.services.network import (
    applying,
    appointing,
    asking_land,
    logging_contacts,
    topic_rounds,
)

ZONE = ZoneInfo("Europe/Berlin")
OF_THE_NETWORK = (
    "archived_mails",
    "condition",
    "contact_notes",
    "contact_persons",
    "course",
    "hand_ins",
    "land_questions",
    "market",
    "meeting_topics",
    "membership_applications",
    "memberships",
    "module_tasks",
    "network",
    "organisation_",
    "project",
    "released",
    "same_questions",
    "topic",
)
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
    one_can_register_for_the_social_day()
    the_ideenwerkstatt_waits_for_the_wishes_of_some()
    the_steering_group_has_members_and_minutes()
    nothing_is_delivered()
    every_table_of_the_network_has_rows()
    before = rows()
    load()
    assert rows() == before
    the_report_says_what_the_rows_say()
    cleaning_up_leaves_what_can_be_loaded_again()


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


def social_days():
    return [each for each in public_congresses() if each.kind is CongressKind.SOCIAL_DAY]


def one_can_register_for_the_social_day():
    [day] = social_days()
    assert day.period.opens_at < NOW < day.period.closes_at < day.starts_at
    assert day.places.taken > VOLUNTEERS / 2  # the others have withdrawn
    there = hosts.placements(day.id)
    assert {each.code: each.host for each in there} == HOSTS
    assert set(by_sector(there)) == {str(each) for each in Sector}
    assert sum(each.taken for each in there) > 0


def ideenwerkstatt():
    return [each for each in public_congresses() if each.slug.startswith(SERIES)]


def the_ideenwerkstatt_waits_for_the_wishes_of_some():
    [there] = ideenwerkstatt()
    weeks = there.wishes_close_at - NOW
    assert timedelta(weeks=2) <= weeks < timedelta(weeks=4)
    assert there.wishes_close_at < there.period.closes_at
    assert there.places.taken == PEOPLE + len(GROUP) + 1  # and who hosts a workshop
    [number] = group_queries.of_contact(there.id, fold_email("gruppe-1@example.org"))
    assert group_queries.find_by_id(number).in_workshops is InWorkshops.TOGETHER
    slots = allocation.taking_wishes(programme.current_items(there), there.rules.allocation)
    assert [len(each.workshops) for each in slots] == [6, 6]
    people = db.session.scalars(select(Registration).where(Registration.congress_id == there.id))
    said = [each.id for each in people if each.wished_at is not None]
    assert len(said) == PEOPLE + len(GROUP) - len(range(0, PEOPLE, SILENT))
    lists = [ranking.by_choice(slots, each.wishes) for each in standings(said)]
    first = Counter(each.ranked[0] for own in lists for each in own.values() if each.ranked)
    for slot in slots:
        assert any(own[slot.key].any_other for own in lists)
        over = [
            item for item in slot.workshops if first[item.id] > (item.places.capacity or PEOPLE)
        ]
        assert over, "nobody has to be content with another wish"


def the_steering_group_has_members_and_minutes():
    found = projects.find_public(STEERING)
    assert found is not None
    assert found.facts.kind is STEERING_FACTS.kind
    assert {(each.organisation, each.facts.part) for each in found.parts} == set(MEMBERS)
    assert found.is_public
    papers = projects.documents(found.id)
    assert [each.name for each in papers] == [
        f"protokoll-{each.day.isoformat()}.pdf" for each in SITTINGS
    ]


def nothing_is_delivered():
    waiting = select(func.count()).where(OutboxMessage.state != "sent")
    assert db.session.scalar(waiting) == 0
    elsewhere = select(OutboxMessage.recipient).where(
        OutboxMessage.recipient.not_like("%@example.org")
    )
    assert db.session.scalars(elsewhere).all() == []


def every_table_of_the_network_has_rows():
    empty = {name for name, number in rows().items() if not number}
    assert {each for each in empty if each.startswith(OF_THE_NETWORK)} == set()


def the_report_says_what_the_rows_say():
    """Counted once by the report, and once in plain Python over whole tables and the constants."""
    told = report.report(YEARS, ZONE, now=NOW)
    first: dict[int, date] = {}
    last: dict[int, datetime] = {}
    for day in db.session.scalars(select(CongressDay)):
        first[day.congress_id] = min(day.day, first.get(day.congress_id, day.day))
        last[day.congress_id] = max(day.ends_at, last.get(day.congress_id, day.ends_at))
    held = {
        each.id: each.kind
        for each in db.session.scalars(select(Congress))
        if each.state in {"published", "finished"}
        and first[each.id].year in {2015, 2016}
        and last[each.id] <= NOW
    }
    came = set(db.session.scalars(select(Attendance.registration_id)))
    people = [
        each
        for each in db.session.scalars(select(Registration))
        if each.congress_id in held and each.state == "confirmed"
    ]
    registered = Counter(held[each.congress_id] for each in people)
    present = Counter(held[each.congress_id] for each in people if each.id in came)
    for kind, figures in told.kinds.items():
        assert figures.occasions == list(held.values()).count(kind)
        assert figures.registered == Count(registered[kind], registered[kind])
        assert figures.came.least <= present[kind] <= figures.came.most
    assert set(told.kinds) == set(held.values())
    assert told.overall.occasions == len(held) == 7
    assert told.overall.registered.least == len(people)

    meeting = told.kinds[CongressKind.NETWORK_MEETING]
    assert meeting.registered.least == sum(each.came + 1 + each.deputies for each in MEETINGS)
    # Of each meeting one stayed away: so few are not told.
    assert not meeting.came.is_exact
    workshops = told.kinds[CongressKind.TOPIC_WORKSHOP]
    expected = sum(len(each.towns) * (1 + each.partners) for each in WORKSHOPS)
    assert workshops.registered.least == expected
    training = told.kinds[CongressKind.TRAINING]
    assert (training.registered.least, training.came.least, training.municipalities) == (20, 20, 10)
    assert (told.cohorts.cohorts, told.cohorts.modules) == (1, len(MODULES))
    assert told.cohorts.completed.least <= 18 <= told.cohorts.completed.most
    assert (told.members.members, told.members.partners) == (20, 3)
    assert told.network_mails.number == len(MAILS)
    # Contact persons and deputies twice, and the course.
    assert told.network_mails.readers.least == 46 + 46 + 20
    stated = [project.facts for project in PROJECTS] + [STEERING_FACTS]
    running = Counter(each.kind for each in stated if not each.ends_on)
    finished = Counter(each.kind for each in stated if each.ends_on)
    assert {kind: (each.running, each.finished) for kind, each in told.projects.items()} == {
        kind: (running[kind], finished[kind]) for kind in running | finished
    }
    spellings = {each.name: each.id for each in db.session.scalars(select(Organisation))}
    towns = {
        each.organisation
        for each in people
        if held[each.congress_id] == CongressKind.NETWORK_MEETING
    }
    assert meeting.municipalities == len(towns & set(spellings)) == len(towns)


def cleaning_up_leaves_what_can_be_loaded_again():
    """What is kept no longer goes at night; then the demo starts once more, years later."""
    later = NOW + timedelta(days=800)
    for clean_up in (appointing, logging_contacts, asking_land, applying, courses_applying):
        clean_up.forget_old(now=later)
    load_demo(now=later)
    load_network(today=later.date(), now=later)
    load_year(today=later.date())
    assert list_broken() == []
    coming = topics.coming(later.date(), with_round=True)
    assert [each.plan.phase(later.date()) for each in coming if each.plan] == [Phase.VOTING]
    assert len(social_days()) == len(ideenwerkstatt()) == 2
