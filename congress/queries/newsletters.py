"""Newsletters: whether one is offered, who reads it, and what a link of a reader opens."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from congress.base import table_of
from congress.domain.mails.readers import Reader
from congress.domain.newsletters import KEPT_UNCONFIRMED
from congress.extensions import db
from congress.models import Congress, Newsletter, NewsletterReader
from congress.queries import mailboxes
from congress.queries.congresses import Heading
from congress.queries.kept import Kept
from congress.queries.mailboxes import OwnMailbox

OFFERS, READERS, CONGRESSES = map(table_of, (Newsletter, NewsletterReader, Congress))
_kept: Kept[bool] = Kept()


def is_offered(congress_id: int) -> bool:
    """Return whether the public page of a congress offers a newsletter."""
    found = select(OFFERS.c.id).where(OFFERS.c.congress_id == congress_id)
    return db.session.scalars(found).one_or_none() is not None


def is_offered_to_public(heading: Heading) -> bool:
    """Return the same for the public page, read once for each state of its content."""

    def read() -> tuple[bool, int]:
        is_there = exists().where(OFFERS.c.congress_id == heading.id)
        found = select(is_there, CONGRESSES.c.content_revision)
        row = db.session.execute(found.where(CONGRESSES.c.id == heading.id)).one()
        return bool(row[0]), row.content_revision

    return _kept.get(heading, read)


def count(congress_id: int | None) -> int:
    """Return how many have confirmed that they want it; without a congress the network's."""
    found = select(func.count()).select_from(READERS)
    confirmed = READERS.c.confirmed_at.is_not(None)
    return db.session.scalars(found.where(READERS.c.congress_id == congress_id, confirmed)).one()


def readers(*which: Any) -> list[Reader]:  # noqa: ANN401 - conditions
    """Return those who have confirmed, by conditions; they gave no name."""
    found = select(READERS.c.id, READERS.c.email, READERS.c.language)
    rows = db.session.execute(
        found.where(READERS.c.confirmed_at.is_not(None), *which).order_by(READERS.c.id)
    )
    return [Reader(row.id, "", "", row.email, row.language) for row in rows]


def find(token: str, *, now: datetime) -> OwnMailbox | None:
    """Return what a link opens; None once its reader has left, or did not confirm in time."""
    return mailboxes.find(READERS, token, is_late=is_late(now))


def is_late(now: datetime) -> ColumnElement[bool]:
    """Return the condition of who did not confirm in time, also where the row is still there."""
    return mailboxes.is_unconfirmed(READERS, KEPT_UNCONFIRMED, now)
