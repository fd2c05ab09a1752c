"""Asking for a change after the last day for it, and taking that back: nothing moves by it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.change_requests import (
    WORDS_KEPT,
    RequestAnswer,
    RequestAnswered,
    RequestKind,
    require_askable,
)
from congress.domain.registration_request import WishedWorkshop
from congress.extensions import db
from congress.models import ChangeRequest, CongressDay
from congress.queries import congresses
from congress.queries.registrations import congress_of
from congress.services import auditing, places
from congress.transaction import transaction

REQUESTS, DAYS = table_of(ChangeRequest), table_of(CongressDay)


def ask(
    registration_id: int,
    kind: RequestKind,
    wishes: Sequence[WishedWorkshop] = (),
    *,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Ask organisers for other workshops, or to end a registration; the same twice is one request.

    Another request takes the place of one that is open. Raises StillOpen, NothingAsked, and what
    stands in the way of it.
    """
    kept = [{"item": wish.item_id, "question": wish.question} for wish in wishes]
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        ledger.know([registration_id])
        require_askable(kind, wishes, ledger.hall, ledger.hall.people[registration_id])
        row = _open(registration_id)
        if row is not None and (row.kind, row.wishes, row.note) == (kind, kept, note):
            return
        if row is not None:
            row.answer, row.answered_at = RequestAnswer.TAKEN_BACK, now
            db.session.flush()
        db.session.add(
            ChangeRequest(
                congress_id=ledger.heading.id,
                registration_id=registration_id,
                kind=kind,
                wishes=kept,
                note=note,
                asked_at=now,
            )
        )
        details = {"kind": kind, "asked_for": [wish.item_id for wish in wishes]}
        ledger.record("change_asked", actor=actor, registration_id=registration_id, details=details)


def take_back(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """Take back what was asked for; again changes nothing. Raises RequestAnswered."""
    with transaction():
        congress = congresses.hold(congress_of(registration_id))
        row = _open(registration_id)
        if row is None:
            answered = select(REQUESTS.c.answer).where(
                REQUESTS.c.registration_id == registration_id
            )
            last = db.session.scalars(answered.order_by(REQUESTS.c.id.desc()).limit(1)).first()
            if last in {RequestAnswer.ACCEPTED, RequestAnswer.DECLINED}:
                raise RequestAnswered
            return
        row.answer, row.answered_at = RequestAnswer.TAKEN_BACK, now
        auditing.record(
            "change_request_taken_back",
            actor=actor,
            now=now,
            congress_id=congress.id,
            registration_id=registration_id,
        )


def forget_words(*, now: datetime) -> int:
    """Forget what people and organisers wrote, a month after the congress; returns of how many."""
    to_come = select(DAYS.c.congress_id).where(DAYS.c.ends_at > now - WORDS_KEPT)
    has_words = (REQUESTS.c.note != "") | (REQUESTS.c.reason != "")
    with transaction():
        gone = (
            update(REQUESTS)
            .where(has_words, REQUESTS.c.congress_id.not_in(to_come))
            .values(note="", reason="")
            .returning(REQUESTS.c.id)
        )
        return len(db.session.scalars(gone).all())


def _open(registration_id: int) -> ChangeRequest | None:
    return db.session.scalars(
        select(ChangeRequest)
        .where(ChangeRequest.registration_id == registration_id, ChangeRequest.answer.is_(None))
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()
