"""A congress that was yesterday, with all that comes after: feedback, certificates, results."""

from dataclasses import replace
from datetime import datetime, timedelta

from congress.base import Base, table_of
from congress.domain.access import COMMAND
from congress.domain.planning.workshop_reports import Results
from congress.domain.registration_request import RegistrationRequest, WishedWorkshop
from congress.extensions import db
from congress.models import Attendance, Congress, CongressDay, WorkshopReport
from congress.queries.feedback import survey_of
from congress.queries.planning.congress_files import items_of
from congress.queries.programme import released_items
from congress.services.feedback import setting
from congress.services.registering import register
from congress.transaction import transaction

DAY = timedelta(days=1)
NAME = "Ida Überall"
RESULT = "Die Städte gründen ein Netzwerk."
MOMENTS = frozenset(
    {"opens_at", "closes_at", "starts_at", "ends_at", "released_starts_at", "released_ends_at"}
)


def let_it_be_over(congress_id: int, *, now: datetime) -> tuple[int, str]:
    """Register somebody for a congress to come, and let it be over and done with.

    Returns the number and the secret of the own page.
    """
    workshop = next(each for each in released_items(congress_id) if each.bookable)
    given_name, family_name = NAME.split()
    request = RegistrationRequest(
        given_name=given_name,
        family_name=family_name,
        email="ida@example.org",
        choices=(WishedWorkshop(workshop.id),),
        consents=("privacy_notice",),
        form_key="afterwards",
    )
    registered = register(congress_id, request, now=now)
    person = registered.registration_id
    with transaction():
        day = _move(congress_id, now)
        for item_id in (None, workshop.id):
            came = {"registration_id": person, "item_id": item_id, "day": day.day}
            db.session.add(Attendance(**came, came_at=day.starts_at))
        told = Results({"de": RESULT}).as_json()
        db.session.add(WorkshopReport(congress_id=congress_id, item_id=workshop.id, results=told))
    setting.take_ready_made(congress_id, actor=COMMAND, now=now)
    usual = survey_of(congress_id)
    setting.save(congress_id, replace(usual, is_on=True), seen=usual, actor=COMMAND, now=now)
    return person, str(registered.token)


def _move(congress_id: int, now: datetime) -> CongressDay:
    """Move a congress of one day, with all that is in it, to yesterday; return the day."""
    congress = db.session.get_one(Congress, congress_id)
    [day] = congress.days
    by = day.day - (now - DAY).date()
    rows: list[Base] = [congress, day, *items_of(congress_id)]
    for row in rows:
        for name in MOMENTS & set(table_of(type(row)).c.keys()):
            moment = getattr(row, name)
            setattr(row, name, moment and moment - by)
    day.day -= by
    return day
