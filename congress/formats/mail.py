"""Finished mails: words and calendar object as the bytes that go over the wire (RFC 5322, 2045).

The bytes are a function of the letter alone, part borders included, so that a mail repeated after
a crash is the same mail.
"""

import hashlib
import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from congress.domain.calendars.calendar import Method, with_url
from congress.domain.calendars.calendar_json import entry_from_facts
from congress.domain.mails.kinds import UNSUBSCRIBED, MessageKind
from congress.domain.mails.masking import CODE_PICTURE
from congress.domain.mails.messages import EntryFacts
from congress.domain.mails.templates import Template
from congress.domain.people import fold_email
from congress.formats import codes, ics, kept_mail
from congress.formats.letters import Wording, compose, one_line

# Exchange takes a name with @ for a forged sender; the others would need quoting (RFC 5322, 3.2.3).
NOT_IN_NAMES = str.maketrans(dict.fromkeys('@:,"<>;\\()[]', " "))
LONGEST_NAME = 201  # a given and a family name, whole
LONGEST_LINE = 78  # RFC 5322, section 2.1.1
LONGEST_FILE_NAME = 900  # octets as written; a line has 998 (RFC 5322, section 2.1.1)
ATTACHMENT = "einladung.ics"
SAVED_DATE = "termin.ics"
NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|;]')


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail, by the number it is stored under."""

    id: int
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class MailToRender:
    """One mail as facts; `links` are absolute addresses by name, secret ones among them."""

    kind: str
    language: str
    recipient: str
    recipient_name: str
    facts: Mapping[str, Any]
    message_id: str
    created_at: datetime
    sender: str
    sender_name: str
    zone: ZoneInfo
    organizer: str = ""  # the mailbox that invites in calendar entries; empty: the sender
    organizer_name: str = ""  # of calendar entries, which keep it; empty: that of the sender
    reply_to: str | None = None
    links: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Attachment, ...] = ()
    template: Template | None = None  # what organisers made of this kind of mail
    door_code: str = ""  # shown as a picture that goes with the words


@dataclass(frozen=True)
class RenderedMail:
    """A mail ready to be sent: the bytes that are kept, in which `files` are only named."""

    subject: str
    kept: bytes
    files: Mapping[int, bytes] = field(default_factory=dict)

    @cached_property
    def raw(self) -> bytes:
        """The bytes that go over the wire; raises `FileGone`."""
        return kept_mail.whole(self.kept, self.files)


def render(letter: MailToRender) -> RenderedMail:
    """Put a mail into words and bytes; raises where its facts do not fit its kind."""
    picture = {"door_code": f"cid:{_picture_id(letter)}"} if letter.door_code else {}
    words = compose(
        letter.kind,
        letter.language,
        letter.facts,
        links={**letter.links, **picture},
        zone=letter.zone,
        written_at=letter.created_at,
        template=letter.template,
    )
    sender_name = display_name(letter.sender_name)
    headers = [
        _same_for_many(_mailbox, "From", sender_name, letter.sender),
        _mailbox("To", display_name(letter.recipient_name), letter.recipient),
        *([_mailbox("Reply-To", "", letter.reply_to)] if letter.reply_to else []),
        _same_for_many(_header, "Subject", words.subject),
        _header("Date", format_datetime(letter.created_at)),
        _header("Message-ID", letter.message_id),
        _header("Auto-Submitted", "auto-generated"),  # no out-of-office answers (RFC 3834)
        _header("Content-Language", letter.language),
        *_of_list(letter),
        _header("MIME-Version", "1.0"),
    ]
    body = _body(letter, words)
    kept = ("".join(headers) + body).encode("ascii")
    return RenderedMail(words.subject, kept, {each.id: each.content for each in letter.files})


def _of_list(letter: MailToRender) -> list[str]:
    """Return what tells mail programs how a newsletter is left, or the like (RFC 2369, 2919, 8058).

    One line each, whatever its length: some programs read no folded address.
    """
    name = UNSUBSCRIBED.get(MessageKind(letter.kind))
    if name is None or "unsubscribe" not in letter.links:
        return []
    slug = letter.facts["congress"]["slug"] if "congress" in letter.facts else "network"
    domain = letter.sender.rpartition("@")[2]
    return [
        f"List-Unsubscribe: <{letter.links['unsubscribe']}>\r\n",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        _header("List-Id", f"<{slug}.{name}.{domain}>"),
        _header("Precedence", "bulk"),
    ]


def display_name(name: str) -> str:
    """Return a name as it may stand before an address (SEC-28)."""
    return one_line(one_line(name).translate(NOT_IN_NAMES))[:LONGEST_NAME].strip()


@lru_cache(maxsize=256)
def _same_for_many(make: Callable[..., str], *values: str) -> str:
    """Keep a header that many mails have: an encoded word takes long to fold."""
    return make(*values)


def _header(name: str, value: str) -> str:
    """Return a header, folded and in ASCII.

    By hand, because the library's policies put two spaces where an encoded word begins a line.
    """
    if _is_plain(value) and len(name) + len(value) < LONGEST_LINE - 2:
        return f"{name}: {value}\r\n"
    charset = "us-ascii" if _is_plain(value) else "utf-8"
    folded = Header(value, charset, header_name=name).encode(linesep="\r\n")
    return f"{name}: {folded}\r\n"


def _mailbox(header: str, name: str, address: str) -> str:
    """Return a header with one address; raises ValueError if it is none."""
    local, _, domain = address.rpartition("@")
    ascii_domain = domain if domain.isascii() else domain.encode("idna").decode()
    address = Address(username=local, domain=ascii_domain).addr_spec
    if not name:
        return f"{header}: {address}\r\n"  # no encoded word may stand in it (RFC 2047, section 5)
    if "." in name and _is_plain(name):  # the one mark left that needs quoting (RFC 5322, 3.2.3)
        name = f'"{name}"'
    return _header(header, name).removesuffix("\r\n") + f"\r\n <{address}>\r\n"


def _is_plain(value: str) -> bool:
    """Whether a value may stand as it is; what looks encoded would be decoded (RFC 2047)."""
    return value.isascii() and "=?" not in value


def _body(letter: MailToRender, words: Wording) -> str:
    """Return the parts with their headers; calendar programs act on the last alternative.

    RFC 6047, section 2.4: the part says `method`. The same bytes once more are a file, for
    programs that know no invitations.
    """
    mark = _mark(letter)
    parts = [_text(words.text, "plain"), _html(letter, words.html)]
    entry: EntryFacts | None = letter.facts.get("entry")
    if not entry:
        return _with_files(letter, mark, parts)
    calendar = _calendar_object(letter, entry)
    method = Method(entry["method"])
    parts.append(_base64(calendar, f"text/calendar; charset=UTF-8; method={method.value}"))
    attached = _base64(
        calendar,
        f'application/ics; name="{ATTACHMENT}"',
        f'Content-Disposition: attachment; filename="{ATTACHMENT}"',
    )
    alternatives = _multipart("alternative", f"=_{mark}_1", parts)
    return _multipart("mixed", f"=_{mark}_0", [alternatives, attached])


def _mark(letter: MailToRender) -> str:
    return hashlib.sha256(letter.message_id.encode()).hexdigest()[:24]


def _picture_id(letter: MailToRender) -> str:
    """Return by which name the words call their picture (RFC 2392)."""
    return f"{CODE_PICTURE}.{_mark(letter)}@{letter.sender.rpartition('@')[2]}"


def _html(letter: MailToRender, html: str) -> str:
    """Return the words with the picture that they show, so that nothing is fetched (RFC 2387)."""
    name = _picture_id(letter)
    if not letter.door_code or f'"cid:{name}"' not in html:
        return _text(html, "html")
    picture = _base64(
        codes.png(letter.door_code),
        "image/png",
        f"Content-ID: <{name}>",
        f'Content-Disposition: inline; filename="{CODE_PICTURE}.png"',
    )
    parts, border = [_text(html, "html"), picture], f"=_{_mark(letter)}_2"
    return _multipart('related; type="text/html"', border, parts)


def _with_files(letter: MailToRender, mark: str, parts: Sequence[str]) -> str:
    saved: EntryFacts | None = letter.facts.get("saved_date")
    if saved:
        words = _multipart("alternative", f"=_{mark}_1", parts)
        return _multipart("mixed", f"=_{mark}_0", [words, _saved_date(letter, saved)])
    if not letter.files:
        return _multipart("alternative", f"=_{mark}_0", parts)
    words = _multipart("alternative", f"=_{mark}_1", parts)
    return _multipart("mixed", f"=_{mark}_0", [words, *map(_attached, letter.files)])


def _attached(file: Attachment) -> str:
    """Return a file as a part; a name with umlauts is said as RFC 2231, section 4, wants it."""
    name = _short(NOT_IN_FILE_NAMES.sub("_", one_line(file.name)))
    value = f'="{name}"' if name.isascii() else f"*=utf-8''{quote(name)}"
    return _part(
        f"{file.media_type}; name{value}",
        "base64",
        kept_mail.place(file.id, file.content),
        f"Content-Disposition: attachment; filename{value}",
    )


def _short(name: str) -> str:
    """Return a file's name, its ending kept, that fits on a line."""
    stem, dot, ending = name.rpartition(".")
    while stem and len(quote(name)) > LONGEST_FILE_NAME:
        stem = stem[:-1]
        name = f"{stem}{dot}{ending}"
    return name


