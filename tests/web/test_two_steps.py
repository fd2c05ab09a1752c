"""Logging in in two steps: app, recovery codes, the password before a change (SEC-22, 23)."""

import base64
import time
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from congress import extensions
from congress.domain.access import COMMAND, Role
from congress.domain.logins import second_factors as rules
from congress.domain.tokens import Key
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage, User
from congress.services import tokens
from congress.services.logins import second_factors
from tests import builders
from tests.builders import OPEN
from tests.web import pages
from tests.web.organisers import PASSWORD, an_organiser, log_in, logged_in, post, token

ANNA, STEPS = "anna@example.org", "/organiser/account/two-steps"


@pytest.fixture
def clock():
    with time_machine.travel(OPEN, tick=False) as travel:
        yield travel


@pytest.fixture
def anna(app, clock):
    with app.app_context():
        congress = builders.a_congress().id
    return an_organiser(app, ANNA, {congress: Role.READER})


def code(secret, *, steps=0):
    return rules.code_at(secret, int(time.time()) // rules.STEP_SECONDS + steps)


def set_up(app, account):
    """Set up an app without pages; return its secret and the recovery codes."""
    with app.app_context():
        sealed = second_factors.new_secret()
        secret = second_factors.unsealed(sealed)
        now = OPEN - timedelta(hours=1)
        typed = rules.code_at(secret, int(now.timestamp()) // rules.STEP_SECONDS)
        return secret, second_factors.add_app(account, sealed, typed, now=now)


def second_step(client, typed):
    return post(client, "/login/code", "/login/code", code=typed)


def is_in(client):
    return client.get("/organiser/").status_code == 200


def changes(app):
    with app.app_context():
        facts = db.session.scalars(
            select(OutboxMessage.facts)
            .where(OutboxMessage.kind == "login_changed")
            .order_by(OutboxMessage.id)
        )
        return [each["change"] for each in facts]


def test_an_app_is_set_up_and_asked_for_from_then_on(app, anna, clock):
    client = logged_in(app, ANNA)
    page = pages.read(client.get(f"{STEPS}/app"))
    shown = pages.words(pages.get(page, "code", data_secret="")).replace(" ", "")
    with app.app_context():
        assert db.session.get_one(User, anna).tf_totp_secret is None  # not before a code is right
    secret = base64.b32decode(shown)
    right = code(secret)
    wrong = str((int(right) + 1) % 1_000_000)
    assert post(client, f"{STEPS}/app", f"{STEPS}/app", code=wrong) == 422
    form = {"csrf_token": token(client, f"{STEPS}/app"), "code": right}
    answer = client.post(f"{STEPS}/app", data=form)
    found = pages.find_all(pages.get(pages.read(answer), "ul", data_codes=""), "code")
    recovery = [pages.words(each) for each in found]
    with app.app_context():
        stored = db.session.get_one(User, anna)
        kept = f"{stored.tf_totp_secret} {stored.mf_recovery_codes}"

    assert len(set(recovery)) == 10
    assert shown not in kept
    assert [each for each in recovery if each in kept] == []

    other = app.test_client()
    assert log_in(other, ANNA) == 303
    assert not is_in(other)  # the password alone opens nothing
    assert [second_step(other, each) for each in ("", "999", right)] == [422] * 3  # used just now
    clock.shift(30)
    assert second_step(other, code(secret)) == 303
    assert is_in(other)
    assert changes(app) == ["app_added"]


def test_a_recovery_code_opens_once_and_its_owner_is_told(app, anna):
    _secret, (first, second, *_) = set_up(app, anna)
    got = []
    for typed in (first.upper(), first, second):
        client = app.test_client()
        log_in(client, ANNA)
        got.append((second_step(client, typed), is_in(client)))
    left = pages.get(pages.read(client.get(STEPS)), "p", data_codes_left="8")

    assert got == [(303, True), (422, False), (303, True)]
    assert "8" in pages.words(left)
    assert changes(app) == ["app_added", "code_used", "code_used"]


@pytest.mark.sqlite_only
def test_codes_are_not_guessed(app, anna, clock):
    """SEC-23: by account, from however many addresses; a recovery code still opens."""
    secret, (recovery, *_) = set_up(app, anna)
    client = app.test_client()
    log_in(client, ANNA)
    wrong = str((int(code(secret)) + 1) % 1_000_000).zfill(6)
    got = []
    for _ in range(rules.MOST_WRONG_CODES):
        got.append(second_step(client, wrong))
        clock.shift(31)
    assert got == [422] * rules.MOST_WRONG_CODES

    log_in(client, ANNA)
    assert second_step(client, code(secret)) == 429
    assert second_step(client, recovery) == 303
    warning = pages.words(pages.find_all(pages.read(client.get("/organiser/")), "main")[0])
    assert f"{rules.MOST_WRONG_CODES} Mal" in warning  # whoever tries codes knows the password


@pytest.mark.sqlite_only
def test_the_first_step_ends_soon_and_with_the_password(app, anna, clock):
    secret, _ = set_up(app, anna)
    late, changed = app.test_client(), app.test_client()
    for client in (late, changed):
        log_in(client, ANNA)
    assert token(changed, "/login/code")
    with app.app_context():
        db.session.get_one(User, anna).fs_uniquifier = "another"
        db.session.commit()
    assert changed.get("/login/code").location == "/login"
    log_in(late, ANNA)
    form = {"csrf_token": token(late, "/login/code"), "code": code(secret)}
    clock.shift(rules.SECOND_STEP_LENGTH)
    assert late.post("/login/code", data=form).location == "/login"
    assert not is_in(late)


@pytest.mark.sqlite_only
def test_what_changes_the_login_asks_for_the_password_again(app, anna, clock):
    secret, _ = set_up(app, anna)
    client = app.test_client()
    log_in(client, ANNA)
    second_step(client, code(secret))
    clock.shift(rules.PROVEN_LENGTH)
    for act in ("app/remove", "codes", "app"):
        assert post(client, f"{STEPS}/{act}", STEPS) == 303
    assert client.get(f"{STEPS}/app").status_code == 303
    assert changes(app) == ["app_added"]

    assert post(client, STEPS, STEPS, password="falsch falsch") == 422
    assert post(client, STEPS, STEPS, password=PASSWORD) == 303
    assert post(client, f"{STEPS}/codes", STEPS) == 200
    asked = pages.words(pages.get(pages.read(client.get(f"{STEPS}/app/remove")), "main"))
    assert "Ihre Ersatzcodes gelten nicht mehr" in asked
    assert changes(app) == ["app_added", "codes_renewed"]  # asking removes nothing
    assert post(client, f"{STEPS}/app/remove", f"{STEPS}/app/remove") == 303
    page = pages.read(client.get(STEPS))
    assert "Ihre Ersatzcodes gelten nicht mehr" in pages.words(pages.get(page, role="status"))
    assert not pages.has(page, id="codes")
    assert changes(app) == ["app_added", "codes_renewed", "app_removed"]
    assert is_in(logged_in(app, ANNA))
    assert post(client, f"{STEPS}/codes", STEPS) == 303  # none without a second step
    assert client.get(f"{STEPS}/app/remove").status_code == 404
    with app.app_context():
        assert db.session.get_one(User, anna).mf_recovery_codes is None
    assert len(set_up(app, anna)[1]) == 10  # new ones with the next second step


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("demand", "is_led"), [("administrators", False), ("all", True)])
def test_a_second_step_can_be_required(app, settings, anna, clock, demand, is_led):
    extensions.bind_settings(settings.model_copy(update={"require_two_factor": demand}))
    administrator = an_organiser(app, "admin@example.org", is_administrator=True)
    client, chief = logged_in(app, ANNA), logged_in(app, "admin@example.org")
    for address in ("/organiser/", "/organiser/account", "/organiser/fachkongress"):
        assert (client.get(address).location == STEPS) is is_led
        assert chief.get(address).location == STEPS
    assert chief.get(STEPS).status_code == 200
    set_up(app, administrator)
    assert chief.get("/organiser/").status_code == 200

    assert chief.get(f"{STEPS}/app/remove").location == STEPS
    assert pages.has(pages.read(chief.get(STEPS)), role="alert")
    assert post(chief, f"{STEPS}/app/remove", STEPS) == 303
    assert pages.has(pages.read(chief.get(STEPS)), role="alert")
    assert chief.get("/organiser/").status_code == 200  # it has stayed


@pytest.mark.sqlite_only
def test_whoever_lost_everything_is_helped_by_a_command(app, anna):
    thief = logged_in(app, ANNA)
    set_up(app, anna)
    flask = app.test_cli_runner()
    assert flask.invoke(args=["organiser", "reset", "nobody@example.org"]).exit_code == 1
    assert is_in(thief)
    assert flask.invoke(args=["organiser", "reset", ANNA]).exit_code == 0

    assert not is_in(thief)
    assert is_in(logged_in(app, ANNA))
    assert changes(app) == ["app_added", "reset"]
    with app.app_context():
        lines = select(AuditLine.actor).where(AuditLine.verb == "login_reset")
        assert db.session.scalars(lines).all() == [COMMAND.kind]


@pytest.mark.sqlite_only
def test_a_secret_outlives_the_change_of_the_key(app, anna, monkeypatch):
    """Whoever logs in while SECRET_KEY_OLD is known is sealed anew."""
    secret, _ = set_up(app, anna)
    old, new = Key(b"old" * 20), Key(b"new" * 20)
    with app.app_context():
        known = tokens.keys()
        monkeypatch.setattr(second_factors, "keys", lambda: [new, *known])
        assert second_factors.accept_code(anna, code(secret), now=OPEN)
        monkeypatch.setattr(second_factors, "keys", lambda: [new])
        later = OPEN + timedelta(minutes=1)
        assert second_factors.accept_code(anna, code(secret, steps=2), now=later)
        monkeypatch.setattr(second_factors, "keys", lambda: [old])
        latest = OPEN + timedelta(minutes=2)
        assert not second_factors.accept_code(anna, code(secret, steps=4), now=latest)
