import re
from pathlib import Path

import pytest
import time_machine

from congress.domain.congresses import Colour
from tests import builders
from tests.builders import OPEN
from tests.web import pages

STYLE = Path(__file__).parents[3] / "congress" / "static" / "congress.css"


@pytest.mark.sqlite_only
@pytest.mark.parametrize("address", ["/fachkongress", "/fachkongress/register"])
def test_every_page_of_a_congress_wears_its_face(app, client, address):
    """The host's logo at the head, its room kept, and the colour of the congress."""
    with app.app_context():
        congress = builders.a_congress(colour="petrol")
        builders.an_organisation(
            "Forum", congress=congress, logo_digest="a" * 64, logo_width=560, logo_height=120
        )
    with time_machine.travel(OPEN, tick=False):
        page = pages.read(client.get(address))

    assert pages.get(page, "body").get("class") == "face face--petrol"
    brand = pages.get(page, "a", class_="brand")
    image = pages.get(brand, "img", src=f"/logo/{'a' * 64}", alt="")
    assert (image.get("width"), image.get("height")) == ("560", "120")
    assert pages.words(brand) == "Forum"
    assert not pages.has(brand, "svg")


@pytest.mark.sqlite_only
def test_the_list_of_events_shows_the_faces(app, client):
    with app.app_context():
        builders.a_congress(colour="violet")
    with time_machine.travel(OPEN, tick=False):
        page = pages.read(client.get("/"))
    assert pages.has(page, "li", class_="card event stack-s face--violet")


def test_every_colour_has_a_band_in_light_and_in_dark():
    style = STYLE.read_text(encoding="utf-8")
    for colour in Colour:
        bands = re.findall(rf"\.face--{colour} {{ --face: .*-800\) .*-(\d+)\) }}", style)
        assert bands == ["600", "400"], colour  # the edges, on a light and on a dark page
