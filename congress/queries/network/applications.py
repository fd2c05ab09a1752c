"""Applications for membership, for whoever sent them and for the office."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from congress.base import columns_of, table_of, values_of
from congress.domain import tokens
from congress.domain.answer_files import AnswerFile
from congress.domain.network.applications import (
    Applicant,
    Application,
    ApplicationState,
    from_facts,
)
from congress.domain.people import fold_email
from congress.extensions import db
from congress.models import MembershipApplication, MembershipDocument, Organisation

APPLICATIONS, DOCUMENTS = map(table_of, (MembershipApplication, MembershipDocument))
ORGANISATIONS = table_of(Organisation)
PERSON = "given_name family_name function phone email"
STORED = (
    f"id state organisation organisation_id said language created_at changed_at answered_at "
    f"answer member_from {PERSON}"
)


def find(application_id: int) -> Application | None:
    """Return an application by its number."""
    return _one(APPLICATIONS.c.id == application_id)


def find_by_token(token: str) -> Application | None:
    """Return the application that a personal link opens."""
    return _one(APPLICATIONS.c.digest == tokens.digest(token))


def listed(
    states: Collection[ApplicationState], *, limit: int, offset: int = 0
) -> list[Application]:
    """Return applications in these states: the oldest that is open first, then the latest."""
    is_open = APPLICATIONS.c.state == ApplicationState.NEW
    statement = (
        _all()
        .where(APPLICATIONS.c.state.in_(sorted(states)))
        .order_by(is_open.desc(), APPLICATIONS.c.id.desc())
    )
    found = db.session.execute(statement.limit(limit).offset(offset))
    return [as_application(row) for row in found]


def counts() -> dict[ApplicationState, int]:
    """Return how many applications are in which state."""
    rows = db.session.execute(
        select(APPLICATIONS.c.state, func.count()).group_by(APPLICATIONS.c.state)
    )
    found = {state: many for state, many in rows}  # noqa: C416 - rows, not pairs
    return {each: found.get(each, 0) for each in ApplicationState}


def count_from(email: str, *, now: datetime) -> int:
    """Return how many applications came under an address within the last hour."""
    since = APPLICATIONS.c.created_at > now - timedelta(hours=1)
    mine = APPLICATIONS.c.email_key == fold_email(email)
    return db.session.scalars(
        select(func.count()).select_from(APPLICATIONS).where(mine, since)
    ).one()


def count_open_documents() -> int:
    """Return how many documents of applications there are that are no organisation's yet."""
    mine = DOCUMENTS.c.application_id.is_not(None)
    return db.session.scalars(select(func.count()).select_from(DOCUMENTS).where(mine)).one()


def find_file(application_id: int) -> AnswerFile | None:
    """Return the document of an application with its content."""
    found = select(*columns_of(DOCUMENTS, "name media_type content"))
    mine = found.where(DOCUMENTS.c.application_id == application_id)
    row = db.session.execute(mine.order_by(DOCUMENTS.c.id.desc()).limit(1)).one_or_none()
    return AnswerFile(row.name, row.media_type, row.content) if row else None


def as_application(row: Row[Any]) -> Application:
    """Return a row as the value that pages and rules work with."""
    document = (row.document_id, row.document_name) if row.document_id is not None else None
    return Application(
        **values_of(
            row,
            "id organisation organisation_id language created_at changed_at answered_at answer "
            "member_from",
        ),
        state=ApplicationState(row.state),
        registered=row.registered or "",
        applicant=Applicant(**values_of(row, PERSON)),
        checks=from_facts(row.said, has_document=document is not None),
        document=document,
    )


def _one(which: ColumnElement[bool]) -> Application | None:
    row = db.session.execute(_all().where(which)).one_or_none()
    return as_application(row) if row else None


def _all() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *columns_of(APPLICATIONS, STORED),
            ORGANISATIONS.c.name.label("registered"),
            DOCUMENTS.c.id.label("document_id"),
            DOCUMENTS.c.name.label("document_name"),
        )
        .outerjoin(ORGANISATIONS, ORGANISATIONS.c.id == APPLICATIONS.c.organisation_id)
        .outerjoin(DOCUMENTS, DOCUMENTS.c.application_id == APPLICATIONS.c.id)
    )
