import pytest

from tests import builders

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both

DIGEST = "b" * 64


@pytest.fixture
def register(app):
    names = ("Stadt Lünen", "Lüdenscheid", "Kreis Unna", "Stadt Köln", "100%_Ehrenamt e. V.")
    with app.app_context():
        for name in names:
            builders.an_organisation(name, suggested=True)
        builders.an_organisation("Lügde, frei eingetragen")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("l", []),
        ("", []),
        ("Lü", ["Lüdenscheid", "Stadt Lünen"]),
        ("unna", ["Kreis Unna"]),
        ("stadt", ["Stadt Köln", "Stadt Lünen"]),
        ("STADT KÖ", ["Stadt Köln"]),
        ("%%", []),
        ("__", []),
        ("100%_", ["100%_Ehrenamt e. V."]),
        ("\\\\", []),
    ],
)
def test_names_of_the_register_are_suggested(client, register, typed, names):
    assert client.get("/organisations.json", query_string={"q": typed}).json == names


@pytest.mark.parametrize("typed", ["x" * 101, "a\x00b"])
def test_nobody_types_that(client, typed):
    assert client.get("/organisations.json", query_string={"q": typed}).status_code == 400


def a_logo(app, media_type):
    with app.app_context():
        builders.an_organisation(
            congress=builders.a_congress(),
            logo=b"picture",
            logo_type=media_type,
            logo_digest=DIGEST,
        )


def test_a_logo_is_a_picture_and_nothing_else(app, client):
    a_logo(app, "image/png")
    answer = client.get(f"/logo/{DIGEST}")
    again = client.get(f"/logo/{DIGEST}", headers={"If-None-Match": answer.headers["ETag"]})

    assert (answer.data, answer.mimetype) == (b"picture", "image/png")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert again.status_code == 304


@pytest.mark.parametrize("media_type", ["image/svg+xml", "text/html", None])
def test_a_logo_of_another_type_is_not_served(app, client, media_type):
    """SEC-07."""
    a_logo(app, media_type)

    assert client.get(f"/logo/{DIGEST}").status_code == 404


def test_robots_are_asked_to_leave_personal_pages_alone(client):
    assert "Disallow: /registration/" in client.get("/robots.txt").text
    assert client.get("/favicon.ico").headers["Location"].startswith("/static/icon.")
