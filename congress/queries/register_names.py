"""Under which name the register knows an organisation, by its mail domains and other names."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Boolean, bindparam, literal, or_, select, union_all

from congress.base import table_of
from congress.domain.organisation_names import domains_above
from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import Organisation, OrganisationAlias, OrganisationDomain

ORGANISATIONS = table_of(Organisation)
ALIASES, DOMAINS = table_of(OrganisationAlias), table_of(OrganisationDomain)
EVERY = bindparam("every", type_=Boolean)
KNOWN = union_all(
    select(literal(True).label("is_domain"), DOMAINS.c.domain.label("text"), ORGANISATIONS.c.name)
    .join(ORGANISATIONS, ORGANISATIONS.c.id == DOMAINS.c.organisation_id)
    .where(or_(DOMAINS.c.domain.in_(bindparam("domains", expanding=True)), EVERY)),
    select(literal(False), ALIASES.c.name_key, ORGANISATIONS.c.name)
    .join(ORGANISATIONS, ORGANISATIONS.c.id == ALIASES.c.organisation_id)
    .where(or_(ALIASES.c.name_key.in_(bindparam("names", expanding=True)), EVERY)),
)


class Registered(NamedTuple):
    """The names of organisations by mail domain, and by another name (`people.fold_name`)."""

    by_domain: Mapping[str, str]
    by_alias: Mapping[str, str]

    def name_of(self, organisation: str, email_key: str) -> str:
        """Return what the register calls it; else what was typed.

        A confirmed domain says more than what somebody types.
        """
        for domain in domains_above(email_key):
            if domain in self.by_domain:
                return self.by_domain[domain]
        return self.by_alias.get(fold_name(organisation), organisation)


def registered(organisations: Iterable[str], domains: Collection[str]) -> Registered:
    """Return what the register knows of these, in one statement."""
    return _read(list({fold_name(each) for each in organisations}), list(domains), every=False)


def all_registered() -> Registered:
    """Return every mail domain and other name of the register."""
    return _read([], [], every=True)


def _read(names: list[str], domains: list[str], *, every: bool) -> Registered:
    sought = {"names": names, "domains": domains, "every": every}
    rows = db.session.execute(KNOWN, sought).all()
    return Registered(
        {row.text: row.name for row in rows if row.is_domain},
        {row.text: row.name for row in rows if not row.is_domain},
    )
