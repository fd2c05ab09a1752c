"""Logging in, staying in, getting out; choosing passwords by mailed links."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.mails.messages import AccountFacts
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage, User
from congress.services.logins import accounts, attempting
from congress.web.account import login
from tests.web.organisers import PASSWORD, an_organiser, log_in, logged_in, post, token

EMAIL = "organiser@example.org"


@pytest.fixture(autouse=True)
def account(app):
    return an_organiser(app, EMAIL, is_administrator=True)


def mailed_link(app):
    """Return the path of the link in the latest mail."""
    with app.app_context():
        message = db.session.scalars(
            select(OutboxMessage).order_by(OutboxMessage.id.desc())
        ).first()
        link = accounts.link_for(cast("AccountFacts", message.facts))
        assert link.rpartition("/")[2] not in str(message.facts)  # SEC-27
        return link.removeprefix("http://congress.test")


def test_the_right_password_opens_the_workspace(app, client):
    assert client.get("/organiser/").location == "/login?next=%2Forganiser%2F"
    assert log_in(client, " Organiser@Example.ORG ") == 303
    assert client.get("/organiser/").status_code == 200


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "falsch falsch"),
        ("nobody@example.org", PASSWORD),
        (EMAIL, ""),
        ("", PASSWORD),
        ("a\x00b@example.org", PASSWORD),
        ("x" * 10_000, "y" * 10_000),
        ("' OR 1=1 --", "' OR 1=1 --"),
    ],
)
def test_anything_else_does_not(client, email, password):
    """SEC-31: bad input is answered, not stumbled over."""
    assert log_in(client, email, password) == 422
    assert client.get("/organiser/").status_code == 303


def test_known_and_unknown_addresses_get_the_same_answer(client):
    """SEC-24."""
    pages = []
    for email in (EMAIL, "nobody1@example.org"):
        form = {"csrf_token": token(client), "email": email, "password": "falsch falsch"}
        page = client.post("/login", data=form).text.replace(email, "")
        pages.append(re.sub(r'name="csrf_token" value="[^"]+"', "", page))

    assert pages[0] == pages[1]


@pytest.mark.sqlite_only
@pytest.mark.slow_passwords
def test_a_password_is_hashed_slowly(app):
    """OWASP's second profile for Argon2id; all other tests hash in no time."""
    with app.app_context():
        stored = db.session.scalars(select(User.password)).one()

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.sqlite_only
@pytest.mark.slow_passwords
def test_known_and_unknown_addresses_take_the_same_time(client):
    """SEC-24, with few calls, in seconds of this thread: other work on the machine counts not."""
    took: dict[str, list[float]] = {EMAIL: [], "nobody1@example.org": []}
    for _ in range(4):
        for email, times in took.items():
            began = time.thread_time()
            log_in(client, email, "falsch falsch")
            times.append(time.thread_time() - began)
    known, unknown = (min(times) for times in took.values())

    assert known == pytest.approx(unknown, rel=0.8)  # a missing hash would be ten times quicker


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https:evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "https://congress.test@evil.example",
        "javascript:alert(1)",
        "/organiser//evil.example",
        "/organiser/\r\nSet-Cookie: a=b",
        "/organiserevil",
    ],
)
def test_the_login_leads_nowhere_else(client, wanted):
    """SEC-09."""
    form = {"csrf_token": token(client), "email": EMAIL, "password": PASSWORD, "next": wanted}
    assert client.post("/login", data=form).location == "/organiser/"


def test_the_login_leads_back_to_where_one_was(client):
    wanted = "/organiser/fachkongress/attendees?q=a&state=waiting"
    form = {"csrf_token": token(client), "email": EMAIL, "password": PASSWORD, "next": wanted}

    assert client.post("/login", data=form).location == wanted


def test_guessing_at_an_account_from_many_addresses_does_not_lock_its_owner_out(app, client):
    """SEC-23: the right password gets in, even while nobody else may wait any more."""
    with app.test_request_context():
        target = attempting.key("login-to", EMAIL)
        for _ in range(40):
            attempting.note(target, now=datetime.now(UTC))
    form = {"csrf_token": token(client), "email": EMAIL}

    with login.waiting_room:  # somebody else's attempt is being slowed down
        wrong = client.post("/login", data=form | {"password": "falsch falsch"})
        right = client.post("/login", data=form | {"password": PASSWORD})

    assert (wrong.status_code, right.status_code) == (429, 303)


