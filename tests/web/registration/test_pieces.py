"""Pieces of pages that are written once for many: nobody sees what belongs to somebody else."""

import re

import pytest

from congress.web import pieces
from tests.web.registration.visitors import Visitor

pytestmark = pytest.mark.usefixtures("on_a_day", "congress")

FORM = "/fachkongress/register"
TOKENS = re.compile(r'name="(csrf_token|form_token)" value="[^"]*"')


def form(app, query: str = "") -> str:
    """Return the form as a new visitor gets it, without what is new each time."""
    return TOKENS.sub("", Visitor(app).open(FORM + query).text)


def test_the_next_visitor_gets_an_empty_form(app):
    before = form(app)
    refused = Visitor(app).register(
        email="nobody", organisation="Geheime Stelle", attendee_list="y", question_1="Geheim?"
    )

    assert refused.status_code == 422
    assert "Geheime Stelle" in refused.text
    assert "Geheim?" in refused.text
    assert form(app) == before


def test_a_refused_form_keeps_what_was_typed_and_nobody_else_sees_it(app):
    form(app)
    one = Visitor(app).register(
        email="nobody", organisation="Stelle 1", question_1="Wie?", attendee_list="y"
    )
    other = Visitor(app).register(email="nobody", organisation="Stelle 2", slot_1="workshop-1")

    assert "Stelle 1" in one.text
    assert "Wie?" in one.text
    assert re.search(r'name="attendee_list"[^>]* checked', one.text)
    assert "Stelle 2" in other.text
    assert re.search(r'value="workshop-1"[^>]* checked', other.text)
    for private in ("Stelle 1", "Wie?", 'value="none" checked'):
        assert private not in other.text
    assert not re.search(r'name="attendee_list"[^>]* checked', other.text)


def test_pieces_are_of_the_language_and_the_address(app):
    german, english = form(app), form(app, "?lang=en")

    assert "?lang=en" not in german.replace('href="?lang=en"', "")
    # In the consent and at the end of the page; the notice is that of the congress.
    assert english.count('href="/fachkongress/privacy?lang=en"') == 2
    assert form(app) == german
    assert form(app, "?lang=en") == english


def test_a_card_tells_the_places_of_now(app):
    before = form(app)
    Visitor(app).register(slot_1="workshop-1")

    assert form(app) != before


@pytest.mark.parametrize("most", [1, pieces.MOST])
def test_no_more_pieces_are_kept_than_allowed(app, monkeypatch, most):
    monkeypatch.setattr(pieces, "MOST", most)
    first = form(app)

    assert form(app) == first
    assert 0 < len(app.extensions[pieces.EXTENSION]) <= most
