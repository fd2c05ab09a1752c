"""The archive of info mails of the network: what members find in it, and what everybody does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from congress.base import columns_of, table_of
from congress.domain.folding import fold_sought
from congress.domain.mails.mailings import MailingState
from congress.domain.network.mails import ArchiveReaders, without_reader
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import ArchivedMail, Mailing

MAILINGS, ARCHIVED = table_of(Mailing), table_of(ArchivedMail)


@dataclass(frozen=True)
class Archived:
    """An info mail in the archive, as everybody may read it."""

    mailing_id: int
    code: str
    readers: ArchiveReaders
    subject: Texts
    text: Texts
    sent_at: datetime


@dataclass(frozen=True)
class ArchivedAs:
    """How an info mail reads in the archive; without readers it is not in it."""

    readers: ArchiveReaders | None
    code: str
    subject: Texts
    text: Texts


def stuck() -> tuple[int, int]:
    """Return how many did not go out at their moment, and how many somebody has paused."""
    of_network = MAILINGS.c.congress_id.is_(None)
    is_paused = (MAILINGS.c.state == MailingState.PAUSED) & (MAILINGS.c.fault == "")
    counts = (
        select(func.count()).where(of_network, which).scalar_subquery()
        for which in (MAILINGS.c.fault != "", is_paused)
    )
    not_sent, paused = db.session.execute(select(*counts)).one()
    return not_sent, paused


def archive(
    readers: Collection[ArchiveReaders], words: str, *, limit: int, offset: int
) -> tuple[list[Archived], int]:
    """Return one page of what these readers find in the archive, the latest first; how many."""
    which: list[ColumnElement[bool]] = [ARCHIVED.c.readers.in_(readers)]
    which += [
        ARCHIVED.c.search.contains(each, autoescape=True) for each in fold_sought(words).split()
    ]
    total = db.session.scalars(select(func.count()).select_from(ARCHIVED).where(*which)).one()
    in_order = _ARCHIVED.where(*which).order_by(MAILINGS.c.started_at.desc(), MAILINGS.c.id.desc())
    rows = db.session.execute(in_order.limit(limit).offset(offset))
    return [_as_archived(row) for row in rows], total


def find_archived(code: str, readers: Collection[ArchiveReaders]) -> Archived | None:
    """Return what these readers find under a name in the archive."""
    which = (ARCHIVED.c.code == code, ARCHIVED.c.readers.in_(readers))
    row = db.session.execute(_ARCHIVED.where(*which)).one_or_none()
    return _as_archived(row) if row else None


def as_archived(mailing_id: int, subject: Texts, text: Texts) -> ArchivedAs:
    """Return how an info mail would read in the archive, and who reads it there, if anybody."""
    found = db.session.execute(
        select(*columns_of(ARCHIVED, "readers code")).where(ARCHIVED.c.mailing_id == mailing_id)
    ).one_or_none()
    readers, code = (ArchiveReaders(found.readers), found.code) if found else (None, "")
    return ArchivedAs(readers, code, without_reader(subject), without_reader(text))


def readers_of(mailing_ids: Collection[int]) -> dict[int, ArchiveReaders]:
    """Return who reads which info mails in the archive."""
    rows = db.session.execute(
        select(*columns_of(ARCHIVED, "mailing_id readers")).where(
            ARCHIVED.c.mailing_id.in_(mailing_ids)
        )
    )
    return {row.mailing_id: ArchiveReaders(row.readers) for row in rows}


def codes() -> list[str]:
    """Return the names of all in their public addresses."""
    return list(db.session.scalars(select(ARCHIVED.c.code)))


_ARCHIVED = select(
    *columns_of(ARCHIVED, "mailing_id code readers"),
    *columns_of(MAILINGS, "subject text started_at"),
).join(MAILINGS, MAILINGS.c.id == ARCHIVED.c.mailing_id)


def _as_archived(row: Row[*tuple[Any, ...]]) -> Archived:
    return Archived(
        row.mailing_id,
        row.code,
        ArchiveReaders(row.readers),
        without_reader(row.subject),
        without_reader(row.text),
        row.started_at,
    )
