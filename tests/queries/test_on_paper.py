"""Who stands on printed lists, and how many: those with a place, and on doors those on site."""

import pytest

from congress.queries import on_paper
from tests import builders

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def house():
    """Two people on site, one of them unconfirmed, one online, one who waits, one elsewhere."""
    congress = builders.a_congress()
    item, other = builders.a_workshop(congress), builders.a_workshop(congress)
    ada = builders.a_registration(congress, given_name="Ada", family_name="")
    zoe = builders.a_registration(
        congress, given_name="Zoë", family_name="Öz", unconfirmed_until=builders.CLOSES
    )
    online = builders.a_registration(congress, given_name="Ida", family_name="Adler", mode="online")
    for person in (ada, zoe, online):
        builders.a_booking(person, item)
    builders.a_booking(ada, other, state="waiting")
    builders.a_registration(congress, state="waiting")
    elsewhere = builders.a_congress(slug="elsewhere")
    builders.a_booking(builders.a_registration(elsewhere), builders.a_workshop(elsewhere))
    return congress.id, item.id, other.id


def test_lists_name_those_with_a_place_by_name(house):
    congress, item, other = house
    everybody = on_paper.everybody(congress)

    assert [each.name for each in everybody] == ["Ada", "Adler, Ida", "Öz, Zoë"]
    assert [each.name for each in everybody if each.is_unconfirmed] == ["Öz, Zoë"]
    assert [each.family_name for each in everybody if each.is_online] == ["Adler"]
    assert on_paper.in_item(congress, item) == everybody
    assert on_paper.in_item(congress, other) == []


@pytest.mark.parametrize(("is_hybrid", "count"), [(False, 3), (True, 2)])
def test_doors_expect_those_on_site(house, is_hybrid, count):
    congress, item, _other = house

    assert on_paper.count_on_site(congress, is_hybrid=is_hybrid) == count
    assert on_paper.counts_on_site(congress, is_hybrid=is_hybrid) == {item: count}
