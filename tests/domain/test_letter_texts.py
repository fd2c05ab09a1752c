"""What organisers put into letters: which links stand there, and in which language they read."""

import pytest

from congress.domain import letter_texts


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Bringen Sie gute Laune mit.", ""),
        ("Mehr unter https://example.org/weg?a=1.", ""),
        ("HTTPS://example.org", ""),
        ("http://example.org", "http://example.org"),
        ("erst https://a.org, dann ftp://b.org", "ftp://b.org"),
        ("www.example.org", "www.example.org"),
        ("https://www.example.org", ""),
        ("um 10:30 im Raum a//b", ""),
    ],
)
def test_links_are_whole_and_safe(text, link):
    assert letter_texts.strange_link(text) == link


def test_letters_say_it_in_their_language_or_in_german():
    stored = {"greeting_de": "Moin", "greeting_en": "Hello", "extra_de": "Eins\nzwei\n\n \ndrei"}

    german, english = (letter_texts.in_letters(stored, each) for each in ("de", "en"))
    assert (german["greeting"], english["greeting"], german["closing"]) == ("Moin", "Hello", "")
    assert german["extra"] == english["extra"] == [["Eins", "zwei"], ["drei"]]
    assert letter_texts.written(letter_texts.whole(stored)) == stored


@pytest.mark.parametrize(
    ("name", "strange"),
    [
        ("", ""),
        ("Kongressbüro Zukunftsnetz", ""),
        ("Büro Dr. Muster & Co. – 2027!", ""),
        ("Stadt Hamm <info@hamm.de>", "<"),
        ("info@hamm.de", "@"),
        ('Büro "Mitte"', '"'),
        ("Büro, Hamm", ","),
        ("Büro (Hamm)", "("),
        ("Hamm: Büro", ":"),
        ("Büro\\", "\\"),
        ("www.hamm.de", "www.hamm.de"),
        ("Büro hamm.de", "hamm.de"),
        ("–", "–"),
    ],
)
def test_a_sender_is_a_name_and_no_address(name, strange):
    assert letter_texts.strange_in_sender(name) == strange
