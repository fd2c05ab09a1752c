"""What the texts of a new edition still say of the last one."""

import sys
from dataclasses import replace
from datetime import date

import pytest

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.congresses import CongressState
from congress.domain.planning.next_edition import next_edition
from congress.domain.planning.remnants import PRICE, Trace, remnants
from congress.domain.programme import PersonState
from tests.domain.test_next_edition import LAST

NEXT = date(2027, 1, 20)  # from 21 October 2015; one registers until the 6th, from 2 November 2026


def copied(last, starting=NEXT):
    return next_edition(last, starting=starting, slug="next", state=CongressState.DRAFT)


def found(text, *, starting=NEXT):
    """Return what is found in a text that goes along unchanged."""
    last = replace(LAST, description={"de": text})
    return {each.trace: list(each.words) for each in remnants(copied(last, starting), last)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("am 21. Oktober 2015 in Lünen", ["21. Oktober 2015"]),
        ("Mittwoch, 21.10.2015, 9.30 bis 16.30 Uhr", ["21.10.2015"]),
        ("am 21.10. oder 22. 10.", ["21.10.", "22. 10."]),
        ("am 21.10.15", ["21.10.15"]),
        ("2015-10-21", ["2015-10-21"]),
        ("Anmeldung bis zum 7. Oktober.", ["7. Oktober"]),
        ("bis 3. März und 4. Jänner", ["3. März", "4. Jänner"]),
        ("on 21st October 2015, or October 7", ["21st October 2015", "October 7"]),
        ("im Oktober 2015, nicht im Oktober", ["Oktober 2015"]),
        ("Der Engagementatlas 2015, zweimal 2015", ["2015"]),
        ("Ergebnisse 2016", ["2016"]),  # between the editions: written for the last one
        ("seit 1999, bis 2030, ab 2027", []),
        ("am 20. Januar, bis 6.1.2027", []),  # what is right for the new edition
        ("20. Januar 2016", ["20. Januar 2016"]),
        ("um 9.30 Uhr, von 10.20-11.15, Raum 21, 44137 Dortmund", []),
        ("der 32.10., der 21.13.", []),
        ("Tel. 0231 2015-1234", ["2015"]),
    ],
)
def test_dates_and_years_of_the_last_edition_are_found(text, words):
    assert found(text).get(Trace.DATE, []) == words


def test_in_the_same_year_its_number_is_right():
    assert found("Treffen 2015 am 28.10.2015", starting=date(2015, 10, 28)) == {}
    assert found("am 21. Oktober 2015", starting=date(2015, 10, 28)) == {
        Trace.DATE: ["21. Oktober 2015"]
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("25 Euro, ermäßigt 12,50 € oder EUR 10", ["25 Euro", "12,50 €", "EUR 10"]),
        ("kostenfrei; 25 Personen, Europa", []),
    ],
)
def test_prices_are_found(text, words):
    assert found(text).get(Trace.PRICE, []) == words


def test_a_price_is_looked_for_only_where_a_number_begins():
    """At each of its figures, 60,000 in one word took minutes."""
    assert PRICE.match("12 Euro", 1) is None
    assert found("1" * 60_000 + "2 Euro")[Trace.PRICE]


def test_the_old_venue_and_people_who_have_not_agreed_are_found():
    item = replace(LAST.items[0], abstract={"de": "Maria Muster und Nora Nein sprechen."})
    last = replace(
        LAST,
        accessibility={"de": "Das Rathaus hat einen Aufzug, der Rathausplatz nicht."},
        items=(item,),
        rooms=(RoomPlan("saal", {"de": "Saal 2015"}),),
    )
    edition = copied(last)

    said = {(each.trace, each.field): each.words for each in remnants(edition, last)}
    assert said == {
        (Trace.VENUE, "accessibility"): ("Rathaus",),
        (Trace.DATE, "rooms"): ("2015",),
        (Trace.PERSON, "abstract"): ("Maria Muster",),
    }

    agreed = replace(edition.items[0].people[0], state=PersonState.CONFIRMED)
    settled = replace(
        edition,
        venue=last.venue,
        rooms=(RoomPlan("saal", {"de": "Saal"}),),
        items=(replace(edition.items[0], people=(agreed,)),),
    )
    assert remnants(settled, last) == ()


def test_what_is_written_anew_is_not_asked_about():
    last = replace(LAST, description={"de": "am 21.10.2015"}, cost={"de": "25 €"})
    edition = replace(copied(last), description={"de": "am 3. Mai 2015"}, cost={"de": "30 €"})
    assert remnants(edition, last) == ()


def named_in_texts(many):
    """Return an edition of so many items, each of which names its own person in its text."""
    return replace(
        LAST,
        items=tuple(
            replace(
                LAST.items[0],
                code=f"item-{number}",
                abstract={"de": f"Anna{many}x{number} Alt spricht am 21.10.2015. " + "Text " * 60},
                people=(replace(LAST.items[0].people[0], name=f"Anna{many}x{number} Alt"),),
            )
            for number in range(many)
        ),
    )


def calls_to_read(many):
    """Count what Python calls to read an edition of so many items."""
    last = named_in_texts(many)
    edition = copied(last)
    calls = 0

    def count(_frame, event, _what):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        found = remnants(edition, last)
    finally:
        sys.setprofile(None)
    assert len(found) == 2 * many
    return calls


def test_a_programme_of_twice_the_items_is_twice_the_work():
    """However many people there are: no text is searched for each of them in turn."""
    assert calls_to_read(400) < 2.2 * calls_to_read(200)
