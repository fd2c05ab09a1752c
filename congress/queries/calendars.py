"""What calendars are made of: the entries of one registration, found by its secret link."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, func, select

from congress.base import columns_of, table_of
from congress.domain import tokens
from congress.domain.calendars.calendar import Entry, Status
from congress.domain.calendars.calendar_json import from_json
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, CalendarEntry, Congress, CongressDay, Registration
from congress.queries.coming_back import NEWER

TOKENS, ENTRIES = table_of(AccessToken), table_of(CalendarEntry)
PEOPLE, CONGRESSES = table_of(Registration), table_of(Congress)
DAYS = table_of(CongressDay)
OWNER = (*columns_of(PEOPLE, "id congress_id language"), CONGRESSES.c.content_revision)
# Whoever has no address is invited by nobody.
BY_MAIL = (~PEOPLE.c.subscribes & (PEOPLE.c.email_key != "")).label("by_mail")
REVISED = (func.count(ENTRIES.c.id), func.coalesce(func.sum(ENTRIES.c.sequence), 0))
OPENED = (
    select(*OWNER)
    .add_columns(*REVISED)
    .join(TOKENS, TOKENS.c.registration_id == PEOPLE.c.id)
    .join(CONGRESSES, CONGRESSES.c.id == PEOPLE.c.congress_id)
    .outerjoin(ENTRIES, ENTRIES.c.registration_id == PEOPLE.c.id)
    .where(
        TOKENS.c.digest == bindparam("digest"),
        TOKENS.c.purpose == bindparam("purpose"),
        TOKENS.c.revoked_at.is_(None),
    )
    .group_by(*OWNER)
)
# One list of numbers, so that the index is used: with an "or" PostgreSQL reads every entry.
ITSELF = select(PEOPLE.c.id).where(PEOPLE.c.id == bindparam("registration_id"))
# Of congresses to come, in whose calendar entries another mailbox than the sender's invites.
EARLIER = (
    select(CONGRESSES.c.organizer)
    .join(DAYS, DAYS.c.congress_id == CONGRESSES.c.id)
    .where(CONGRESSES.c.organizer.not_in(("", bindparam("sender"))))
    .group_by(CONGRESSES.c.organizer)
    .having(func.max(DAYS.c.ends_at) > bindparam("now"))
    .order_by(CONGRESSES.c.organizer)
)
IN_FEED = (
    select(*columns_of(ENTRIES, "day uid sequence revised_at status content"), BY_MAIL)
    .join(PEOPLE, PEOPLE.c.id == ENTRIES.c.registration_id)
    .where(ENTRIES.c.registration_id.in_(ITSELF.union_all(NEWER)))
    .order_by(ENTRIES.c.sequence, ENTRIES.c.id)  # the last one counts
)


@dataclass(frozen=True)
class PersonalCalendar:
    """The calendar of one registration, in its language, and which revision it stands at.

    Entries are never taken away and their SEQUENCE only rises, so number and sum of them tell
    every state from the one before.
    """

    registration_id: int
    congress_id: int
    language: str
    content_revision: int  # of the congress: its name is the calendar's
    entries: int
    revisions: int


def find_personal(token: str, purpose: TokenPurpose) -> PersonalCalendar | None:
    """Return the calendar that a secret link opens, unless the link was revoked."""
    wanted = {"digest": tokens.digest(token), "purpose": purpose}
    row = db.session.execute(OPENED, wanted).one_or_none()
    return PersonalCalendar(*row) if row else None


def entries_of_registration(registration_id: int) -> list[Entry]:
    """Return every entry of a registration, cancelled ones included, in order of days."""
    statement = (
        select(*columns_of(ENTRIES, "uid sequence revised_at status content"))
        .where(ENTRIES.c.registration_id == registration_id)
        .order_by(ENTRIES.c.day)
    )
    return [as_entry(row) for row in db.session.execute(statement)]


class InFeed(NamedTuple):
    """An entry of a feed, and whether invitations by mail are its person's channel."""

    entry: Entry
    by_mail: bool

    @property
    def is_mailed(self) -> bool:
        """Whether the entry stands in a calendar by mail, where a feed would show it again."""
        return self.by_mail and self.entry.status is not Status.CANCELLED


def feed_of_registration(registration_id: int) -> list[InFeed]:
    """Return every entry that the feed of a registration is about, in order of days.

    Whoever withdrew and registered again has one calendar: the feed of the first registration
    goes on with what the newer one says of the same entries.
    """
    latest: dict[str, Row[*tuple[Any, ...]]] = {}
    for row in db.session.execute(IN_FEED, {"registration_id": registration_id}):
        latest[row.uid] = row
    in_order = sorted(latest.values(), key=lambda row: row.day)
    return [InFeed(as_entry(row), row.by_mail) for row in in_order]


def as_entry(row: Row[*tuple[Any, ...]]) -> Entry:
    """Return an entry as its row states it."""
    return Entry(row.uid, row.sequence, row.revised_at, Status(row.status), from_json(row.content))


def organizers(congress_ids: Collection[int]) -> dict[int, str]:
    """Return which mailbox invites in the entries of congresses; empty where none has yet."""
    statement = select(*columns_of(CONGRESSES, "id organizer"))
    rows = db.session.execute(statement.where(CONGRESSES.c.id.in_(congress_ids)))
    return {row.id: row.organizer for row in rows}


def earlier_organizers(sender: str, *, now: datetime) -> list[str]:
    """Return the mailboxes other than `sender` that invite in entries of congresses to come.

    Calendars answer there, so somebody has to read them still.
    """
    return list(db.session.scalars(EARLIER, {"sender": sender, "now": now}))
