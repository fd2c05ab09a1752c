"""Calendar entries and their revisions (RFC 5545, 5546).

An entry is one VEVENT as last stated. What it says is kept whole, so that the same state always
gives the same bytes; SEQUENCE and DTSTAMP change together, by the rule in `revise`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

# What a SEQUENCE is raised by when a backup was put back: to be above all that went out since, as
# it never goes back, or calendars would pass over the next change (RFC 5546, section 2.1.4).
BEYOND_A_BACKUP = 1000


class Method(StrEnum):
    """What a message does to the recipient's calendar (RFC 5546, section 1.4)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"  # for whoever wants to keep it; nobody is invited


class Status(StrEnum):
    """The STATUS of a VEVENT."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Conference:
    """A room in which one takes part online (RFC 7986, section 5.11); the address is `https`."""

    label: str
    address: str


@dataclass(frozen=True)
class Content:
    """The words and times of an entry.

    `starts` and `ends` are both aware moments, shown in `timezone`, or both dates (an all-day
    entry; the end is the day after the last one). Texts are plain, without markup; `url` is a
    public page and never holds a secret. Personal entries are kept without it (`with_url`).
    `reminder` are minutes before the beginning, 0 for none; another one is no revision by itself.
    The description names each of the `conferences` too, as most programs show only that.
    """

    summary: str
    starts: datetime | date
    ends: datetime | date
    timezone: str
    location: str = ""
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    reminder: int = field(default=0, compare=False)
    conferences: tuple[Conference, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One VEVENT: a stable UID, a SEQUENCE that only rises, the moment of the last revision."""

    uid: str
    sequence: int
    revised_at: datetime
    status: Status
    content: Content
    transparent: bool = False  # public feeds mark nobody as busy


def revise(entry: Entry, content: Content, status: Status, *, now: datetime) -> Entry:
    """Return the entry as it stands from now on; unchanged content is no revision.

    SEQUENCE rises by one with each change and DTSTAMP never goes back, not even if the clock
    does (RFC 5546, section 2.1.4).
    """
    if (entry.content, entry.status) == (content, status):
        return entry
    return replace(again(entry, now=now), status=status, content=content)


def again(entry: Entry, *, now: datetime) -> Entry:
    """Return the next revision of an entry that says the same, to another name or mailbox."""
    return replace(entry, sequence=entry.sequence + 1, revised_at=max(now, entry.revised_at))


def without_conferences(content: Content) -> Content:
    """Return what is left to say of an entry that ends: it names no room any more."""
    addresses = [each.address for each in content.conferences]
    blocks = (block.split("\n") for block in content.description.split("\n\n"))
    kept = (
        "\n".join(line for line in lines if not any(each in line for each in addresses))
        for lines in blocks
    )
    return replace(content, description="\n\n".join(filter(None, kept)), conferences=())


def with_url(entry: Entry, url: str) -> Entry:
    """Return an entry with the page it belongs to, put in when it is written out.

    Where the program can be reached is no part of what was stated: another address is no news.
    """
    return replace(entry, content=replace(entry.content, url=url))
