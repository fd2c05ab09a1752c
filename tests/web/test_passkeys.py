"""Passkeys: what browsers say is believed only if everything fits (SEC-22)."""

from dataclasses import replace

import pytest
import time_machine

from congress.domain.access import Role
from congress.domain.logins.passkeys import CHALLENGE_LENGTH
from tests import builders
from tests.builders import OPEN
from tests.databases import settings_for
from tests.web import pages
from tests.web.authenticator import PRESENT, Authenticator
from tests.web.organisers import an_organiser, log_in, logged_in, post, token

ANNA, BERND = "anna@example.org", "bernd@example.org"
STEPS = "/organiser/account/two-steps"


@pytest.fixture
def settings(database_url, tmp_path):
    """Passkeys hold for a name: the tests' usual one is without https."""
    return settings_for(database_url, tmp_path).model_copy(update={"base_url": "http://localhost"})


@pytest.fixture
def clock():
    with time_machine.travel(OPEN, tick=False) as travel:
        yield travel


@pytest.fixture
def anna(app, clock):
    with app.app_context():
        congress = builders.a_congress().id
    an_organiser(app, BERND, {congress: Role.READER})
    return an_organiser(app, ANNA, {congress: Role.READER})


def options(client, address, page):
    answer = client.post(f"{address}/options", data={"csrf_token": token(client, page)})
    return answer.get_json()


def add(client, passkey, name="Laptop"):
    """Add a passkey; return the answer."""
    made = passkey.made(options(client, f"{STEPS}/passkeys", STEPS))
    form = {"csrf_token": token(client, STEPS), "name": name, "answer": made}
    return client.post(f"{STEPS}/passkeys", data=form)


def enter(client, answer):
    """Log in with what a passkey said; return whether that opened the workspace."""
    post(client, "/login/passkey", "/login", answer=answer)
    return client.get("/organiser/").status_code == 200


def test_a_passkey_is_a_whole_login(app, anna):
    passkey, client = Authenticator(), logged_in(app, ANNA)
    first = pages.read(add(client, passkey))
    assert len(pages.find_all(pages.get(first, "ul", data_codes=""), "code")) == 10
    assert add(client, Authenticator(), name="Telefon").status_code == 303  # the codes are kept

    other = app.test_client()
    assert enter(other, passkey.used(options(other, "/login/passkey", "/login")))
    assert ANNA in other.get("/organiser/account").text
    kept = pages.get(pages.read(other.get(STEPS)), "ul", data_passkeys="")
    assert [pages.words(each) for each in pages.find_all(kept, "b")] == ["Laptop", "Telefon"]

    password = app.test_client()
    assert log_in(password, ANNA) == 303
    assert password.get("/organiser/").status_code == 303  # not enough any more
    asked = pages.read(password.get("/login/code"))
    assert pages.words(pages.get(asked, "label")) == "Ersatzcode"  # there is no app
    assert pages.words(pages.get(asked, id="code-hint")) == "Geben Sie einen Ihrer Ersatzcodes ein."
    for number, ends in (("1", False), ("2", True)):
        page = f"{STEPS}/passkeys/{number}/remove"
        assert ("Ersatzcodes gelten nicht mehr" in other.get(page).text) is ends
        assert post(other, page, page) == 303
        assert ("Ersatzcodes gelten nicht mehr" in other.get(STEPS).text) is ends
    assert logged_in(app, ANNA).get("/organiser/").status_code == 200
    assert not enter(app.test_client(), passkey.used({"challenge": "x"}))


@pytest.mark.sqlite_only
def test_what_does_not_fit_opens_nothing(app, anna, clock):
    passkey = Authenticator()
    add(logged_in(app, ANNA), passkey)
    client = app.test_client()

    def answer(key):
        return key.used(options(client, "/login/passkey", "/login"))

    for wrong in (
        replace(passkey, origin="https://evil.example"),
        replace(passkey, name="evil.example"),
        replace(passkey, flags=PRESENT),  # neither finger nor PIN
        replace(passkey, handle=b"somebody else"),
        replace(passkey, key=Authenticator().key),
        replace(passkey, id=b"unknown"),
    ):
        assert not enter(client, answer(wrong)), wrong
    for nonsense in ("", "{}", "[]", "null", "[" * 19_999, "x" * 30_000, '{"id": 1}'):
        options(client, "/login/passkey", "/login")
        assert not enter(client, nonsense), nonsense
        clock.shift(60)

    late = answer(passkey)
    clock.shift(CHALLENGE_LENGTH)
    assert not enter(client, late)
    right = answer(passkey)
    cookie = client.get_cookie("session")
    assert enter(client, right)
    again = app.test_client()
    again.set_cookie("session", cookie.value)
    assert not enter(again, right)  # a copy of the cookie does not ask a second time
    passkey.count = 0
    asked = options(again, "/login/passkey", "/login")
    assert not enter(again, passkey.used(asked))  # a copy of the key has counted less


@pytest.mark.sqlite_only
def test_a_passkey_is_ones_own(app, anna, clock):
    passkey, client = Authenticator(), logged_in(app, ANNA)
    add(client, passkey)
    other = logged_in(app, BERND)
    assert post(other, f"{STEPS}/passkeys/1/remove", STEPS) == 303
    assert add(other, replace(passkey)).status_code == 303  # it is Anna's, and stays hers
    fresh = app.test_client()
    assert enter(fresh, passkey.used(options(fresh, "/login/passkey", "/login")))
    assert ANNA in fresh.get("/organiser/account").text
    clock.shift(1000)
    assert post(client, f"{STEPS}/passkeys/options", STEPS) == 303  # the password first
