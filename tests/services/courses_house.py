"""Applying, choosing and answering as tests of courses do."""

import sqlalchemy as sa

from congress.domain.access import Actor, ActorKind
from congress.domain.network.course_applications import (
    State,
    answers,
)
from congress.extensions import db
from congress.models import (
    Registration,
)
from congress.queries import course_applications
from congress.services.courses import answering, applying
from congress.services.courses.answering import Choice
from tests.builders import OPEN
from tests.courses import content

OFFICE = Actor(ActorKind.ORGANISER, 1)
NOW = OPEN
QUOTA = {"quota": 2, "substitutes": True}


def get(course, application):
    found = course_applications.find(course.id, application.id)
    assert found is not None
    return found


def apply(course, town, people=()):
    applied = applying.apply(
        course.id,
        f"Stadt {town}",
        content(town.lower(), *people),
        language="de",
        form_key=town,
        now=NOW,
    )
    return course_applications.find_by_token(applied.token or "")


def choose(course, applications, state=State.ACCEPTED, *, rank=None, reason=""):
    now = [get(course, each) for each in applications]
    return answering.choose(
        course.id,
        {each.id: Choice(state, rank, reason) for each in now},
        seen={each.id: each.version for each in now},
        actor=OFFICE,
        now=NOW,
    )


def send(course):
    seen = answers(course_applications.listed(course.id)).seen
    return answering.send(course.id, seen=seen, actor=OFFICE, now=NOW)


def states(course):
    return [str(each.state) for each in course_applications.listed(course.id)]


def registered(course):
    found = sa.select(Registration.given_name, Registration.organisation, Registration.state)
    mine = found.where(Registration.congress_id == course.id).order_by(Registration.id)
    return [tuple(row) for row in db.session.execute(mine)]
