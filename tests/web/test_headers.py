"""SEC-20, SEC-21: what every answer carries, and that reading leaves no cookie."""

import pytest

from config import load_settings
from congress.app import create_app
from congress.web.static_files import static
from tests import builders

EVERY_KIND = ["/", "/fachkongress", "/healthz", "/unknown-page", "/calendar.ics", "/login"]

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def congress(app):
    with app.app_context():
        builders.a_congress()


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_answer_carries_the_headers(client, congress, path):
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in headers
    assert "Strict-Transport-Security" not in headers  # over http it would be ignored


def test_files_and_refused_methods_carry_them_too(client):
    for answer in (client.get(static("congress.css"), buffered=True), client.post("/imprint")):
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_over_https_browsers_are_told_to_stay_there(settings, tmp_path):
    secure = load_settings(
        var_dir=tmp_path / "var", database_url=settings.database_url, base_url="https://c.test"
    )
    app = create_app(secure)

    answer = app.test_client().get("/imprint", base_url="https://c.test")
    form = app.test_client().get("/language", base_url="https://c.test")

    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    cookie = form.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "path", ["/", "/fachkongress", "/privacy", "/calendar.ics", "/unknown-page", "/?lang=en"]
)
def test_whoever_only_reads_gets_no_cookie(client, congress, path):
    assert "Set-Cookie" not in client.get(path).headers


def test_pages_with_a_form_are_not_kept_by_anybody(client):
    assert client.get("/language").headers["Cache-Control"] == "no-store"


def test_a_head_is_answered_like_a_get_without_the_body(client, congress):
    for path in EVERY_KIND:
        get, head = client.get(path), client.head(path)

        assert (head.status_code, head.data) == (get.status_code, b"")
        assert head.headers["Content-Type"] == get.headers["Content-Type"]
