"""Groups: one contact registers several people, sees them, and changes what they have.

Each of them is registered as anybody is, in the order of the form, in one transaction: all of
them, or nobody. Who comes only together has a place in the congress with all others, or waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, select, update

from congress.base import table_of
from congress.domain import confirming
from congress.domain.access import ATTENDEE
from congress.domain.congresses import CongressState
from congress.domain.enrolment import Enrolment
from congress.domain.errors import Refused
from congress.domain.groups import (
    KEPT_AFTER_LAST,
    Contact,
    RefusedForOne,
    require_size,
)
from congress.domain.hall import Person
from congress.domain.moves import Decision
from congress.domain.names import full_name
from congress.domain.places import Register
from congress.domain.registration import CongressNotTakingPart, RegistrationState
from congress.domain.registration_request import RegistrationRequest
from congress.domain.tokens import GroupLink
from congress.extensions import db
from congress.models import Registration, RegistrationGroup
from congress.queries import groups as queries
from congress.queries.groups import Group
from congress.queries.retention import long_over
from congress.services import (
    delegations,
    enrolling,
    group_links,
    own_answers,
    places,
    registering,
    unconfirmed,
)
from congress.services.enrolling import Enrolled
from congress.services.mails import asking, group_letters, telling
from congress.services.network import recognising
from congress.services.places import Ledger
from congress.services.tokens import fresh
from congress.transaction import transaction

GROUPS, PEOPLE = table_of(RegistrationGroup), table_of(Registration)
CHANNEL = "contact"
GONE = (RegistrationState.CANCELLED,)


@dataclass(frozen=True)
class Sent:
    """What a contact sends: who they are, and whether their people come only together."""

    contact: Contact
    together: bool
    form_key: str


def register(
    congress_id: int, sent: Sent, people: Sequence[RegistrationRequest], *, now: datetime
) -> str | None:
    """Register a group; returns the token of the contact's page.

    None where the congress asks for confirmed addresses: then only the mail brings the link. The
    same form sent twice is one group. Whoever was registered before is told so by mail alone
    (SEC-24). Raises GroupTooLarge, and RefusedForOne with what stands in the way of whom.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        if ledger.heading.state is not CongressState.PUBLISHED:
            raise CongressNotTakingPart
        made = _made_before(congress_id, sent.form_key)
        if made is None:
            require_size(ledger.congress.rules.group_most, len(people))
            made = _store(ledger, sent, named=len(people))
            group = Group(made, congress_id, ledger.congress.slug, sent.contact, sent.together)
            names = _enrol(ledger, group, people, sent.form_key)
            group_letters.to_contact(ledger.congress, group, names, now=now)
            details = {"group": made, "count": len(names), "together": sent.together}
            ledger.record("group_registered", actor=ATTENDEE, details=details)
        is_known = confirming.held_until(ledger.congress, now) is None
        return group_links.token_of(made) if is_known else None


def add(token: str, people: Sequence[RegistrationRequest], form_key: str, *, now: datetime) -> None:
    """Register more people with a group, as long as one can register.

    Raises GroupLinkOver, GroupTooLarge, and RefusedForOne.
    """
    found = queries.get_opened(token)
    with transaction(), places.held(found.congress_id, now=now) as ledger:
        group = queries.get_opened(token)
        if ledger.heading.state is not CongressState.PUBLISHED:
            raise CongressNotTakingPart
        if form_key and form_key == group.added_key:
            return  # pressed twice
        most = ledger.congress.rules.group_most
        require_size(most, most - group.left(most, queries.shown(group.id)) + len(people))
        _name(group, len(people), form_key)
        _enrol(ledger, group, people, form_key, waiting=_waiting(ledger, group))


def forget_old(*, now: datetime) -> int:
    """Delete contacts a month after the last of their group left, or long after the congress.

    Whoever is registered stays; returns how many contacts went.
    """
    since = now - KEPT_AFTER_LAST
    is_there = exists().where(
        PEOPLE.c.group_id == GROUPS.c.id,
        (PEOPLE.c.state != RegistrationState.CANCELLED) | (PEOPLE.c.cancelled_at > since),
    )
    is_over = GROUPS.c.congress_id.in_(long_over(now, KEPT_AFTER_LAST))
    with transaction():
        old = (~is_there & (GROUPS.c.created_at <= since)) | is_over
        result = db.session.execute(delete(GROUPS).where(old))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _enrol(
    ledger: Ledger,
    group: Group,
    people: Sequence[RegistrationRequest],
    form_key: str,
    *,
    waiting: tuple[Person, ...] = (),
) -> list[str]:
    """Register people one after the other, and tell each; returns whose names the contact reads.

    What is refused is refused also where some are registered already, so that nobody can ask
    without a trace who is. Where addresses are confirmed all of them are named, for the same.
    """
    now, until = ledger.now, confirming.held_until(ledger.congress, ledger.now)
    requests = [
        _of_form(replace(each, group_id=group.id), form_key, number)
        for number, each in enumerate(people, start=1)
    ]
    requests = recognising.recognised(ledger.congress, requests)
    requests = delegations.counted(ledger.congress, requests)
    known = _known(ledger, requests)
    if any(_who(each) in known for each in requests):
        _require_as_new(ledger, group, requests, waiting)
    names: list[str] = []
    for at, asked in enumerate(requests):
        if _who(asked) in known:
            registering.tell_known(ledger, asked)
            if until is not None:
                names.append(full_name(asked.given_name, asked.family_name))
            continue
        rest = requests[at + 1 :] if group.together else ()
        others = [each for each in rest if _who(each) not in known]
        decision, request = _decide(ledger, asked, others, waiting)
        newcomer = Enrolment(request, decision, now, channel=CHANNEL, unconfirmed_until=until)
        stored = enrolling.enrol(ledger, [newcomer])
        if not stored:
            continue  # made by this form before
        ledger.apply(decision)
        _tell(ledger, group, stored[0], until)
        if group.together and not _takes_place(newcomer):
            waiting = (*waiting, request.newcomer)
        known.add(_who(request))
        names.append(stored[0].standing.name)
    telling.moved_up(ledger)
    return names


