"""Which links to the files of saved views are mailed to whom, and which is the next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from congress.base import columns_of, table_of
from congress.domain.attendee_views import SavedView
from congress.domain.list_mails import ListMail, Rhythm
from congress.extensions import db
from congress.models import AttendeeView
from congress.models import ListMail as Stored

MAILS, VIEWS = table_of(Stored), table_of(AttendeeView)


@dataclass(frozen=True)
class DueListMail:
    """One that is to be written: for whom, of which congress, which view."""

    id: int
    congress_id: int
    user_id: int
    view: SavedView
    mail: ListMail


def of_account(congress_id: int, user_id: int) -> dict[int, ListMail]:
    """Return what an account is mailed of a congress, by its views."""
    statement = select(MAILS).where(MAILS.c.congress_id == congress_id, MAILS.c.user_id == user_id)
    return {row.view_id: _as_mail(row) for row in db.session.execute(statement)}


def find_due(*, now: datetime) -> DueListMail | None:
    """Return the one that has been due for longest."""
    row = db.session.execute(
        select(
            MAILS,
            *columns_of(VIEWS, "name query"),
            VIEWS.c.user_id.is_(None).label("is_shared"),
        )
        .join(VIEWS, VIEWS.c.id == MAILS.c.view_id)
        .where(MAILS.c.next_at <= now)
        .order_by(MAILS.c.next_at, MAILS.c.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    view = SavedView(row.name, row.query, row.is_shared, row.view_id)
    return DueListMail(row.id, row.congress_id, row.user_id, view, _as_mail(row))


def _as_mail(row: Row[*tuple[Any, ...]]) -> ListMail:
    return ListMail(row.view_id, Rhythm(row.weekday, row.hour), row.next_at)
