"""What a mail that came back means: an answer, a mailbox that takes nothing, nothing, or a human.

Nothing is believed that a stranger could have written. UIDs and Message-IDs are random: who names
one has seen the mail, or registered that address without owning it. An answer counts from the
invited mailbox alone, and that a mailbox is gone only where a server says so of a mail of ours that
went there. What is not sure is for a human.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from congress.domain.people import fold_email

MOST_READ = 1_000_000  # bytes of a mail; what is larger is known by its headers alone
LONGEST_TEXT = 2_000  # characters of a mail that is kept for a human
REPORTED_WITHIN = timedelta(days=14)  # a server gives up after five days at most (RFC 5321, 4.5.4)
KEPT_FOR_A_HUMAN = timedelta(days=30)
ASKED_AGAIN_AFTER = timedelta(days=1)  # whoever says no again: anybody can know a UID of theirs
DEAD_FOR = timedelta(days=180)  # then an address is tried again

# Permanent, and about the mailbox or its domain: not its size, our reputation or the content
# (RFC 3463). 5.4.1 is what Exchange Online says of somebody it does not know.
_MAILBOX_IS_GONE = re.compile(r"5\.(?:1\.(?:0|1|2|3|6|10)|2\.1|4\.1|4\.4)(?!\d)")
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']+@[^\s<>()\[\]:;,\"']+")
# Without such a status the plain code says nothing: 550 is said of spam and of relays as well.
_REFUSED = re.compile(r"(?:550|551|553)(?!\d)")
_NO_SUCH_MAILBOX = re.compile(
    r"\b(?:unknown|no such|no mailbox|not found|not local|unrouteable|unroutable"
    r"|(?:do(?:es)?|is|did) ?n[o']t (?:exist|known)|no longer (?:exists|valid|active|available)"
    r"|invalid (?:user|recipient|mailbox|address)|mailbox (?:unavailable|name|disabled|inactive)"
    r"|(?:user|account|address) (?:disabled|inactive|deactivated)"
    r"|unbekannt|existiert nicht|nicht gefunden)",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"sender|absender|relay|spam|black ?list|block|polic|content|quota|reputation|\bfrom\b",
    re.IGNORECASE,
)
_PERMANENT = re.compile(r"(?<![\d.])5(?:\d\d(?!\d)|\.\d{1,3}\.\d{1,3}(?![\d.]))")
_BY_MACHINES = frozenset({"mailer-daemon", "postmaster", "mail-daemon"})
_ABSENT = re.compile(
    r"^(?:automatische antwort|auto(?:matic)?[- ]?reply|out of (?:the )?office|abwesenheit"
    r"|ich bin (?:derzeit )?nicht)",
    re.IGNORECASE,
)


class Answer(StrEnum):
    """What a calendar answers (PARTSTAT, RFC 5545, section 3.2.12)."""

    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


class Why(StrEnum):
    """Why a human has to read a mail."""

    WORDS = "words"  # somebody wrote to us
    COUNTER = "counter"  # a calendar proposes another time, or asks for something
    FOREIGN = "foreign"  # an answer to no invitation of ours, or not from who was invited
    REPORT = "report"  # a mail that did not arrive, and nobody can say which
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Reply:
    """The first event of a calendar object that came in a mail."""

    method: str
    uid: str = ""
    sequence: int = 0
    attendee: str = ""
    answer: str = ""
    stamped_at: datetime | None = None
    is_of_one: bool = True  # one event, one attendee, and no single date of a series


@dataclass(frozen=True)
class Report:
    """One recipient in a delivery report (RFC 3464)."""

    action: str  # failed, delayed, delivered, relayed, expanded
    status: str
    recipient: str
    diagnostic: str = ""


@dataclass(frozen=True)
class Received:
    """A mail taken apart; header names are in small letters."""

    sender: str  # all that it names where it names several
    subject: str
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    reply: Reply | None = None
    reports: tuple[Report, ...] = ()
    is_report: bool = False  # a multipart/report from the envelope sender of no one
    brings_back: tuple[str, ...] = ()  # Message-IDs of mails that it holds or quotes
    about: tuple[str, ...] = ()  # those, and the ones that it answers
    is_whole: bool = True
    is_readable: bool = True


@dataclass(frozen=True)
class Bounced:
    """A mail of ours that did not arrive, by its Message-ID."""

    message_ids: tuple[str, ...]
    recipients: tuple[str, ...]  # as named; none where only the mail itself is
    reason: str
    is_mailbox_gone: bool


@dataclass(frozen=True)
class Answered:
    """An answer to an invitation, from the mailbox that it names."""

    uid: str
    sequence: int
    attendee: str
    answer: Answer
    stamped_at: datetime | None


@dataclass(frozen=True)
class Ignored:
    """Nothing to do: an absence, a delay, a receipt."""


@dataclass(frozen=True)
class ForHuman:
    """Somebody has to read it."""

    why: Why


Meaning = Bounced | Answered | Ignored | ForHuman


def meaning(mail: Received) -> Meaning:
    """Return what a mail means, as far as it says so itself."""
    if not mail.is_readable:
        return ForHuman(Why.UNREADABLE)
    if mail.reports:
        return _of_reports(mail)
    if mail.reply is not None:
        return _of_reply(mail, mail.reply)
    if _is_returned(mail):
        return _of_returned(mail)
    if _is_by_itself(mail):
        return Ignored()
    return ForHuman(Why.WORDS if mail.is_whole else Why.TOO_LARGE)


def is_mailbox_gone(reply: str) -> bool:
    """Return whether a server says of a recipient that there is no such mailbox (RFC 5321, 3463).

    The status of RFC 3463 decides where there is one, else the words behind the code.
    """
    status = _STATUS.search(reply)
    if status is not None:
        return bool(_MAILBOX_IS_GONE.fullmatch(status[0]))
    words = reply.lstrip()
    is_refused = _REFUSED.match(words) is not None and _ABOUT_US.search(words) is None
    return is_refused and _NO_SUCH_MAILBOX.search(words) is not None


def _of_reports(mail: Received) -> Meaning:
    failed = [each for each in mail.reports if each.action == "failed"]
    if not failed:
        return Ignored()
    [first, *_others] = failed
    # Who has seen a thread knows what it answers; a server has the mail itself.
    about = mail.about if first.recipient else mail.brings_back
    if not mail.is_report or not about:
        return ForHuman(Why.REPORT)
    reason = first.diagnostic or first.status
    says_nothing = first.status[1:] in {"", ".0.0"}
    is_gone = is_mailbox_gone(first.diagnostic if says_nothing else first.status)
    named = (first.recipient,) if first.recipient else ()
    return Bounced(about, named, reason, is_gone)


def _of_reply(mail: Received, reply: Reply) -> Meaning:
    if reply.method != "REPLY" or reply.answer not in set(Answer):
        return ForHuman(Why.COUNTER)
    if not reply.is_of_one or fold_email(reply.attendee) != fold_email(mail.sender):
        return ForHuman(Why.FOREIGN)
    answer = Answer(reply.answer)
    return Answered(reply.uid, reply.sequence, reply.attendee, answer, reply.stamped_at)


def _is_returned(mail: Received) -> bool:
    """Whether a machine sends a mail back that is no report as RFC 3464 wants it."""
    local, _, _domain = fold_email(mail.sender).rpartition("@")
    is_from_nobody = mail.headers.get("return-path", "").strip() == "<>"
    return local in _BY_MACHINES or (is_from_nobody and bool(_PERMANENT.search(mail.text)))


def _of_returned(mail: Received) -> Meaning:
    named = tuple(dict.fromkeys(_ADDRESS.findall(mail.text)))
    if not mail.brings_back or not named or not _PERMANENT.search(mail.text):
        return ForHuman(Why.REPORT)
    lines = [line.strip() for line in mail.text.splitlines() if _PERMANENT.search(line)]
    return Bounced(mail.brings_back, named, lines[0], is_mailbox_gone(_from_code(lines[0])))


def _from_code(line: str) -> str:
    """Return a line of a server from its code on."""
    found = _PERMANENT.search(line)
    return line[found.start() :] if found else line


def _is_by_itself(mail: Received) -> bool:
    """Whether no human wrote it (RFC 3834, section 2; older programs have words of their own)."""
    auto = mail.headers.get("auto-submitted", "no").partition(";")[0].strip().lower()
    is_marked = any(name in mail.headers for name in ("x-autoreply", "x-autorespond"))
    precedence = mail.headers.get("precedence", "").strip().lower()
    is_absence = bool(_ABSENT.match(mail.subject.strip()))
    return auto != "no" or is_marked or precedence in {"auto_reply", "bulk", "junk"} or is_absence


@dataclass(frozen=True)
class Noted:
    """The answer noted last for an entry."""

    sequence: int
    answered_at: datetime


def is_theirs(answered: Answered, *, address: str, sequence: int) -> bool:
    """Return whether an answer is of who was invited, and to something that we said.

    `sequence` is that of the entry today.
    """
    is_invited = bool(address) and fold_email(answered.attendee) == fold_email(address)
    return is_invited and 0 <= answered.sequence <= sequence


def is_overtaken(answered: Answered, last: Noted) -> bool:
    """Return whether an answer is older than the one noted last: mails overtake each other.

    Among answers to the same invitation the moment that they state decides (RFC 5546, 2.1.5).
    """
    stamped_at = answered.stamped_at or last.answered_at
    return (answered.sequence, stamped_at) < (last.sequence, last.answered_at)
