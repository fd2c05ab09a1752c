"""SEC-10: links come from BASE_URL, and other hosts get no answer."""

import pytest

from config import load_settings
from congress.app import create_app
from congress.web.hosts import Forwarded

pytestmark = pytest.mark.sqlite_only

EVIL = "evil.example"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("congress.test", 200),
        ("congress.test:8000", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:5000", 200),
        ("[::1]:8000", 200),
        (EVIL, 400),
        ("congress.test.evil.example", 400),
        ("congress.test@evil.example", 400),
        ("", 400),
    ],
)
def test_only_our_own_hosts_are_answered(client, host, status):
    assert client.get("/imprint", headers={"Host": host}).status_code == status


def test_in_production_the_own_host_is_the_only_one(settings, tmp_path):
    production = load_settings(
        congress_env="production",
        var_dir=tmp_path / "var",
        database_url=settings.database_url,
        base_url="https://congress.test",
        secret_key="x" * 40,
    )
    client = create_app(production).test_client()

    assert client.get("/imprint", headers={"Host": "localhost"}).status_code == 400
    assert client.get("/imprint", headers={"Host": "congress.test"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Original-Host"])
def test_forwarded_hosts_change_no_link(client, header):
    answer = client.get("/", headers={header: f"host={EVIL}" if header == "Forwarded" else EVIL})

    assert answer.status_code == 200
    assert EVIL not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    ("peer", "forwarded", "visitor"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first was made up
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("192.0.2.4", "203.0.113.9", "192.0.2.4"),  # no proxy of ours
        ("", "203.0.113.9", ""),
    ],
)
def test_the_visitor_is_the_last_address_outside_our_proxies(
    settings, tmp_path, peer, forwarded, visitor
):
    trusting = load_settings(var_dir=tmp_path / "var", trusted_proxies="10.0.0.0/8")
    seen = {}

    def app(environ, _start_response):
        seen.update(environ)
        return []

    Forwarded(app, trusting)(
        {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}, lambda *_: lambda _: None
    )

    assert seen["REMOTE_ADDR"] == visitor
    assert "HTTP_X_FORWARDED_FOR" not in seen
