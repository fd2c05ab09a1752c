"""Making two registrations of one person one: places, details, consents, letters in one step."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import insert, select, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.correction import Correction, SamePerson, corrections
from congress.domain.errors import Refused
from congress.domain.hall import Person
from congress.domain.merging import Merge
from congress.domain.moves import Decision
from congress.domain.one_person import SeenOtherwise, ended_consents, united
from congress.domain.people import fold_email
from congress.domain.registration import BookingState
from congress.domain.registration_request import PRIVACY_NOTICE, VOLUNTARY, Details
from congress.domain.repeating import after
from congress.extensions import db
from congress.models import (
    Booking,
    Organisation,
    Registration,
    ToldApart,
)
from congress.queries import congresses, programme, registrations
from congress.queries.congresses import Heading
from congress.queries.registrations import OwnRegistration, congress_of
from congress.services import (
    addresses,
    assisting,
    auditing,
    consenting,
    delegations,
    hand_overs,
    kinds,
    own_answers,
    places,
    presence_rows,
    priorities,
    prolonging,
    requesting,
    tokens,
    unconfirmed,
    wishing,
)
from congress.services.assigning import keeping, outcomes
from congress.services.changing import stated
from congress.services.enrolling import KNOWN
from congress.services.entering import CHANNEL
from congress.services.mails import telling, uniting
from congress.services.mails.uniting import United
from congress.services.market import passing_on
from congress.services.places import Ledger
from congress.services.planning import tasks
from congress.transaction import transaction

PEOPLE, BOOKINGS = table_of(Registration), table_of(Booking)
APART = table_of(ToldApart)


@dataclass(frozen=True)
class Merging:
    """Which registration goes on, which goes into it, and what is kept as the other one has it.

    `of_other` are fields of the person; `other_wins` answers clashes of workshops by their keys.
    """

    kept: int
    other: int
    of_other: frozenset[str] = frozenset()
    other_wins: Mapping[int, bool] = field(default_factory=dict)

    def wanted(self, quota_key: str | None) -> Merge:
        """The same as a wish about places, with the organisation that is counted then."""
        return Merge(self.kept, self.other, self.other_wins, quota_key)


@dataclass(frozen=True)
class Outlook:
    """What would come of it: the person, the places, who moves up; `seen` tells it from others."""

    details: Details
    before: Person
    other: Person
    after: Person
    decision: Decision
    consents_ended: frozenset[str]
    seen: str

    @property
    def refusal(self) -> Refused | None:
        return self.decision.refusal

    @property
    def both(self) -> Person:
        """Who goes on, with the workshops that either had: what a letter calls new is neither's."""
        places = {each.workshop_id: each for each in self.other.bookings}
        for each in self.before.bookings:
            if not self.other.has_place(each.workshop_id):
                places[each.workshop_id] = each
        return replace(self.before, bookings=tuple(places.values()))

    @property
    def other_state(self) -> dict[str, str]:
        """Where the one who goes on stands by it, where that is elsewhere, for the log."""
        is_same = self.after.state is self.before.state
        return {} if is_same else {"state": self.after.state}

    @property
    def moved_up(self) -> tuple[int, ...]:
        """Who else gets a place by it."""
        return tuple(sorted(self.decision.gains.keys() - {self.before.id}))


def foresee(heading: Heading, merging: Merging, *, now: datetime) -> Outlook:
    """Return what would come of it; nothing is held or written."""
    ledger = Ledger(heading, programme.current_items(heading), now=now)
    both = (registrations.get_own(each) for each in (merging.kept, merging.other))
    return _outlook(ledger, merging, *both)


