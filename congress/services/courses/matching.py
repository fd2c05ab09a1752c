"""Saying later which organisation of the register an application for a course is of."""

from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.network.course_applications import Application, CourseApplicationsUnseen
from congress.extensions import db
from congress.models import CourseApplication
from congress.queries import congresses, course_applications
from congress.services import auditing
from congress.services.network import cataloguing
from congress.transaction import transaction

APPLICATIONS = table_of(CourseApplication)


def match(
    congress_id: int,
    application_id: int,
    organisation_id: int,
    *,
    seen: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say which organisation it is, also once it is answered: figures count by the register.

    Raises CourseApplicationsUnseen.
    """
    with transaction():
        before = _seen(congress_id, application_id, seen)
        _match(before, organisation_id, actor=actor, now=now)


def register(
    congress_id: int, application_id: int, *, seen: str, actor: Actor, now: datetime
) -> None:
    """Put the municipality as it was typed into the register.

    Raises NameTaken and CourseApplicationsUnseen.
    """
    with transaction():
        before = _seen(congress_id, application_id, seen)
        number = cataloguing.add_municipality(before.organisation, actor=actor, now=now)
        _match(before, number, actor=actor, now=now)


def _seen(congress_id: int, application_id: int, seen: str) -> Application:
    congresses.hold(congress_id)
    before = course_applications.find(congress_id, application_id)
    if before is None or before.version != seen:
        raise CourseApplicationsUnseen
    return before


def _match(before: Application, organisation_id: int, *, actor: Actor, now: datetime) -> None:
    mine = APPLICATIONS.c.id == before.id
    values = {"organisation_id": organisation_id, "changed_at": now}
    db.session.execute(update(APPLICATIONS).where(mine).values(values))
    auditing.record(
        "course_application_matched",
        actor=actor,
        now=now,
        congress_id=before.congress_id,
        details={"application": before.id, "organisation": organisation_id},
    )
