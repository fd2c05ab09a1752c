"""What several do for the network at the same moment, or press twice: it counts once.

On both databases, each in a thread of its own.
"""

from collections import Counter

from sqlalchemy import func, select

from congress.domain.network.course_applications import answers
from congress.domain.network.projects import Part, PartFacts
from congress.domain.network.topics import CallFor
from congress.extensions import db
from congress.models import MeetingTopic, NetworkTextComment, OutboxMessage, ProjectPart
from congress.queries import course_applications
from congress.services.courses import answering
from congress.services.mails import mailings
from congress.services.network import (
    commenting,
    joining_projects,
    proposing_topics,
    text_letters,
    topic_letters,
)
from tests.courses import a_course, a_course_application
from tests.network import a_contact, a_membership, an_organisation
from tests.projects import a_part, a_project
from tests.services.courses_house import NOW as THEN
from tests.services.courses_house import OFFICE as EDITOR
from tests.services.courses_house import choose
from tests.services.network.test_network_mails import AT as AT_THAT_TIME
from tests.services.network.test_network_mails import seen, work, write
from tests.services.network.test_topics import AT, FACTS, OFFICE
from tests.services.network.test_writing_texts import BY, SAID, TODAY, open_comments, version_id
from tests.services.network.test_writing_texts import text as text  # noqa: PLC0414 - a fixture
from tests.services.test_requests_at_once import at_once
from tests.topics import a_meeting, a_round

TWICE = 2


def members(count=3):
    """Return who speaks for as many members."""
    found = []
    for number in range(count):
        town = an_organisation(f"Stadt {number}")
        a_membership(town)
        found.append(a_contact(town, f"Anna{number}").id)
    return found


def letters(kind):
    """Return how many letters of a kind each mailbox gets."""
    db.session.rollback()
    found = select(OutboxMessage.recipient).where(OutboxMessage.kind == kind)
    return Counter(db.session.scalars(found))


def each_once(kind, count=3):
    found = letters(kind)
    assert (len(found), set(found.values())) == (count, {1})


def test_contact_persons_are_asked_for_topics_once(app, session):
    held = a_round(a_meeting()).id
    members()
    session.commit()
    acts = [lambda: topic_letters.call(held, CallFor.PROPOSE, **OFFICE)] * TWICE
    assert at_once(app, acts) == {"done": 2}
    each_once("topics_called")


def test_a_text_is_announced_once(app, session, text):
    members()
    open_comments(text)
    session.commit()
    acts = [lambda: text_letters.tell(text, 1, today=TODAY, **BY)] * TWICE
    assert at_once(app, acts) == {"done": 2}
    each_once("text_opened")


def test_an_info_mail_is_sent_once(app, session):
    members()
    number = write()
    mark = seen(number)
    session.commit()
    acts = [lambda: mailings.send(None, number, seen=mark, **AT_THAT_TIME)] * TWICE
    assert at_once(app, acts)["done"] == 1
    work()
    each_once("network_mail")


def test_answers_to_applications_are_sent_once(app, session):
    course = a_course()
    for number in range(3):
        a_course_application(
            course, organisation=f"Stadt {number}", email=f"amt@stadt{number}.example"
        )
    choose(course, course_applications.listed(course.id))
    chosen = answers(course_applications.listed(course.id)).seen
    number = course.id
    session.commit()
    acts = [lambda: answering.send(number, seen=chosen, actor=EDITOR, now=THEN)] * TWICE
    assert at_once(app, acts)["done"] == 1
    each_once("course_answered")


def test_a_topic_proposed_twice_at_once_is_one(app, session):
    held = a_round(a_meeting()).id
    [anna] = members(1)
    session.commit()
    acts = [lambda: proposing_topics.propose(anna, held, FACTS, **AT)] * TWICE
    at_once(app, acts)
    assert session.scalar(select(func.count()).select_from(MeetingTopic)) == 1


def test_the_same_comment_twice_at_once_is_one_and_there_is_an_end(app, session, text, monkeypatch):
    [anna] = members(1)
    open_comments(text)
    version = version_id(text)
    session.commit()

    def say(body):
        return lambda: commenting.comment(anna, version, "", body, **SAID)

    assert at_once(app, [say("Eins")] * 2) == {"done": 2}
    monkeypatch.setattr(commenting, "MOST_COMMENTS", 2)
    assert at_once(app, [say(each) for each in ("Zwei", "Drei", "Vier")]) == {
        "done": 1,
        "TooManyComments": 2,
    }
    assert session.scalar(select(func.count()).select_from(NetworkTextComment)) == 2


def test_of_those_who_join_a_project_at_once_each_does_so_once_and_one_leads(
    app, session, monkeypatch
):
    project = a_project()
    a_part(project, an_organisation("Gemeinde Ense"), "partner")
    monkeypatch.setattr(joining_projects, "MOST_PARTS", 2)
    rheine, unna = an_organisation("Stadt Rheine").id, an_organisation("Stadt Unna").id
    number = project.id
    session.commit()
    leads = PartFacts(Part.LEAD, "", "")

    def join(organisation):
        return lambda: joining_projects.put_in(number, organisation, leads, **BY)

    came = at_once(app, [join(rheine), join(rheine), join(unna), join(unna)])
    assert came == {"done": 2, "TooManyParts": 2}
    parts = session.scalars(select(ProjectPart.part).where(ProjectPart.project_id == number)).all()
    assert sorted(parts) == ["lead", "partner"]
