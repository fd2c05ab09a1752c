"""Which spellings are of one organisation: what town halls type, and what must stay apart."""

import pytest

from congress.domain.organisation_names import (
    alike,
    domains_above,
    in_register,
    likeness,
    nearly,
    own_domains,
    spelling_of,
)

ONE = [
    ["Stadt Rheine", "Rheine, Stadt", "Stadtverwaltung Rheine", "RHEINE", " Rheine "],
    ["Rheine", "Stadt Rheine, Jugendamt", "Stadt Rheine – Fachbereich Jugend", "Jugendamt Rheine"],
    ["Rheine", "Jugendamt der Stadt Rheine", "Fachbereich 5 der Stadt Rheine"],
    ["Rheine", "Der Bürgermeister der Stadt Rheine", "Stadt Rheine, Die Bürgermeisterin"],
    ["Unna", "Stadt Unna", "Kreisstadt Unna"],
    ["Kreis Unna", "Unna, Kreis", "Kreisverwaltung Unna", "Der Landrat des Kreises Unna"],
    ["Neuss", "Neuß", "Stadt Neuß"],
    ["Köln", "Koeln", "KÖLN", "Stadt Köln"],
    ["Mülheim an der Ruhr", "Mülheim (Ruhr)", "Muelheim a. d. Ruhr"],
    ["Sankt Augustin", "St. Augustin"],
    ["Hamburg", "Freie und Hansestadt Hamburg"],
    ["Rheda-Wiedenbrück", "Rheda Wiedenbrück"],
    ["Landkreis Osnabrück", "Landratsamt Osnabrück"],
    ["AWO", "AWO e.V.", "AWO e. V.", "AWO eV"],
    ["Dorfladen gGmbH", "Dorfladen"],
]
OTHERS = [
    ("Bergkamen", "Bergheim"),
    ("Kreis Unna", "Stadt Unna"),
    ("Rhein-Kreis Neuss", "Stadt Neuss"),
    ("Halle (Saale)", "Halle (Westf.)"),
    ("Stadtwerke Rheine", "Stadt Rheine"),
    ("Verbandsgemeinde Montabaur", "Stadt Montabaur"),
    ("Gesamtschule 1", "Gesamtschule 2"),
    ("Stadt", "Gemeinde"),
    ("東京", "大阪"),
]
NOBODY = ["", "-", "privat", "Privatperson", "keine", "n/a", "Bürgerin", "ohne Organisation"]


@pytest.mark.parametrize("spellings", ONE, ids=lambda each: each[0])
def test_spellings_of_one_organisation_are_alike(spellings):
    assert {likeness(each) for each in spellings} == {likeness(spellings[0])}
    assert likeness(spellings[0])


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_organisations_stay_apart(one, other):
    assert likeness(one) != likeness(other)
    assert not nearly(likeness(one), likeness(other))


@pytest.mark.parametrize("said", NOBODY)
def test_whoever_names_nobody_comes_alone(said):
    assert likeness(said) == ""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("rheine", "rehine", True),
        ("bergkamen", "bergkmen", True),
        ("kempen", "kerpen", True),  # both are towns: `services.delegations` asks the register
        ("herne", "werne", False),  # two towns that begin otherwise
        ("hamm", "haan", False),  # too short to tell
        ("bergkamen", "bergheim", False),
        ("gesamtschule 1", "gesamtschule 2", False),
        ("kreis unna", "unna", False),
    ],
)
def test_a_slip_of_the_keyboard(one, other, expected):
    assert nearly(one, other) is nearly(other, one) is expected


def test_what_may_be_the_same_is_offered_and_no_more():
    others = ["halle", "halle westf", "halle saale", "kreis halle", "halle stadtwerke", "unna"]
    assert alike("halle westf", others) == ["halle"]
    assert alike("halle", others) == ["halle saale", "halle westf"]


def test_case_and_spaces_are_all_that_a_spelling_is_free_of():
    assert spelling_of("  STADT  Lünen ") == "stadt lünen"
    assert spelling_of("Lünen") != spelling_of("Luenen")


def test_the_register_is_asked_with_and_without_the_title():
    assert {"kempen", "stadtkempen"} <= in_register("Kempen, Stadt") & in_register("Kempen")


def test_domains_of_an_office_and_of_everybody():
    assert domains_above("a@jugend.rheine.de") == ["jugend.rheine.de", "rheine.de"]
    assert domains_above("") == []
    assert own_domains(["a@rheine.de", "b@rheine.de", "c@gmx.de", ""]) == ["rheine.de"]
