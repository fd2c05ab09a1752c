"""With which organisation somebody counts whom the register of organisations knows."""

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import Registration
from congress.queries import congresses
from congress.services import delegations, quotas, registering
from tests.builders import OPEN, a_congress, a_request
from tests.network import a_domain, an_alias, an_organisation
from tests.services.test_quotas import ORGANISER

FIELDS = {"organisation": "required"}


@pytest.fixture
def congress(database):
    rheine = an_organisation("Stadt Rheine")
    a_domain(rheine, "rheine.de")
    an_alias(rheine, "Emsmetropole")
    return a_congress(capacity=20, rules={"quota": 3}, fields=FIELDS).id


def register(congress, number, organisation, email="anna@example.org"):
    request = a_request(number, organisation=organisation, email=email)
    return registering.register(congress, request, now=OPEN).registration_id


def key(person):
    return db.session.scalar(select(Registration.quota_key).where(Registration.id == person))


@pytest.mark.parametrize(
    ("organisation", "email", "counts_as"),
    [
        ("Stadt Rheine", "a@example.org", "rheine"),
        ("emsmetropole", "a@example.org", "rheine"),
        ("Jugendamt", "a@rheine.de", "rheine"),
        ("Amt für Jugend", "a@jugend.rheine.de", "rheine"),
        ("Stadt Unna", "a@example.org", "unna"),
    ],
)
def test_a_domain_or_another_name_of_the_register_counts_in_every_congress(
    congress, organisation, email, counts_as
):
    assert key(register(congress, 1, organisation, email)) == counts_as


def test_whoever_comes_by_another_name_counts_with_the_others(congress):
    people = [
        register(congress, number, organisation, email)
        for number, (organisation, email) in enumerate(
            [
                ("Stadt Rheine", "a@example.org"),
                ("Emsmetropole", "b@example.org"),
                ("wir", "c@rheine.de"),
            ]
        )
    ]
    assert {key(each) for each in people} == {"rheine"}
    delegations.count_all(congress)
    assert {key(each) for each in people} == {"rheine"}


def test_what_a_congress_has_confirmed_itself_comes_first(congress):
    register(congress, 1, "Kreis Steinfurt")
    quotas.confirm_domain(congress, "kreis steinfurt", "rheine.de", actor=ORGANISER, now=OPEN)

    assert key(register(congress, 2, "Stadt Rheine", "b@rheine.de")) == "kreis steinfurt"


def test_a_congress_without_a_quota_asks_nothing_of_the_register(database):
    number = a_congress(fields=FIELDS).id
    assert delegations.counted(congresses.get_congress(number), [a_request(1)]) == [a_request(1)]
