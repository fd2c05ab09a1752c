"""SEC-27, SEC-32: what the log says of a request, and what it never says."""

import json
import logging

import pytest

from congress.web.addresses import ADDRESSES
from congress.web.request_log import mask

pytestmark = pytest.mark.sqlite_only

TOKEN = "kf8Jq2tXbM3v_wz-LqYpR0aN"


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_one_line_for_each_request(client, capsys):
    answer = client.get("/imprint?lang=en")
    (line,) = lines(capsys)

    assert line.pop("ms") >= 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "path": "/imprint",
        "status": 200,
        "request_id": answer.headers["X-Request-Id"],
    }


@pytest.mark.parametrize(
    ("path", "masked"),
    [
        (f"/registration/{TOKEN}", "/registration/***"),
        (f"/registration/{TOKEN}/withdraw", "/registration/***/withdraw"),
        (f"/feed/{TOKEN}.ics", "/feed/***"),
        (f"/invitation/{TOKEN}", "/invitation/***"),
        (f"/registration//{TOKEN}", "/registration/***"),
        (f"/registration/ {TOKEN}", "/registration/***"),
        (f'/registration/"{TOKEN}"', '/registration/***"'),
        (f"/reset/x#{TOKEN}", "/reset/***"),
        (f"/Registration/{TOKEN}", "/Registration/***"),
        ("/fachkongress/programme/feed", "/fachkongress/programme/feed"),
    ],
)
def test_secrets_of_links_are_masked(path, masked):
    assert mask(path) == masked


@pytest.mark.parametrize(
    "path",
    [path for part in ADDRESSES.values() for path, *_ in part if "<token:token>" in path],
    ids=str,
)
def test_no_secret_of_any_address_is_written_down(path):
    assert TOKEN not in mask(path.replace("<token:token>", TOKEN))


def test_nothing_of_the_visitor_is_written_down(client, capsys):
    client.post(
        f"/registration/{TOKEN}?email=erika@example.org",
        data={"password": "geheimes Wort", "email": "erika@example.org"},
        headers={"Cookie": "session=abc123", "X-Forwarded-For": "203.0.113.9"},
        environ_overrides={"REMOTE_ADDR": "203.0.113.77"},
    )
    written = capsys.readouterr().err

    for secret in (TOKEN, "erika", "geheimes", "abc123", "203.0.113"):
        assert secret not in written


def test_no_line_can_be_forged(client, capsys):
    client.get("/x%0d%0a{%22event%22:%22request%22}")

    assert len(lines(capsys)) == 1


def test_what_libraries_log_is_masked_too(app, capsys):
    logging.getLogger("congress.test").warning("opening /registration/%s failed", TOKEN)
    (line,) = lines(capsys)

    assert line["event"] == "opening /registration/*** failed"
    assert line["level"] == "warning"
