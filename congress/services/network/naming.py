"""What an organisation is known by besides its name: other names, and mail domains."""

from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.network.organisations import (
    DomainTaken,
    NameOfItself,
    NameTaken,
    require_own_domain,
)
from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import Organisation, OrganisationAlias, OrganisationDomain
from congress.services.network.cataloguing import find_anew, find_holder, hold, record
from congress.transaction import transaction


def add_alias(organisation_id: int, name: str, *, actor: Actor, now: datetime) -> None:
    """Let an organisation be known by another name. Raises NameTaken and NameOfItself."""
    with transaction():
        row = hold(organisation_id)
        if holder := find_holder(fold_name(name), besides=row.id):
            raise NameTaken(holder)
        if find_holder(fold_name(name), besides=None):
            raise NameOfItself
        alias = OrganisationAlias(organisation_id=row.id, name=name, name_key=fold_name(name))
        db.session.add(alias)
        db.session.flush()
        find_anew(row)
        record("alias_added", row, actor=actor, now=now, details={"alias": name})


def remove_alias(organisation_id: int, alias_id: int, *, actor: Actor, now: datetime) -> None:
    """Let an organisation be known by a name no more; what is gone already stays gone."""
    with transaction():
        row = hold(organisation_id)
        alias = db.session.get(OrganisationAlias, alias_id)
        if alias is None or alias.organisation_id != row.id:
            return
        db.session.delete(alias)
        db.session.flush()
        find_anew(row)
        record("alias_removed", row, actor=actor, now=now, details={"alias": alias.name})


def confirm_domain(organisation_id: int, domain: str, *, actor: Actor, now: datetime) -> None:
    """Confirm that a mail domain is an organisation's own, for all congresses.

    Raises DomainTaken and DomainOfAnybody.
    """
    require_own_domain(domain)
    with transaction():
        row = hold(organisation_id)
        holder = db.session.scalars(
            select(Organisation)
            .join(OrganisationDomain, OrganisationDomain.organisation_id == Organisation.id)
            .where(OrganisationDomain.domain == domain)
        ).one_or_none()
        if holder is row:
            return
        if holder is not None:
            raise DomainTaken(holder.name)
        db.session.add(OrganisationDomain(organisation_id=row.id, domain=domain, confirmed_at=now))
        record("domain_confirmed", row, actor=actor, now=now, details={"domain": domain})


def remove_domain(organisation_id: int, domain_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a mail domain back; what is gone already stays gone."""
    with transaction():
        row = hold(organisation_id)
        found = db.session.get(OrganisationDomain, domain_id)
        if found is None or found.organisation_id != row.id:
            return
        db.session.delete(found)
        record("domain_removed", row, actor=actor, now=now, details={"domain": found.domain})
