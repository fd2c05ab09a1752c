"""What becomes of each row of a file, beside who is registered."""

from dataclasses import replace
from typing import Any

import pytest

from congress.domain.attendee_import.comparing import (
    NEW,
    ImportedRow,
    Kept,
    Known,
    Outcome,
    Why,
    compare,
    mark_of,
)
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details

ADDED, CHANGED, UNCHANGED, OPEN = Outcome


def known(number, given, family, email="", *, apart="", is_ended=False, **said: str):
    details = Details.of({"given_name": given, "family_name": family, "email": email, **said})
    state = RegistrationState.CANCELLED if is_ended else RegistrationState.CONFIRMED
    name_key = f"{details.name_key} {apart}".rstrip()
    return Known(number, details, details.email_key, name_key, state, "de", frozenset({7}))


ANNA = known(1, "Anna", "Auer", "anna@example.org", organisation="Stadt Lünen")
BOB = known(2, "Bob", "Best")
GONE = known(3, "Gisa", "Gone", "gone@example.org", is_ended=True)
TWIN = known(4, "Bob", "Best", apart="x", organisation="Kreis")


def row(number, given, family, email="", organisation="", **values: Any):  # noqa: ANN401
    said = {"given_name": given, "family_name": family, "email": email}
    return ImportedRow(number, said | {"organisation": organisation}, **values)


def found(rows, people=(ANNA, BOB, GONE), answers=None, *, has_addresses=True):
    return compare(rows, people, answers=answers or {}, has_addresses=has_addresses)


@pytest.mark.parametrize(
    ("one", "outcome", "why"),
    [
        (row(2, "Anna", "Auer", "ANNA@example.org"), UNCHANGED, None),  # empty changes nothing
        (row(2, "Anna", "Auer", "anna@example.org", "Stadt Unna"), CHANGED, None),
        (row(2, "ANNA", "Auer", "anna@example.org"), CHANGED, None),  # as it is written
        (row(2, "Bob", "Best"), UNCHANGED, None),
        (row(2, "Nora", "Neu", "nora@example.org"), ADDED, None),
        (row(2, "Nora", "Neu"), ADDED, None),
        (row(2, "Gisa", "Gone", "gone@example.org"), ADDED, None),  # comes back
        (row(2, "Gisa", "Gone", "gone@example.org", is_ended=True), UNCHANGED, None),
        (row(2, "Anna", "Auer", "anna@example.org", is_ended=True), OPEN, Why.ENDED_THERE),
        (row(2, "Nora", "Neu", is_ended=True), OPEN, Why.NEVER_HERE),
        (row(2, "Anna", "Auer", "a@example.org"), OPEN, Why.SAME_NAME),
        (row(2, "Anna", "Auer"), OPEN, Why.SAME_NAME),
        (row(2, "Nora", "Neu", "anna@example.org"), OPEN, Why.SAME_ADDRESS),
        (row(2, "Nora", "Neu", unknown=("Basteln",)), OPEN, Why.UNKNOWN_WORKSHOP),
        (row(2, "Nora", "Neu", faults=("bad",)), OPEN, Why.FAULTY),
    ],
)
def test_a_row_is_told_or_asked(one, outcome, why):
    [[finding], _missing] = found([one])

    assert (finding.outcome, finding.why) == (outcome, why)


def test_a_change_says_before_and_after_and_the_rest_stays():
    [[finding], missing] = found([row(2, "Anna", "Auer", "anna@example.org", "Stadt Unna")])

    assert [(each.field, each.before, each.after) for each in finding.changes] == [
        ("organisation", "Stadt Lünen", "Stadt Unna")
    ]
    assert missing == [BOB]


def test_an_answer_says_who_is_meant():
    one = row(2, "Anna", "Auer", "new@example.org")
    [[same], _] = found([one], answers={2: "1"})
    [[another], missing] = found([one], answers={2: NEW})
    [[nobody], _] = found([one], answers={2: "2"})  # not one of those who were asked about

    assert (same.outcome, same.person) == (CHANGED, ANNA)
    assert [each.field for each in same.changes] == ["email"]
    assert (another.outcome, another.is_another) == (ADDED, True)
    assert missing == [ANNA, BOB]
    assert nobody.outcome is OPEN


def test_the_same_person_stands_in_a_file_once():
    rows = [row(2, "Nora", "Neu", "n@example.org"), row(3, "Nora", "Neu", "N@example.org")]
    [[_, second], _] = found(rows)

    assert (second.why, second.twin) == (Why.TWICE, 2)


def test_whoever_stands_in_another_row_is_not_asked_about():
    rows = [row(2, "Anna", "Auer", "new@example.org"), row(3, "Anna", "Auer", "anna@example.org")]
    [findings, _] = found(rows)

    assert [each.outcome for each in findings] == [ADDED, UNCHANGED]


def test_two_of_one_name_without_addresses_are_told_apart_by_what_they_say():
    people = (BOB, TWIN)
    rows = [row(2, "Bob", "Best", organisation="Kreis"), row(3, "Bob", "Best")]
    [findings, missing] = found(rows, people)
    [[asked], _] = found([row(2, "Bob", "Best", organisation="Neu")], people)
    [[answered], _] = found([row(2, "Bob", "Best", organisation="Neu")], people, {2: "4"})

    assert [each.person for each in findings] == [TWIN, BOB]
    assert missing == []
    assert asked.why is Why.SEVERAL
    assert (answered.outcome, answered.person) == (CHANGED, TWIN)


def test_without_a_column_of_addresses_a_name_is_enough():
    [[finding], _] = found([row(2, "Anna", "Auer")], has_addresses=False)

    assert (finding.outcome, finding.person) == (UNCHANGED, ANNA)


def test_what_an_import_does_not_change_is_said():
    same = row(2, "Anna", "Auer", "anna@example.org", workshops=(7,), language="de")
    other = replace(same, workshops=(8,), consents={"photos": True}, language="en")

    assert found([same])[0][0].kept == ()
    assert found([other])[0][0].kept == (Kept.WORKSHOPS, Kept.CONSENTS, Kept.LANGUAGE)


def test_the_mark_tells_one_difference_from_another():
    one = [row(2, "Nora", "Neu", "n@example.org")]
    mark = mark_of(found(one)[0])

    assert mark == mark_of(found(one)[0])
    assert mark != mark_of(found([replace(one[0], workshops=(1,))])[0])
    assert mark != mark_of(found(one, (known(9, "Nora", "Neu", "n@example.org"),))[0])
