from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from congress.domain.market import (
    Agreement,
    AgreementFacts,
    EntriesDiffer,
    Entry,
    EntryFacts,
    Market,
    Party,
    PartyFacts,
    Side,
    Wanted,
    WithItself,
    counts,
    matching,
    merged,
    require_apart,
    sought,
)

WORKS = Party(1, PartyFacts("Stadtwerke", "business", 3))
FOOD = Party(2, PartyFacts("Tafel Lünen", "civil"))
CITY = Party(3, PartyFacts("Stadt Lünen", "public"))
BERLIN = ZoneInfo("Europe/Berlin")


def entry(number, party, side, title, category="hands", text=""):
    return Entry(number, party, EntryFacts(Side(side), category, title, text))


VAN = entry(1, WORKS, "offer", "Müllwagen mit Fahrer")
PAINT = entry(2, FOOD, "demand", "Hilfe beim Streichen")
DRIVE = entry(3, CITY, "demand", "Fahrer für einen Samstag")
ROOM = entry(4, CITY, "demand", "Ein Raum", "rooms")
OWN = entry(5, WORKS, "demand", "Fahrer gesucht")
ALL = [VAN, PAINT, DRIVE, ROOM, OWN]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), [1, 2, 3, 4, 5]),
        (Wanted("mullwagen"), [1]),
        (Wanted("MUELLWAGEN fahrer"), [1]),
        (Wanted("tafel luenen"), [2]),
        (Wanted("fahrer", side=Side.DEMAND), [3, 5]),
        (Wanted(category="rooms"), [4]),
        (Wanted("nothing"), []),
    ],
)
def test_every_word_has_to_occur(wanted, found):
    assert [each.id for each in sought(ALL, wanted)] == found


@pytest.mark.parametrize(
    ("of", "fits"),
    [(VAN, [3, 2]), (PAINT, [1]), (ROOM, []), (OWN, [])],
)
def test_the_other_side_of_the_same_category_fits_and_never_oneself(of, fits):
    assert [each.id for each in matching(of, ALL)] == fits


def test_agreements_are_counted_by_category_and_sector():
    def agreed(number, giver, taker, category="hands", hours=None, euros=None):
        said = AgreementFacts(giver.id, taker.id, category, "x", hours, euros)
        return Agreement(number, number, giver, taker, said, datetime(2026, 1, 1, tzinfo=UTC))

    found = counts(
        [
            agreed(1, WORKS, FOOD, hours=20),
            agreed(2, WORKS, FOOD, euros=500),
            agreed(3, CITY, FOOD, category="rooms", hours=2, euros=30),
        ]
    )
    assert (found.agreements, found.hours, found.euros) == (3, 22, 530)
    assert found.by_category == {"hands": 2, "rooms": 1}
    assert found.by_sectors == {("business", "civil"): 2, ("public", "civil"): 1}


def test_one_entry_of_two_keeps_what_both_say():
    kept = EntryFacts(Side.OFFER, "hands", "Zehn Leute", "Am Samstag")
    other = EntryFacts(Side.OFFER, "hands", "10 Personen", "Am Samstag")
    assert merged(kept, other).text == "Am Samstag\n\n10 Personen"
    assert merged(kept, kept).text == "Am Samstag"
    with pytest.raises(EntriesDiffer):
        merged(kept, EntryFacts(Side.DEMAND, "hands", "x"))


def test_nobody_agrees_with_themselves():
    with pytest.raises(WithItself):
        require_apart(AgreementFacts(1, 1, "hands", "x"))


@pytest.mark.parametrize(
    ("until", "closes"),
    [
        (None, datetime(2026, 6, 10, 16, tzinfo=BERLIN)),
        (date(2026, 6, 1), datetime(2026, 6, 2, tzinfo=BERLIN)),
        (date(2026, 7, 1), datetime(2026, 6, 10, 16, tzinfo=BERLIN)),
    ],
)
def test_entries_close_after_their_last_day_and_when_it_begins(until, closes):
    begins_at = datetime(2026, 6, 10, 16, tzinfo=BERLIN)
    assert Market(entries_until=until).closes_at(begins_at, BERLIN) == closes


def test_facts_are_told_apart_by_their_version():
    facts = [
        EntryFacts(Side.OFFER, "hands", "a"),
        EntryFacts(Side.OFFER, "hands", "b"),
        EntryFacts(Side.DEMAND, "hands", "a"),
    ]
    assert len({each.version for each in facts}) == 3
    assert Market().version == Market().version != Market(layout={"de": "x"}).version
