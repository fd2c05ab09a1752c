"""Registering for a congress: a person, a place in each chosen workshop, and the mails.

Who has lost the link that came with it is sent another.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from congress.domain import conditions, confirming, invitations
from congress.domain.access import ATTENDEE, Actor
from congress.domain.congresses import CongressState
from congress.domain.enrolment import Enrolment
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall
from congress.domain.mails.kinds import MessageKind
from congress.domain.own_questions import limited
from congress.domain.people import fold_email
from congress.domain.places import Register
from congress.domain.registration import CongressNotTakingPart, NoMailbox, RegistrationState
from congress.domain.registration_request import RegistrationRequest
from congress.domain.standing import Standing
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Registration
from congress.queries import congresses, groups
from congress.queries.registrations import congress_of, standings
from congress.services import (
    auditing,
    delegations,
    enrolling,
    own_answers,
    places,
    tokens,
    unconfirmed,
    wishing,
)
from congress.services.invitations import answering
from congress.services.mails import asking, group_letters, hearing, telling
from congress.services.network import recognising
from congress.services.places import Ledger
from congress.transaction import transaction

SENT_AGAIN = (*telling.FIRST.values(), MessageKind.CONFIRM_REGISTRATION)


@dataclass(frozen=True)
class Registered:
    """The outcome: the registration and the link to its own page.

    Without a token the person was registered before, by another form, or the congress asks for
    confirmed addresses: the page then says nothing, and a mail goes to the address. `is_other`
    where the form has made a registration before that says something else by now, or that is over.
    """

    registration_id: int
    token: str | None
    is_other: bool = False


def register(congress_id: int, request: RegistrationRequest, *, now: datetime) -> Registered:
    """Register somebody, or put them into the queue of what is full.

    The same form sent twice is one registration and gives the same answer, even when the places
    have gone meanwhile, it was corrected or it is over; the same person by another form is told by
    mail what exists already.
    What is refused is refused to everybody, so that nobody can ask without a trace whether
    somebody is registered (SEC-24).
    """
    with transaction(), places.held(congress_id, now=now, counts_later=True) as ledger:
        if ledger.heading.state is not CongressState.PUBLISHED:
            raise CongressNotTakingPart
        until = confirming.held_until(ledger.congress, now)
        invitation = answering.find(congress_id, request)
        if invitation is not None:  # as what they come is said there, and by nobody else
            request = replace(request, kind=invitation.guest.kind)
        [request] = recognising.recognised(ledger.congress, [request])
        [request] = delegations.counted(ledger.congress, [request])
        limits = limited(ledger.congress.questions, request.own_answers)
        ledger.count(request.newcomer.quota_key, [question for question, _option in limits])
        decision = ledger.decide(Register(request.choices, request.newcomer))
        if invitation and invitations.confirms_address(invitation, request.email_key):
            until = None
        try:
            decision.require()
            answering.require(request, invitation)
            wishing.admit(ledger, request)
            request = own_answers.admit(ledger.congress, request, ledger.items, taken=ledger.taken)
        except Refused:
            if made := _made_before(congress_id, request):
                return _seen_by_all(made, until)
            raise
        newcomer = Enrolment(request, decision, at=now, unconfirmed_until=until)
        stored = enrolling.enrol(ledger, [newcomer])
        if not stored:
            made = _made_before(congress_id, request) or tell_known(ledger, request)
            return _seen_by_all(made, until)
        ledger.apply(decision)
        [enrolled] = stored
        telling.registered(
            ledger.congress,
            enrolled.standing,
            came_back=enrolled.came_back,
            now=now,
            in_silence=until is not None,
        )
        if until is not None:
            unconfirmed.begin(enrolled.standing.id, now=now)
            asking.ask(ledger.congress, enrolled.standing, now=now)
        telling.moved_up(ledger)
        number, state = enrolled.standing.id, enrolled.standing.state
        details: dict[str, object] = {"state": state} | (
            {"repaired": True} if request.is_repaired else {}
        )
        if enrolled.standing.on_reserve is not None:
            details["reserve"] = True
        details |= late(ledger, enrolled.standing)
        if invitation is not None:
            answering.accept(invitation)
            details |= {"invitation": invitation.id}
        ledger.record("registered", actor=ATTENDEE, registration_id=number, details=details)
    return _seen_by_all(Registered(number, enrolled.token), until)


def late(ledger: Ledger, standing: Standing) -> dict[str, bool]:
    """Return, for the log, that somebody asks to take part as registration had closed."""
    is_late = conditions.is_late(ledger.hall) and not standing.is_decided
    return {"late": True} if is_late else {}


def resend_link(congress_id: int, email: str, *, now: datetime) -> None:
    """Mail the links of everybody registered under an address, and of whom it registered.

    The page never says whether there is anybody.
    """
    with transaction():
        known = db.session.scalars(
            select(Registration.id).where(
                Registration.congress_id == congress_id,
                Registration.email_key == fold_email(email),
                Registration.state != RegistrationState.CANCELLED,
            )
        ).all()
        if not known and not groups.of_contact(congress_id, fold_email(email)):
            return
        congress = congresses.with_content(congresses.hold(congress_id))
        group_letters.send_links(congress, fold_email(email), now=now)
        people = standings(known)
        for each in people:
            if each.is_unconfirmed:
                asking.ask_again(congress, each, now=now)
        if confirmed := [each for each in people if not each.is_unconfirmed]:
            telling.link_again(congress, confirmed, now=now)


def confirm_again(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """Send somebody the confirmation once more, as long as there is something to come to.

    Whoever has not confirmed their address is asked to once more. Pressed twice it is sent once.
    Raises `NoMailbox` for whoever has no address.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_of(registration_id)))
        [standing] = standings([registration_id])
        hall = Hall.of(congress, (), now=now)
        conditions.require(conditions.ASSIGNING, hall, standing.person, CONGRESS)
        if congress.is_over(now):
            raise CongressNotTakingPart
        if not standing.has_mailbox:
            raise NoMailbox
        to = standing.email
        if hearing.has_just_heard(to, SENT_AGAIN, congress.id, of=registration_id, now=now):
            return
        send = asking.ask if standing.is_unconfirmed else telling.confirmed_again
        kind = send(congress, standing, now=now)
        auditing.record(
            "mail_sent_again",
            actor=actor,
            now=now,
            congress_id=congress.id,
            registration_id=registration_id,
            details={"kind": kind},
        )


