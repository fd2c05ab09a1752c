"""What contact persons settle themselves: who follows on them, and who stands in for them."""

from datetime import date, datetime, timedelta

from congress.domain.access import CONTACT
from congress.domain.network.contacts import (
    MOST_DEPUTIES,
    Contact,
    ContactDetails,
    EnoughDeputies,
    IsHandedOver,
    NotForDeputies,
    NotOfYours,
    TermNotInForce,
    TooEarly,
    coming_successor,
)
from congress.domain.network.terms import ContactRole, Term
from congress.models import ContactPerson
from congress.queries.network import contacts
from congress.services.network import appointing
from congress.transaction import transaction


def hand_over(
    contact_id: int, details: ContactDetails, starts_on: date, *, today: date, now: datetime
) -> None:
    """Let somebody follow on whoever asks, from a later day on; both are told.

    Raises TermNotInForce, IsHandedOver, TooEarly and AlreadySpeaks.
    """
    with transaction():
        row, own, others = _held(contact_id, today=today)
        if coming_successor(own, others, today):
            raise IsHandedOver
        if starts_on <= today:
            raise TooEarly(today + timedelta(days=1))
        appointing.follow(row, details, starts_on, actor=CONTACT, today=today, now=now)


def name_deputy(contact_id: int, details: ContactDetails, *, today: date, now: datetime) -> None:
    """Let somebody stand in for the organisation from today on, who gets a link.

    Raises TermNotInForce, NotForDeputies, EnoughDeputies and AlreadySpeaks.
    """
    with transaction():
        row, own, others = _held(contact_id, today=today)
        _require_contact_person(own)
        if len(deputies(others, today)) >= MOST_DEPUTIES:
            raise EnoughDeputies(MOST_DEPUTIES)
        term = Term(today)
        organisation_id = row.organisation_id
        appointing.begin(organisation_id, details, term, is_told=True, actor=CONTACT, now=now)


def end_deputy(contact_id: int, deputy_id: int, *, today: date, now: datetime) -> None:
    """Let today be the last day of a deputy, who is told. Again changes nothing.

    Raises TermNotInForce, NotForDeputies and NotOfYours.
    """
    with transaction():
        _row, own, others = _held(contact_id, today=today)
        _require_contact_person(own)
        if deputy_id not in {each.id for each in deputies(others, today)}:
            raise NotOfYours
        deputy = appointing.hold_person(deputy_id)
        last = max(today, deputy.starts_on)
        appointing.finish(deputy, last, is_told=True, actor=CONTACT, today=today, now=now)


def deputies(people: list[Contact], day: date) -> list[Contact]:
    """Return the deputies among people whose terms hold on a day or begin later."""
    return [
        each
        for each in people
        if each.details.role is ContactRole.DEPUTY
        and (each.term.ends_on is None or each.term.ends_on >= day)
    ]


def _held(contact_id: int, *, today: date) -> tuple[ContactPerson, Contact, list[Contact]]:
    """Hold the organisation; return who asks, and everybody who is known to speak for it."""
    row = appointing.hold_person(contact_id)
    people = contacts.of_organisation(row.organisation_id)
    [own] = [each for each in people if each.id == contact_id]
    if not own.term.holds_on(today):
        raise TermNotInForce
    return row, own, people


def _require_contact_person(own: Contact) -> None:
    if own.details.role is not ContactRole.CONTACT:
        raise NotForDeputies
