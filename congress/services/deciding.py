"""Deciding about what people asked for after the last day for changes: yes, or no with a reason."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.change_requests import (
    ChangeRequest,
    ReasonMissing,
    RequestAnswer,
    RequestAnswered,
    RequestKind,
    require_no_queue,
)
from congress.domain.mails.circulars import Circular
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import LetterFacts
from congress.domain.places import Choose
from congress.domain.room import ByHand
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import ChangeRequest as Stored
from congress.queries import change_requests as queries
from congress.queries.registrations import standings
from congress.services import changing, places
from congress.services.assigning import keeping
from congress.services.mails import drafting, telling
from congress.services.mails.facts import Letters, of_workshop
from congress.services.places import Ledger
from congress.transaction import transaction


def accept(
    congress_id: int, request_id: int, *, by_hand: ByHand, actor: Actor, now: datetime
) -> bool:
    """Do what somebody asked for, and tell them; returns whether anything changed.

    `by_hand` says what is to be where no place is free. Raises RequestAnswered, and what stands in
    the way: then it is still to be decided.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        row, asked = _hold(congress_id, request_id)
        beyond: dict[str, Any] = {}
        if asked.kind is RequestKind.WITHDRAWAL:
            kind = MessageKind.WITHDRAWN
            done = changing.end(ledger, asked.registration_id, kind, at_any_time=True, agreed=True)
        else:
            ledger.know([asked.registration_id])
            person = ledger.hall.people[asked.registration_id]
            require_no_queue(asked.wishes, person, by_hand.waits)
            wanted = Choose(asked.registration_id, asked.wishes, by_hand=by_hand)
            beyond = changing.overbooked(ledger, wanted, by_hand)
            questions = {wish.item_id: wish.question for wish in asked.wishes}
            done = changing.carry_out(ledger, wanted, questions, by_organiser=False, agreed=True)
            if done is not None:
                keeping.lift(ledger, asked.registration_id, changing.given(done), actor=actor)
        _answer(
            ledger, row, asked, RequestAnswer.ACCEPTED, actor, details=done | beyond if done else {}
        )
        return done is not None


def decline(congress_id: int, request_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Say no with a reason, and tell that by mail: everything stays as it is.

    Raises RequestAnswered and ReasonMissing.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        row, asked = _hold(congress_id, request_id)
        if not reason:
            raise ReasonMissing
        row.reason = reason
        [standing] = standings([asked.registration_id])
        if standing.gets_mails:
            stated = _stated(ledger, standing, asked, reason)
            mail = drafting.row(ledger.congress, standing, MessageKind.REQUEST_DECLINED, stated)
            telling.store([mail], now=now)
        _answer(ledger, row, asked, RequestAnswer.DECLINED, actor, details={})


def _stated(ledger: Ledger, standing: Standing, asked: ChangeRequest, reason: str) -> LetterFacts:
    letter = Letters(ledger.congress).to(standing)
    items, language = ledger.items(), standing.language
    workshops = [of_workshop(items[wish.item_id], language) for wish in asked.wishes]
    letter["asked"] = {"kind": asked.kind, "workshops": workshops}
    letter["paragraphs"] = Circular({}, {language: reason}).paragraphs(language)
    return letter


def _hold(congress_id: int, request_id: int) -> tuple[Stored, ChangeRequest]:
    """Lock what is still to be decided; whoever has left since the page was read hears nothing."""
    row = db.session.scalars(
        select(Stored)
        .where(Stored.id == request_id, *queries.to_decide(congress_id))
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if row is None:
        raise RequestAnswered
    return row, queries.as_request(row)


def _answer(
    ledger: Ledger,
    row: Stored,
    asked: ChangeRequest,
    answer: RequestAnswer,
    actor: Actor,
    *,
    details: dict[str, object],
) -> None:
    row.answer, row.answered_at = answer, ledger.now
    verb = "request_accepted" if answer is RequestAnswer.ACCEPTED else "request_declined"
    about = {"kind": asked.kind, "asked_for": [wish.item_id for wish in asked.wishes]}
    ledger.record(verb, actor=actor, registration_id=asked.registration_id, details=about | details)
