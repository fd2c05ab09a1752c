"""A workshop that is offered twice: the form says so, and nobody books it twice."""

from datetime import timedelta

import pytest

from congress.extensions import db
from congress.models import Congress
from tests.builders import WORKSHOPS_START, a_workshop
from tests.web import pages

pytestmark = pytest.mark.sqlite_only
FORM = "/fachkongress/register"


@pytest.fixture
def twice(app, congress):
    """Workshop 4 is the first one again, two hours later; 5 is beside it."""
    later = WORKSHOPS_START + timedelta(hours=2)
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        for number, same_as in ((4, "workshop-1"), (5, "")):
            title = {"de": f"Nachmittags {number}"}
            a_workshop(row, number=number, title=title, starts_at=later, same_as=same_as)


def test_the_form_and_the_pages_say_when_else_it_is_offered(visitor, twice):
    form = pages.words(pages.read(visitor.open(FORM)))
    assert (
        "Auch angeboten als Workshop 4, 15.15 bis 17.15 Uhr. Jede Person kann einen davon haben."
        in form
    )
    assert "Auch angeboten als Workshop 1, 13.15 bis 15.15 Uhr." in form
    for code, other in (("workshop-1", "workshop-4"), ("workshop-4", "workshop-1")):
        page = pages.read(visitor.open(f"/fachkongress/programme/{code}"))
        assert pages.has(page, "a", href=f"/fachkongress/programme/{other}")


def test_both_in_one_form_are_refused_and_what_was_typed_stays(visitor, twice):
    answer = visitor.register(slot_1="workshop-1", slot_2="workshop-4")

    assert answer.status_code == 422
    words = pages.words(pages.read(answer))
    assert "Zwei der gewählten Programmpunkte sind dasselbe" in words
    assert "13.15 bis 15.15 Uhr" in words
    assert "Bitte wählen Sie eines von beiden." in words
    assert 'value="Erika"' in answer.text
    assert visitor.register(slot_1="workshop-1", slot_2="workshop-5").status_code == 303


def test_whoever_has_one_changes_to_the_other(visitor, twice):
    own = visitor.own_page(slot_1="workshop-1", slot_2="none")
    assert "Auch angeboten als Workshop 1" in pages.words(pages.read(visitor.open(own)))

    answer = visitor.act(own, "workshops", slot_2="workshop-4")

    assert answer.status_code == 303
    has = pages.section(pages.read(visitor.open(own)), "haben")
    assert pages.titles(has) == ["Workshop 4: Nachmittags 4"]