def _multipart(subtype: str, border: str, parts: Sequence[str]) -> str:
    """Return parts as one (RFC 2046, section 5.1); borders cannot occur in encoded text."""
    inside = "".join(f"--{border}\r\n{part}\r\n" for part in parts)
    header = f'Content-Type: multipart/{subtype}; boundary="{border}"'
    return f"{header}\r\n\r\n{inside}--{border}--\r\n"


def _text(text: str, subtype: str) -> str:
    # Always quoted-printable: readable in a log, and lines of any length survive every relay.
    octets = b2a_qp(text.encode(), istext=True).decode("ascii")
    return _part(f'text/{subtype}; charset="utf-8"', "quoted-printable", octets)


def _base64(content: bytes, content_type: str, *headers: str) -> str:
    return _part(content_type, "base64", encodebytes(content).decode("ascii"), *headers)


def _part(content_type: str, encoding: str, content: str, *headers: str) -> str:
    of_part = [f"Content-Type: {content_type}", f"Content-Transfer-Encoding: {encoding}", *headers]
    return "\r\n".join([*of_part, "", *content.splitlines(), ""])


def _saved_date(letter: MailToRender, saved: EntryFacts) -> str:
    """Return the date of a congress as a file: nobody is invited, so it is no alternative."""
    entry = replace(entry_from_facts(saved), transparent=True)
    organizer = display_name(letter.organizer_name or letter.sender_name)
    calendar = ics.published(
        with_url(entry, letter.links["congress"]),
        organizer=ics.Address(organizer, letter.organizer or letter.sender),
    )
    return _base64(
        calendar,
        f'application/ics; name="{SAVED_DATE}"',
        f'Content-Disposition: attachment; filename="{SAVED_DATE}"',
    )


def _calendar_object(letter: MailToRender, entry: EntryFacts) -> bytes:
    organizer = display_name(letter.organizer_name or letter.sender_name)
    return ics.message(
        with_url(entry_from_facts(entry), letter.links["congress"]),
        method=Method(entry["method"]),
        organizer=ics.Address(organizer, _organizer(letter)),
        sent_by=letter.sender if letter.organizer not in {"", letter.sender} else "",
        attendee=ics.Address(display_name(letter.recipient_name), letter.recipient),
    )


def _organizer(letter: MailToRender) -> str:
    """Return the functional mailbox that invites; nobody is invited by themselves (ICS-08)."""
    mailbox = letter.organizer or letter.sender
    if fold_email(mailbox) != fold_email(letter.recipient):
        return mailbox
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+calendar@{domain}"
