from datetime import date

import pytest

from congress.domain.network.membership import MembershipState
from congress.domain.network.sizes import SizeClass
from congress.queries.network import register
from congress.queries.network.register import Ended, Wanted
from congress.queries.organisations import suggestions
from tests.builders import MADE
from tests.network import a_domain, a_membership, an_alias, an_organisation
from tests.queries_counter import count_queries

DAY = date(2016, 6, 1)


@pytest.fixture
def world(database):
    """Two towns and a district, one that has been merged, and a company."""
    rheine = an_organisation(
        "Stadt Rheine",
        search="stadt rheine\x01emsmetropole\x0105566076",
        ags="05566076",
        district="05566",
        sector="public",
        inhabitants=76_000,
    )
    essen = an_organisation(
        "Stadt Essen", ags="05113000", district="05113", sector="public", inhabitants=580_000
    )
    an_organisation("Kreis Steinfurt", kind="district", ags="05566", district="05566")
    an_organisation("Beispiel GmbH", kind="company", sector="business", inhabitants=None)
    an_organisation("Altdorf", valid_until=date(2015, 12, 31), successor_id=rheine.id)
    an_alias(rheine, "Emsmetropole")
    a_membership(rheine, "applied", date(2014, 1, 1))
    a_membership(rheine, "member", date(2015, 1, 1))
    a_membership(essen, "partner", date(2016, 7, 1))  # not yet
    a_membership(essen, "left", date(2014, 1, 1), superseded_at=MADE)  # a mistake
    return rheine


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), ["Beispiel GmbH", "Kreis Steinfurt", "Stadt Essen", "Stadt Rheine"]),
        (Wanted("stadt rh"), ["Stadt Rheine"]),
        (Wanted("rheine stadt"), ["Stadt Rheine"]),
        (Wanted("emsmetr"), ["Stadt Rheine"]),
        (Wanted("05566076"), ["Stadt Rheine"]),
        (Wanted("05113"), ["Stadt Essen"]),  # whose text does not have it
        (Wanted("%"), []),
        (Wanted(kind="district"), ["Kreis Steinfurt"]),
        (Wanted(district="05566"), ["Kreis Steinfurt", "Stadt Rheine"]),
        (Wanted(size=SizeClass.FROM_50000), ["Stadt Rheine"]),
        (Wanted(size=SizeClass.FROM_500000), ["Stadt Essen"]),
        (Wanted(sector="business"), ["Beispiel GmbH"]),
        (Wanted(member=MembershipState.MEMBER), ["Stadt Rheine"]),
        (Wanted(member=MembershipState.PARTNER), []),
        (Wanted(member=MembershipState.LEFT), []),
        (Wanted(ended=Ended.YES), ["Altdorf"]),
        (Wanted("dorf", ended=Ended.BOTH), ["Altdorf"]),
    ],
)
def test_organisations_are_found_by_what_is_asked(world, wanted, names):
    lines, total = register.listed(wanted, day=DAY, limit=10, offset=0)

    assert [each.name for each in lines] == names
    assert total == len(names)


def test_a_page_of_the_list_says_what_each_is_today_in_two_statements(world):
    with count_queries() as statements:
        lines, total = register.listed(Wanted(ended=Ended.BOTH), day=DAY, limit=2, offset=3)

    assert [(each.name, each.state) for each in lines] == [
        ("Stadt Essen", None),
        ("Stadt Rheine", MembershipState.MEMBER),
    ]
    assert (total, len(statements)) == (5, 2)


def test_one_organisation_with_its_other_names_domains_and_mergers(world):
    a_domain(world, "rheine.de")
    with count_queries() as statements:
        found = register.find(world.id, day=DAY)

    assert len(statements) == 2
    assert [each.text for each in found.aliases] == ["Emsmetropole"]
    assert [(each.text, each.confirmed_at) for each in found.domains] == [("rheine.de", MADE)]
    assert [each.name for each in found.forerunners] == ["Altdorf"]
    assert (found.successors, found.state) == ((), MembershipState.MEMBER)
    assert register.find(world.id + 1000, day=DAY) is None


def test_the_district_of_a_town_of_its_own_is_the_town(world):
    assert register.districts() == {"05566": "Kreis Steinfurt", "05113": "Stadt Essen"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("stadt rheine", "Stadt Rheine"),
        ("Emsmetropole", "Stadt Rheine"),
        ("5566076", "Stadt Rheine"),
        ("05566", "Kreis Steinfurt"),
        ("Rheine", None),
        ("", None),
    ],
)
def test_an_organisation_is_named_by_name_alias_or_key(world, typed, name):
    found = register.find_named(typed)

    assert (found.name if found else None) == name


def test_suggestions_know_other_names_and_take_one_statement(world):
    with count_queries() as statements:
        found = suggestions("emsmet", day=DAY)

    assert (found, len(statements)) == (["Stadt Rheine"], 1)
    assert suggestions("altd", day=DAY) == []
    assert suggestions("altd", day=date(2015, 12, 31)) == ["Altdorf"]