def merge(merging: Merging, *, seen: str, actor: Actor, now: datetime) -> None:
    """Make two registrations one, tell the person in one letter, and pass on what is free.

    `seen` is that of the outlook that was shown; raises `SeenOtherwise` where something else would
    come of it now. The same form sent twice is once.
    """
    with transaction(), places.held(congress_of(merging.kept), now=now) as ledger:
        _hold(merging)
        mine, other = (registrations.get_own(each) for each in (merging.kept, merging.other))
        if other.standing.merged_into_id == mine.id:
            return
        outlook = _outlook(ledger, merging, mine, other)
        if outlook.refusal is not None:
            raise outlook.refusal
        if outlook.seen != seen:
            raise SeenOtherwise
        _require_nobody_else(ledger, outlook.details, mine, other)
        questions = {each.item.id: each.question for each in other.standing.bookings}
        own_answers.unite(ledger.congress, mine.id, other.id)
        assisting.unite(mine.id, other.id)  # before that of whoever ends is deleted
        requesting.unite(mine.id, other.id, now=now)
        prolonging.unite(mine.id, other.id)
        tasks.unite(mine.id, other.id)
        wishing.hand_on(ledger, other.id, mine.id)
        decided = keeping.of_person(ledger, other.id)
        outcomes.unite(mine.id, other.id)
        ledger.apply(outlook.decision, questions=questions)
        keeping.unite(ledger, mine.id, other.id, decided)
        priorities.unite(outlook.before, outlook.other)
        _keep_questions(mine, other)
        kinds.unite(ledger, mine.id, other.id, actor=actor)
        for unite in (_keep_notes, _keep_invitation, _keep_apart, _end):
            unite(mine.id, other.id)
        changes = corrections(mine.person, outlook.details)
        _store(mine, outlook.details, changes, now=now)
        delegations.recount(ledger, {mine.id: outlook.details})
        consenting.end(mine.id, outlook.consents_ended, now=now)
        ledger.gains.pop(mine.id, None)  # the one letter says it, and so does the line
        gone = United(mine.standing, outlook.both, changes, outlook.consents_ended)
        uniting.merged(ledger, gone, other.id)
        telling.moved_up(ledger)
        _record(ledger, outlook, changes, actor=actor)


def tell_apart(congress_id: int, one: int, other: int, *, actor: Actor, now: datetime) -> None:
    """Remember that two registrations are of two people; again changes nothing."""
    first, second = sorted((one, other))
    with transaction():
        known = select(APART.c.id).where(
            APART.c.registration_id == first, APART.c.other_id == second
        )
        congresses.hold(congress_id)  # a double click is one line
        if db.session.scalars(known).one_or_none() is not None:
            return
        row = {"registration_id": first, "other_id": second}
        db.session.execute(insert(APART).values(row))
        for person, of in ((first, second), (second, first)):
            auditing.record(
                "told_apart",
                actor=actor,
                now=now,
                congress_id=congress_id,
                registration_id=person,
                details={"other": of},
            )


def _hold(merging: Merging) -> None:
    """Hold both: notes, needs, consents and who came change without holding the congress."""
    both = select(PEOPLE.c.id).where(PEOPLE.c.id.in_((merging.kept, merging.other)))
    db.session.execute(both.order_by(PEOPLE.c.id).with_for_update(key_share=True))


def _outlook(
    ledger: Ledger, merging: Merging, mine: OwnRegistration, other: OwnRegistration
) -> Outlook:
    ledger.know([merging.kept, merging.other])
    details = united(mine.person, other.person, merging.of_other)
    decision = ledger.decide(merging.wanted(delegations.find_key(ledger.congress, details)))
    hall = ledger.hall  # with the queues that were read meanwhile
    ended = _ended_consents(mine, other)
    before, gone = (hall.people[each] for each in (merging.kept, merging.other))
    stands = before if decision.refusal else after(hall, decision).people[before.id]
    moves = [each for each in decision.moves if each.person not in {before.id, gone.id}]
    rests_on = (
        *(mine.person.version, other.person.version, details.version, sorted(ended)),
        *(mine.standing.wishes, other.standing.wishes),
        *(before, gone, stands, moves),
    )
    seen = hashlib.sha256(repr(rests_on).encode()).hexdigest()[:32]
    return Outlook(details, before, gone, stands, decision, ended, seen)


def _ended_consents(mine: OwnRegistration, other: OwnRegistration) -> frozenset[str]:
    given, others = (
        {each.purpose for each in own.consents if each.withdrawn_at is None}
        for own in (mine, other)
    )
    taken_back = {each.purpose for each in other.consents if each.withdrawn_at is not None}
    was_asked = not any(
        each.purpose == PRIVACY_NOTICE and each.channel == CHANNEL for each in other.consents
    )
    voluntary = given & set(VOLUNTARY)
    return ended_consents(voluntary, others, taken_back, was_asked=was_asked)


def _require_nobody_else(
    ledger: Ledger, details: Details, mine: OwnRegistration, other: OwnRegistration
) -> None:
    """Refuse a name and address under which somebody else is registered."""
    if not details.email:
        return  # a name alone is no person
    key = {"email_key": details.email_key, "name_key": details.name_key}
    found = db.session.scalars(KNOWN, {"congress_id": ledger.heading.id} | key)
    if set(found) - {mine.id, other.id}:
        raise SamePerson


