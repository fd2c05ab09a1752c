"""Publishing what was edited: working values become what the public sees, and people are told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from congress.domain.access import Actor
from congress.domain.congresses import CongressState
from congress.domain.release import require_reachable
from congress.extensions import db
from congress.models import Congress, Contribution, ProgrammeItem
from congress.queries import congresses
from congress.services import auditing, faces, notifying, placing, revising
from congress.transaction import transaction


def release(congress_id: int, *, actor: Actor, now: datetime) -> int:
    """Publish all changes of the programme; return how many items changed.

    Whoever has or waits for a place in one of them is told in the same transaction, unless the
    congress is over: a correction for the record is no news.
    """
    with transaction():
        congress = _lock(congress_id)
        changed = _show_all(congress_id, now=now)
        if changed:
            revising.touch(congress, content=True)
            db.session.flush()  # what is told is read from the database
            is_over = congresses.get_congress(congress_id).is_over(now)
            told = 0 if is_over else notifying.programme_changed(congress_id, changed, now=now)
            placing.pass_on(congress_id, changed, now=now)
            _record_release(congress_id, changed, told, actor=actor, now=now)
    return len(changed)


def change_state(congress_id: int, wanted: CongressState, *, actor: Actor, now: datetime) -> None:
    """Publish a draft, with its programme as it stands, or mark a congress as finished.

    Raises StateUnreachable.
    """
    with transaction():
        congress = _lock(congress_id)
        require_reachable(CongressState(congress.state), wanted)
        is_reopened = congress.state == CongressState.FINISHED
        if congress.state == CongressState.DRAFT:
            changed = _show_all(congress_id, now=now)
            _record_release(congress_id, changed, 0, actor=actor, now=now)
        congress.state = wanted
        revising.touch(congress, content=True)
        if is_reopened:
            db.session.flush()  # places are read from the database
            placing.pass_on_everywhere(congress_id, now=now)
        auditing.record(
            "state_changed",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"state": wanted},
        )


def _lock(congress_id: int) -> Congress:
    statement = select(Congress).where(Congress.id == congress_id)
    return db.session.scalars(
        statement.with_for_update(key_share=True),
        execution_options={"populate_existing": True},
    ).one()


def _show_all(congress_id: int, *, now: datetime) -> list[int]:
    """Write the released values of every item whose face changed; return their ids."""
    rows = db.session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.congress_id == congress_id)
        .options(
            joinedload(ProgrammeItem.room),
            selectinload(ProgrammeItem.contributions).joinedload(Contribution.person),
        )
        .order_by(ProgrammeItem.id)
        .with_for_update(key_share=True, of=ProgrammeItem),
        execution_options={"populate_existing": True},
    ).all()
    return [row.id for row in rows if faces.show(row, now=now)]


def _record_release(
    congress_id: int, changed: Sequence[int], told: int, *, actor: Actor, now: datetime
) -> None:
    auditing.record(
        "programme_released",
        actor=actor,
        now=now,
        congress_id=congress_id,
        details={"items": list(changed), "told": told},
    )