def test_ten_failures_from_one_address_are_enough(app, client):
    """SEC-23, SEC-11: whatever X-Forwarded-For says."""
    page_token = token(client)
    form = {"csrf_token": page_token, "password": "falsch falsch"}
    statuses = [
        client.post(
            "/login",
            data=form | {"email": f"nobody{number}@example.org"},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        ).status_code
        for number in range(12)
    ]
    assert statuses == [422] * 10 + [429] * 2

    answer = client.post("/login", data=form | {"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5, seconds=1)):
        assert log_in(client, EMAIL) == 303


def test_logging_out_ends_every_copy_of_the_cookie(app):
    """SEC-13."""
    client = logged_in(app, EMAIL)
    stolen = client.get_cookie("session").value
    assert post(client, "/logout", "/organiser/") == 303

    thief = app.test_client()
    thief.set_cookie("session", stolen)
    assert thief.get("/organiser/").status_code == 303


def test_a_login_begins_a_new_session(client):
    """SEC-13: neither the old cookie nor its CSRF token lives on."""
    before = token(client)
    log_in(client, EMAIL)

    assert client.post("/logout", data={"csrf_token": before}).status_code == 400


def test_a_session_ends_when_nobody_is_there(app):
    """SEC-25."""
    client = logged_in(app, EMAIL)
    now = datetime.now(UTC)
    with time_machine.travel(now + timedelta(minutes=29)):
        assert client.get("/organiser/").status_code == 200
    with time_machine.travel(now + timedelta(minutes=58)):
        assert client.get("/organiser/").status_code == 200
    with time_machine.travel(now + timedelta(minutes=89)):
        assert client.get("/organiser/").status_code == 303


def test_a_session_ends_after_a_working_day(app):
    """SEC-25."""
    client = logged_in(app, EMAIL)
    now = datetime.now(UTC)
    statuses = []
    for quarters in range(1, 34):
        with time_machine.travel(now + quarters * timedelta(minutes=15)):
            statuses.append(client.get("/organiser/").status_code)

    assert statuses == [200] * 31 + [303] * 2


def test_a_mailed_link_sets_a_new_password_once(app, client):
    """SEC-13: the new password ends all sessions."""
    elsewhere = logged_in(app, EMAIL)
    form = {"csrf_token": token(client, "/reset"), "email": EMAIL}
    assert client.post("/reset", data=form).location == "/reset/sent"
    link = mailed_link(app)

    assert post(client, link, link, password="kurz") == 422
    assert post(client, link, link, password="password") == 422
    assert post(client, link, link, password="fünf blaue Igel") == 303
    assert elsewhere.get("/organiser/").status_code == 303
    assert log_in(client, EMAIL) == 422
    assert log_in(client, EMAIL, "fünf blaue Igel") == 303
    assert client.get(link).status_code == 410


def test_a_mailed_link_grows_old(app, client):
    form = {"csrf_token": token(client, "/reset"), "email": EMAIL}
    client.post("/reset", data=form)
    link = mailed_link(app)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2, seconds=1)):
        assert client.get(link).status_code == 410


def test_asking_for_a_link_tells_nobody_who_has_an_account(app, client):
    """SEC-24."""
    answers = []
    for email in (EMAIL, "nobody@example.org"):
        form = {"csrf_token": token(client, "/reset"), "email": email}
        answer = client.post("/reset", data=form)
        answers.append((answer.status_code, answer.location, answer.text))
    with app.app_context():
        mails = db.session.scalars(select(OutboxMessage)).all()

    assert answers[0] == answers[1]
    assert [mail.recipient for mail in mails] == [EMAIL]


def test_an_unknown_link_is_unknown(client):
    assert client.get("/reset/" + "A" * 43).status_code == 404
    assert client.get("/invitation/short").status_code == 404


def test_an_invitation_lets_somebody_in(app, client):
    with app.app_context():
        accounts.invite(
            "new@example.org", actor=COMMAND, now=datetime.now(UTC), is_administrator=True
        )
    link = mailed_link(app)
    assert link.startswith("/invitation/")
    assert log_in(client, "new@example.org", "") == 422  # no default password
    assert post(client, link, link, password="fünf blaue Igel") == 303
    assert log_in(client, "new@example.org", "fünf blaue Igel") == 303


def test_logins_are_noted(app, client):
    """SEC-32."""
    log_in(client, EMAIL)
    with app.app_context():
        lines = db.session.scalars(select(AuditLine).where(AuditLine.verb == "logged_in")).all()

    assert [line.details.keys() for line in lines] == [{"account"}]


@pytest.mark.sqlite_only
def test_public_pages_know_no_session(app):
    """SEC-21: whoever only reads gets no cookie."""
    answer = app.test_client().get("/imprint")

    assert "Set-Cookie" not in answer.headers
