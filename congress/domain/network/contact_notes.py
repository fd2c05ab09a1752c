"""The contact log: what is noted of a contact, what follows from it, how long it is kept."""

import hashlib
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from congress.domain.errors import Refused
from congress.domain.folding import fold_sought

# Whoever follows in office reads on; two terms of planning later it helps nobody any more.
KEPT_AFTER_CONTACT = timedelta(days=730)
KEPT_AFTER_DONE = timedelta(days=30)  # what was open for longer than that
FIRST_HOUR = 7  # from when on somebody is reminded of what is due that day
POSTPONED = timedelta(days=7)


class ContactKind(StrEnum):
    """In which way one was in contact."""

    CALL = "call"
    VISIT = "visit"
    MAIL = "mail"
    MEETING = "meeting"


@dataclass(frozen=True)
class NoteFacts:
    """What somebody notes of a contact; the names are those of the columns."""

    organisation_id: int
    kind: ContactKind
    day: date
    topic: str
    at: time | None = None
    text: str = ""
    contact_id: int | None = None
    follow_up_on: date | None = None
    follow_up_for: int | None = None

    @property
    def search(self) -> str:
        """The text in which the note is found, folded like what is looked for and no longer."""
        return fold_sought(f"{self.topic} {self.text}")

    @property
    def version(self) -> str:
        """What tells these facts from others: nobody saves over what they have not seen."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]

    def changes_to(self, other: "NoteFacts") -> list[str]:
        """Return the names of what another one says differently."""
        names = (each.name for each in fields(self))
        return [name for name in names if getattr(self, name) != getattr(other, name)]


class NoteEditedMeanwhile(Refused):
    """Somebody else has changed the note since the page was opened."""


class NoteGone(Refused):
    """The note was deleted since the page was opened."""


def is_reopened(before: NoteFacts, after: NoteFacts) -> bool:
    """Return whether something that was done is to be looked at again: on another day, or none."""
    return before.follow_up_on != after.follow_up_on


def postponed_to(today: date) -> date:
    """Return the day that is offered to whoever puts something off."""
    return today + POSTPONED


def is_due(follow_up_on: date | None, done_at: datetime | None, *, today: date) -> bool:
    """Return whether somebody has to look at a note again, today or since an earlier day."""
    return follow_up_on is not None and done_at is None and follow_up_on <= today


def goes_on(
    day: date, follow_up_on: date | None, done_at: datetime | None, *, zone: ZoneInfo
) -> date | None:
    """Return the day from which a note is deleted; none while something of it is open."""
    after_contact = day + KEPT_AFTER_CONTACT
    if follow_up_on is None:
        return after_contact
    if done_at is None:
        return None
    return max(after_contact, (done_at + KEPT_AFTER_DONE).astimezone(zone).date())
