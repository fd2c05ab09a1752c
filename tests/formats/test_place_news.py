"""Letters about the place of a congress: what is only added is no move."""

import pytest

from congress.formats import letters
from tests.formats.test_programme_news import OCCASION, WEEK_BEFORE, came_from, read
from tests.mail_facts import CONGRESS, a_mail

AT_THE_HALL = {"venue": "Rathaus", "address": "Markt 1"}


@pytest.mark.parametrize(
    ("before", "event", "sentence"),
    [
        (
            {"venue": "", "address": ""},
            "Veranstaltungsort steht fest",
            "Der Veranstaltungsort steht jetzt fest: Rathaus, Markt 1, Lünen.",
        ),
        (
            {"venue": "", "town": ""},
            "Veranstaltungsort steht fest",
            "Der Veranstaltungsort steht jetzt fest: Rathaus, Markt 1, Lünen.",
        ),
        (
            {"address": ""},
            "Genaue Anschrift",
            "So lautet die genaue Anschrift: Rathaus, Markt 1, Lünen.",
        ),
        (
            {"venue": "", "town": "Bonn"},
            "Neuer Ort",
            "Ort: bisher Markt 1, Bonn – jetzt Rathaus, Markt 1, Lünen.",
        ),
    ],
)
def test_a_place_that_was_not_known_before_is_no_other_place(before, event, sentence):
    now = CONGRESS | AT_THE_HALL
    facts = {"before": {"congress": now | before}, "congress": now, "confirmed": [], "waiting": []}

    subject, text = read(facts, "de")

    assert subject == f"{event}: {OCCASION['de']}"
    assert text.count(sentence) == 1
    assert ("bisher" in text) is ("bisher" in sentence)


@pytest.mark.parametrize(
    ("before", "language", "clause"),
    [
        ({"town": "Bonn"}, "de", "Findet doch statt; neuer Ort: "),
        ({"title": "Alt"}, "de", "Findet doch statt; neuer Titel: "),
        ({"days": [WEEK_BEFORE]}, "de", "Findet doch statt; neuer Termin: "),
        ({"days": [WEEK_BEFORE]}, "en", "On after all; new date: "),
    ],
)
def test_inside_a_subject_what_is_new_begins_small(before, language, clause):
    mail = a_mail("held_after_all", language, **came_from(**before))

    assert letters.subject("held_after_all", language, mail.facts) == clause + OCCASION[language]
