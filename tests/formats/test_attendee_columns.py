"""Files of people: in which letters they are written, and what their columns are called."""

import pytest

from congress.domain.fields import FIELDS
from congress.domain.registration_request import VOLUNTARY
from congress.formats import attendee_columns as columns
from congress.formats import table_file
from congress.formats.table_file import Unreadable

FURTHER = (columns.NAME, columns.WORKSHOPS, *VOLUNTARY, columns.LANGUAGE, columns.STATE)
OFFERED = [*(each.name for each in FIELDS), *FURTHER]
TEXT = "Vorname;Ort\nJürgen;Lünen – Süd\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_file_is_read_whatever_it_was_written_in(encoding):
    assert table_file.text_of(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7", Unreadable.SOMETHING),
        (b"a\0b", Unreadable.SOMETHING),
        (b"\x89PNG\r\n\x1a\n\0\0\0", Unreadable.SOMETHING),
    ],
)
def test_what_is_no_text_is_not_read(content, what):
    assert table_file.text_of(content) is what


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=1", "=1"), ("' @a", " @a"), ("'tis", "'tis"), ("'", "'"), ("=1", "=1"), ("", "")],
)
def test_our_guard_against_formulas_is_taken_away_again(cell, text):
    assert table_file.unguarded(cell) == text


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        ("Vorname;Nachname;E-Mail", "given_name;family_name;email"),
        ("Name;Vorname;Mail", "family_name;given_name;email"),
        ("Nachname, Vorname;Einrichtung", "name;organisation"),
        ("First name;Last name;Email;Job title", "given_name;family_name;email;function"),
        ("Name;Name", "name;"),
        ("Workshop 13.15 Uhr;Warteliste 13.15 Uhr;Frage 13.15 Uhr", "workshops;workshops;"),
        ("Stand;Fotos;Sprache;AGS;Angemeldet am", "state;photos;language;;"),
        ("Essen;;Hotel", ";;"),
    ],
)
def test_columns_are_known_by_their_headings(headings, found):
    assert ";".join(columns.guessed(headings.split(";"), OFFERED)) == found


def test_what_a_congress_does_not_ask_is_left_out():
    assert columns.guessed(["Vorname", "Funktion"], ["given_name"]) == ["given_name", ""]
