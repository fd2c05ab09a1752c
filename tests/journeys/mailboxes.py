"""What calendar programs make of the mails in a mailbox, step by step, beside a subscription."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar, Event

from tests import calendar_readers

TEXTS = ("uid", "summary", "description", "location", "status")
Entry = dict[str, Any]  # of an event, as one of the readers understands it


@dataclass(frozen=True)
class Look:
    """What somebody has at one moment: so many objects by mail, and the calendar to subscribe."""

    objects: int
    feed: bytes
    subscribes: bool
    stated: Event  # what the own page tells of


@dataclass
class Mailbox:
    """The calendar objects that arrived, in order, and the calendar that they add up to."""

    objects: list[bytes] = field(default_factory=list)
    calendar: dict[str, Event] = field(default_factory=dict)  # with what ended
    looks: list[Look] = field(default_factory=list)

    def take(self, mail: EmailMessage) -> None:
        """Do with a mail what calendar programs do (RFC 5546, 2.1.5, 3.2.2 and 3.2.5)."""
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                octets = part.get_payload(decode=True)
                assert isinstance(octets, bytes)
                self.objects.append(octets)
                self._take(Calendar.from_ical(octets))

    def _take(self, content: Calendar) -> None:
        [event] = content.events
        uid, known = str(event["UID"]), self.calendar.get(str(event["UID"]))
        if known is not None:
            assert int(str(event["SEQUENCE"])) > int(str(known["SEQUENCE"]))
            assert moment(event, "DTSTAMP") >= moment(known, "DTSTAMP")
        is_end = content["METHOD"] == "CANCEL"
        assert content["METHOD"] in {"REQUEST", "CANCEL"}
        assert event["STATUS"] == ("CANCELLED" if is_end else "CONFIRMED")
        assert known is not None or not is_end, "a CANCEL of what nobody was invited to"
        self.calendar[uid] = event

    def look(self, feed: bytes, stated: Event, *, subscribes: bool) -> None:
        """Remember what is there now, and what has to come of it."""
        self.looks.append(Look(len(self.objects), feed, subscribes, stated))


def require_agreement(mailboxes: Iterable[Mailbox]) -> None:
    """Require of every reader of another maker the calendar that is stated, at every moment.

    Each mailbox is applied as it arrived, by what that reader makes of it, and put together with
    the subscription: no event is in both, and whoever subscribes has none by mail.
    """
    boxes = list(mailboxes)
    files = [each for box in boxes for each in (*box.objects, *(look.feed for look in box.looks))]
    known = list(dict.fromkeys(files))
    for reader, found in calendar_readers.read_with_all(known).items():
        read = dict(zip(known, found, strict=True))
        for box in boxes:
            for shown, look in zip(_history(box, read), box.looks, strict=True):
                is_over = look.stated["STATUS"] == "CANCELLED"
                assert shown == ([] if is_over else [_told(look.stated)]), reader


def _history(box: Mailbox, read: Mapping[bytes, list[Entry]]) -> Iterator[list[Entry]]:
    """Yield what a calendar program shows at each moment, mails and subscription together."""
    by_mail: dict[str, Entry] = {}
    arrived = 0
    for look in box.looks:
        for octets in box.objects[arrived : look.objects]:
            [event] = read[octets]
            _apply(event, by_mail)
        arrived = look.objects
        subscribed = [each for each in read[look.feed] if each["status"] != "CANCELLED"]
        assert not (look.subscribes and by_mail)
        yield [_without_method(each) for each in (*by_mail.values(), *subscribed)]


def _apply(event: Entry, by_mail: dict[str, Entry]) -> None:
    """Do with an object what RFC 5546 says, by what a reader has read."""
    known = by_mail.pop(event["uid"], None)
    assert known is None or event["sequence"] > known["sequence"]
    if event["method"] == "REQUEST":
        by_mail[event["uid"]] = event
    else:
        assert (event["method"], event["status"]) == ("CANCEL", "CANCELLED")


def _without_method(event: Entry) -> Entry:
    return {name: value for name, value in event.items() if name != "method"}


def _told(event: Event) -> Entry:
    """Return of an event what every reader tells."""
    texts = {name: str(event[name.upper()]) for name in TEXTS}
    return texts | {
        "starts": _in_utc(moment(event, "DTSTART")),
        "ends": _in_utc(moment(event, "DTEND")),
        "sequence": int(str(event["SEQUENCE"])),
    }


def _in_utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"


def said(event: Event) -> dict[str, str]:
    """What an entry says; mails add who invites whom, and each writer the page."""
    return {
        name: value.to_ical().decode()
        for name, value in event.items()
        if name not in {"ORGANIZER", "ATTENDEE", "URL"}  # put in on writing
    }


def moment(event: Event, name: str) -> datetime:
    """Return a moment of an event."""
    found = event[name].dt
    assert isinstance(found, datetime)
    return found
