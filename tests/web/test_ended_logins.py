"""A login that ends while somebody types takes nothing with it, and lets in nothing foreign."""

from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import Role
from congress.domain.logins.accounts import SESSION_IDLE
from congress.web import kept_forms
from tests import builders
from tests.builders import OPEN
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import PASSWORD, an_organiser, log_in, logged_in, token
from tests.web.test_two_steps import code, set_up

ANNA, WRITE = "anna@example.org", "/organiser/fachkongress/attendees/write"
TEXT = "Liebe Leute,\n\n" + 'kommen Sie "alle" & <b>pünktlich</b>!\n' * 100
OURS = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def clock():
    with time_machine.travel(OPEN, tick=False) as travel:
        yield travel


@pytest.fixture
def anna(app, clock):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_registration(congress)
        number = congress.id
    return an_organiser(app, ANNA, {number: Role.ORGANISER})


@pytest.fixture
def browser(app, anna, clock):
    """Anna's, with the form of a mail open for too long."""
    browser = Browser(logged_in(app, ANNA))
    browser.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    browser.load(WRITE)
    clock.shift(SESSION_IDLE)
    return browser


@pytest.mark.parametrize("has_cookie", [True, False])
def test_a_long_mail_comes_along_through_the_login(app, anna, browser, clock, has_cookie):
    if not has_cookie:  # the browser was closed, or another window has logged out
        browser.client.delete_cookie("session")
    browser.submit("Mail ansehen", subject="Anreise", text=TEXT)
    assert (browser.status, browser.address) == (403, WRITE)
    assert TEXT.splitlines()[2] not in pages.words(browser.page)

    browser.submit("Einloggen", email=ANNA, password="falsch falsch")
    assert browser.status == 422
    browser.submit("Einloggen", email=ANNA, password=PASSWORD)
    assert browser.status == 200
    assert "noch nicht gespeichert" in pages.words(pages.find_all(browser.page, "h1")[0])
    form = next(each for each in browser.page.iter("form") if each.get("action") == WRITE)
    said = {each.get("name"): each.get("value") for each in form.iter("input")}
    assert said["text"] == TEXT

    browser.submit("Jetzt absenden")
    assert browser.status == 200  # the question whether to send, as if nothing had been
    assert pages.words(browser.page).count("pünktlich") >= 100


def test_whoever_logged_in_again_in_another_window_sends_it_anew(app, browser):
    assert log_in(browser.client, ANNA) == 303
    browser.submit("Mail ansehen", subject="Anreise", text=TEXT)
    assert browser.status == 403
    browser.submit("Jetzt absenden")
    assert browser.status == 200
    assert pages.words(browser.page).count("pünktlich") >= 100


def test_it_comes_along_through_the_second_step(app, anna, browser, clock):
    secret, _codes = set_up(app, anna)
    browser.submit("Mail ansehen", subject="Anreise", text=TEXT)
    browser.submit("Einloggen", email=ANNA, password=PASSWORD)
    assert browser.client.get("/organiser/").status_code == 303
    browser.submit("Einloggen", code=code(secret))
    browser.submit("Jetzt absenden")
    assert pages.words(browser.page).count("pünktlich") >= 100


@pytest.fixture
def typed(app, anna):
    """What every form of Anna's has: the token of her login."""
    return {"csrf_token": token(logged_in(app, ANNA), WRITE)}


def test_nobody_else_who_logs_in_there_gets_it(app, browser):
    """Two share a computer; what one typed is not for the other, in whatever order they come."""
    an_organiser(app, "bernd@example.org", is_administrator=True)
    browser.submit("Mail ansehen", subject="Anreise", text=TEXT)
    browser.submit("Einloggen", email="bernd@example.org", password=PASSWORD)
    assert browser.address == "/organiser/"
    assert "nicht aufgehoben" in pages.words(pages.get(browser.page, "p", role="status"))
    assert "pünktlich" not in pages.words(browser.page)

    token_of_anna = {"csrf_token": token(logged_in(app, ANNA), WRITE), "text": TEXT}
    answer = browser.client.post(WRITE, data=token_of_anna)  # her window beside his login
    assert answer.status_code == 400
    assert "pünktlich" not in answer.text


def test_only_what_our_own_pages_send_is_kept(client, typed):
    for headers, status, is_kept in (
        (OURS, 403, True),
        ({"Origin": "http://congress.test"}, 403, True),
        ({}, 400, False),  # nobody says where it comes from
        ({"Origin": "null"}, 400, False),
        ({"Origin": "https://evil.example"}, 400, False),
        (OURS | {"Sec-Fetch-Site": "same-site"}, 400, False),
        (OURS | {"Sec-Fetch-Mode": "cors"}, 400, False),  # a script, which cannot log in
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://congress.test"}, 403, False),
    ):
        answer = client.post(WRITE, data=typed | {"text": "y"}, headers=headers)
        assert answer.status_code == status, headers
        assert pages.has(pages.read(answer), "input", name="kept") is is_kept, headers


def test_what_must_not_travel_does_not(client, typed):
    def kept(address, **form: str):
        page = pages.read(client.post(address, data=typed | form, headers=OURS))
        return pages.has(page, "input", name="kept")

    assert kept(WRITE, text="x")
    assert kept(f"{WRITE}?ids=10,18&columns=a,b&q=M%C3%BCller+*~@:;!'()$", text="x")
    assert not kept(WRITE, csrf_token="x", text="y")  # nobody knows who typed it
    assert not kept(WRITE, password="y")
    assert not kept(WRITE, text="x" * (kept_forms.LARGEST + 1))
    assert not kept("/organiser/account/password", current="x", note="y")
    assert not kept("/organiser/fachkongress", text="x")  # takes no forms


def test_what_could_not_be_kept_is_said_to_be_lost(client, anna):
    """Going back would only bring the login once more."""
    page = pages.read(client.post(WRITE, data={"text": "x" * 200_001}, headers=OURS))
    said = pages.words(pages.get(page, "p", role="alert"))
    assert "geben Sie es noch einmal ein" in said
    assert "zurück" not in said


def test_a_form_made_up_by_others_is_not_shown(app, anna, clock):
    typed = {"csrf_token": token(logged_in(app, ANNA), WRITE), "text": "x" * 99}
    with app.test_request_context(method="POST", data=typed):
        packed = kept_forms.packed(WRITE)
    for kept, is_shown in ((packed, True), (packed[:-1], False), ("", False), ("x.y.z", False)):
        browser = Browser(app.test_client())
        browser.load("/login")
        fields = {each.get("name"): each.get("value") for each in browser.page.iter("input")}
        form = {"csrf_token": fields["csrf_token"], "email": ANNA, "password": PASSWORD}
        answer = browser.client.post("/login", data=form | {"kept": kept})
        assert ("x" * 99 in answer.text) is is_shown, kept
    clock.shift(timedelta(hours=9))
    with app.test_request_context(method="POST", data={"kept": packed}):
        assert kept_forms.page_after_login(anna) is None
