from dataclasses import replace
from datetime import date

import pytest

from congress.domain.network.organisations import OrganisationFacts
from congress.domain.network.uniting import Side, differing, mark_of, united

KEPT = Side(1, OrganisationFacts("Stadt Rheine", kind="municipality", inhabitants=76_000))
OTHER = Side(
    2,
    OrganisationFacts(
        "Rathaus Rheine",
        "Rheine",
        "agency",
        "05566076",
        website="https://rheine.de",
        suggested=False,
    ),
)


def test_what_one_lacks_comes_from_the_other():
    assert united(KEPT, OTHER) == replace(
        KEPT.facts,
        short_name="Rheine",
        ags="05566076",
        district="05566",
        website="https://rheine.de",
    )


def test_where_both_say_something_one_chooses():
    assert differing(KEPT, OTHER) == ["name", "kind"]
    facts = united(KEPT, OTHER, ["kind", "name"])

    assert (facts.name, facts.kind, facts.inhabitants) == ("Rathaus Rheine", "agency", 76_000)


def test_the_district_is_chosen_only_where_no_key_says_it():
    one, two = (
        Side(number, OrganisationFacts(name, district=district))
        for number, name, district in ((1, "A", "05566"), (2, "B", "05978"))
    )
    assert differing(one, two) == ["name", "district"]
    assert differing(one, replace(two, facts=replace(two.facts, ags="05978024"))) == ["name"]


def test_no_inhabitants_are_something_that_is_said():
    other = replace(OTHER, facts=replace(OTHER.facts, inhabitants=0))

    assert "inhabitants" in differing(KEPT, other)
    assert united(OTHER, other).inhabitants == 0


@pytest.mark.parametrize(("successor", "after"), [(1, None), (2, None), (3, 3)])
def test_nobody_is_merged_into_itself(successor, after):
    end = date(2015, 12, 31)
    facts = replace(KEPT.facts, valid_until=end, successor_id=successor)

    assert united(Side(1, facts), OTHER).successor_id == after


def test_a_mark_is_that_of_both_whichever_goes_on():
    changed = replace(OTHER, facts=replace(OTHER.facts, website=""))

    assert mark_of(KEPT, OTHER) == mark_of(OTHER, KEPT)
    assert mark_of(KEPT, OTHER) != mark_of(KEPT, changed)
