"""Asking for a change after the last day for it, and taking that back: nothing moves by it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, or_, select

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
QUESTION = "question"  # what somebody wants to ask in a workshop, left out where it is nothing


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
    kept = [_kept(wish) for wish in wishes]
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


def end(registration_id: int, *, now: datetime) -> None:
    """Let nothing be asked any more of whoever does not come, inside a running transaction."""
    row = _open(registration_id)
    if row is not None:
        row.answer, row.answered_at = RequestAnswer.TAKEN_BACK, now
        db.session.flush()


def forget_words(*, now: datetime) -> int:
    """Forget what people and organisers wrote, a month after the congress; returns of how many."""
    to_come = select(DAYS.c.congress_id).where(DAYS.c.ends_at > now - WORDS_KEPT)
    asks_in_workshops = cast(ChangeRequest.wishes, String).contains(f'"{QUESTION}"')
    has_words = or_(ChangeRequest.note != "", ChangeRequest.reason != "", asks_in_workshops)
    with transaction():
        rows = db.session.scalars(
            select(ChangeRequest)
            .where(has_words, ChangeRequest.congress_id.not_in(to_come))
            .order_by(ChangeRequest.id)
            .with_for_update(),
            execution_options={"populate_existing": True},
        ).all()
        for row in rows:
            row.note, row.reason = "", ""
            row.wishes = [{"item": each["item"]} for each in row.wishes]
        return len(rows)


def unite(kept: int, other: int, *, now: datetime) -> None:
    """Let what somebody asked for in another registration of theirs go on, which is about to end.

    Inside a running transaction that holds the congress. Of two, the last thing they said counts.
    """
    theirs = _open(other)
    if theirs is None:
        return
    mine = _open(kept)
    if mine is not None:
        earlier = min(mine, theirs, key=lambda row: (row.asked_at, row.id))
        earlier.answer, earlier.answered_at = RequestAnswer.TAKEN_BACK, now
        db.session.flush()
    if theirs.answer is None:
        theirs.registration_id = kept
        db.session.flush()


def _kept(wish: WishedWorkshop) -> dict[str, int | str]:
    return {"item": wish.item_id} | ({QUESTION: wish.question} if wish.question else {})


def _open(registration_id: int) -> ChangeRequest | None:
    return db.session.scalars(
        select(ChangeRequest)
        .where(ChangeRequest.registration_id == registration_id, ChangeRequest.answer.is_(None))
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()
