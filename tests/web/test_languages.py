import pytest
from flask import render_template_string

from congress.web import languages
from congress.web.entries import Entry, read_text
from tests import builders

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize(("language", "said"), [("de", "1.200"), ("en", "1,200")])
def test_numbers_are_written_in_one_way(app, language, said):
    """As in the hints beside them: "höchstens 1.200 Zeichen"."""
    with app.test_request_context(f"/?lang={language}"):
        entry = Entry("text", "Text")
        read_text(entry, "x" * 1201, most=1200)
        assert said in entry.errors[0]
        assert languages.number(12) == "12"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Name", "Name: Fehlt."),
        ("Alle sind einverstanden.", "Alle sind einverstanden: Fehlt."),
        ("Seit wann:", "Seit wann: Fehlt."),
        ("Wer kommt?", "Wer kommt? Fehlt."),
    ],
)
def test_a_label_that_is_a_sentence_is_joined_well(label, said):
    assert languages.labelled(label, "Fehlt.") == said


@pytest.mark.parametrize(
    ("query", "remembered", "accepted", "language"),
    [
        ("", None, None, "de"),
        ("", None, "en-GB,en;q=0.9", "en"),
        ("", None, "fr,en;q=0.5", "en"),
        ("", None, "fr", "de"),
        ("", None, "\xff;q=x", "de"),
        ("", "en", "de", "en"),
        ("?lang=de", "en", "en", "de"),
        ("?lang=en", None, "de", "en"),
        ("?lang=xx", None, "en", "en"),
        ("", "xx", "en", "en"),
    ],
)
def test_the_address_goes_before_the_choice_and_the_choice_before_the_browser(
    client, query, remembered, accepted, language
):
    if remembered:
        client.set_cookie("language", remembered, domain="congress.test")
    headers = {"Accept-Language": accepted} if accepted else {}

    page = client.get(f"/imprint{query}", headers=headers, base_url="http://congress.test")

    assert f'<html lang="{language}">' in page.text


@pytest.mark.parametrize(
    ("address", "path", "link"),
    [
        ("/", "/x", "/x"),
        ("/?lang=en", "/x", "/x?lang=en"),
        ("/?lang=en", "/x?a=1", "/x?a=1&lang=en"),
        ("/?lang=en", "/x#y", "/x?lang=en#y"),
        ("/?lang=xx", "/x", "/x"),
    ],
)
def test_a_language_in_the_address_travels_in_the_links(app, address, path, link):
    with app.test_request_context(address):
        assert languages.link(path) == link


def test_a_text_that_falls_back_says_its_language(app):
    with app.test_request_context("/?lang=en"):
        assert languages.lang_attribute({"de": "Engagement vor Ort"}) == ' lang="de"'
        assert languages.lang_attribute({"de": "Wer", "en": "Who"}) == ""
        assert languages.text({"de": "Engagement vor Ort"}) == "Engagement vor Ort"


def test_untranslated_titles_are_marked_on_the_page(app, client):
    """A11Y-08."""
    with app.app_context():
        builders.a_congress(title={"de": "Engagement vor Ort"})

    assert '<h1 lang="de">Engagement vor Ort</h1>' in client.get("/fachkongress?lang=en").text


def test_paragraphs_are_escaped(app):
    with app.test_request_context("/"):
        html = app.jinja_env.filters["paragraphs"]("<b>eins</b>\n\nzwei\ndrei\n\n\n")

    assert html == "<p>&lt;b&gt;eins&lt;/b&gt;</p>\n<p>zwei drei</p>"


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (
            "/organiser/x/attendees?q=M%C3%BCller&state=confirmed&lang=de",
            "q=M%C3%BCller&state=confirmed&lang=en",
        ),
        ("/organiser/x/attendees/several?ids=1&ids=2&lang=de", "ids=1&ids=2&lang=en"),
        ("/x?from=newsletter&lang=de", "lang=en"),
    ],
)
def test_the_other_language_shows_the_same_part_of_a_workspace(app, address, link):
    with app.test_request_context(address):
        assert render_template_string("{{ language_links[0][2]|safe }}") == f"?{link}"
