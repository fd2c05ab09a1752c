"""A new congress from what its organiser says first."""

from datetime import UTC, date, datetime

import pytest

from congress.domain.congresses import CongressKind
from congress.domain.planning.first_plan import Essentials, first_plan, slug_from
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
    starts_at = datetime(2027, 4, 14, 8, 0, tzinfo=UTC)
    said = Essentials(
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
    found = first_plan(said, (), (), now=datetime(2027, 1, 1, tzinfo=UTC)).registration
    assert (found.rules.access, found.rules.quota) == (access, quota)
    assert found.fields["organisation"] == organisation
    assert found.waiting_list
