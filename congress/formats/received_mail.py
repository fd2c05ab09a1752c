"""Mails from elsewhere taken apart, however badly they are made (RFC 5322, 3464, 6047)."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from typing import Any

from icalendar import Calendar

from congress.domain.mails.received import LONGEST_TEXT, Received, Reply, Report
from congress.formats.letters import one_line

HEADERS = ("auto-submitted", "precedence", "return-path", "x-autoreply", "x-autorespond")
ANSWERS_TO = ("In-Reply-To", "References")
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")
MESSAGE_ID = re.compile(r"<[^<>\s]{3,200}@[^<>\s]{1,200}>")
OF_RETURNED = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
# Each start is read once, whatever it is followed by: a megabyte of "<" must not hold the worker.
TAG = re.compile(
    r"<(?:style|script)\b.*?(?:</(?:style|script)>|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL
)
NOT_STORED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MAILTO = "mailto:"
LONGEST_LINE = 200
MOST_PARTS = 50
MOST_IDS = 20
MOST_SEQUENCE = 2**31 - 1


def digest(raw: bytes) -> str:
    """Return what tells a mail from any other."""
    return hashlib.sha256(raw).hexdigest()


def read(raw: bytes, *, is_whole: bool = True) -> Received:
    """Take a mail apart; one that cannot be is marked, and never raises."""
    try:
        return _read(message_from_bytes(raw, policy=policy.default), is_whole=is_whole)
    except Exception:  # noqa: BLE001 - the library raises what it likes on what anybody may send
        return Received(sender="", subject="", is_readable=False)


def _read(message: EmailMessage, *, is_whole: bool) -> Received:
    parts = list(_parts(message))
    texts = {part.get_content_type(): part for part in reversed(parts)}
    text = _text(texts.get("text/plain")) or _without_tags(_text(texts.get("text/html")))
    calendar = texts.get("text/calendar")
    brings_back = _ids(_brought_back(parts, text))
    return Received(
        sender=_sender(message),
        subject=_line(str(message.get("Subject", ""))),
        text=_storable(text).strip()[:LONGEST_TEXT],
        headers={name: _line(str(message[name])) for name in HEADERS if name in message},
        reply=_reply(_bytes(calendar)) if calendar is not None else None,
        reports=tuple(_reports(parts)),
        is_report=_is_report(message),
        brings_back=brings_back,
        about=_ids((*brings_back, *_answered(message))),
        is_whole=is_whole,
    )


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts of a mail, and not those of a mail that it brings back."""
    waiting: list[Any] = [message]
    for _count in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting = [*part.iter_parts(), *waiting]


def _sender(message: EmailMessage) -> str:
    """Return who writes; all of them, so that a second one does not hide behind the first."""
    named = getaddresses([str(value) for value in message.get_all("From", [])])
    return _line(", ".join(address for _name, address in named if "@" in address))


def _is_report(message: EmailMessage) -> bool:
    """Whether it has the form of a delivery report (RFC 3464, section 2; RFC 3461, section 6.1).

    Not every mailbox says who stood in the envelope; a person cannot make it nobody.
    """
    is_from_nobody = str(message.get("Return-Path", "<>")).strip() == "<>"
    return message.get_content_type() == "multipart/report" and is_from_nobody


def _ids(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_line, found)))[:MOST_IDS]


def _brought_back(parts: list[EmailMessage], text: str) -> Iterator[str]:
    """Yield which mails it holds, and those that servers quote in their words."""
    for part in parts:
        if part.get_content_type() in RETURNED:
            yield from OF_RETURNED.findall(_returned(part))
    yield from OF_RETURNED.findall(text)


def _answered(message: EmailMessage) -> Iterator[str]:
    for name in ANSWERS_TO:
        yield from MESSAGE_ID.findall(str(message.get(name, "")))


def _returned(part: EmailMessage) -> str:
    if part.get_content_type() == "message/rfc822":
        inside: Any = part.get_payload()
        first = inside[0] if isinstance(inside, list) and inside else None
        return f"Message-ID: {first['Message-ID']}" if isinstance(first, Message) else ""
    return _text(part)


def _reports(parts: list[EmailMessage]) -> Iterator[Report]:
    """Yield what a delivery report says of each recipient (RFC 3464, section 2.3)."""
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks: Any = part.get_payload()
        for block in blocks if isinstance(blocks, list) else ():
            if "Action" in block:
                yield Report(
                    action=_line(str(block["Action"])).partition(" ")[0].lower(),
                    status=_line(str(block.get("Status", ""))).partition(" ")[0],
                    recipient=_typed(block, "Original-Recipient")
                    or _typed(block, "Final-Recipient"),
                    diagnostic=_typed(block, "Diagnostic-Code"),
                )


def _typed(block: Any, name: str) -> str:  # noqa: ANN401 - a message of the library
    """Return a field that says of which type it is: "rfc822; eva@example.org"."""
    return _line(str(block.get(name, "")).partition(";")[2])


def _reply(raw: bytes) -> Reply:
    """Read the first event of a calendar object; what is none has no method."""
    try:
        calendar: Any = Calendar.from_ical(raw)
        events = calendar.walk("VEVENT")
        method = str(calendar.get("METHOD", "")).upper()
        if not events:
            return Reply(method)
        [event, *others] = events
        named = event.get("ATTENDEE", [])
        attendees = named if isinstance(named, list) else [named]
        attendee = attendees[0] if attendees else None
        return Reply(
            method=method,
            uid=_line(str(event.get("UID", ""))),
            sequence=min(max(int(event.get("SEQUENCE", 0)), -1), MOST_SEQUENCE),
            attendee=_address(_line(str(attendee or ""))),
            answer=str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper(),
            stamped_at=_moment(event),
            is_of_one=not others and len(attendees) == 1 and "RECURRENCE-ID" not in event,
        )
    except Exception:  # noqa: BLE001 - anybody may send anything
        return Reply("")


def _address(value: str) -> str:
    is_mail = value.lower().startswith(MAILTO)
    return value[len(MAILTO) :] if is_mail else value


def _moment(event: Any) -> datetime | None:  # noqa: ANN401 - a component of the library
    stamp = event.get("DTSTAMP")
    found = getattr(stamp, "dt", None)
    if not isinstance(found, datetime):
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _line(text: str) -> str:
    return one_line(_storable(text))[:LONGEST_LINE]


def _storable(text: str) -> str:
    """Return a text that every database takes: no NUL, and no bytes that were no characters."""
    return NOT_STORED.sub("", text).encode("utf-8", "replace").decode("utf-8")


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage | None) -> str:
    if part is None:
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return _bytes(part).decode(charset, "replace")
    except LookupError:  # a charset that nobody knows
        return _bytes(part).decode("utf-8", "replace")


def _without_tags(html: str) -> str:
    return "\n".join(line for line in TAG.sub(" ", html).splitlines() if line.strip())
