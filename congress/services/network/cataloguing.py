"""One organisation of the register: added, and changed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.network.organisations import (
    KeyTaken,
    Kind,
    NameTaken,
    OrganisationEditedMeanwhile,
    OrganisationFacts,
    Sector,
    district_for,
    require_no_circle,
    search_text,
)
from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import ContactPerson, Organisation, OrganisationAlias
from congress.queries.network import register
from congress.services import auditing
from congress.transaction import transaction


def add(facts: OrganisationFacts, *, actor: Actor, now: datetime) -> int:
    """Put an organisation into the register and return its number.

    Raises NameTaken and KeyTaken.
    """
    facts = _completed(facts)
    with transaction():
        _require_free(facts, None)
        row = Organisation(name=facts.name, name_key=fold_name(facts.name))
        write(row, facts, aliases=())
        db.session.add(row)
        db.session.flush()
        record("organisation_added", row, actor=actor, now=now)
        return row.id


def add_municipality(name: str, *, actor: Actor, now: datetime) -> int:
    """Put a municipality into the register as somebody typed it, inside a running transaction.

    Raises NameTaken.
    """
    if holder := find_holder(fold_name(name), besides=None):
        raise NameTaken(holder)
    row = Organisation(name=name, name_key=fold_name(name))
    facts = OrganisationFacts(name, kind=Kind.MUNICIPALITY, sector=Sector.PUBLIC)
    write(row, facts, aliases=())
    db.session.add(row)
    db.session.flush()
    record("organisation_added", row, actor=actor, now=now)
    return row.id


def change(
    organisation_id: int, facts: OrganisationFacts, *, version: str, actor: Actor, now: datetime
) -> bool:
    """Say something else of an organisation; returns whether it is something else.

    Raises OrganisationEditedMeanwhile, NameTaken, KeyTaken and SuccessorsInCircle.
    """
    facts = _completed(facts)
    with transaction():
        row = hold(organisation_id)
        before = register.facts_of(row)
        if before.version != version:
            raise OrganisationEditedMeanwhile
        changes = before.changes_to(facts)
        if not changes:
            return False
        _require_free(facts, row.id)
        if facts.successor_id is not None and facts.successor_id != before.successor_id:
            hold(facts.successor_id)
            require_no_circle(row.id, facts.successor_id, register.followed())
        write(row, facts, aliases=aliases_of(row.id))
        details: dict[str, Any] = {"before": before.name} if "name" in changes else {}
        record("organisation_changed", row, actor=actor, now=now, fields=changes, details=details)
        return True


def hold(organisation_id: int) -> Organisation:
    """Lock an organisation that is there."""
    return db.session.scalars(
        select(Organisation).where(Organisation.id == organisation_id).with_for_update()
    ).one()


def keep_of(contact_id: int) -> None:
    """Let nobody unite the organisation of a contact person away until this use case is stored.

    Whoever writes rows that name it does so before holding anything else: uniting holds the
    organisations first and these rows then, and the other way round both would wait for ever.
    Others may do the same at once. What was read of the contact person before is out of date.
    """
    theirs = select(ContactPerson.organisation_id).where(ContactPerson.id == contact_id)
    one = select(Organisation.id).where(Organisation.id == theirs.scalar_subquery())
    db.session.execute(one.with_for_update(read=True, key_share=True))


def write(row: Organisation, facts: OrganisationFacts, *, aliases: tuple[str, ...]) -> None:
    """Let a row say these facts, and be found by them."""
    for name, value in vars(facts).items():
        setattr(row, name, value)
    row.name_key = fold_name(facts.name)
    row.search = search_text(facts.name, [*aliases, facts.short_name, facts.ags or ""])


def find_anew(row: Organisation) -> None:
    """Let an organisation be found by the aliases it has now."""
    row.search = search_text(row.name, [*aliases_of(row.id), row.short_name, row.ags or ""])


def aliases_of(organisation_id: int) -> tuple[str, ...]:
    """Return the other names of an organisation."""
    statement = (
        select(OrganisationAlias.name)
        .where(OrganisationAlias.organisation_id == organisation_id)
        .order_by(OrganisationAlias.id)
    )
    return tuple(db.session.scalars(statement))


def record(
    verb: str,
    row: Organisation,
    *,
    actor: Actor,
    now: datetime,
    fields: list[str] | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Add the line of the log about an organisation."""
    auditing.record(
        verb,
        actor=actor,
        now=now,
        fields=fields or (),
        details={"organisation": row.id, "name": row.name, **(details or {})},
    )


def find_holder(name_key: str, *, besides: int | None) -> str | None:
    """Return which other organisation has a name, or is known by it."""
    alias = select(OrganisationAlias.organisation_id).where(OrganisationAlias.name_key == name_key)
    statement = select(Organisation.name).where(
        (Organisation.name_key == name_key) | Organisation.id.in_(alias),
        Organisation.id != (besides or 0),
    )
    return db.session.scalars(statement.limit(1)).one_or_none()


def _completed(facts: OrganisationFacts) -> OrganisationFacts:
    return replace(facts, district=district_for(facts.ags, facts.district))


def _require_free(facts: OrganisationFacts, besides: int | None) -> None:
    """One name, one organisation; and of those that have not ended one for each key."""
    if holder := find_holder(fold_name(facts.name), besides=besides):
        raise NameTaken(holder)
    if facts.ags is None or facts.valid_until is not None:
        return
    statement = select(Organisation.name).where(
        Organisation.ags == facts.ags,
        Organisation.valid_until.is_(None),
        Organisation.id != (besides or 0),
    )
    if keeper := db.session.scalars(statement.limit(1)).one_or_none():
        raise KeyTaken(keeper)
