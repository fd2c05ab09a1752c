"""Organisers write to people: at once where they are few, else in steps that the worker takes.

Whom it goes to is settled when it is sent, by number; nobody who comes later is among them. Each
step looks who is still there, and under which address.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from congress import queue
from congress.domain.access import Actor
from congress.domain.attendee_list import Wanted
from congress.domain.congresses import Congress
from congress.domain.mails import circulars
from congress.domain.mails.circulars import Addressee, Circular, Readers
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.mails.messages import MessageFacts
from congress.domain.texts import in_language
from congress.extensions import db
from congress.formats.letters import Wording
from congress.models import Announcement
from congress.queries import addressees, congresses
from congress.services import auditing
from congress.services.mails import announcing, drafting, facts, showing, telling
from congress.transaction import after_commit, transaction

KIND = MessageKind.MESSAGE


@dataclass(frozen=True)
class Sample:
    """One of the letters, and how many get it in its language."""

    reader: str
    language: str
    letter: Wording
    people: int


@dataclass(frozen=True)
class Preview:
    """Whom a circular would reach and how it would look; `seen` tells it from any other."""

    readers: Readers
    samples: tuple[Sample, ...]
    seen: str


@dataclass(frozen=True)
class Written:
    """How many people are written to, and how many of those chosen have no address."""

    told: int
    without_mailbox: int = 0
    dead: int = 0


def preview(congress_id: int, wanted: Wanted, circular: Circular, *, now: datetime) -> Preview:
    """Return whom a circular would reach, with a letter in each language. Writes nothing."""
    congress = congresses.get_congress(congress_id)
    chosen = addressees.readers(congress_id, wanted)
    counts = Counter(map(circular.language_for, chosen.reached))
    first = {circular.language_for(each): each for each in reversed(chosen.reached)}
    return Preview(
        readers=chosen,
        samples=tuple(
            Sample(
                first[language].name,
                language,
                _in_words(congress, first[language], circular, now=now),
                people,
            )
            for language, people in sorted(counts.items())
        ),
        seen=circulars.mark_of(circular, chosen),
    )


def write(
    congress_id: int,
    wanted: Wanted,
    circular: Circular,
    *,
    seen: str,
    form_key: str,
    actor: Actor,
    now: datetime,
) -> Written:
    """Write to the people of a list, as it was `seen`; the same form sent twice writes once.

    Raises NotForDrafts, ReadersUnseen and NobodyToWriteTo.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        if (told := _told_by(congress_id, form_key)) is not None:
            return Written(told)
        chosen = addressees.readers(congress_id, wanted)
        circulars.require_sendable(congress.state, circular, chosen, seen=seen)
        people = sorted(chosen.reached, key=lambda each: each.id)
        is_at_once = len(people) <= announcing.AT_ONCE
        row = Announcement(
            congress_id=congress_id,
            kind=KIND,
            news=_as_json(circular, people, form_key),
            total=len(people),
            created_at=now,
        )
        db.session.add(row)
        if is_at_once:
            _tell(congress, circular, people, now=now)
            _finish(row, now=now)
        after_commit(queue.wake)
        left = {"unreached": len(chosen.without_mailbox), "dead": len(chosen.dead)}
        _record(congress_id, circular, people, left, actor=actor, now=now)
    return Written(len(people), len(chosen.without_mailbox), len(chosen.dead))


def next_step(*, now: datetime) -> bool:
    """Write to the next people of the oldest circular; returns whether there was anybody."""
    return announcing.step_of(KIND, partial(_take_step, now=now))


def _take_step(congress: Congress, row: Announcement, *, now: datetime) -> None:
    circular, numbers = _from_json(row.news)
    rest = [each for each in numbers if each > row.told_up_to]
    step = rest[: announcing.STEP]
    _tell(congress, circular, addressees.still_there(step), now=now, later=LATER)
    row.told_up_to, row.done = step[-1], row.done + len(step)
    if len(step) == len(rest):
        _finish(row, now=now)


def _tell(
    congress: Congress,
    circular: Circular,
    people: Sequence[Addressee],
    *,
    now: datetime,
    later: int = 0,
) -> None:
    telling.store([_row(congress, each, circular) for each in people], now=now, later=later)


def _row(congress: Congress, reader: Addressee, circular: Circular) -> drafting.Row:
    row = drafting.row(congress, reader, KIND, _stated(congress, reader, circular))
    return row | {"language": circular.language_for(reader)}


def _stated(congress: Congress, reader: Addressee, circular: Circular) -> MessageFacts:
    """Return what a letter states; in the language of its text it is written as a whole."""
    language = circular.language_for(reader)
    return {
        "congress": facts.of_congress(congress, language),
        "given_name": reader.given_name,
        "family_name": reader.family_name,
        "subject": in_language(circular.subject, language),
        "paragraphs": circular.paragraphs(language),
        "with_link": circular.with_link,
        "links": ["manage"] if circular.with_link else [],
    }


def _in_words(
    congress: Congress, reader: Addressee, circular: Circular, *, now: datetime
) -> Wording:
    """Put a letter into words as it would be sent, with a sentence in the place of its link."""
    language, stated = circular.language_for(reader), _stated(congress, reader, circular)
    return showing.in_words(congress.id, KIND, language, stated, own=stated["links"], now=now)


def _told_by(congress_id: int, form_key: str) -> int | None:
    """Return how many people this very form has written to; None where it was not sent yet."""
    sent = select(Announcement.total).where(
        Announcement.congress_id == congress_id,
        Announcement.kind == KIND,
        Announcement.news["form"].as_string() == form_key,
    )
    return db.session.scalars(sent).one_or_none()


def _finish(row: Announcement, *, now: datetime) -> None:
    """Let go of text and people: what was sent stands in the outbox, as long as mails do."""
    row.done, row.finished_at = row.total, now
    row.news = {"form": row.news["form"]}  # type: ignore[index,call-overload] # of a circular


def _as_json(circular: Circular, people: Sequence[Addressee], form_key: str) -> dict[str, Any]:
    return {
        "form": form_key,
        "subject": dict(circular.subject),
        "text": dict(circular.text),
        "with_link": circular.with_link,
        "people": [each.id for each in people],
    }


def _from_json(kept: Any) -> tuple[Circular, list[int]]:  # noqa: ANN401 - whatever a row keeps
    return Circular(kept["subject"], kept["text"], kept["with_link"]), kept["people"]


def _record(
    congress_id: int,
    circular: Circular,
    people: Sequence[Addressee],
    unreached: Mapping[str, int],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Note it; where it goes to one person alone, the line is theirs, and leaves with them."""
    subject = {"subject": in_language(circular.subject, "de")}
    left = {name: count for name, count in unreached.items() if count}
    about: Mapping[str, Any] = (
        {"registration_id": people[0].id, "personal": subject, "details": left}
        if len(people) == 1
        else {"details": subject | {"count": len(people)} | left}
    )
    auditing.record("people_written", actor=actor, now=now, congress_id=congress_id, **about)
