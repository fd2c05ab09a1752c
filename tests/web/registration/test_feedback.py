"""Saying what one thinks of an event behind the link, as somebody without JavaScript does."""

import pytest
import time_machine

from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Congress, FeedbackBallot
from congress.services import tokens
from congress.transaction import transaction
from tests.builders import ENDS
from tests.surveys import CLOSES, MINUTE, Asking, work
from tests.web import pages
from tests.web.forms import Browser

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def somebody(app, on_a_day):
    """Who was there, and is asked what they think: their link, and that to their own page."""
    on_a_day.move_to(ENDS + MINUTE, tick=False)
    with app.app_context():
        house = Asking(1)
        tokens.issue(house.people[0], TokenPurpose.MANAGE, now=ENDS)
        db.session.commit()
        work(ENDS)
        own = tokens.token_for(house.people[0], TokenPurpose.MANAGE)
        return f"/feedback/{house.token(house.people[0])}", f"/registration/{own}"


def used(app) -> bool:
    with app.app_context():
        return db.session.query(FeedbackBallot).one().is_used


def leads_to(browser: Browser, link: str) -> bool:
    return any(str(each.get("href")).startswith(link) for each in browser.page.iter("a"))


def test_it_is_answered_once_from_the_own_page_on(app, somebody):
    link, own_page = somebody
    browser = Browser(app.test_client())
    browser.load(f"{own_page}?lang=de")
    assert leads_to(browser, link)
    browser.load(link)
    assert "Frage useful" in pages.words(browser.page)
    browser.submit("Feedback abschicken")
    assert browser.status == 422
    assert "mindestens eine Frage" in pages.words(browser.page)
    assert not used(app)
    browser.submit("Feedback abschicken", **{"event-said": "x" * 1001, "event-whole": "4"})
    assert browser.status == 422
    chosen = [
        each.get("id") for each in browser.page.iter("input") if each.get("checked") is not None
    ]
    assert "event-whole--4" in chosen
    twice = Browser(browser.client)
    twice.load(link)
    browser.submit("Feedback abschicken", **{"event-said": "Sehr gut", "event-gained--good": "y"})
    assert "Danke für Ihr Feedback" in pages.words(browser.page)
    assert used(app)
    twice.submit("Feedback abschicken", **{"event-said": "Noch etwas"})
    assert "Danke für Ihr Feedback" in pages.words(twice.page)
    browser.load(own_page)
    assert not leads_to(browser, link)


def test_what_was_written_is_shown_where_it_comes_too_late(app, somebody, on_a_day):
    link, _own_page = somebody
    browser = Browser(app.test_client())
    browser.load(f"{link}?lang=de")
    on_a_day.move_to(CLOSES, tick=False)
    browser.submit("Feedback abschicken", **{"event-said": "Schade"})
    assert browser.status == 409
    assert "Schade" in pages.words(browser.page)
    browser.load(link)
    assert (browser.status, used(app)) == (200, False)
    assert browser.client.get("/feedback/" + "x" * 43).status_code == 404


@pytest.mark.parametrize("state", ["cancelled", "draft"])
def test_what_does_not_take_place_is_not_asked_about(app, somebody, state):
    with app.app_context():
        congress = db.session.query(Congress).one()
        congress.state = state
        db.session.commit()
    answer = app.test_client().get(somebody[0])
    assert (answer.status_code, "Frage whole" in answer.text) == (
        {"cancelled": 200, "draft": 404}[state],
        False,
    )


def test_a_look_at_the_link_changes_nothing(app, somebody):
    link, _own_page = somebody
    with time_machine.travel(ENDS + MINUTE, tick=False):
        for method in ("get", "head"):
            getattr(app.test_client(), method)(link)
    assert not used(app)


def test_another_address_ends_the_link_that_was_sent_to_the_one_before(app, somebody):
    link, _own_page = somebody
    with app.app_context():
        person = db.session.query(FeedbackBallot).one().registration_id
        with transaction():
            tokens.renew(person, now=ENDS)
        own = tokens.token_for(person, TokenPurpose.MANAGE)
    browser = Browser(app.test_client())
    assert browser.client.get(link).status_code == 404
    browser.load(f"/registration/{own}")
    links = (str(each.get("href")) for each in browser.page.iter("a"))
    [new] = {each for each in links if "/feedback/" in each}
    browser.load(new)
    assert browser.status == 200
