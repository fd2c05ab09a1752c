"""Who speaks for an organisation: named, corrected, ended, followed by somebody else.

Whoever does any of it holds the organisation first, so that two terms of one person never meet.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.folding import fold_for_search
from congress.domain.network.contacts import (
    KEPT_AFTER_TERM,
    AlreadySpeaks,
    Contact,
    ContactDetails,
    ContactEditedMeanwhile,
    NothingToTakeBack,
    changes,
    coming_successor,
    ended_on,
    handed_over,
)
from congress.domain.network.terms import Term
from congress.extensions import db
from congress.models import ContactLogin, ContactPerson, Organisation
from congress.queries.network import contacts
from congress.services import auditing
from congress.services.logins import lending
from congress.services.network import contact_letters, contact_sending
from congress.transaction import transaction

PEOPLE, LOGINS = table_of(ContactPerson), table_of(ContactLogin)


def name(
    organisation_id: int,
    details: ContactDetails,
    term: Term,
    *,
    is_told: bool,
    actor: Actor,
    now: datetime,
) -> int:
    """Let somebody speak for an organisation; returns their number. Raises AlreadySpeaks."""
    with transaction():
        _hold(organisation_id)
        return begin(organisation_id, details, term, is_told=is_told, actor=actor, now=now)


def begin(
    organisation_id: int,
    details: ContactDetails,
    term: Term,
    *,
    is_told: bool,
    actor: Actor,
    now: datetime,
    before: str = "",
) -> int:
    """Store a term and tell whoever it is of, while the organisation is held."""
    _require_alone(organisation_id, details, term)
    row = ContactPerson(organisation_id=organisation_id, created_at=now)
    _write(row, details, term)
    db.session.add(row)
    db.session.flush()
    if is_told:
        contact_sending.link(row, now=now)
        db.session.flush()
        contact_letters.begun(_get(row.id), before=before, now=now)
    _record("contact_named", row, actor=actor, now=now)
    return row.id


def change(
    contact_id: int,
    details: ContactDetails,
    term: Term,
    *,
    version: str,
    actor: Actor,
    now: datetime,
) -> bool:
    """Save who somebody is; returns whether the link went to another address and ended.

    Such a one counts as not sent, and roles that were lent to the address before end. Raises
    ContactEditedMeanwhile and AlreadySpeaks.
    """
    with transaction():
        row = hold_person(contact_id)
        before = _get(contact_id)
        names = changes(before.details, details)
        names += ["term"] if before.term != term else []
        if not names:
            return False
        if before.version != version:
            raise ContactEditedMeanwhile
        _require_alone(row.organisation_id, details, term, besides=contact_id)
        has_moved = before.details.keys["email_key"] != details.keys["email_key"]
        if has_moved:
            _unlink(row, before)
        _write(row, details, term)
        db.session.flush()
        if has_moved:
            lending.take_back_of_former(row.organisation_id, before.details.keys["email_key"])
        _record("contact_changed", row, fields=names, actor=actor, now=now)
        return has_moved and before.was_sent


def end(
    contact_id: int, day: date, *, is_told: bool, actor: Actor, today: date, now: datetime
) -> None:
    """Let a day be the last of a term. Raises TooEarly.

    With a day that is past, no letter goes out any more that would bring the link.
    """
    with transaction():
        row = hold_person(contact_id)
        finish(row, day, is_told=is_told, actor=actor, today=today, now=now)


def finish(
    row: ContactPerson, day: date, *, is_told: bool, actor: Actor, today: date, now: datetime
) -> None:
    """Let a day be the last of the term of somebody who is held, with their organisation."""
    before = _get(row.id)
    term = ended_on(before.term, day)
    if term == before.term:
        return
    row.ends_on = term.ends_on
    db.session.flush()
    if not term.holds_on(today):
        contact_letters.take_back(before)
    if is_told:
        contact_letters.ended(_get(row.id), now=now)
    _record("contact_ended", row, actor=actor, now=now)


def hand_over(
    contact_id: int,
    details: ContactDetails,
    starts_on: date,
    *,
    actor: Actor,
    today: date,
    now: datetime,
) -> int:
    """Let somebody follow on a contact person: one term ends the day before the other begins.

    Both are told. Whoever was a deputy until then is it no longer. Returns the number of whoever
    follows. Raises TooEarly and AlreadySpeaks.
    """
    with transaction():
        row = hold_person(contact_id)
        return follow(row, details, starts_on, actor=actor, today=today, now=now)


def follow(
    row: ContactPerson,
    details: ContactDetails,
    starts_on: date,
    *,
    actor: Actor,
    today: date,
    now: datetime,
) -> int:
    """Let somebody follow on a contact person who is held, with their organisation."""
    before = _get(row.id)
    row.ends_on = handed_over(before.term, starts_on).ends_on
    db.session.flush()
    if not _get(row.id).term.holds_on(today):
        contact_letters.take_back(before)
    for each in _same_person(row.organisation_id, details):
        if each.id != row.id and Term(each.starts_on, each.ends_on).holds_on(starts_on):
            each.ends_on = handed_over(Term(each.starts_on, each.ends_on), starts_on).ends_on
    term = Term(starts_on)
    said: dict[str, Any] = {"is_told": True, "actor": actor, "now": now}
    number = begin(row.organisation_id, details, term, before=before.name, **said)
    contact_letters.ended(_get(row.id), successor=details.name, now=now)
    _record("contact_handed_over", row, actor=actor, now=now, successor=number)
    return number


def take_back(contact_id: int, *, actor: Actor, today: date, now: datetime) -> str:
    """Let somebody go on whom another one was to follow, and forget the other; returns their name.

    Both are told. The term has no end then. Raises NothingToTakeBack.
    """
    with transaction():
        row = hold_person(contact_id)
        others = contacts.of_organisation(row.organisation_id)
        successor = coming_successor(_get(contact_id), others, today)
        if successor is None:
            raise NothingToTakeBack
        row.ends_on = None
        contact_letters.take_back(successor)
        db.session.execute(delete(PEOPLE).where(PEOPLE.c.id == successor.id))
        db.session.flush()
        contact_letters.taken_back(_get(contact_id), successor, now=now)
        _record("contact_taken_back", row, actor=actor, now=now, successor=successor.id)
        return successor.name


def forget_old(*, now: datetime) -> int:
    """Delete contact persons a year after their term; returns how many.

    What they did stays in the log, which knows them by their numbers. Roles in congresses that
    ended with the term go before: later nobody would know that it had.
    """
    with transaction():
        last_day = (now - KEPT_AFTER_TERM).date()
        lending.take_back_of_ended(last_day)
        result = db.session.execute(delete(PEOPLE).where(PEOPLE.c.ends_on < last_day))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def _hold(organisation_id: int) -> None:
    found = select(Organisation.id).where(Organisation.id == organisation_id)
    db.session.scalars(found.with_for_update()).one()


def hold_person(contact_id: int) -> ContactPerson:
    """Hold somebody, and their organisation before: others go the same way."""
    mine = select(PEOPLE.c.organisation_id).where(PEOPLE.c.id == contact_id)
    _hold(db.session.scalars(mine).one())
    return db.session.get_one(
        ContactPerson, contact_id, with_for_update=True, populate_existing=True
    )


def _get(contact_id: int) -> Contact:
    [found] = contacts.some([contact_id])
    return found


def _write(row: ContactPerson, details: ContactDetails, term: Term) -> None:
    for name_, value in {**vars(details), **details.keys}.items():
        setattr(row, name_, value)
    row.search = fold_for_search(details.given_name, details.family_name, details.email)
    row.starts_on, row.ends_on = term.starts_on, term.ends_on


def _unlink(row: ContactPerson, before: Contact) -> None:
    contact_letters.take_back(before)
    row.nonce = row.key_id = row.digest = row.invited_at = None
    db.session.execute(delete(LOGINS).where(LOGINS.c.contact_id == row.id))


def _same_person(organisation_id: int, details: ContactDetails) -> list[ContactPerson]:
    keys = details.keys
    found = select(ContactPerson).where(
        ContactPerson.organisation_id == organisation_id,
        ContactPerson.email_key == keys["email_key"],
        ContactPerson.name_key == keys["name_key"],
    )
    return list(db.session.scalars(found.order_by(ContactPerson.id)))


def _require_alone(
    organisation_id: int, details: ContactDetails, term: Term, *, besides: int | None = None
) -> None:
    for each in _same_person(organisation_id, details):
        if each.id != besides and term.meets(Term(each.starts_on, each.ends_on)):
            raise AlreadySpeaks


def _record(
    verb: str,
    row: ContactPerson,
    *,
    actor: Actor,
    now: datetime,
    fields: list[str] | None = None,
    **more: int,
) -> None:
    details = {"contact": row.id, "organisation": row.organisation_id, **more}
    auditing.record(verb, actor=actor, now=now, fields=fields or [], details=details)
