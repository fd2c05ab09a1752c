"""Every sheet on paper: tagged, whatever people and rooms are called, failed by no name."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from congress.domain import on_paper
from congress.domain.on_paper import Named, OnSign
from congress.domain.programme import PublicPerson
from congress.domain.sign_in import NumberedSheet, SheetFor, SignInRow
from congress.formats import (
    print_confirmation,
    print_heading,
    print_leaflet,
    print_places,
    print_sign_in,
    print_signs,
    printing,
)
from congress.formats.print_sign_in import SignIn
from congress.queries import congresses, programme, registrations
from congress.queries import on_paper as queries
from tests import builders, tagged_pdf

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
NOW = datetime(2015, 10, 20, 12, tzinfo=UTC)
DAY = builders.STARTS.date()
# Greek, Cyrillic, Arabic, Hebrew, Chinese, an emoji, what no font has, 120 characters, no markup.
NAMES = (
    *("Ελένη Παπαδοπούλου", "Наталья Иванова", "محمد عبد الله", "שלום כהן", "张伟"),
    *("Zoë 😀", "नमस्ते", "W" * 120, "Wort " * 24, '#read("/etc/passwd") *x* $y$'),
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.sqlite_only]


def a_host(congress, logo):
    digest = sha256(logo).hexdigest()
    about = {"logo": logo, "logo_type": "image/png", "logo_digest": digest}
    builders.an_organisation(congress=congress, logo_alt={"de": "Wappen 张伟"}, **about)


def a_house():
    """A congress whose rooms, people and titles have the names above; one of them has a place."""
    said = {"funder_de": "Gefördert: 张伟", DAY.isoformat(): "lunch dinner"}
    row = builders.a_congress(paper=said)
    a_host(row, DOT)
    for number, name in enumerate(NAMES, start=1):
        people = (PublicPerson(name, {"de": name}, "moderator"),)
        item = builders.a_workshop(row, number=number, title=name, room={"de": name}, people=people)
    person = builders.a_registration(row, given_name=NAMES[0], family_name=NAMES[4])
    builders.a_booking(person, item)
    congress = congresses.get_congress(row.id)
    return congress, programme.released_items(row.id), registrations.get_own(person.id)


def test_every_sheet_is_printed_with_every_name():
    congress, items, own = a_house()
    people = [Named(at, name, name, name, is_unconfirmed=True) for at, name in enumerate(NAMES)]
    rows = tuple(SignInRow(at + 1, at, name, name) for at, name in enumerate(NAMES))
    sheet = SignIn(NAMES[7], "heute", NAMES[3], NumberedSheet(SheetFor(DAY), "K7Q2", rows), ())
    told: dict[str, Any] = {"language": "de", "now": NOW}
    rooms = on_paper.by_room(items, "de")
    signs = on_paper.on_signs(items)
    printed = {
        "sign-in": print_sign_in.printed(
            congress, [sheet, sheet], {each.registration_id: each for each in people}, **told
        ),
        "places": print_places.printed(congress, items[0], people, **told),
        "nobody": print_places.printed(congress, items[0], [], **told),
        "doors": print_signs.door_signs(congress, DAY, rooms, **told),
        "tables": print_signs.table_signs(congress, [*signs, OnSign("A", {}, ())], **told),
        "confirmation": print_confirmation.printed(congress, own.standing, NAMES[7], **told),
        "leaflet": print_leaflet.printed(congress, items, "https://c.test/x", **told),
    }
    logo = queries.logo_of(congress)
    read = {
        name: tagged_pdf.read(printing.pdf(print_heading.with_logo(each, logo)))
        for name, each in printed.items()
    }

    assert {name: each.language for name, each in read.items()} == dict.fromkeys(read, "de")
    assert read["leaflet"].alternatives == read["confirmation"].alternatives == ["Wappen 张伟"]
    assert read["sign-in"].tags.count("H1") == 2
    assert read["doors"].pages == read["doors"].tags.count("H1") == len(NAMES)
    assert read["tables"].pages == read["tables"].tags.count("H1") == len(NAMES) + 1
    assert read["confirmation"].pages == 1
    assert {"H1", "H2", "H3"} <= set(read["leaflet"].tags)


@pytest.mark.parametrize("logo", [b"<svg/>", b"GIF89a", DOT[:20], DOT[:45]])
def test_what_cannot_be_drawn_is_no_logo_and_fails_no_sheet(logo):
    row = builders.a_congress()
    a_host(row, logo)
    congress = congresses.get_congress(row.id)
    printed = print_leaflet.printed(congress, [], "https://c.test", language="de", now=NOW)
    found = print_heading.with_logo(printed, queries.logo_of(congress))
    assert tagged_pdf.read(printing.pdf(found)).alternatives == []


def test_a_confirmation_says_what_holds_now():
    row = builders.a_congress(
        paper={DAY.isoformat(): "lunch dinner"},
        cost={"de": "kostenfrei"},
        venue={"de": "Hansesaal"},
    )
    builders.an_organisation("Stadt Hamm", congress=row)
    builders.an_organisation("Land NRW", congress=row, role="funder")
    held = builders.a_workshop(row, number=3, title="Netzwerke")
    person = builders.a_registration(row, given_name="Erika", family_name="Muster")
    builders.a_booking(person, held)
    builders.a_booking(person, builders.a_workshop(row, title="Fällt aus", cancelled=True))
    builders.a_booking(person, builders.a_workshop(row, title="Voll"), state="waiting")
    congress, own = congresses.get_congress(row.id), registrations.get_own(person.id)

    def said(now: datetime) -> tuple[str, dict[str, list[str]], str]:
        data = json.loads(
            json.dumps(
                print_confirmation.printed(
                    congress, own.standing, "Stadt Lünen", language="de", now=now
                ).data
            )
        )
        rows = {each["label"]: each["lines"] for each in data["rows"]}
        return data["sentence"], rows, data["heading"]["funder"]

    before, rows, funder = said(NOW)
    after, _rows, _funder = said(builders.AFTERWARDS)

    assert rows == {
        "Name": ["Erika Muster"],
        "Organisation": ["Stadt Lünen"],
        "Veranstaltung": ["Engagement vor Ort"],
        "Datum und Uhrzeit": ["Mittwoch, 21. Oktober 2015, 9.30 bis 16.30 Uhr"],
        "Ort": ["Hansesaal"],
        "Gebucht": ["Workshop 3: Netzwerke (13.15 bis 15.15 Uhr)"],
        "Kosten": ["kostenfrei"],
        "Unentgeltliche Mahlzeiten": ["21. Oktober 2015: Mittagessen und Abendessen"],
        "Veranstalter": ["Stadt Hamm"],
    }
    assert funder == "Gefördert durch: Land NRW"
    assert (before.endswith("hat."), after.endswith("hatte.")) == (True, True)


@pytest.mark.parametrize(("event", "mode"), [("online", None), ("hybrid", "online")])
def test_whoever_comes_to_no_place_is_confirmed_none_and_no_meals(event, mode):
    row = builders.a_congress(
        rules={"mode": event}, venue={"de": "Hansesaal"}, paper={DAY.isoformat(): "lunch"}
    )
    person = builders.a_registration(row, **({"mode": mode} if mode else {}))
    congress, own = congresses.get_congress(row.id), registrations.get_own(person.id)
    printed = print_confirmation.printed(congress, own.standing, "", language="de", now=NOW)
    rows = {each["label"]: each["lines"] for each in json.loads(json.dumps(printed.data))["rows"]}
    assert rows["Ort"] == ["online"]
    assert "Unentgeltliche Mahlzeiten" not in rows


def test_lists_leave_organisations_out_where_nobody_is_asked():
    row = builders.a_congress(fields={"organisation": "off"})
    congress = congresses.get_congress(row.id)
    item = builders.a_workshop(row)
    items = programme.released_items(row.id)
    sheet = SignIn("x", "", "", NumberedSheet(SheetFor(DAY, item.id), "K7Q2", ()))
    told: dict[str, Any] = {"language": "de", "now": NOW}

    read = [
        tagged_pdf.read(printing.pdf(each)).tags
        for each in (
            print_places.printed(congress, items[0], [Named(1, "", "Ada", "")], **told),
            print_sign_in.printed(congress, [sheet], {}, **told),
        )
    ]
    assert [each.count("TH") for each in read] == [2, 6]


def test_twenty_workshops_of_twenty_people_are_one_file():
    row = builders.a_congress()
    congress = congresses.get_congress(row.id)
    rows = tuple(SignInRow(at, at, "Erika Muster", "Stadt Lünen") for at in range(1, 21))
    sheets = [
        SignIn(f"Workshop {at}", "heute", "Raum 1", NumberedSheet(SheetFor(DAY, at), "K7Q2", rows))
        for at in range(20)
    ]
    read = tagged_pdf.read(
        printing.pdf(print_sign_in.printed(congress, sheets, {}, language="de", now=NOW))
    )
    assert read.tags.count("H1") == 20
    assert read.tags.count("TR") == 20 * (1 + 20 + 1 + 5)