def tell_known(ledger: places.Ledger, request: RegistrationRequest) -> Registered:
    """Tell somebody by mail what exists already, inside a running transaction (SEC-24)."""
    key = {"email_key": request.email_key, "name_key": request.name_key}
    known = db.session.execute(enrolling.KNOWN, {"congress_id": ledger.heading.id} | key).one()
    [standing] = standings([known.id], ledger.items())
    if standing.is_unconfirmed:
        asking.ask_again(ledger.congress, standing, now=ledger.now, is_form=True)
    else:
        telling.already_registered(ledger.congress, standing, now=ledger.now)
    return Registered(known.id, None)


def _seen_by_all(made: Registered, until: datetime | None) -> Registered:
    """Return what the page may say: the same to everybody where addresses are confirmed."""
    return made if until is None else Registered(made.registration_id, None)


def _made_before(congress_id: int, request: RegistrationRequest) -> Registered | None:
    """Return what came of this very form when it was sent before, whatever it says now."""
    made = enrolling.made_before(congress_id, request)
    if made is None:
        return None
    is_same = (made.email_key, made.name_key) == (request.email_key, request.name_key)
    is_other = not is_same or made.state == RegistrationState.CANCELLED
    return Registered(made.id, tokens.token_for(made.id, TokenPurpose.MANAGE), is_other)
