"""Warnings in both languages: few words for one, a number and an example for many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.planning.concerns import by_item, concerns
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot
from congress.formats.concern_words import at_item, summed_up
from tests.domain.halls import MORNING, WHOLE_DAY

ROOM = RoomPlan("raum-1", {"de": "Raum 1", "en": "Room 1"}, 25)
OUTSIDE = TimeSlot(WHOLE_DAY.starts_at - timedelta(days=1), WHOLE_DAY.ends_at - timedelta(days=1))


def items(number, slot=MORNING, room=None, *, person=None, places=None):
    return [
        ItemPlan(
            code=f"nr-{at}",
            kind=ItemKind.WORKSHOP,
            title={"de": f"Punkt {at}", "en": f"Item {at}"},
            slot=slot,
            room=room,
            places=places,
            people=(PersonPlan(person, {}, "speaker", PersonState.REQUESTED),) if person else (),
        )
        for at in range(1, number + 1)
    ]


def one_after_the_other(planned):
    """Put one item behind the other."""
    starts = [WHOLE_DAY.starts_at + timedelta(minutes=at) for at in range(len(planned))]
    return [
        replace(item, slot=TimeSlot(start, start + timedelta(minutes=1)))
        for item, start in zip(planned, starts, strict=True)
    ]


@pytest.mark.parametrize(
    ("planned", "german", "english", "at_the_first"),
    [
        (
            items(2, room="raum-1"),
            "Raum 1 ist doppelt belegt: „Punkt 1“ und „Punkt 2“ überschneiden sich.",
            "Room 1 is double-booked: “Item 1” and “Item 2” overlap.",
            "Raum doppelt belegt: zur selben Zeit auch durch „Punkt 2“.",
        ),
        (
            items(3, room="raum-1"),
            (
                "Raum 1 ist mehrfach belegt: 3 Programmpunkte überschneiden sich, zum Beispiel "
                "„Punkt 1“ und „Punkt 2“."
            ),
            "Room 1 is double-booked: 3 items overlap, for example “Item 1” and “Item 2”.",
            (
                "Raum mehrfach belegt: zur selben Zeit auch durch „Punkt 2“ und 1 weiteren "
                "Programmpunkt."
            ),
        ),
        (
            items(2, person="Petra Probe"),
            (
                "Petra Probe wirkt zur selben Zeit doppelt mit: „Punkt 1“ und „Punkt 2“ "
                "überschneiden sich."
            ),
            "Petra Probe takes part in items that overlap: “Item 1” and “Item 2”.",
            "Petra Probe wirkt zur selben Zeit auch bei „Punkt 2“ mit.",
        ),
        (
            items(1000, person="Petra Probe"),
            (
                "Petra Probe wirkt zur selben Zeit mehrfach mit: 1000 Programmpunkte überschneiden "
                "sich, zum Beispiel „Punkt 1“ und „Punkt 10“."
            ),
            (
                "Petra Probe takes part in items that overlap: 1000 of them, for example “Item 1” "
                "and “Item 10”."
            ),
            (
                "Petra Probe wirkt zur selben Zeit auch bei „Punkt 10“ und 998 weiteren "
                "Programmpunkten mit."
            ),
        ),
        (
            items(1, room="raum-1", places=30),
            "„Punkt 1“ hat 30 Plätze, Raum 1 aber nur 25 Stühle.",
            "“Item 1” has 30 places, but Room 1 has only 25 seats.",
            "Mehr Plätze als Stühle im Raum (25).",
        ),
        (
            one_after_the_other(items(2, room="raum-1", places=30)),
            (
                "2 Programmpunkte haben mehr Plätze, als Raum 1 Stühle hat (25), zum Beispiel "
                "„Punkt 1“ (30)."
            ),
            "2 items have more places than Room 1 has seats (25), for example “Item 1” (30).",
            "Mehr Plätze als Stühle im Raum (25).",
        ),
        (
            items(1, OUTSIDE),
            "„Punkt 1“ liegt außerhalb der Kongresstage.",
            "“Item 1” is outside the days of the event.",
            "Das liegt außerhalb der Kongresstage.",
        ),
        (
            items(2, OUTSIDE),
            "2 Programmpunkte liegen außerhalb der Kongresstage, zum Beispiel „Punkt 1“.",
            "2 items are outside the days of the event, for example “Item 1”.",
            "Das liegt außerhalb der Kongresstage.",
        ),
    ],
)
def test_a_concern_is_one_sentence_and_one_at_each_item(planned, german, english, at_the_first):
    [concern] = found = concerns(planned, [ROOM], [WHOLE_DAY])
    [[of, spot]] = by_item(found)["nr-1"]

    assert summed_up(concern, "de") == german
    assert summed_up(concern, "en") == english
    assert at_item(of, spot, "de") == at_the_first


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"number": 4}, "„4 Punkt 1“"),
        ({"number": 4, "short_title": {"de": "Kurz"}}, "„4 Kurz“"),
        ({"title": {"de": "Lang " * 20}}, "„Lang Lang Lang Lang Lang Lang Lang Lang…“"),
    ],
)
def test_an_item_is_named_as_in_other_lists(names, said):
    planned = [replace(each, **names) for each in items(1, OUTSIDE)]
    [concern] = concerns(planned, [ROOM], [WHOLE_DAY])
    assert summed_up(concern, "de") == f"{said} liegt außerhalb der Kongresstage."
