"""A new congress from what its organiser says first."""

from datetime import UTC, date, datetime

import pytest

from congress.domain.congresses import CongressKind
from congress.domain.planning.first_plan import Essentials, first_plan, slug_from
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import ItemKind, PersonState
from congress.domain.slugs import is_slug
from congress.domain.times.time_slots import TimeSlot


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Engagement vor Ort", "engagement-vor-ort-2027"),
        ("Bürger & Größe – Maß 2027", "buerger-groesse-mass-2027"),
        ("Netze 20270", "netze-20270-2027"),
        ("!", "kongress-2027"),
        ("Ж", "kongress-2027"),
        ("Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik", "kongress-2027"),
        ("eins " * 40, "eins-" * 9 + "2027"),
    ],
)
def test_a_short_name_is_made_of_title_and_year(title, slug):
    assert slug_from(title, 2027) == slug
    assert is_slug(slug)


def essentials(kind, capacity=100):
    starts_at = datetime(2027, 4, 14, 8, 0, tzinfo=UTC)
    return Essentials(
        slug="treffen-2027",
        title="Treffen",
        kind=CongressKind(kind),
        days=(TimeSlot(starts_at, starts_at.replace(hour=14)),),
        deadline=date(2027, 4, 1),
        opens=None,
        capacity=capacity,
        town="Lünen",
        venue="",
        address="",
        lead="",
        host="",
        funder="",
        contact_email="",
        timezone="Europe/Berlin",
    )


@pytest.mark.parametrize(
    ("kind", "capacity", "access", "quota", "organisation"),
    [
        ("fachkongress", 100, "open", 0, "optional"),
        ("network_meeting", None, "members", 2, "required"),
        ("network_meeting", 3, "members", 2, "required"),
        ("network_meeting", 2, "members", 0, "required"),  # a quota of all places is none
    ],
)
def test_a_network_meeting_begins_with_two_places_for_each_member(
    kind, capacity, access, quota, organisation
):
    said = essentials(kind, capacity)
    found = first_plan(said, (), (), now=datetime(2027, 1, 1, tzinfo=UTC)).registration
    assert (found.rules.access, found.rules.quota) == (access, quota)
    assert found.fields["organisation"] == organisation
    assert found.waiting_list


@pytest.mark.parametrize(
    ("kind", "item", "found", "role"),
    [
        ("social_day", "workshop", "placement", "speaker"),
        ("social_day", "meal", "meal", "dialogue_partner"),
        ("fachkongress", "workshop", "workshop", "dialogue_partner"),
    ],
)
def test_what_one_chooses_on_a_social_day_is_a_placement(kind, item, found, role):
    said = essentials(kind)
    [slot] = said.days
    person = PersonPlan("Anna Beispiel", {}, "dialogue_partner", PersonState.CONFIRMED)
    plan = ItemPlan("", ItemKind(item), {"de": "Zaun"}, slot, bookable=True, people=(person,))
    [made] = first_plan(said, (), (plan,), now=datetime(2027, 1, 1, tzinfo=UTC)).items
    assert (made.kind, made.people[0].role) == (found, role)
