from base64 import b64encode
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from flask.testing import FlaskClient

from congress import mailer
from congress.app import create_app
from congress.formats import codes, mail
from tests.mail_facts import ENTRY, a_mail

pytestmark = pytest.mark.sqlite_only

OURS = "http://congress.test/registration/" + "aB" * 20


@pytest.fixture
def key(client: FlaskClient) -> str:
    """The name of one delivered mail: letter, HTML and calendar entry."""
    letter = a_mail("confirmed", entry=ENTRY, family_name="http://evil.example/<b>fett</b>")
    letter = replace(letter, links={**letter.links, "manage": OURS}, door_code="c" * 43)
    with mailer.connect() as connection:
        connection.send(mail.render(letter).raw, envelope_from="", recipient="")
    (delivered,) = mailer.delivered()
    return delivered.key


def test_the_latest_mails_are_listed(client, key):
    page = client.get("/demo/mailbox")
    assert page.status_code == 200
    assert f"/demo/mailbox/{key}" in page.text
    assert "Lünen" in page.text


def test_a_mail_of_somebody_else_is_listed_without_what_it_lacks(client, key):
    with mailer.connect() as connection:
        connection.send(b"From: a@example.org\r\n\r\nHallo\r\n", envelope_from="", recipient="")
    for mail_key in (each.key for each in mailer.delivered()):
        assert client.get(f"/demo/mailbox/{mail_key}").status_code == 200

    assert f"/demo/mailbox/{key}" in client.get("/demo/mailbox").text


def test_an_empty_mailbox_says_what_to_do(client):
    assert client.get("/demo/mailbox?lang=en").text.count("There are no emails yet") == 1


def test_a_mail_is_shown_whole_and_its_link_can_be_followed(client, key):
    page = client.get(f"/demo/mailbox/{key}").text
    assert f'<a href="{OURS}">{OURS}</a>' in page
    assert "BEGIN:VCALENDAR" in page
    assert "Auto-Submitted" in page


def test_what_people_typed_becomes_neither_link_nor_markup(client, key):
    """SEC-06."""
    page = client.get(f"/demo/mailbox/{key}").text
    assert "http://evil.example/&lt;b&gt;" in page
    assert 'href="http://evil.example' not in page
    assert "<b>fett" not in page


def test_the_html_is_a_document_that_may_do_nothing_but_look_well(client, key):
    """SEC-20: no unsafe-inline, not even here."""
    answer = client.get(f"/demo/mailbox/{key}/html")
    rules = answer.headers["Content-Security-Policy"]
    assert rules.startswith("sandbox; default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in rules
    assert "<h1>" in answer.text


def test_the_code_for_the_door_is_seen_as_in_the_mailbox_of_its_reader(client, key):
    answer = client.get(f"/demo/mailbox/{key}/html")
    assert "cid:" not in answer.text
    assert (
        f'<img src="data:image/png;base64,{b64encode(codes.png("c" * 43)).decode()}"' in answer.text
    )
    assert "img-src data:;" in answer.headers["Content-Security-Policy"]


def test_the_calendar_entry_and_the_mail_are_files(client, key):
    calendar = client.get(f"/demo/mailbox/{key}/einladung.ics")
    assert calendar.content_type == "text/calendar; charset=utf-8"
    assert calendar.data.startswith(b"BEGIN:VCALENDAR\r\n")
    raw = client.get(f"/demo/mailbox/{key}/mail.eml")
    assert raw.content_type == "message/rfc822"
    assert message_from_bytes(raw.data, policy=policy.default)["Message-ID"]


@pytest.mark.parametrize("key", ["nothing", "..%2F..%2Fsecret_key", "x" * 300])
def test_an_unknown_mail_is_not_found(client, key):
    assert client.get(f"/demo/mailbox/{key}").status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"mail_url": "smtp://relay.example.org"},
        {
            "congress_env": "production",
            "base_url": "https://congress.test",
            "secret_key": "x" * 40,
            "form_min_seconds": 2,
            "demo_password": None,
        },
    ],
    ids=["mails go to a relay", "production"],
)
def test_elsewhere_there_is_no_mailbox(settings, changes):
    app = create_app(settings.model_copy(update=changes))
    answer = app.test_client().get("/demo/mailbox", headers={"Host": "congress.test"})
    assert answer.status_code == 404
