"""Answering applications for membership: the office says which organisation it is, yes or no.

What is decided, what follows from it and the letter that says so stand in one transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.answer_files import AnswerFile
from congress.domain.network.applications import (
    Application,
    ApplicationState,
    ApplicationUnseen,
    ConditionsMissing,
    MemberTooEarly,
    OrganisationUndecided,
)
from congress.domain.network.conditions import Condition, missing
from congress.domain.network.contacts import ContactDetails
from congress.domain.network.doubts import FAR_AHEAD
from congress.domain.network.membership import MembershipState, believed
from congress.domain.network.terms import ContactRole, Term
from congress.extensions import db
from congress.models import ContactPerson, MembershipApplication, MembershipDocument
from congress.queries.network import applications, conditions, contacts, memberships
from congress.services import auditing
from congress.services.network import (
    application_letters,
    applying,
    appointing,
    cataloguing,
    checking,
    contact_sending,
    membership,
)
from congress.services.network.checking import Finding
from congress.services.network.membership import Statement
from congress.transaction import transaction

APPLICATIONS, DOCUMENTS = table_of(MembershipApplication), table_of(MembershipDocument)


@dataclass(frozen=True)
class Answer:
    """What the office decides: to what it has read, and with which words."""

    seen: str
    words: str = ""


def match(
    application_id: int,
    organisation_id: int,
    *,
    seen: str,
    day: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Say which organisation of the register an application is about.

    It has applied from the day on on which the application came. Raises ApplicationSettled and
    ApplicationUnseen.
    """
    with transaction():
        before = _seen(application_id, seen)
        _match(before, organisation_id, day, actor=actor, now=now)


def register(application_id: int, *, seen: str, day: date, actor: Actor, now: datetime) -> None:
    """Put the organisation as it was typed into the register, as a municipality.

    Raises NameTaken, ApplicationSettled and ApplicationUnseen.
    """
    with transaction():
        before = _seen(application_id, seen)
        number = cataloguing.add_municipality(before.organisation, actor=actor, now=now)
        _match(before, number, day, actor=actor, now=now)


def accept(
    application_id: int,
    answer: Answer,
    member_from: date,
    *,
    sure_of: Collection[Condition] = (),
    today: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Let an organisation be a member from a day on, and whoever applied its contact person.

    What was said of conditions counts as checked today. Raises OrganisationUndecided,
    ConditionsMissing unless all that is missing was seen, MemberTooEarly, ApplicationSettled and
    ApplicationUnseen.
    """
    with transaction():
        before = _seen(application_id, answer.seen)
        if before.organisation_id is None:
            raise OrganisationUndecided
        left = missing(before.checks)
        if not set(left) <= set(sure_of):
            raise ConditionsMissing(left)
        _require_day(before.organisation_id, member_from, today)
        number = before.organisation_id
        more = {"answer": answer.words, "answered_by": actor.user_id, "member_from": member_from}
        applying.settle(before, ApplicationState.ACCEPTED, now=now, **more)
        _record("application_accepted", before, actor=actor, now=now)
        _take_over_conditions(before, number, today, actor=actor, now=now)
        _become_member(number, member_from, actor=actor, now=now)
        contact = _contact(before, number, member_from, actor=actor, now=now)
        starts_on = member_from.isoformat()
        application_letters.accepted(before, contact, starts_on, answer.words, now=now)


def decline(
    application_id: int, answer: Answer, *, today: date, actor: Actor, now: datetime
) -> None:
    """Say no, with the reason. Raises ApplicationSettled and ApplicationUnseen."""
    with transaction():
        before = _seen(application_id, answer.seen)
        more = {"answer": answer.words, "answered_by": actor.user_id}
        applying.settle(before, ApplicationState.DECLINED, now=now, **more)
        _record("application_declined", before, actor=actor, now=now)
        applying.no_longer_applies(before, today, now=now)
        application_letters.declined(before, answer.words, now=now)


def hand_out(application_id: int, *, actor: Actor, now: datetime) -> AnswerFile | None:
    """Return the document of an application and note who read it; None where there is none."""
    with transaction():
        found, file = applications.find(application_id), applications.find_file(application_id)
        if found is not None and file is not None:
            _record("application_document_read", found, actor=actor, now=now)
    return file


def _seen(application_id: int, seen: str) -> Application:
    before = applying.hold(application_id)
    if before.version != seen:
        raise ApplicationUnseen
    return before


def _match(
    before: Application, organisation_id: int, day: date, *, actor: Actor, now: datetime
) -> None:
    if before.organisation_id is not None and before.organisation_id != organisation_id:
        applying.no_longer_applies(before, day, now=now)
    mine = APPLICATIONS.c.id == before.id
    matched = update(APPLICATIONS).where(mine).values(organisation_id=organisation_id)
    db.session.execute(matched)
    applying.has_applied(organisation_id, day, now=now)
    _record("application_matched", before, actor=actor, now=now, organisation=organisation_id)


def _require_day(organisation_id: int, day: date, today: date) -> None:
    subject = memberships.find_subject(organisation_id)
    first = subject.validity.first if subject else None
    last = subject.validity.last if subject else None
    is_within = (first is None or first <= day) and (last is None or day <= last)
    if not is_within or day > today + FAR_AHEAD:
        raise MemberTooEarly


def _take_over_conditions(
    before: Application, organisation_id: int, today: date, *, actor: Actor, now: datetime
) -> None:
    """Count what was said as checked; the document becomes the organisation's."""
    document_id = before.document[0] if before.document else None
    if document_id is not None:
        moved = {"organisation_id": organisation_id, "application_id": None}
        mine = DOCUMENTS.c.id == document_id
        db.session.execute(update(DOCUMENTS).where(mine).values(moved))
    found = conditions.checks(organisation_id)
    for each in before.checks:
        finding = Finding(each, today)
        number = document_id if each.has_document else None
        checking.write(organisation_id, finding, number, found, actor=actor, now=now)


def _become_member(organisation_id: int, day: date, *, actor: Actor, now: datetime) -> None:
    """Write the membership, instead of applications that would begin only after it."""
    history = memberships.records(memberships.history(organisation_id))
    later = [
        each.id
        for each in believed(history)
        if each.state is MembershipState.APPLIED and each.since > day
    ]
    statement = Statement(MembershipState.MEMBER, day)
    membership.write(organisation_id, statement, instead_of=later, actor=actor, now=now)


def _contact(
    before: Application, organisation_id: int, day: date, *, actor: Actor, now: datetime
) -> int:
    """Return the number of whoever applied as contact person, who has a link from now on."""
    person = before.applicant
    details = ContactDetails(
        ContactRole.CONTACT,
        person.given_name,
        person.family_name,
        person.email,
        person.function,
        person.phone,
        before.language,
    )
    term, keys = Term(day), details.keys
    known = next(
        (
            each.id
            for each in contacts.of_organisation(organisation_id)
            if each.details.keys == keys and each.term.meets(term)
        ),
        None,
    )
    number = known or appointing.begin(
        organisation_id, details, term, is_told=False, actor=actor, now=now
    )
    row = db.session.scalars(select(ContactPerson).where(ContactPerson.id == number)).one()
    contact_sending.link(row, now=now)
    db.session.flush()
    return number


def _record(
    verb: str, application: Application, *, actor: Actor, now: datetime, **more: object
) -> None:
    details = {"application": application.id, "organisation": application.organisation_id}
    auditing.record(verb, actor=actor, now=now, details=details | more)
