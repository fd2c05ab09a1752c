"""Under which name the register knows an organisation, by its mail domains and other names."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Boolean, bindparam, or_, select

from congress.base import table_of
from congress.domain.organisation_names import domains_above
from congress.domain.people import fold_name
from congress.models import Organisation, OrganisationAlias, OrganisationDomain

ORGANISATIONS = table_of(Organisation)
ALIASES, DOMAINS = table_of(OrganisationAlias), table_of(OrganisationDomain)
EVERY = bindparam("every", type_=Boolean)
# What was typed, or stands behind an @, beside the name in the register.
BY_DOMAIN = (
    select(DOMAINS.c.domain, ORGANISATIONS.c.name)
    .join(ORGANISATIONS, ORGANISATIONS.c.id == DOMAINS.c.organisation_id)
    .where(or_(DOMAINS.c.domain.in_(bindparam("domains", expanding=True)), EVERY))
)
BY_ALIAS = (
    select(ALIASES.c.name_key, ORGANISATIONS.c.name)
    .join(ORGANISATIONS, ORGANISATIONS.c.id == ALIASES.c.organisation_id)
    .where(or_(ALIASES.c.name_key.in_(bindparam("names", expanding=True)), EVERY))
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
