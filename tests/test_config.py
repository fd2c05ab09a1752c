"""The settings table of the operators' documentation, and what each wrong value answers."""

import stat
from ipaddress import ip_network
from pathlib import Path

import pytest

from config import Settings, load_settings, load_settings_of_command, note_base_url
from congress.mail_routes import (
    Maildir,
    SmtpServer,
    WrongSetting,
    parse_mail_url,
)

PRODUCTION = {
    "CONGRESS_ENV": "production",
    "SECRET_KEY": "k" * 32,
    "BASE_URL": "https://congress.example.org",
}


def load(monkeypatch: pytest.MonkeyPatch, folder: Path, **environment: str) -> Settings:
    for name, value in {"VAR_DIR": str(folder), **environment}.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def test_nothing_needs_to_be_set(monkeypatch, tmp_path):
    settings = load(monkeypatch, tmp_path)

    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{tmp_path}/congress.sqlite"
    assert settings.queue_url == f"sqlite:///{tmp_path}/queue.sqlite"
    assert settings.mail_route == Maildir(tmp_path / "mail")
    assert settings.mail_from == settings.mail_envelope_from == "congress@localhost"
    assert settings.trusted_proxies == ()
    assert settings.is_demo
    assert not settings.has_secure_cookies


def test_production_starts_with_a_key_and_https(monkeypatch, tmp_path):
    settings = load(monkeypatch, tmp_path, **PRODUCTION)

    assert not settings.is_demo
    assert settings.has_secure_cookies
    assert settings.demo_password is None
    assert settings.mail_from == "congress@congress.example.org"
    assert list(tmp_path.iterdir()) == []  # no secret was made up


@pytest.mark.parametrize(
    ("environment", "name", "reason"),
    [
        ({"PORT": "http"}, "PORT", "valid integer"),
        ({"REQUIRE_TWO_FACTOR": "yes"}, "REQUIRE_TWO_FACTOR", "'administrators' or 'all'"),
        ({"PORT": "65536"}, "PORT", "less than or equal to 65535"),
        ({"HOST": "0.0.0.0"}, "BASE_URL", "must be given when HOST is not 127.0.0.1"),  # noqa: S104
        ({"BASE_URL": "congress.example.org"}, "BASE_URL", "must look like https://"),
        ({"BASE_URL": "https://example.org/kongress"}, "BASE_URL", "without a path"),
        ({"BASE_URL": "https://example.org:port"}, "BASE_URL", "is not an address"),
        ({"VAR_DIR": "/proc/congress"}, "VAR_DIR", "cannot make the folder"),
        ({"DATABASE_URL": "mysql://db/congress"}, "DATABASE_URL", "must begin with one of"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL", "must name a file"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL", "must name a file"),
        ({"QUEUE_URL": "amqp://mq"}, "QUEUE_URL", "must begin with one of"),
        ({"MAIL_URL": "imap://mail"}, "MAIL_URL", "must be maildir:, smtp://"),
        ({"MAIL_URL": "smtp://"}, "MAIL_URL", "must be maildir:, smtp://"),
        ({"MAIL_URL": "smtp://mail?tls=maybe"}, "MAIL_URL", "knows one option"),
        ({"MAIL_URL": "smtp://mail:smtp"}, "MAIL_URL", "is not an address"),
        ({"MAIL_TIMEOUT": "0"}, "MAIL_TIMEOUT", "greater than 0"),
        ({"MAIL_FROM": "Kongress <k@example.org>"}, "MAIL_FROM", "one bare address"),
        ({"MAIL_REPLY_TO": "k@example.org, l@example.org"}, "MAIL_REPLY_TO", "one bare address"),
        ({"TRUSTED_PROXIES": "10.0.0.1, proxy"}, "TRUSTED_PROXIES", "parted by commas"),
        ({"SECRET_KEY": "a", "SECRET_KEY_OLD": "a"}, "SECRET_KEY_OLD", "is the same as"),
        ({"CONGRESS_ENV": "staging"}, "CONGRESS_ENV", "'demo' or 'production'"),
        ({"DEMO_PASSWORD": "kurz"}, "DEMO_PASSWORD", "needs 8 characters"),
        ({"FORM_MIN_SECONDS": "-1"}, "FORM_MIN_SECONDS", "greater than or equal to 0"),
        ({"TIMEZONE": "Europe/Lünen"}, "TIMEZONE", "a name such as Europe/Berlin"),
        ({"LOCALE": "fr"}, "LOCALE", "'de' or 'en'"),
        ({"WEB_WORKERS": "0"}, "WEB_WORKERS", "greater than or equal to 1"),
        ({"WEB_THREADS": "many"}, "WEB_THREADS", "valid integer"),
        ({**PRODUCTION, "SECRET_KEY": ""}, "SECRET_KEY", "must be given"),
        ({**PRODUCTION, "SECRET_KEY": "short"}, "SECRET_KEY", "32 random characters"),
        ({**PRODUCTION, "BASE_URL": "http://a.example"}, "BASE_URL", "must begin with https://"),
        ({**PRODUCTION, "FORM_MIN_SECONDS": "0"}, "FORM_MIN_SECONDS", "must be 1 or more"),
        ({**PRODUCTION, "DEMO_PASSWORD": "long enough"}, "DEMO_PASSWORD", "is for the demo"),
    ],
)
def test_a_wrong_value_is_named_with_its_reason(monkeypatch, tmp_path, environment, name, reason):
    with pytest.raises(WrongSetting) as refusal:
        load(monkeypatch, tmp_path, **environment)

    assert refusal.value.name == name
    assert reason in refusal.value.reason
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "route"),
    [
        ("maildir:", Maildir(Path("/var/mail"))),
        ("maildir:/srv/mail", Maildir(Path("/srv/mail"))),
        ("smtp://relay.example", SmtpServer("relay.example", 25, "none")),
        ("smtp://relay.example?tls=starttls", SmtpServer("relay.example", 587, "starttls")),
        ("smtps://relay.example", SmtpServer("relay.example", 465, "implicit")),
        (
            "smtp://k%40example.org:p%2Fw@relay.example:2525?tls=starttls",
            SmtpServer("relay.example", 2525, "starttls", "k@example.org", "p/w"),
        ),
    ],
)
def test_a_mail_url_names_one_way_out(url, route):
    assert parse_mail_url(url, Path("/var")) == route


