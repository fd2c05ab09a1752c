"""What of an info mail stands in the archive."""

import pytest

from congress.domain.network.mails import without_reader


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Guten Tag {Vorname} {Nachname},\n\nwir tagen.", "Guten Tag,\n\nwir tagen."),
        ("Hallo {Vorname},\n\nwir tagen.", "Hallo,\n\nwir tagen."),
        ("Liebe {Vorname},\n\nwir tagen.", "wir tagen."),
        ("Liebe/r {Vorname} {Nachname}!\n\nWir tagen.", "Wir tagen."),
        ("Sehr geehrte Frau {Nachname},\n\nwir tagen.", "wir tagen."),
        ("Sehr geehrte/r Frau/Herr {Nachname},\r\n\r\nwir tagen.", "wir tagen."),
        ("Dear {Vorname},\n\nwe meet.", "we meet."),
        ("Liebe Mitglieder,\n\nwir tagen.", "Liebe Mitglieder,\n\nwir tagen."),
        ("Liebe Mitglieder in {Kommune},\n\nwir tagen.", "Liebe Mitglieder in,\n\nwir tagen."),
        ("Wir tagen, {Vorname}.", "Wir tagen,."),
        ("Liebe {Vorname}", "Liebe"),
        ("", ""),
    ],
)
def test_the_archive_names_no_reader(text, shown):
    assert without_reader({"de": text}) == {"de": shown}
