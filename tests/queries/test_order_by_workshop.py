"""The attendee list sorted by workshop, on both databases."""

from datetime import timedelta

import pytest

from congress.domain.attendee_list import Sort, Wanted
from congress.models import ProgrammeItem
from congress.queries import attendees
from congress.transaction import read_one_state
from tests import builders
from tests.builders import TWO_HOURS, WORKSHOPS_START

pytestmark = pytest.mark.usefixtures("database")

BY_WORKSHOP = Wanted(sort=Sort.WORKSHOP)
TURNED = Wanted(sort=Sort.WORKSHOP, is_descending=True)
UNNUMBERED = {"number": None}


def person(congress, name, *, waits_for=None, **places: ProgrammeItem):
    registration = builders.a_registration(congress, given_name="", family_name=name)
    for state, item in places.items():
        builders.a_booking(registration, item, state=state.partition("_")[0])
    if waits_for is not None:
        builders.a_booking(registration, waits_for, state="waiting")


def names(congress, wanted):
    return [line.name for line in attendees.page(congress.id, wanted, offset=0, limit=50)]


def test_workshops_stand_by_choice_and_number_and_nobody_without_one_comes_first():
    congress = builders.a_congress()
    ten, two = (builders.a_workshop(congress, number=number) for number in (10, 2))
    morning = builders.a_workshop(
        congress, number=1, starts_at=WORKSHOPS_START - TWO_HOURS - timedelta(minutes=15)
    )
    person(congress, "Zehn", confirmed=ten)
    person(congress, "Zwei", confirmed=two)
    person(congress, "Auch Zwei", confirmed=two, waits_for=ten)
    person(congress, "Beide", confirmed_1=morning, confirmed_2=two)
    person(congress, "Morgens", confirmed=morning)
    person(congress, "Wartet", waits_for=two)
    person(congress, "Abgegeben", cancelled=two)

    in_order = ["Auch Zwei", "Beide", "Zwei", "Zehn", "Morgens", "Abgegeben", "Wartet"]
    assert names(congress, BY_WORKSHOP) == in_order
    read_one_state()
    streamed = attendees.stream(congress.id, BY_WORKSHOP, columns=["family_name"])
    assert [name for part in streamed for name in part.family_name] == in_order
    turned = ["Morgens", "Zehn", "Zwei", "Beide", "Auch Zwei", "Wartet", "Abgegeben"]
    assert names(congress, TURNED) == turned


def test_without_numbers_codes_stand_in_their_natural_order():
    congress = builders.a_congress()
    for code in ("b10", "b9", "a2"):
        person(congress, code, confirmed=builders.a_workshop(congress, code=code, **UNNUMBERED))

    assert names(congress, BY_WORKSHOP) == ["a2", "b9", "b10"]
    assert names(congress, TURNED) == ["b10", "b9", "a2"]


def test_without_workshops_the_list_is_sorted_by_name():
    congress = builders.a_congress()
    for name in ("Beispiel", "Adler"):
        person(congress, name)

    assert names(congress, BY_WORKSHOP) == ["Adler", "Beispiel"]
    assert names(congress, TURNED) == ["Beispiel", "Adler"]