def _tell(ledger: Ledger, group: Group, enrolled: Enrolled, until: datetime | None) -> None:
    """Tell somebody that they are registered, or ask whether they mean it, and note it."""
    standing, contact, now = enrolled.standing, group.contact, ledger.now
    came_back = enrolled.came_back
    group_letters.registered(ledger.congress, standing, contact, came_back=came_back, now=now)
    if until is not None:
        unconfirmed.begin(standing.id, now=now)
        asking.ask(ledger.congress, standing, now=now, registered_by=contact.named_to(standing))
    details: dict[str, object] = {"state": standing.state, "group": group.id}
    details |= registering.late(ledger, standing)
    ledger.record("registered", actor=ATTENDEE, registration_id=standing.id, details=details)


def _require_as_new(
    ledger: Ledger,
    group: Group,
    requests: Sequence[RegistrationRequest],
    waiting: tuple[Person, ...],
) -> None:
    """Refuse what would be refused if none of these people were registered yet (SEC-24).

    Whoever is takes no place and no option, so that more would go through with them than without.
    """
    tally = own_answers.tally(ledger.congress, [each.own_answers for each in requests])
    with ledger.imagining():
        for at, asked in enumerate(requests):
            others = requests[at + 1 :] if group.together else ()
            decision, request = _decide(ledger, asked, others, waiting, taken=tally.taken)
            tally.take(request.own_answers, {})
            ledger.imagine(decision, request.newcomer)
            if group.together and not _takes_place(Enrolment(request, decision, ledger.now)):
                waiting = (*waiting, request.newcomer)


def _decide(
    ledger: Ledger,
    request: RegistrationRequest,
    others: Sequence[RegistrationRequest],
    waiting: tuple[Person, ...],
    *,
    taken: own_answers.Taken | None = None,
) -> tuple[Decision, RegistrationRequest]:
    """Decide about one of a group, and refuse it for whom something stands in the way."""
    newcomers = tuple(each.newcomer for each in others)
    wanted = Register(request.choices, request.newcomer, others=newcomers, waiting=waiting)
    decision = ledger.decide(wanted)
    try:
        decision.require()
        return decision, own_answers.admit(ledger.congress, request, ledger.items, taken=taken)
    except Refused as reason:
        name = full_name(request.given_name, request.family_name)
        raise RefusedForOne(name, reason) from reason


def _waiting(ledger: Ledger, group: Group) -> tuple[Person, ...]:
    """Return who of a group that comes only together waits, so that others of it do too."""
    if not group.together:
        return ()
    here = queries.people(group.id)
    waiting = [each.id for each in here if each.state is RegistrationState.WAITING]
    ledger.know(waiting)
    return tuple(ledger.hall.people[each] for each in waiting)


def _takes_place(newcomer: Enrolment) -> bool:
    """Return whether somebody has a place, or one is held for them."""
    return newcomer.state is RegistrationState.CONFIRMED or newcomer.holds_places


def _known(ledger: Ledger, requests: Sequence[RegistrationRequest]) -> set[tuple[str, str]]:
    alike = enrolling.alike_to(ledger.heading.id, requests)
    return {(row.email_key, row.name_key) for row in alike if row.state not in GONE}


def _who(request: RegistrationRequest) -> tuple[str, str]:
    return request.email_key, request.name_key


def _of_form(request: RegistrationRequest, form_key: str, number: int) -> RegistrationRequest:
    """Return a request that is known again when its form is sent twice."""
    return replace(request, form_key=f"{form_key}.{number}" if form_key else "")


def _made_before(congress_id: int, form_key: str) -> int | None:
    mine = (GROUPS.c.congress_id == congress_id, GROUPS.c.form_key == form_key)
    found = select(GROUPS.c.id).where(*mine, GROUPS.c.form_key != "")
    return db.session.scalars(found).one_or_none()


def _name(group: Group, more: int, form_key: str) -> None:
    """Count people whom the contact names in another form."""
    named = update(GROUPS).where(GROUPS.c.id == group.id)
    db.session.execute(named.values(named=GROUPS.c.named + more, added_key=form_key))


def _store(ledger: Ledger, sent: Sent, *, named: int) -> int:
    _link, kept = fresh(GroupLink.CONTACT)
    row: dict[str, Any] = vars(sent.contact) | kept
    row |= {"email_key": sent.contact.email_key, "together": sent.together, "named": named}
    row |= {"congress_id": ledger.heading.id, "form_key": sent.form_key, "created_at": ledger.now}
    number: int = db.session.scalars(insert(GROUPS).values(row).returning(GROUPS.c.id)).one()
    return number
