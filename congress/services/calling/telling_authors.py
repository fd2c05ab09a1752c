"""Telling whoever proposed something until when they can correct it now; one letter each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from congress import queue
from congress.base import table_of
from congress.domain.calls import Call, Proposal, mark_of
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.mails.programme_letters import DeadlineFacts
from congress.domain.mails.reach import NOBODY, Reach
from congress.domain.people import fold_email
from congress.domain.planning.release import tells_people
from congress.extensions import db
from congress.formats.catalogue import catalogue
from congress.formats.letters import Wording
from congress.models import OutboxMessage
from congress.queries import calls, dead_mailboxes
from congress.services.calling.proposing import row_of, stated_of
from congress.services.mails import showing
from congress.transaction import after_commit

KIND = MessageKind.PROPOSAL_DEADLINE
MAILS = table_of(OutboxMessage)
# Nobody has heard of these; a letter that was tried may have arrived.
UNHEARD = (MAILS.c.kind == KIND, MAILS.c.state == "queued", MAILS.c.attempts == 0)


@dataclass(frozen=True)
class News:
    """Whom another last day is told and what; `seen` tells it from any other."""

    seen: str
    mails: tuple[tuple[Proposal, DeadlineFacts], ...] = ()


@dataclass(frozen=True)
class Preview:
    """How many people would be told, with one of the letters."""

    seen: str
    reach: Reach = NOBODY
    dead: int = 0  # how many more have an address that takes no mail
    moving_up: int = 0  # nobody, by a call
    recipient: str = ""
    letter: Wording | None = None


def preview(congress: Congress, wanted: Call, *, now: datetime) -> Preview:
    """Return whom a call as it is wanted would be told."""
    found = news(congress, calls.find(congress.id), wanted, now=now)
    if not found.mails:
        return Preview(found.seen)
    (proposal, stated), *_others = found.mails
    language = proposal.mail_language
    instead = {"proposal": catalogue(language).gettext("[The personal link is here.]")}
    letter = showing.in_words(congress.id, KIND, language, stated, instead=instead, now=now)
    dead = len(dead_mailboxes.among({fold_email(each.email) for each, _ in found.mails}))
    reach = Reach(len(found.mails) - dead)
    return Preview(found.seen, reach, dead, recipient=proposal.name, letter=letter)


def news(congress: Congress, before: Call | None, wanted: Call, *, now: datetime) -> News:
    """Return the letters to all whose proposals nobody has decided on.

    What somebody has not been told yet is told as well; who would hear of nothing hears nothing.
    """
    if before is None or not before.closes_otherwise(wanted, now):
        return News("")
    if not tells_people(congress, now):
        return News("")
    chosen = calls.to_decline(congress.id)
    known = _unheard(congress.id)
    mails = [
        (latest, _stated(congress, latest, others, known.get(key, before.closes_at), wanted))
        for key, (latest, *others) in _by_mailbox(chosen).items()
        if known.get(key, before.closes_at) != wanted.closes_at
    ]
    seen = f"{congress.state}-{before.version}-{wanted.version}-{mark_of(chosen)}"
    return News(seen, tuple(mails))


def tell(congress: Congress, found: News, *, now: datetime) -> None:
    """Write the letters in the place of those that wait, inside a running transaction."""
    if not found.seen:
        return
    db.session.execute(delete(MAILS).where(MAILS.c.congress_id == congress.id, *UNHEARD))
    later = {"priority": LATER} if len(found.mails) > 1 else {}
    if rows := [row_of(stated, each, KIND, now=now) | later for each, stated in found.mails]:
        db.session.execute(insert(MAILS).inline(), rows)
        after_commit(queue.wake)


def _by_mailbox(chosen: Sequence[Proposal]) -> Mapping[str, list[Proposal]]:
    """Return what each mailbox has proposed, the latest first."""
    found: dict[str, list[Proposal]] = {}
    for each in sorted(chosen, key=lambda each: -each.id):
        found.setdefault(fold_email(each.email), []).append(each)
    return found


def _unheard(congress_id: int) -> Mapping[str, datetime]:
    """Return by mailbox which last day people know who have not been told of a later one."""
    rows = db.session.execute(
        select(MAILS.c.recipient_key, MAILS.c.facts)
        .where(MAILS.c.congress_id == congress_id, *UNHEARD)
        .order_by(MAILS.c.id.desc())  # the first has the last word
    )
    return {row.recipient_key: datetime.fromisoformat(row.facts["call"]["before"]) for row in rows}


def _stated(
    congress: Congress, latest: Proposal, others: Sequence[Proposal], known: datetime, wanted: Call
) -> DeadlineFacts:
    moments: Any = {"closes_at": _moment(wanted.closes_at), "before": _moment(known)}
    titles = [each.content.title for each in others]
    return {**stated_of(congress, latest), "call": moments, "others": titles}


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()
