"""How far news for very many people has come."""

from dataclasses import dataclass

from sqlalchemy import func, select

from congress.extensions import db
from congress.models import Announcement


@dataclass(frozen=True)
class Progress:
    """One piece of news: how many people it concerns, and how many were dealt with."""

    total: int
    done: int


def in_progress(congress_id: int) -> list[Progress]:
    """Return the news of a congress for which letters are still being written."""
    rows = db.session.execute(
        select(Announcement.total, Announcement.done)
        .where(Announcement.congress_id == congress_id, Announcement.finished_at.is_(None))
        .order_by(Announcement.id)
    )
    return [Progress(*row) for row in rows]


def letters_to_write() -> int:
    """Return how many people news is still to be written to, over all congresses."""
    rest = func.coalesce(func.sum(Announcement.total - Announcement.done), 0)
    statement = select(rest).where(Announcement.finished_at.is_(None))
    return int(db.session.scalars(statement).one())
