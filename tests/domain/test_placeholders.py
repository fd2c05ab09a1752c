"""Placeholders are filled once, and what nobody knows is told."""

import pytest

from congress.domain.mails.placeholders import fill, names_in, unknown

KNOWN = {"Vorname": "Ada", "Titel": "Fachkongress"}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Guten Tag {Vorname},", "Guten Tag Ada,"),
        ("{Titel}{Titel}", "FachkongressFachkongress"),
        ("{Nachname} bleibt stehen", "{Nachname} bleibt stehen"),
        ("{{Vorname}}", "{Ada}"),
        ("Ein { allein", "Ein { allein"),
        ("", ""),
    ],
)
def test_filled(text: str, filled: str) -> None:
    assert fill(text, KNOWN) == filled


@pytest.mark.parametrize(
    "name", ["{Titel}", "{{7*7}}", "{event.__class__}", "%(x)s ${x}", "\\1", "{Vorname}"]
)
def test_a_value_is_never_looked_at_again(name: str) -> None:
    assert fill("{Vorname}!", {"Vorname": name, "Titel": "nie"}) == f"{name}!"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{Vorname} {Titel}", ()),
        ("{vorname} {Titel} {vorname}", ("vorname",)),
        ("{ Vorname }", (" Vorname ",)),
        ("{event.__class__}", ("event.__class__",)),
        ("Kein Platz { halter }, {\n}", (" halter ",)),
    ],
)
def test_what_stands_for_nothing(text: str, found: tuple[str, ...]) -> None:
    assert unknown(text, KNOWN) == found


def test_names_in_their_order() -> None:
    assert names_in("{b} {a} {b}") == ("b", "a")
