"""Correcting who somebody is and how they are reached: by themselves, and by organisers.

A new address is taken from an organiser at once; from an attendee only when it is confirmed from
there, because whoever types it has not shown that it is theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update

from congress.base import table_of
from congress.domain import conditions
from congress.domain.access import ATTENDEE, Actor
from congress.domain.answer_files import AnswerFile, with_bytes
from congress.domain.conditions import Condition
from congress.domain.congresses import Congress
from congress.domain.correction import (
    BY_ATTENDEE,
    BY_ORGANISER,
    CONFIRMING,
    AddressLinkOver,
    Correction,
    EditedMeanwhile,
    MailboxAskedEnough,
    RegisteredThere,
    SamePerson,
    corrections,
    shown,
    version_of,
)
from congress.domain.hall import CONGRESS, Hall
from congress.domain.own_questions import Given, settled
from congress.domain.registration_request import Details
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Organisation, Registration
from congress.queries import congresses, registrations
from congress.queries.registrations import congress_of, standings
from congress.services import (
    addresses,
    auditing,
    delegations,
    own_answers,
    patience,
    places,
    tokens,
    unconfirmed,
)
from congress.services.enrolling import KNOWN
from congress.services.mails import asking, hearing, telling
from congress.transaction import transaction

PEOPLE = table_of(Registration)
ANSWERS = "answers"  # what the log calls those to the questions of a congress
VERBS = ("corrected", "address_asked", "correction_refused")  # of which each sends a mail


@dataclass(frozen=True)
class Corrected:
    """What came of it: something was stored, a new address waits, somebody is known already.

    `is_kept`: a new address was asked for, and the one that stands stays all the same.
    """

    is_stored: bool = False
    is_asked: bool = False
    is_known: bool = False
    is_kept: bool = False


@dataclass(frozen=True)
class _Held:
    """A registration in a congress that is held."""

    id: int
    congress: Congress
    details: Details
    wanted: str  # the address that waits to be confirmed
    answers: Given
    booked: frozenset[str]
    actor: Actor
    now: datetime
    is_repaired: bool = False  # something was not taken over quite as typed

    @property
    def by_organiser(self) -> bool:
        return not self.actor.is_attendee

    @property
    def shown(self) -> Details:
        """What the form shows now."""
        return self.details if self.by_organiser else shown(self.details, self.wanted)

    @property
    def versions(self) -> tuple[str, str]:
        """What tells what a form shows now from anything else: without answers, and with them."""
        return self.shown.version, version_of(self.shown, self.answers)


def correct(
    registration_id: int,
    after: Details,
    *,
    version: str,
    answers: Given | None = None,
    files: Mapping[str, AnswerFile] | None = None,
    is_repaired: bool = False,
    actor: Actor,
    now: datetime,
) -> Corrected:
    """Store what was corrected and tell it; ask a new address first if an attendee gives one.

    `version` is that of what the form showed; raises `EditedMeanwhile` where something else
    stands now. Whoever would become somebody who is registered already learns it by mail only
    (SEC-24); an organiser sees everybody anyway and is told by `SamePerson`. `answers` are those
    to what the congress asks on its own; without them they stay as they are. `files` come with
    them.
    """
    with transaction():
        doors = BY_ATTENDEE if actor.is_attendee else BY_ORGANISER
        held = _hold(registration_id, doors, actor=actor, now=now)
        held = replace(held, is_repaired=is_repaired)
        given, new = _settled(held, answers, files or {})
        if version not in held.versions:
            if corrections(held.shown, after) or given != held.answers:
                raise EditedMeanwhile
            return Corrected(is_asked=held.shown != held.details)  # the same form, sent twice
        is_new = actor.is_attendee and after.email_key != held.details.email_key
        stored = replace(after, email=held.details.email) if is_new else after
        changes = corrections(held.details, stored)
        # Whoever corrects something else while an address waits does not ask once more.
        asks = is_new and not (changes and after.email == held.wanted)
        is_stored = bool(changes) or given != held.answers
        if actor.is_attendee and (is_stored or asks):
            patience.require(held.id, VERBS, now=held.now)
        if asks and hearing.is_asked_enough(after.email, now=now):
            raise MailboxAskedEnough
        known = _find_known(held, stored) if _is_other_person(held, stored) else None
        if known is not None and held.by_organiser:
            raise SamePerson
        if known is not None:
            telling.already_registered(held.congress, standings([known])[0], now=now)
            _record(held, "correction_refused", changes)
            return Corrected(is_known=True)
        if is_stored:
            _store(held, stored, changes, given)
            own_answers.store_files(held.congress, [(held.id, new)])
        if asks:
            _ask(held, after.email)
        keeps = actor.is_attendee and bool(held.wanted) and not is_new
        if keeps:
            _keep(held)
        return Corrected(is_stored=is_stored, is_asked=asks, is_kept=keeps)


def keep_address(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """Forget the new address that somebody asked for: its link opens nothing any more."""
    with transaction():
        held = _hold(registration_id, (), actor=actor, now=now)
        if held.wanted:
            _keep(held)


def confirm_address(token: str, *, now: datetime) -> str | None:
    """Take over the address whose mailbox this link was sent to; returns the own page's token.

    Raises `AddressLinkOver`, and `RegisteredThere` if somebody of this name is there already.
    """
    with transaction():
        wanted = registrations.find_address_change(token, now=now)
        if wanted is None:
            raise AddressLinkOver
        held = _hold(wanted.registration_id, CONFIRMING, actor=ATTENDEE, now=now)
        # Read again: another click may have been faster until the congress was held.
        wanted = registrations.find_address_change(token, now=now)
        if wanted is None:
            raise AddressLinkOver
        after = replace(held.details, email=wanted.email)
        if _find_known(held, after) is not None:
            raise RegisteredThere
        _store(held, after, corrections(held.details, after))
        return tokens.token_for(held.id, TokenPurpose.MANAGE)


def _hold(
    registration_id: int, doors: Sequence[Condition], *, actor: Actor, now: datetime
) -> _Held:
    congress = congresses.with_content(congresses.hold(congress_of(registration_id)))
    own = registrations.get_own(registration_id)
    hall = Hall.of(congress, (), now=now)
    conditions.require(doors, hall, own.standing.person, CONGRESS)
    wanted = own.wanted_address(now=now)
    return _Held(registration_id, congress, own.person, wanted, own.answers, own.booked, actor, now)


def _settled(
    held: _Held, answers: Given | None, files: Mapping[str, AnswerFile]
) -> tuple[Given, Mapping[str, AnswerFile]]:
    """Return the answers that count from now on; those of a workshop are asked as it is booked."""
    if answers is None:
        return held.answers, {}
    before, may_lack, questions = held.answers, held.by_organiser, held.congress.questions
    answers, files = own_answers.as_new(held.id, before, answers, files)
    given = settled(questions, answers, held.booked, before, may_lack=may_lack)
    given = with_bytes(questions, given, before, files)
    return given, {key: each for key, each in files.items() if key in given}


def _is_other_person(held: _Held, after: Details) -> bool:
    """Return whether somebody would count as another person than now."""
    before = held.details
    return (before.email_key, before.name_key) != (after.email_key, after.name_key)


def _find_known(held: _Held, after: Details) -> int | None:
    """Return who else is registered under this name and address."""
    key = {"email_key": after.email_key, "name_key": after.name_key}
    found = db.session.execute(KNOWN, {"congress_id": held.congress.id} | key)
    return next((row.id for row in found if row.id != held.id), None)


def _store(
    held: _Held, after: Details, changes: Sequence[Correction], given: Given | None = None
) -> None:
    given = held.answers if given is None else given
    if given != held.answers:
        own_answers.require_room(held.congress, given, held.answers)
        own_answers.replace(held.congress, held.id, given)
    columns = after.columns()
    if not _is_other_person(held, after):
        del columns["name_key"]  # it may tell two apart who were stored under an older rule
    register = select(Organisation.id).where(Organisation.name_key == columns.pop("register_key"))
    columns |= {"organisation_id": register.scalar_subquery(), "changed_at": held.now}
    db.session.execute(update(PEOPLE).where(PEOPLE.c.id == held.id).values(columns))
    old = held.details.email
    moves = after.email_key != held.details.email_key
    if moves:
        addresses.drop(held.id)
        unconfirmed.end(held.id)  # organisers answer for what they type
        tokens.renew(held.id, now=held.now)
    [standing] = standings([held.id])
    answered = own_answers.corrections(held.congress, standing.language, held.answers, given)
    told = (*changes, *answered)
    if moves and not old:
        telling.first_address(
            held.congress, standing, told, by_organiser=held.by_organiser, now=held.now
        )
    elif moves:
        telling.readdressed(
            held.congress, standing, old, told, by_organiser=held.by_organiser, now=held.now
        )
    else:
        telling.corrected(
            held.congress, standing, told, by_organiser=held.by_organiser, now=held.now
        )
    _record(held, "corrected", changes, is_answered=bool(answered))
    if held.congress.rules.quota:
        with places.held(held.congress.id, now=held.now) as ledger:
            delegations.recount(ledger, {held.id: after})
            telling.moved_up(ledger)


def _ask(held: _Held, email: str) -> None:
    wanted = addresses.want(held.id, email, now=held.now)
    [standing] = standings([held.id])
    asking.ask_address(
        held.congress,
        replace(standing, email=email),
        wanted.id,
        expires_at=wanted.expires_at,
        now=held.now,
    )
    _record(held, "address_asked", [Correction("email", held.details.email, email)])


def _keep(held: _Held) -> None:
    addresses.drop(held.id)
    _record(held, "address_kept", [Correction("email", held.wanted, held.details.email)])


def _record(
    held: _Held, verb: str, changes: Sequence[Correction], *, is_answered: bool = False
) -> None:
    """Put it into the log; of answers only that there are others, for not everybody reads them."""
    auditing.record(
        verb,
        actor=held.actor,
        now=held.now,
        congress_id=held.congress.id,
        registration_id=held.id,
        fields=[*(each.field for each in changes), *([ANSWERS] if is_answered else [])],
        details={"repaired": True} if held.is_repaired else {},
        personal={
            "before": {each.field: each.before for each in changes},
            "after": {each.field: each.after for each in changes},
        },
    )
