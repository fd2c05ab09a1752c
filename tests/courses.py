"""Rows of applications for a course, and a course that takes them."""
# ruff: noqa: ANN401 - the columns of a row have many types

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from congress.domain.network.course_applications import Applicant, Content
from congress.domain.people import fold_email
from congress.domain.tokens import CourseLink
from congress.extensions import db
from congress.models import Congress, CourseApplication, CourseCall, CoursePerson
from congress.services.tokens import fresh
from tests.builders import ENDS, MADE, STARTS, a_congress, add

EVERY = timedelta(weeks=4)
DAYS = [(STARTS + EVERY * n, ENDS + EVERY * n) for n in range(8)]
CLOSES = datetime(2015, 9, 30, 22, tzinfo=UTC)


def a_course(**values: Any) -> Congress:
    """Store a course of eight modules for twenty people that takes applications."""
    facts: dict[str, Any] = {"kind": "training", "capacity": 20, "days": DAYS}
    congress = a_congress(**facts | values)
    a_course_call(congress)
    return congress


def a_course_call(congress: Congress, **values: Any) -> CourseCall:
    """Store that one can apply, with two people each."""
    facts = {"opens_at": None, "closes_at": CLOSES, "people": 2, "municipalities": 10}
    return add(CourseCall(congress_id=congress.id, is_open=True, **facts | values))


def a_course_application(congress: Congress, **values: Any) -> CourseApplication:
    """Store an application that names two people."""
    _token, kept = fresh(CourseLink.APPLICANT)
    facts: dict[str, Any] = {"organisation": "Stadt Rheine", "state": "new"}
    facts |= {"given_name": "Eva", "family_name": "Amt", "function": "Stab", "motivation": "Wir."}
    facts |= {"email": "amt@rheine.example", "language": "de", "form_key": secrets.token_hex(4)}
    facts |= {"text_version": "1", "created_at": MADE, "changed_at": MADE} | kept | values
    row = add(CourseApplication(**facts, congress_id=congress.id, email_key=facts["email"]))
    for number in range(2):
        _token, kept = fresh(CourseLink.NAMED)
        email = f"person{number}@{row.form_key}.example"
        name = {"given_name": f"P{number}", "family_name": f"Muster {row.form_key}"}
        said = name | {"function": "Amt", "email": email, "email_key": fold_email(email)}
        add(CoursePerson(application_id=row.id, position=number, **said, **kept))
    db.session.commit()
    return row


def content(town: str, *people: str, motivation: str = "Wir wollen lernen.") -> Content:
    """Return what an application of a town says."""
    names = people or ("Anna", "Bert")
    return Content(
        Applicant("Eva", f"Amt {town}", "Stabsstelle", f"amt@{town}.example"),
        tuple(Applicant(name, f"aus {town}", "Amt", f"{name}@{town}.example") for name in names),
        motivation,
    )


def mails(session: Any) -> list[tuple[str, str]]:
    """Return kinds and recipients of all letters, in their order; no calendar messages."""
    found = sa.text("SELECT kind, recipient FROM outbox_messages ORDER BY id")
    return [tuple(row) for row in session.execute(found) if "calendar" not in row.kind]


def calendar_mails(session: Any) -> int:
    """Return how many messages bring a calendar entry and nothing to read."""
    found = sa.text("SELECT kind FROM outbox_messages")
    return sum("calendar" in row.kind for row in session.execute(found))


def letter_facts(letter: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a made-up letter about an application."""
    names = {key: letter[key] for key in ("congress", "given_name", "family_name")}
    said = {"organisation": "Stadt Rheine", "application": 1, "named_by": "Anna Albers"}
    return names | said | {"answer": "reserve", "rank": 1, "paragraphs": [["Danke."]]}
