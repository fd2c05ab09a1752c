from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.network.organisations import (
    DomainOfAnybody,
    DomainTaken,
    NameOfItself,
    NameTaken,
)
from congress.models import AuditLine, OrganisationDomain
from congress.queries.network import register
from congress.queries.organisations import suggestions
from congress.services.network import naming
from tests.network import a_domain, an_alias, an_organisation

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DONE: Any = {"actor": COMMAND, "now": NOW}


def verbs(session):
    return list(session.scalars(select(AuditLine.verb).order_by(AuditLine.id)))


def test_an_organisation_is_suggested_by_its_other_name_while_it_has_it(session):
    rheine = an_organisation("Stadt Rheine")
    naming.add_alias(rheine.id, "Emsmetropole", **DONE)
    [alias] = register.find(rheine.id, day=NOW.date()).aliases

    assert suggestions("emsm", day=NOW.date()) == ["Stadt Rheine"]
    naming.remove_alias(rheine.id, alias.id, **DONE)
    naming.remove_alias(rheine.id, alias.id, **DONE)
    assert suggestions("emsm", day=NOW.date()) == []
    assert verbs(session) == ["alias_added", "alias_removed"]


def test_another_name_is_of_one_organisation(database):
    rheine, essen = an_organisation("Stadt Rheine"), an_organisation("Stadt Essen")
    an_alias(essen, "Ruhrstadt")
    for name, holder in (("stadt essen", "Stadt Essen"), ("Ruhrstadt", "Stadt Essen")):
        with pytest.raises(NameTaken, match=holder):
            naming.add_alias(rheine.id, name, **DONE)
    an_alias(rheine, "Emsmetropole")
    for name in ("Stadt Rheine", "emsmetropole"):
        with pytest.raises(NameOfItself):
            naming.add_alias(rheine.id, name, **DONE)


def test_a_mail_domain_is_of_one_organisation(session):
    rheine, essen = an_organisation("Stadt Rheine"), an_organisation("Stadt Essen")
    naming.confirm_domain(rheine.id, "rheine.de", **DONE)
    naming.confirm_domain(rheine.id, "rheine.de", **DONE)
    with pytest.raises(DomainTaken, match="Stadt Rheine"):
        naming.confirm_domain(essen.id, "rheine.de", **DONE)
    with pytest.raises(DomainOfAnybody):
        naming.confirm_domain(essen.id, "web.de", **DONE)
    row = session.scalars(select(OrganisationDomain)).one()
    assert (row.organisation_id, row.confirmed_at) == (rheine.id, NOW)
    naming.remove_domain(rheine.id, row.id, **DONE)
    assert verbs(session) == ["domain_confirmed", "domain_removed"]


def test_nothing_is_taken_from_another_organisation(database):
    rheine, essen = an_organisation("Stadt Rheine"), an_organisation("Stadt Essen")
    alias, domain = an_alias(essen, "Ruhrstadt"), a_domain(essen, "essen.de")
    naming.remove_alias(rheine.id, alias.id, **DONE)
    naming.remove_domain(rheine.id, domain.id, **DONE)
    found = register.find(essen.id, day=NOW.date())

    assert [each.text for each in (*found.aliases, *found.domains)] == ["Ruhrstadt", "essen.de"]
