"""Handing a place over: a colleague is named and accepts, or an organiser sees to it at once.

Whoever accepts and whoever withdraws hold the congress first, and look then: so one of them wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, select, update

from congress.base import table_of
from congress.domain import conditions, handing_over
from congress.domain.access import ATTENDEE, Actor
from congress.domain.correction import MailboxAskedEnough
from congress.domain.enrolment import Enrolment
from congress.domain.hall import CONGRESS, NEWCOMER, Person
from congress.domain.handing_over import HandOver, HandOverLinkOver, RegisteredThemselves
from congress.domain.moves import Decision, Follow
from congress.domain.priority import OTHERS
from congress.domain.registration import BookingState, CongressNotTakingPart, RegistrationState
from congress.domain.registration_request import (
    VOLUNTARY,
    Details,
    RegistrationRequest,
    WishedWorkshop,
)
from congress.domain.standing import Standing
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Booking, Consent, Registration
from congress.queries import hand_overs as queries
from congress.queries import registrations
from congress.queries.registrations import congress_of
from congress.services import (
    addresses,
    delegations,
    enrolling,
    entering,
    hand_overs,
    own_answers,
    patience,
    places,
    priorities,
    prolonging,
    requesting,
    tokens,
    unconfirmed,
    wishing,
)
from congress.services.assigning import keeping
from congress.services.changing import stated
from congress.services.entering import CHANNEL, Entering
from congress.services.mails import hearing, substituting, telling
from congress.services.market import passing_on
from congress.services.places import Ledger
from congress.transaction import transaction

PEOPLE, BOOKINGS, CONSENTS = (table_of(each) for each in (Registration, Booking, Consent))
VERBS = ("hand_over_asked",)  # of which each sends a mail
NEXT = timedelta(microseconds=1)


@dataclass(frozen=True)
class _Way:
    """How a place comes to somebody else: by which channel, through whom, and whether told."""

    channel: str
    actor: Actor
    is_told: bool = True
    said_by: str = ""

    @property
    def by_organiser(self) -> bool:
        return not self.actor.is_attendee


def ask(registration_id: int, colleague: Details, *, actor: Actor, now: datetime) -> None:
    """Name a colleague who is to come instead, and mail them a link; the same twice is once.

    Another one takes the place of whoever was named before. Raises `NamesThemselves`, what stands
    in the way of it, and that too many mails were asked for (SEC-30).
    """
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        name(ledger, registration_id, colleague, actor=actor)


def name(
    ledger: Ledger,
    registration_id: int,
    colleague: Details,
    *,
    actor: Actor,
    details: dict[str, Any] | None = None,
) -> bool:
    """Do so inside a running transaction; whether it is somebody new."""
    now = ledger.now
    ledger.know([registration_id])
    person = ledger.hall.people[registration_id]
    conditions.require(conditions.NAMING, ledger.hall, person, CONGRESS)
    own = registrations.get_own(registration_id)
    handing_over.require_another(own.person, colleague)
    asked = queries.find_of(registration_id, now=now)
    if asked is not None and _is_same(asked, colleague):
        return False
    patience.require(registration_id, VERBS, now=now)
    if hearing.has_heard_enough(colleague.email, now=now):
        raise MailboxAskedEnough
    substituting.forget_question(registration_id)
    expires_at = handing_over.accept_until(ledger.congress, now)
    named = hand_overs.ask(registration_id, colleague, expires_at=expires_at, now=now)
    substituting.asked(ledger.congress, own.standing, colleague, named, now=now)
    ledger.record(
        "hand_over_asked", actor=actor, registration_id=registration_id, details=details or {}
    )
    return True


def take_back(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """Keep the place after all: the link to the colleague opens nothing any more.

    Again changes nothing.
    """
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        if hand_overs.drop(registration_id):
            substituting.forget_question(registration_id)
            verb = "hand_over_taken_back"
            ledger.record(verb, actor=actor, registration_id=registration_id)


def accept(token: str, request: RegistrationRequest, *, now: datetime) -> str | None:
    """Take over the place that a link hands over; returns the token of one's own page.

    The address is the one that the link was sent to. Again changes nothing. Raises
    `HandOverLinkOver`, `RegisteredThemselves`, and what stands in the way.
    """
    asked, taken = queries.find(token, now=now), queries.find_taken(token)
    if asked is None and taken is None:
        raise HandOverLinkOver
    number = asked.registration_id if asked else taken.registration_id  # type: ignore[union-attr]
    with transaction(), places.held(congress_of(number), now=now) as ledger:
        # Read again: another click may have been faster until the congress was held.
        asked, taken = queries.find(token, now=now), queries.find_taken(token)
        if taken is not None:
            return tokens.token_for(taken.registration_id, TokenPurpose.MANAGE)
        if asked is None:
            raise HandOverLinkOver
        request = replace(request, email=asked.email)
        if _knows(ledger, request):
            raise RegisteredThemselves
        came = _carry_out(ledger, asked.registration_id, request, _Way("form", ATTENDEE))
        hand_overs.settle(asked.registration_id, came.id, now=now)
        return tokens.token_for(came.id, TokenPurpose.MANAGE)


def see_to(
    registration_id: int,
    request: RegistrationRequest,
    entered: Entering,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Let somebody come instead as an organiser was told; returns the new registration's number.

    The same form sent twice is once. Raises `RegisteredAlready` or `SameName` with who is meant,
    and what stands in the way.
    """
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        if made := enrolling.made_before(ledger.heading.id, request):
            return int(made.id)
        if ledger.congress.is_over(now):
            raise CongressNotTakingPart
        request = entering.as_new(ledger.heading.id, request, is_another=entered.is_another)
        is_told = entered.is_told and bool(request.email)
        way = _Way(CHANNEL, actor, is_told=is_told, said_by=entered.said_by)
        came = _carry_out(ledger, registration_id, request, way)
        hand_overs.drop(registration_id)
        substituting.forget_question(registration_id)
        return came.id


