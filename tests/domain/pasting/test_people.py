"""The people of one cell."""

import pytest

from congress.domain.pasting.people import Pasted, read_people

DP, MOD, SPEAKER = "dialogue_partner", "moderator", "speaker"


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Anna Beispiel, Bernd Muster", [Pasted("Anna Beispiel", DP), Pasted("Bernd Muster", DP)]),
        ("Anna Beispiel und Dr. Muster", [Pasted("Anna Beispiel", DP), Pasted("Dr. Muster", DP)]),
        ("Dr. Beispiel", [Pasted("Dr. Beispiel", DP)]),
        ("Anna Beispiel (Stadt Lünen)", [Pasted("Anna Beispiel", DP, "Stadt Lünen")]),
        ("Anna Beispiel (Stadt Lünen, Moderation)", [Pasted("Anna Beispiel", MOD, "Stadt Lünen")]),
        ("Anna Beispiel – Leiterin", [Pasted("Anna Beispiel", DP, "Leiterin")]),
        ("Moderation: Anna Beispiel", [Pasted("Anna Beispiel", MOD)]),
        ("Moderation Anna Beispiel", [Pasted("Anna Beispiel", MOD)]),
        ("mit Anna Beispiel", [Pasted("Anna Beispiel", DP)]),
        ("N. N.", [Pasted(None, DP)]),
        ("N.N. (MFKJKS)", [Pasted(None, DP, "MFKJKS")]),
        (
            "Dialogpartner: Anna Beispiel, Moderation: Bernd Muster",
            [Pasted("Anna Beispiel", DP), Pasted("Bernd Muster", MOD)],
        ),
        (
            "Bürgermeisterin Anna Beispiel, Landrat Dr. Bernd Muster",
            [Pasted("Bürgermeisterin Anna Beispiel", DP), Pasted("Landrat Dr. Bernd Muster", DP)],
        ),
        ("Anna-Lena von der Beispielburg", [Pasted("Anna-Lena von der Beispielburg", DP)]),
    ],
)  # fmt: skip
def test_people_are_read_with_role_and_affiliation(cell, people):
    assert read_people(cell, DP) == (people, [])


@pytest.mark.parametrize(
    ("cell", "people", "doubts"),
    [
        ("Anna", ["Anna"], ["name_of_one_word"]),
        ("Beispiel, Anna", ["Beispiel", "Anna"], ["name_of_one_word"] * 2),
        ("Anna Beispiel, Stadt Lünen", ["Anna Beispiel"], ["affiliation_guessed"]),
        ("MFKJKS", [None], ["affiliation_guessed"]),
        ("Bürgermeister", [None], ["affiliation_guessed"]),
        ("Leiterin Fachbereich Soziales", [None], ["affiliation_guessed"]),
        ("Bürgermeister Müller", ["Bürgermeister Müller"], ["name_of_one_word"]),
        ("Anna und Bernd Beispiel", [], ["not_a_name"]),
        ("anna@example.org", [], ["not_a_name"]),
        ("Protokoll: Anna Beispiel", ["Anna Beispiel"], ["unknown_role"]),
        ("Moderation: Anna Beispiel; Dr. Test", ["Anna Beispiel", "Dr. Test"], ["role_carried"]),
        ("wird noch mit der Stadt geklärt", [None], ["affiliation_guessed"]),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_asked(cell, people, doubts):
    found, remarks = read_people(cell, SPEAKER)

    assert [each.name for each in found] == people
    assert [each.doubt for each in remarks] == doubts
