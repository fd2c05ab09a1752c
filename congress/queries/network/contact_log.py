"""The contact log: a list to look through, one note, and what is due for whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, tuple_

from congress.base import columns_of, table_of, values_of
from congress.domain.folding import fold_sought
from congress.domain.names import full_name
from congress.domain.network.access import NETWORK_RIGHTS, NetworkRight
from congress.domain.network.contact_notes import ContactKind, NoteFacts
from congress.extensions import db
from congress.models import ContactNote, ContactPerson, Organisation, User

NOTES, ORGANISATIONS = table_of(ContactNote), table_of(Organisation)
PEOPLE, ACCOUNTS = table_of(ContactPerson), table_of(User)
FACTS = "organisation_id kind day topic at text contact_id follow_up_on follow_up_for"
ROLES = [role for role, rights in NETWORK_RIGHTS.items() if NetworkRight.SEE_CONTACT_LOG in rights]
AT_ONCE = 500  # lines of a file


class FollowUps(StrEnum):
    """Which notes are looked for by what follows from them."""

    OPEN = "open"
    DUE = "due"


@dataclass(frozen=True)
class Wanted:
    """Which notes are looked for; nothing said is all of them."""

    words: str = ""
    organisation_id: int | None = None
    kind: ContactKind | None = None
    follow_ups: FollowUps | None = None
    account: int | None = None  # who is to look at it again
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Position:
    """Where a page ends: the next begins behind this note."""

    day: date
    id: int


@dataclass(frozen=True)
class Noted:
    """A note with the names of whom it is about and who wrote it."""

    id: int
    facts: NoteFacts
    organisation: str
    contact: str
    responsible: str
    author: str
    done_at: datetime | None

    @property
    def position(self) -> Position:
        return Position(self.facts.day, self.id)

    def starts_at(self, zone: tzinfo) -> datetime | None:
        """Return when it was, where somebody said at what time."""
        at = self.facts.at
        return datetime.combine(self.facts.day, at, zone) if at else None


@dataclass(frozen=True)
class Due:
    """How many follow-ups are due: of all, and of one account."""

    all: int = 0
    mine: int = 0


def listed(
    wanted: Wanted, *, today: date, limit: int, after: Position | None = None
) -> tuple[list[Noted], bool]:
    """Return some of the notes that are looked for, the newest first, and whether more follow.

    Words are looked for in one go through the table, in the order in which it lies on the disk:
    following the order of days takes six times as long. Names are joined to what is shown alone.
    """
    found = NOTES.c
    day = func.coalesce(found.day, found.day) if wanted.words else found.day
    picked = select(found.id).where(*_conditions(wanted, today))
    if after is not None:
        picked = picked.where(tuple_(day, found.id) < tuple_(after.day, after.id))
    page = picked.order_by(day.desc(), found.id.desc()).limit(limit + 1).subquery()
    statement = _notes().join(page, page.c.id == found.id)
    in_order = statement.order_by(found.day.desc(), found.id.desc())
    notes = [as_noted(row) for row in db.session.execute(in_order)]
    return notes[:limit], len(notes) > limit


def all_of(wanted: Wanted, *, today: date) -> Iterator[Noted]:
    """Return all notes that are looked for, the newest first, some at a time."""
    after, has_more = None, True
    while has_more:
        some, has_more = listed(wanted, today=today, limit=AT_ONCE, after=after)
        yield from some
        after = some[-1].position if some else None


def find(note_id: int) -> Noted | None:
    """Return one note."""
    row = db.session.execute(_notes().where(NOTES.c.id == note_id)).one_or_none()
    return as_noted(row) if row else None


def responsible() -> dict[int, str]:
    """Return the accounts that may read the log, by their numbers: follow-ups are theirs."""
    statement = select(*columns_of(ACCOUNTS, "id name email")).where(_may_read())
    found = {row.id: row.name or row.email for row in db.session.execute(statement)}
    return dict(sorted(found.items(), key=lambda each: fold_sought(each[1])))


def due(user_id: int, *, today: date) -> Due:
    """Return how many follow-ups are due."""
    mine = func.count().filter(NOTES.c.follow_up_for == user_id)
    statement = select(func.count(), mine).where(_is_due(today))
    return Due(*db.session.execute(statement).one())


def find_untold(today: date) -> tuple[int, int] | None:
    """Return an account that has not been told today what is due, and how many these are."""
    statement = (
        select(ACCOUNTS.c.id, func.count())
        .join(NOTES, NOTES.c.follow_up_for == ACCOUNTS.c.id)
        .where(
            _is_due(today),
            _may_read(),
            or_(ACCOUNTS.c.follow_ups_told_on.is_(None), ACCOUNTS.c.follow_ups_told_on < today),
        )
        .group_by(ACCOUNTS.c.id)
        .order_by(ACCOUNTS.c.id)
        .limit(1)
    )
    row = db.session.execute(statement).one_or_none()
    return (row[0], row[1]) if row else None


def as_noted(row: Row[*tuple[Any, ...]]) -> Noted:
    """Make a value of a row."""
    said = values_of(row, FACTS) | {"kind": ContactKind(row.kind)}
    return Noted(
        id=row.id,
        facts=NoteFacts(**said),
        organisation=row.organisation,
        contact=full_name(row.given_name, row.family_name) if row.family_name else "",
        responsible=row.responsible or row.responsible_email or "",
        author=row.author or row.author_email or "",
        done_at=row.done_at,
    )


def facts_of(row: ContactNote) -> NoteFacts:
    """Return what a note says."""
    return NoteFacts(**(values_of(row, FACTS) | {"kind": ContactKind(row.kind)}))


def _notes() -> Select[*tuple[Any, ...]]:
    reader, author = ACCOUNTS.alias("reader"), ACCOUNTS.alias("author")
    return (
        select(
            *columns_of(NOTES, f"id {FACTS} done_at"),
            ORGANISATIONS.c.name.label("organisation"),
            *columns_of(PEOPLE, "given_name family_name"),
            reader.c.name.label("responsible"),
            reader.c.email.label("responsible_email"),
            author.c.name.label("author"),
            author.c.email.label("author_email"),
        )
        .select_from(NOTES)
        .join(ORGANISATIONS, ORGANISATIONS.c.id == NOTES.c.organisation_id)
        .outerjoin(PEOPLE, PEOPLE.c.id == NOTES.c.contact_id)
        .outerjoin(reader, reader.c.id == NOTES.c.follow_up_for)
        .outerjoin(author, author.c.id == NOTES.c.written_by)
    )


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found, conditions = NOTES.c, list[ColumnElement[bool]]()
    if wanted.organisation_id is not None:
        conditions.append(found.organisation_id == wanted.organisation_id)
    if wanted.kind:
        conditions.append(found.kind == wanted.kind)
    if wanted.follow_ups is FollowUps.DUE:
        conditions.append(_is_due(today))
    if wanted.follow_ups is FollowUps.OPEN:
        conditions.append(_is_open())
    if wanted.account is not None:
        conditions.append(found.follow_up_for == wanted.account)
    if wanted.since:
        conditions.append(found.day >= wanted.since)
    if wanted.until:
        conditions.append(found.day <= wanted.until)
    return conditions + [_has(word) for word in fold_sought(wanted.words).split()]


def _has(word: str) -> ColumnElement[bool]:
    """Return the condition that a word stands in a note, or in a name of its organisation.

    Those organisations are found once; the rest is one look through the folded texts.
    """
    named = select(ORGANISATIONS.c.id).where(ORGANISATIONS.c.search.contains(word, autoescape=True))
    return or_(NOTES.c.search.contains(word, autoescape=True), NOTES.c.organisation_id.in_(named))


def _is_open() -> ColumnElement[bool]:
    return and_(NOTES.c.follow_up_on.is_not(None), NOTES.c.done_at.is_(None))


def _is_due(today: date) -> ColumnElement[bool]:
    return and_(_is_open(), NOTES.c.follow_up_on <= today)


def _may_read() -> ColumnElement[bool]:
    has_role = or_(ACCOUNTS.c.administrator, ACCOUNTS.c.network_role.in_(ROLES))
    return and_(ACCOUNTS.c.active, has_role)
