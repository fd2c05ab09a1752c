"""Signed sheets that were filed as evidence: which there are; their bytes are read one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from congress.base import columns_of, table_of
from congress.domain.answer_files import AnswerFile
from congress.domain.legal import keeps_evidence_until
from congress.extensions import db
from congress.models import SignedPaper
from congress.queries.congresses import get_congress

PAPERS = table_of(SignedPaper)


@dataclass(frozen=True)
class Paper:
    """A signed sheet without its bytes; `size` is how many there are."""

    id: int
    item_id: int | None  # none for the congress itself, or a workshop that is gone
    day: date
    name: str
    size: int
    digest: str
    filed_at: datetime


def of_congress(congress_id: int) -> list[Paper]:
    """Return the signed sheets of a congress, by day, workshop and when they were filed."""
    found = db.session.execute(
        select(*columns_of(PAPERS, "id item_id day name size digest filed_at"))
        .where(PAPERS.c.congress_id == congress_id)
        .order_by(PAPERS.c.day, PAPERS.c.item_id.is_not(None), PAPERS.c.item_id, PAPERS.c.id)
    )
    return [Paper(*row) for row in found]


def find(congress_id: int, paper_id: int) -> Paper | None:
    """Return one; of another congress there is none (SEC-02)."""
    return next((each for each in of_congress(congress_id) if each.id == paper_id), None)


def find_file(congress_id: int, paper_id: int) -> AnswerFile | None:
    """Return one as it was filed."""
    row = db.session.execute(
        select(*columns_of(PAPERS, "name media_type content")).where(
            PAPERS.c.congress_id == congress_id, PAPERS.c.id == paper_id
        )
    ).one_or_none()
    return AnswerFile(*row) if row else None


def count(congress_id: int) -> int:
    """Return how many there are."""
    statement = select(func.count()).where(PAPERS.c.congress_id == congress_id)
    return db.session.scalars(statement).one()


def kept_too_long(now: datetime) -> Sequence[int]:
    """Return the congresses whose signed sheets are to go, by their own clocks."""
    found = db.session.scalars(select(PAPERS.c.congress_id).distinct()).all()
    congresses = (get_congress(congress_id) for congress_id in found)
    return [
        each.id
        for each in congresses
        if keeps_evidence_until(each) < now.astimezone(each.zone).date()
    ]
