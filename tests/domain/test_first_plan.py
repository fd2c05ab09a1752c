"""A new congress from what its organiser says first."""

import pytest

from congress.domain.planning.first_plan import slug_from
from congress.domain.slugs import is_slug


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
