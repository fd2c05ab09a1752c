"""What becomes of the rows of a table for the register."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congress.domain.network.organisations import OrganisationFacts
from congress.domain.network.register_difference import Known, Outcome
from congress.domain.network.register_import import compare
from congress.domain.network.register_rows import Fault, Note, RegisterRow, Why

END = date(2015, 12, 31)
STEINFURT = Known(
    9, OrganisationFacts("Kreis Steinfurt", "", "district", "05566", "05566", "public")
)
RHEINE = Known(
    1, OrganisationFacts("Stadt Rheine", "", "municipality", "05566076", "05566", "public", 76_000)
)
REGISTER = [RHEINE, STEINFURT]


def row(number=2, name="Stadt Rheine", ags="05566076", **values: Any):  # noqa: ANN401 - cells of many types
    return RegisterRow(number, name, kind="municipality", ags=ags, **values)


def one(given, known=REGISTER):
    [finding] = compare([given], known).findings
    return finding


def test_a_row_that_says_nothing_new_changes_nothing():
    assert one(row()).outcome is Outcome.UNCHANGED
    assert one(row(name="Rheine")).outcome is Outcome.UNCHANGED  # only the title is missing


def test_a_row_changes_what_it_says_and_nothing_else():
    finding = one(row(inhabitants=77_000, website="https://rheine.de"))

    assert (finding.outcome, finding.changes) == (Outcome.CHANGED, ["inhabitants", "website"])
    assert finding.after == replace(RHEINE.facts, inhabitants=77_000, website="https://rheine.de")
    assert not finding.is_renamed


def test_a_key_with_another_name_is_a_new_name():
    finding = one(row(name="Rheine an der Ems"))

    assert finding.is_renamed
    assert finding.after.name == "Rheine an der Ems"


@pytest.mark.parametrize(
    ("facts", "aliases", "given"),
    [
        (OrganisationFacts("Stadt Lünen"), (), row(name="Lünen", ags="05978024")),
        (OrganisationFacts("Lünen"), (), row(name="lünen", ags="05978024")),
        (OrganisationFacts("Lünen"), ("rathauslunen",), row(name="Rathaus Lünen", ags=None)),
    ],
)
def test_what_has_no_key_yet_is_known_by_its_name(facts, aliases, given):
    finding = one(given, [Known(5, facts, aliases)])

    assert finding.known is not None
    assert finding.known.id == 5
    assert finding.after.ags == given.ags


def test_two_of_one_name_get_their_districts_in_brackets():
    given = [
        RegisterRow(2, "Kreis Nordfriesland", kind="district", ags="01054"),
        row(3, "Neukirchen", "01054087"),
        row(4, "Neukirchen", "05566099"),
        row(5, "Neukirchen", "05566098"),
        row(6, "Stadt Rheine", "01054001"),
    ]
    found = compare(given, REGISTER).findings

    assert [each.after.name for each in found[1:]] == [
        "Neukirchen",
        "Neukirchen (Steinfurt)",
        "Neukirchen (05566098)",
        "Stadt Rheine (Nordfriesland)",
    ]
    assert [Note.NAME_COMPLETED in each.notes for each in found] == [False, False, True, True, True]
    known = [Known(n, each.after) for n, each in enumerate(found, 10) if each.after]
    again = compare(given, [*REGISTER, *known]).findings
    assert {each.outcome for each in again} == {Outcome.UNCHANGED}


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ([row(2), row(3)], [(), (Fault(Why.KEY_TWICE, "2"),)]),
        (
            [row(2, "Verein", None), row(3, "verein", None)],
            [(), (Fault(Why.NAME_TWICE, "2"),)],
        ),
        ([row(district="Kreis Nirgendwo")], [(Fault(Why.DISTRICT, "Kreis Nirgendwo"),)]),
        ([row(district="kreis steinfurt")], [()]),
        ([row(valid_from=date(2016, 1, 1), valid_until=END)], [(Fault(Why.ENDS_BEFORE),)]),
        ([row(successor="Nirgendwo", valid_until=END)], [(Fault(Why.SUCCESSOR, "Nirgendwo"),)]),
        ([row(successor="05566")], [(Fault(Why.SUCCESSOR_WITHOUT_END),)]),
        (
            [row(successor="stadt rheine", valid_until=END)],
            [(Fault(Why.CIRCLE, "stadt rheine"),)],
        ),
        ([row(faults=(Fault(Why.ENCODING, "x"),))], [(Fault(Why.ENCODING, "x"),)]),
    ],
)
def test_why_nothing_becomes_of_a_row(given, faults):
    found = compare(given, REGISTER).findings

    assert [each.faults for each in found] == faults
    assert [each.outcome is Outcome.OPEN for each in found] == [bool(each) for each in faults]


def test_mergers_are_found_among_the_known_and_the_new():
    given = [
        row(2, valid_until=END, successor="Neustadt"),
        row(3, "Altdorf", "05566001", valid_until=END, successor="05566002"),
        row(4, "Neustadt", "05566002"),
        row(5, "Anderswo", "05566003", valid_until=END, successor="kreis steinfurt"),
    ]
    found = compare(given, REGISTER).findings

    assert [each.successor_row for each in found] == [4, 4, None, None]
    assert "successor_id" in found[0].changes
    assert found[3].after.successor_id == STEINFURT.id


def test_a_circle_of_rows_and_of_what_is_known_is_refused_and_who_needed_it():
    followed = Known(3, OrganisationFacts("Mitte", ags="05566003", valid_until=END, successor_id=1))
    given = [
        row(2, valid_until=END, successor="Mitte"),  # Rheine into Mitte, which is in Rheine
        row(3, "A", "05566011", valid_until=END, successor="B"),
        row(4, "B", "05566012", valid_until=END, successor="A"),
        row(5, "C", "05566013", valid_until=END, successor="B"),
    ]
    found = compare(given, [*REGISTER, followed]).findings

    assert [each.faults[0].why for each in found] == [Why.CIRCLE] * 3 + [Why.SUCCESSOR]


def test_an_unknown_district_of_a_key_is_told():
    assert one(row(2, "Irgendwo", "05999001")).notes == (Note.DISTRICT_UNKNOWN,)
    assert one(row(2, "Stadt Irgendwo", "05315000")).notes == ()  # is its own
    assert one(row(2, "Anderswo", "05566002")).notes == ()


def test_a_complete_list_tells_what_it_lacks_of_its_laender():
    elsewhere = Known(20, replace(RHEINE.facts, name="Flensburg", ags="01001000"))
    over = Known(21, replace(RHEINE.facts, name="Alt", ags="05566077", valid_until=END))
    gone = Known(22, replace(RHEINE.facts, name="Fort", ags="05566078"))
    agency = Known(23, OrganisationFacts("Amt", kind="agency", ags="05566079"))
    broken = Known(24, replace(RHEINE.facts, name="Kaputt", ags="05566080"))
    known = [*REGISTER, elsewhere, over, gone, agency, broken]
    given = [row(), row(3, "", "05566080", faults=(Fault(Why.NO_NAME),))]

    assert compare(given, known).missing == ()
    assert compare(given, known, is_complete=True).missing == (STEINFURT, gone)


def test_a_mark_tells_one_difference_from_any_other():
    marks = {
        compare([row()], REGISTER).mark,
        compare([row(inhabitants=1)], REGISTER).mark,
        compare([row(inhabitants=2)], REGISTER).mark,
        compare([row()], [replace(RHEINE, facts=replace(RHEINE.facts, website="x"))]).mark,
        compare([row()], REGISTER, is_complete=True).mark,
        compare([row(3)], REGISTER).mark,
    }
    assert len(marks) == 6
    assert compare([row()], REGISTER).mark in marks
