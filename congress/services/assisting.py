"""What people need to take part: kept with their consent, read by name on record, let go early.

The log says that something changed or was read, never what. Deleting is withdrawing the consent,
so it is possible as long as there is anything to delete.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from congress.base import columns_of, table_of
from congress.domain import conditions
from congress.domain.access import Actor
from congress.domain.assistance import TIDIED_AFTER, AssistanceNotAsked, Needs, is_asked
from congress.domain.congresses import Congress
from congress.domain.hall import CONGRESS, Hall
from congress.domain.registration import CongressNotTakingPart, RegistrationState
from congress.extensions import db
from congress.models import AssistanceNeeds, CongressDay, Registration
from congress.queries import assistance, congresses
from congress.queries.assistance import NamedNeeds
from congress.queries.registrations import standings
from congress.services import auditing
from congress.services.consenting import notice_version
from congress.services.holding import hold
from congress.transaction import transaction

NEEDS, PEOPLE, DAYS = map(table_of, (AssistanceNeeds, Registration, CongressDay))
NEW_NEEDS = insert(NEEDS).inline()


def store(congress: Congress, stated: Sequence[tuple[int, Needs, str]], *, now: datetime) -> None:
    """Store what people say on registering, inside a running transaction.

    Of each: the number of the registration, what they need, and how their consent came.
    """
    rows = [_row(congress, *each, now=now) for each in stated if not each[1].is_empty]
    if rows:
        db.session.execute(NEW_NEEDS, rows)


def drop(registration_ids: Collection[int]) -> int:
    """Let go of what people said, inside a running transaction; returns of how many."""
    gone = delete(NEEDS).where(NEEDS.c.registration_id.in_(registration_ids))
    return int(db.session.execute(gone).rowcount)  # type: ignore[attr-defined] # a DELETE counts


def unite(kept: int, other: int) -> None:
    """Let what somebody said in another registration of theirs go on, which is about to end.

    Inside a running transaction. Both rows are consents of the same person to the same.
    """
    said = {
        row.registration_id: Needs.of(row.kinds, row.text)
        for row in db.session.execute(
            select(*columns_of(NEEDS, "registration_id kinds text")).where(
                NEEDS.c.registration_id.in_((kept, other))
            )
        )
    }
    if other not in said:
        return
    if kept not in said:
        moved = update(NEEDS).where(NEEDS.c.registration_id == other)
        db.session.execute(moved.values(registration_id=kept))
        return
    mine, theirs = said[kept], said[other]
    texts = dict.fromkeys(filter(None, (mine.text, theirs.text)))
    both = Needs.of((*mine.kinds, *theirs.kinds), "\n".join(texts))
    stands = update(NEEDS).where(NEEDS.c.registration_id == kept)
    db.session.execute(stands.values(kinds=list(both.kinds), text=both.text))


def state(registration_id: int, needs: Needs, *, actor: Actor, now: datetime) -> None:
    """Keep what somebody needs from now on, who has agreed to it; nothing ends the consent.

    Possible until the congress is over, for whoever is registered. Raises AssistanceNotAsked.
    """
    if needs.is_empty:
        forget(registration_id, actor=actor, now=now)
        return
    with transaction():
        congress = congresses.get_congress(hold(registration_id).congress_id)
        [standing] = standings([registration_id])
        hall = Hall.of(congress, (), now=now)
        conditions.require(conditions.ASSIGNING, hall, standing.person, CONGRESS)
        if congress.is_over(now):
            raise CongressNotTakingPart
        if not is_asked(congress.fields):
            raise AssistanceNotAsked
        drop([registration_id])
        store(congress, [(registration_id, needs, "own_page")], now=now)
        _record("assistance_changed", congress.id, actor=actor, now=now)


def forget(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete what somebody said, at any time; a second time changes nothing.

    While two registrations become one, it is in the one that goes on.
    """
    with transaction():
        held = hold(registration_id)
        if drop([held.goes_on_as]):
            _record("assistance_removed", held.congress_id, actor=actor, now=now)


def read(
    congress_id: int, *, only: int | None = None, actor: Actor, now: datetime
) -> list[NamedNeeds]:
    """Return who needs what, or one of them, and put into the log who has read it."""
    with transaction():
        found = assistance.named(congress_id, only=only)
        auditing.record(
            "assistance_read",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"count": len(found)},
        )
    return found


def forget_old(*, now: datetime) -> int:
    """Delete what was needed for congresses that are over, or by whoever does not come.

    Returns of how many people.
    """
    over = (
        select(DAYS.c.congress_id)
        .group_by(DAYS.c.congress_id)
        .having(func.max(DAYS.c.ends_at) < now - TIDIED_AFTER)
    )
    done = select(PEOPLE.c.id).where(
        PEOPLE.c.congress_id.in_(over) | (PEOPLE.c.state == RegistrationState.CANCELLED)
    )
    with transaction():
        result = db.session.execute(delete(NEEDS).where(NEEDS.c.registration_id.in_(done)))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _row(
    congress: Congress, registration_id: int, needs: Needs, channel: str, *, now: datetime
) -> dict[str, Any]:
    return {
        "registration_id": registration_id,
        "kinds": list(needs.kinds),
        "text": needs.text,
        "text_version": notice_version(congress),
        "channel": channel,
        "consented_at": now,
        "stored_at": now,
    }


def _record(verb: str, congress_id: int, *, actor: Actor, now: datetime) -> None:
    """Put it into the log and not whose it is: that alone would say something about health."""
    auditing.record(verb, actor=actor, now=now, congress_id=congress_id)