def _is_same(asked: queries.AskedHandOver, colleague: Details) -> bool:
    named = (asked.given_name, asked.family_name, asked.email)
    return named == (colleague.given_name, colleague.family_name, colleague.email)


def _knows(ledger: Ledger, request: RegistrationRequest) -> bool:
    key = {"email_key": request.email_key, "name_key": request.name_key}
    found = db.session.execute(enrolling.KNOWN, {"congress_id": ledger.heading.id} | key)
    return found.first() is not None


def _carry_out(ledger: Ledger, gone: int, request: RegistrationRequest, way: _Way) -> Standing:
    """Let somebody new have what a registration had, end that one, and tell both."""
    ledger.know([gone])
    had, rows = ledger.hall.people[gone], dict(ledger.bookings)
    [request] = delegations.counted(ledger.congress, [replace(request, kind=had.kind)])
    wanted = HandOver(gone, request.newcomer, by_organiser=way.by_organiser)
    decision = ledger.decide(wanted)
    decision.require()
    ledger.apply(decision)  # before that, as what the other one had is free for an answer
    request = own_answers.admit(
        ledger.congress,
        _of_what_they_get(ledger, request, had),
        ledger.items,
        may_lack=way.by_organiser,
    )
    # Nothing is counted otherwise, but whoever is stored is told the places all the same.
    decision = replace(decision, places={**ledger.hall.places, **decision.places})
    newcomer = Enrolment(request, decision, at=ledger.now, channel=way.channel)
    [enrolled] = enrolling.enrol(ledger, [newcomer])
    if had.priority != OTHERS:
        priorities.put({enrolled.standing.id: had.priority})
    _stand_where_they_stood(decision, rows, enrolled.standing)
    _end(ledger, gone, enrolled.standing.id)
    substituting.handed_over(
        ledger,
        gone,
        enrolled.standing.id,
        group_id=request.group_id,
        came_back=enrolled.came_back,
        is_told=way.is_told,
    )
    unconfirmed.end(gone)  # nobody is asked any more
    telling.moved_up(ledger)
    _record(ledger, gone, enrolled.standing, way, request, had=stated(had))
    return enrolled.standing


