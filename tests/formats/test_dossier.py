"""The dossier of a congress: tagged, with headings, descriptions of photos, and words as words."""

from dataclasses import replace
from datetime import UTC, datetime

from congress.domain.planning.materials import Described, Material, MaterialKind
from congress.domain.planning.outcomes import Outcome
from congress.domain.planning.recommendations import Recommendation, Said
from congress.domain.planning.workshop_reports import Results
from congress.formats.dossier import MOST_PHOTOS, Dossier, dossier
from tests import tagged_pdf
from tests.materials import a_picture

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
PHOTO = Material(
    id=1,
    item_id=None,
    kind=MaterialKind.PHOTO,
    described=Described({"de": "Acht Personen #eval(1)"}, "Max"),
    name="a.jpg",
    size=10,
    width=60,
    height=40,
    digest="d",
    is_sent=False,
    is_published=True,
    added_at=NOW,
)
LINK = replace(
    PHOTO, kind=MaterialKind.LINK, described=Described({"de": "Mehr"}, url="https://example.org/")
)
TOLD = Dossier(
    title={"de": "Netze *knüpfen* #panic()"},
    occasion="Fachkongress",
    hosts=["Stadt Lünen"],
    page="https://example.org/x/results",
    overall=Outcome(None, Results({"de": "Gut.\n\nSehr $gut$"}, "", {"de": "März"}), (PHOTO, LINK)),
    by_item=[],
    recommended=[Recommendation(1, 1, Said({"de": "Mehr Zeit"}, {"de": "Land"}))],
    over={},
)


def test_it_tells_readers_its_structure_and_what_photos_show():
    made = dossier(TOLD, {"d": a_picture()}, "de", now=NOW)
    told = tagged_pdf.read(made)
    assert (told.title, told.language) == ("Ergebnisse: Netze *knüpfen* #panic()", "de")
    assert next(each for each in told.tags if each[0] == "H") == "H1"
    assert told.tags.count("H2") == 3  # contents, the whole, recommendations
    assert told.alternatives[0] == "Acht Personen #eval(1)"


def test_it_has_room_for_so_many_photos():
    many = replace(TOLD, overall=Outcome(None, materials=(PHOTO,) * (MOST_PHOTOS + 1)))
    assert len(many.photos) == MOST_PHOTOS
