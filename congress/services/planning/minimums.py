"""Workshops that too few people have booked: asking organisers once, and what they answer.

Whether one is called off is the matter of `services.planning.calling_off`.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update

from congress.base import table_of
from congress.domain.access import SYSTEM, Actor
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import ShortFacts, UnderfilledFacts
from congress.domain.planning.minimum import Counted, NothingToSettle, require_to_come
from congress.domain.texts import in_language
from congress.extensions import db
from congress.models import ProgrammeItem, User
from congress.queries import congresses
from congress.queries import minimums as queries
from congress.services import auditing
from congress.services.logins import accounts
from congress.transaction import transaction

ITEMS = table_of(ProgrammeItem)


def next_step(*, now: datetime) -> bool:
    """Tell the team of one congress which of its workshops are short; returns whether there was.

    Each is told once for its number and its day. Whoever has no password yet reads it when they
    come.
    """
    congress_id = queries.find_due(now=now)
    if congress_id is None:
        return False
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        short = queries.unasked(congress, now=now)
        if not short:
            return True  # another worker was faster; there may be more
        _write([each.id for each in short], minimum_asked_at=now)
        _tell(congress, short, now=now)
        for each in short:
            details = {"taken": each.taken, "minimum": each.minimum}
            auditing.record(
                "minimum_missed",
                actor=SYSTEM,
                now=now,
                congress_id=congress.id,
                item_id=each.id,
                details=details,
            )
    return True


def go_ahead(congress_id: int, code: str, *, actor: Actor, now: datetime) -> None:
    """Let a workshop take place with however few; nobody is asked about it again.

    Raises NothingToSettle.
    """
    with transaction():
        congress, item = _hold(congress_id, code, now=now)
        _write([item.id], minimum_settled_at=now)
        details = {"taken": item.taken, "minimum": item.minimum}
        auditing.record(
            "minimum_settled",
            actor=actor,
            now=now,
            congress_id=congress.id,
            item_id=item.id,
            details=details,
        )


def look_again(congress_id: int, code: str, day: date, *, actor: Actor, now: datetime) -> None:
    """Look at a workshop again in the morning of another day; where it is short then, ask anew.

    Raises NothingToSettle and DayNotToCome.
    """
    with transaction():
        congress, item = _hold(congress_id, code, now=now)
        require_to_come(day, item.slot, congress.zone, now=now)
        _write([item.id], minimum_by=day, minimum_asked_at=None)
        auditing.record(
            "minimum_put_off",
            actor=actor,
            now=now,
            congress_id=congress.id,
            item_id=item.id,
            details={"day": day.isoformat()},
        )


def _hold(congress_id: int, code: str, *, now: datetime) -> tuple[Congress, Counted]:
    congress = congresses.with_content(congresses.hold(congress_id))
    item = queries.find(congress, code, now=now)
    if item is None:
        raise NothingToSettle
    return congress, item


def _write(item_ids: Sequence[int], **values: date | datetime | None) -> None:
    db.session.execute(update(ITEMS).where(ITEMS.c.id.in_(item_ids)).values(**values))


def _tell(congress: Congress, short: Sequence[Counted], *, now: datetime) -> None:
    """Write one letter to each of the team, about all of them."""
    people = [each.id for each in queries.readers(congress.id, now=now)]
    found = select(User).where(User.id.in_(people), User.active, User.password.is_not(None))
    for user in db.session.scalars(found.order_by(User.id)):
        stated: UnderfilledFacts = {
            "name": user.name,
            "title": in_language(congress.title, user.language),
            "workspace": congress.slug,
            "short": [_facts(each, user.language) for each in short],
        }
        accounts.store_mail(user, MessageKind.UNDERFILLED, stated, now=now)


def _facts(item: Counted, language: str) -> ShortFacts:
    return {
        "number": item.number,
        "title": in_language(item.title, language),
        "taken": item.taken,
        "minimum": item.minimum,
    }