def _of_what_they_get(
    ledger: Ledger, request: RegistrationRequest, had: Person
) -> RegistrationRequest:
    """Return a request for what somebody had, with the questions of who comes instead.

    It is the same invitation that both came by, the same group, and the same way to take part.
    """
    asks = {wish.item_id: wish.question for wish in request.choices}
    wishes = (
        WishedWorkshop(each.workshop_id, question=asks.get(each.workshop_id, ""))
        for each in had.bookings
        if each.workshop_id in ledger.hall.workshops
    )
    origin = select(PEOPLE.c.invitation_id, PEOPLE.c.group_id).where(PEOPLE.c.id == had.id)
    came_by, group = db.session.execute(origin).one()
    mode = had.mode or request.mode
    return replace(request, choices=tuple(wishes), invitation_id=came_by, group_id=group, mode=mode)


def _end(ledger: Ledger, gone: int, came: int) -> None:
    """Let a registration name who comes instead; nothing that it waits for goes on."""
    addresses.drop(gone)
    prolonging.unite(came, gone)
    wishing.hand_on(ledger, gone, came)
    keeping.hand_on(gone, came)
    passing_on.pass_on(gone, came)
    requesting.end(gone, now=ledger.now)
    named = update(PEOPLE).where(PEOPLE.c.id == gone).values(substituted_by_id=came)
    db.session.execute(named)
    standing = (
        CONSENTS.c.registration_id == gone,
        CONSENTS.c.purpose.in_(VOLUNTARY),
        CONSENTS.c.withdrawn_at.is_(None),
    )
    db.session.execute(update(CONSENTS).where(*standing).values(withdrawn_at=ledger.now))


def _stand_where_they_stood(
    decision: Decision, rows: Mapping[tuple[int, int], int], came: Standing
) -> None:
    """Put who comes instead into each queue where the other one stood."""
    mine = {each.item.id: each.id for each in came.bookings}
    for move in decision.moves:
        if not isinstance(move, Follow) or move.person != NEWCOMER:
            continue
        if move.key is CONGRESS:
            of_queue = PEOPLE.c.congress_id == came.congress_id
            _follow(PEOPLE, of_queue, came.id, move.other, RegistrationState.WAITING)
        else:
            row = rows[move.other, move.key]
            of_queue = BOOKINGS.c.item_id == move.key
            _follow(BOOKINGS, of_queue, mine[move.key], row, BookingState.WAITING)


def _follow(table: Table, of_queue: ColumnElement[bool], mine: int, other: int, waits: str) -> None:
    """Give a row the position of another one, ahead of whoever joined at the same moment.

    These stand in the order of their numbers, and the new one has the highest.
    """
    stood = select(table.c.priority, table.c.joined_at).where(table.c.id == other)
    priority, joined_at = db.session.execute(stood).one()
    behind = (
        of_queue,
        table.c.state == waits,
        table.c.priority == priority,
        table.c.joined_at == joined_at,
        table.c.id > other,
        table.c.id != mine,
    )
    db.session.execute(update(table).where(*behind).values(joined_at=joined_at + NEXT))
    at = {"priority": priority, "joined_at": joined_at}
    db.session.execute(update(table).where(table.c.id == mine).values(at))


def _record(
    ledger: Ledger,
    gone: int,
    came: Standing,
    way: _Way,
    request: RegistrationRequest,
    *,
    had: list[Any],
) -> None:
    ledger.record(
        "handed_over",
        actor=way.actor,
        registration_id=gone,
        details={
            "to": came.id,
            "before": had,
            "after": [],
            "moved_up": sorted(ledger.gains),
        },
    )
    by_hand = {"told": way.is_told} if way.by_organiser else {}
    ledger.record(
        "took_over",
        actor=way.actor,
        registration_id=came.id,
        fields=[each for each in request.consents if each in VOLUNTARY] if by_hand else [],
        details={"from": gone, "before": [], "after": had} | by_hand,
        personal={"said_by": way.said_by} if way.said_by else None,
    )