def test_proxies_are_addresses_and_networks(monkeypatch, tmp_path):
    settings = load(monkeypatch, tmp_path, TRUSTED_PROXIES="10.0.0.1, fd00::/8")

    assert settings.trusted_proxies == (ip_network("10.0.0.1"), ip_network("fd00::/8"))


def test_an_empty_value_is_a_missing_one(monkeypatch, tmp_path):
    assert load(monkeypatch, tmp_path, PORT="", MAIL_REPLY_TO="").mail_reply_to is None


@pytest.mark.parametrize(
    ("server", "command", "links"),
    [
        ({}, {}, "http://127.0.0.1:8000"),
        ({"PORT": "9000"}, {}, "http://127.0.0.1:9000"),
        ({"BASE_URL": "https://a.example"}, {}, "https://a.example"),
        ({"PORT": "9000"}, {"PORT": "9001"}, "http://127.0.0.1:9001"),
        ({"PORT": "9000"}, {"BASE_URL": "https://b.example"}, "https://b.example"),
        (None, {"PORT": "9001"}, "http://127.0.0.1:9001"),
        (None, {}, "http://127.0.0.1:8000"),
    ],
)
def test_commands_have_the_links_of_the_server(monkeypatch, tmp_path, server, command, links):
    """Also when only the server was given PORT."""
    with monkeypatch.context() as given:
        note_base_url(load(given, tmp_path, PORT="7000"))  # an earlier start
        note_base_url(load(given, tmp_path, **{"PORT": "", **(server or {})}))
    if server is None:
        (tmp_path / "base_url").unlink()
    for name, value in {"VAR_DIR": str(tmp_path), **command}.items():
        monkeypatch.setenv(name, value)

    settings = load_settings_of_command()

    assert settings.base_url == links
    assert settings.var_dir == tmp_path


def test_secrets_are_made_once_and_only_for_the_owner(monkeypatch, tmp_path):
    first = load(monkeypatch, tmp_path / "var")
    again = load(monkeypatch, tmp_path / "var")

    assert (first.secret_key, first.demo_password) == (again.secret_key, again.demo_password)
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    kept = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "var").iterdir()}
    assert kept == {"secret_key": 0o600, "demo_password": 0o600}


def test_a_log_line_with_the_settings_shows_no_secret(monkeypatch, tmp_path):
    settings = load(
        monkeypatch,
        tmp_path,
        SECRET_KEY="canary-1",
        SECRET_KEY_OLD="canary-2",
        DEMO_PASSWORD="canary-3",
        MAIL_URL="smtp://k:canary-4@mail",
        DATABASE_URL="postgresql://k:canary-5@db/congress",
        QUEUE_URL="redis://:canary-6@queue",
    )

    assert "canary" not in repr(settings) + str(settings) + repr(settings.mail_route)