def _keep_questions(mine: OwnRegistration, other: OwnRegistration) -> None:
    """Keep what both wanted to ask in a workshop that both had."""
    asked = {each.item.id: each.question for each in mine.standing.bookings}
    for each in other.standing.bookings:
        said = asked.get(each.item.id)
        if said is None or not each.question or each.question == said:
            continue
        both = "\n".join(filter(None, (said, each.question)))
        db.session.execute(
            update(BOOKINGS)
            .where(
                BOOKINGS.c.registration_id == mine.id,
                BOOKINGS.c.item_id == each.item.id,
                BOOKINGS.c.state != BookingState.CANCELLED,
            )
            .values(question=both)
        )


def _keep_notes(kept: int, other: int) -> None:
    """Keep what organisers noted about both."""
    noted = select(PEOPLE.c.id, PEOPLE.c.note).where(PEOPLE.c.id.in_((kept, other)))
    notes = {row.id: row.note for row in db.session.execute(noted)}
    if notes[other] and notes[other] != notes[kept]:
        both = "\n".join(filter(None, (notes[kept], notes[other])))
        db.session.execute(update(PEOPLE).where(PEOPLE.c.id == kept).values(note=both))


def _keep_apart(kept: int, other: int) -> None:
    """Keep from whom somebody was told apart, whichever registration was looked at."""
    pairs = select(APART.c.registration_id, APART.c.other_id).where(
        APART.c.registration_id.in_((kept, other)) | APART.c.other_id.in_((kept, other))
    )
    known = {(row.registration_id, row.other_id) for row in db.session.execute(pairs)}
    others = {number for pair in known if other in pair for number in pair} - {kept, other}
    new = {(min(kept, each), max(kept, each)) for each in others} - known
    if new:
        rows = [{"registration_id": one, "other_id": another} for one, another in sorted(new)]
        db.session.execute(insert(APART), rows)


def _keep_invitation(kept: int, other: int) -> None:
    """Count the one who goes on to the invitation of the other, if they came by none."""
    by = select(PEOPLE.c.invitation_id).where(PEOPLE.c.id == other).scalar_subquery()
    mine = update(PEOPLE).where(PEOPLE.c.id == kept, PEOPLE.c.invitation_id.is_(None))
    db.session.execute(mine.values(invitation_id=by))


def _end(kept: int, other: int) -> None:
    """Let a registration, and those that went into it before, lead to the one that goes on."""
    addresses.drop(other)
    hand_overs.unite(kept, other)
    passing_on.pass_on(other, kept)
    unconfirmed.end(kept)  # organisers know both
    gone = (PEOPLE.c.id == other) | (PEOPLE.c.merged_into_id == other)
    db.session.execute(update(PEOPLE).where(gone).values(merged_into_id=kept))
    presence_rows.unite(kept, other)


def _store(
    mine: OwnRegistration, said: Details, changes: tuple[Correction, ...], *, now: datetime
) -> None:
    if not changes:
        return
    columns = said.columns()
    if not said.email:
        del columns["name_key"]  # it may tell two apart who have no address
    register = select(Organisation.id).where(Organisation.name_key == columns.pop("register_key"))
    columns |= {"organisation_id": register.scalar_subquery(), "changed_at": now}
    db.session.execute(update(PEOPLE).where(PEOPLE.c.id == mine.id).values(columns))
    if fold_email(mine.person.email) != said.email_key:
        addresses.drop(mine.id)
        tokens.renew(mine.id, now=now)


def _record(
    ledger: Ledger, outlook: Outlook, changes: tuple[Correction, ...], *, actor: Actor
) -> None:
    kept, other = outlook.before.id, outlook.other.id
    ledger.record(
        "merged",
        actor=actor,
        registration_id=kept,
        fields=[each.field for each in changes],
        details={
            "other": other,
            "before": stated(outlook.before),
            "after": stated(outlook.after),
            "moved_up": sorted(ledger.gains),
            "consents": sorted(outlook.consents_ended),
        }
        | outlook.other_state,
        personal={
            "before": {each.field: each.before for each in changes},
            "after": {each.field: each.after for each in changes},
        },
    )
    ledger.record(
        "merged_away",
        actor=actor,
        registration_id=other,
        details={"into": kept, "before": stated(outlook.other), "after": []},
    )
