"""The form of a programme item says of each fault where it is."""

import pytest
from werkzeug.datastructures import MultiDict

from congress.web.organiser import item_form, readers

pytestmark = pytest.mark.sqlite_only


def test_what_is_wrong_twice_in_one_way_is_told_apart(app):
    too_long = "x" * 20_001
    sent = {"title_de": "Titel", "abstract_de": too_long, "abstract_en": too_long}
    for index in range(2):
        sent |= {f"person-{index}-role": "speaker", f"person-{index}-name": too_long}
    with app.test_request_context("/?lang=de"):
        errors = item_form.typed(MultiDict(sent)).errors

    assert [field for field, _ in errors] == [
        *("abstract_de", "abstract_en"),
        *("person-0-name", "person-1-name"),
    ]
    assert [said.partition(": ")[0] for _, said in errors] == [
        *("Beschreibung (deutsch)", "Beschreibung (englisch)"),
        *("Person 1, Name", "Person 2, Name"),
    ]


def test_a_form_without_a_fault_says_nothing(app):
    with app.test_request_context("/?lang=de"):
        assert item_form.typed(MultiDict({"title_de": "Titel"})).errors == []


def test_no_person_is_lost_when_a_file_brought_more_than_can_be_added_here(app):
    names = [f"Person {number}" for number in range(40)]
    sent = {"title_de": "Titel"}
    for index, name in enumerate(names):
        sent |= {f"person-{index}-role": "speaker", f"person-{index}-name": name}
    with app.test_request_context("/?lang=de"):
        form = item_form.typed(MultiDict(sent))
        form.add_person()

    assert [row.name.value for row in form.people] == names


@pytest.mark.parametrize("field", ["title", "short_title", "abstract"])
def test_what_stands_in_english_stands_in_german_as_well(app, field):
    """Else the congress file of it would be refused."""
    sent = {"title_de": "Titel", f"{field}_en": "Words", f"{field}_de": ""}
    with app.test_request_context("/?lang=de"):
        errors = item_form.typed(MultiDict(sent)).errors

    assert [where for where, _ in errors] == [f"{field}_de"]


@pytest.mark.parametrize("places", ["5" * 5000, "100001", "²", "-1", "1.5", "viele"])
def test_what_is_no_number_of_places_is_refused_and_kept(app, places):
    entry = places_typed(app, places)

    assert len(entry.errors) == 1
    assert entry.value == places


def places_typed(app, places):
    with app.test_request_context("/?lang=de"):
        form = item_form.typed(MultiDict({"title_de": "Titel", "capacity": places}))
        readers.places_of(form.capacity)
        return form.capacity


def test_what_a_file_may_hold_can_be_saved_here(app):
    person = {"name": "N" * 200, "affiliation": "A" * 200, "role": "r" * 40, "state": "confirmed"}
    sent = {"title_de": "T" * 200, "abstract_de": "B" * 20_000, "room": "r" * 40}
    sent |= {f"person-0-{name}": value for name, value in person.items()}
    with app.test_request_context("/?lang=de"):
        assert item_form.typed(MultiDict(sent)).errors == []


def test_a_role_is_one_that_a_file_takes(app):
    with app.test_request_context("/?lang=de"):
        sent = {"title_de": "Titel", "person-0-role": "speaker", "person-0-other": "x" * 81}
        errors = item_form.typed(MultiDict(sent)).errors

    assert [where for where, _ in errors] == ["person-0-other"]
