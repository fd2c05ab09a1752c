"""The conditions of membership as they were checked, with their evidence."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from congress.base import columns_of, table_of
from congress.domain.answer_files import AnswerFile
from congress.domain.network.conditions import Check, Condition, Held
from congress.extensions import db
from congress.models import ConditionCheck, MembershipDocument, User
from congress.queries.audit import CALLED

CHECKS, DOCUMENTS, USERS = map(table_of, (ConditionCheck, MembershipDocument, User))


@dataclass(frozen=True)
class Document:
    """A document that proves something, without its content."""

    id: int
    name: str
    size: int  # bytes
    filed_at: datetime


@dataclass(frozen=True)
class Checked:
    """What was found out about a condition, by whom, and as long as that was held to be true."""

    id: int
    check: Check
    document: Document | None
    checked_on: date
    recorded_at: datetime
    superseded_at: datetime | None
    by: str  # empty where the account is gone


def checks(organisation_id: int) -> list[Checked]:
    """Return all that was ever found out, the newest first of each condition."""
    statement = (
        select(
            *columns_of(
                CHECKS,
                "id condition held shown_on words checked_on recorded_at superseded_at document_id",
            ),
            *columns_of(DOCUMENTS, "name size filed_at"),
            CALLED.label("called"),
        )
        .outerjoin(DOCUMENTS, DOCUMENTS.c.id == CHECKS.c.document_id)
        .outerjoin(USERS, USERS.c.id == CHECKS.c.recorded_by)
        .where(CHECKS.c.organisation_id == organisation_id)
        .order_by(CHECKS.c.id.desc())
    )
    found = []
    for row in db.session.execute(statement):
        has_document = row.document_id is not None
        check = Check(
            Condition(row.condition), Held(row.held), row.shown_on, row.words, has_document
        )
        document = Document(row.document_id, row.name, row.size, row.filed_at)
        found.append(
            Checked(
                row.id,
                check,
                document if has_document else None,
                row.checked_on,
                row.recorded_at,
                row.superseded_at,
                row.called or "",
            )
        )
    return found


def believed(found: list[Checked]) -> dict[Condition, Checked]:
    """Return what holds today, by condition."""
    return {each.check.condition: each for each in found if each.superseded_at is None}


def find_file(organisation_id: int, document_id: int) -> AnswerFile | None:
    """Return a document of an organisation with its content."""
    which = (DOCUMENTS.c.id == document_id, DOCUMENTS.c.organisation_id == organisation_id)
    row = db.session.execute(
        select(*columns_of(DOCUMENTS, "name media_type content")).where(*which)
    ).one_or_none()
    return AnswerFile(row.name, row.media_type, row.content) if row else None


def count_documents(organisation_id: int) -> int:
    """Return how many documents an organisation has."""
    counted = select(func.count()).where(DOCUMENTS.c.organisation_id == organisation_id)
    return db.session.scalars(counted).one()
