from datetime import date

import pytest

from congress.domain.folding import NEXT
from congress.domain.network import organisations
from congress.domain.network.organisations import (
    DomainOfAnybody,
    OrganisationFacts,
    SuccessorsInCircle,
)


def test_an_organisation_is_found_by_its_other_names_each_from_its_beginning():
    found = organisations.search_text("Stadt Lünen", ["", "Rathaus Lünen", "05978024"])

    assert found.split(NEXT) == ["stadt lunen", "rathaus lunen", "05978024"]


def test_a_version_tells_facts_from_others():
    facts = OrganisationFacts("Stadt Lünen", inhabitants=86_000)
    other = OrganisationFacts("Stadt Lünen", inhabitants=86_001, valid_until=date(2025, 12, 31))

    assert facts.version == OrganisationFacts("Stadt Lünen", inhabitants=86_000).version
    assert facts.version != other.version
    assert facts.changes_to(other) == ["inhabitants", "valid_until"]


@pytest.mark.parametrize(
    ("ags", "said", "district"),
    [("05566076", "05978", "05566"), (None, "05978", "05978"), (None, None, None)],
)
def test_the_key_says_the_district(ags, said, district):
    assert organisations.district_for(ags, said) == district


@pytest.mark.parametrize(
    ("successors", "last"), [({}, 1), ({1: 2}, 2), ({1: 2, 2: 3}, 3), ({1: 2, 2: 1}, 2)]
)
def test_what_has_become_of_an_organisation(successors, last):
    assert organisations.last_of(1, successors) == last


@pytest.mark.parametrize(
    ("successor", "successors", "is_circle"),
    [
        (2, {}, False),
        (1, {}, True),
        (2, {2: 3}, False),
        (2, {2: 1}, True),
        (2, {2: 3, 3: 1}, True),
        (2, {1: 3, 3: 1}, False),  # what followed it before does not count
    ],
)
def test_nobody_is_followed_by_itself(successor, successors, is_circle):
    if is_circle:
        with pytest.raises(SuccessorsInCircle):
            organisations.require_no_circle(1, successor, successors)
    else:
        organisations.require_no_circle(1, successor, successors)


def test_a_domain_where_anybody_has_an_address_is_nobodys_own():
    organisations.require_own_domain("rheine.de")
    with pytest.raises(DomainOfAnybody):
        organisations.require_own_domain("gmx.de")
