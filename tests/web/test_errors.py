"""SEC-31: bad input never becomes a fault of ours, and no answer tells what is inside."""

import random

import pytest
from gunicorn.http.body import Body, ChunkedReader
from gunicorn.http.unreader import IterUnreader

from config import load_settings
from congress.app import create_app
from congress.web.errors import error_page
from tests import builders
from tests.web import pages

TELLTALE = ("Traceback", "sqlalchemy", "SELECT", "werkzeug", "psycopg", "sqlite", "File &#34;")


def telltales(answer):
    body = answer.get_data(as_text=True)
    return [word for word in TELLTALE if word in body]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("code", [400, 403, 404, 405, 413, 429, 500, 503])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_error_has_a_page_with_a_way_on(app, code, language):
    with app.test_request_context(f"/?lang={language}"):
        page = error_page(code)

    assert page.status_code == code
    assert f'<html lang="{language}">' in page.get_data(as_text=True)
    assert page.get_data(as_text=True).count("<h1>") == 1
    assert 'href="/accessibility' in page.get_data(as_text=True)


@pytest.mark.sqlite_only
def test_all_unknown_addresses_have_one_body(app, client):
    """SEC-02."""
    with app.app_context():
        builders.a_congress(slug="geheim", state="draft")
    paths = ["/geheim", "/nirgends", "/geheim/programme/item-1", "/registration/abc", "/a/b/c"]

    answers = [client.get(path) for path in paths]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1


@pytest.mark.sqlite_only
def test_a_wrong_method_names_the_right_ones(client):
    answer = client.post("/imprint", headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.sqlite_only
def test_a_request_that_is_too_large_is_refused(client):
    assert client.post("/language", data={"language": "x" * 2_000_000}).status_code == 413


@pytest.mark.sqlite_only
@pytest.mark.parametrize("chunks", [b"zz\r\nabc\r\n", b"-5\r\nabc\r\n", b"3;\0=x\r\nabc\r\n"])
def test_a_body_in_chunks_that_are_none_is_refused(client, chunks):
    """SEC-31: the server reads them only when we ask for the form."""
    answer = client.post(
        "/language",
        content_type="application/x-www-form-urlencoded",
        environ_overrides={
            "wsgi.input": Body(ChunkedReader(None, IterUnreader([chunks]))),
            "wsgi.input_terminated": True,
            "HTTP_TRANSFER_ENCODING": "chunked",
        },
    )

    assert answer.status_code == 400
    assert telltales(answer) == []


@pytest.mark.sqlite_only
def test_without_the_database_the_page_says_when_to_come_back(tmp_path):
    """REL-60."""
    nowhere = load_settings(
        var_dir=tmp_path / "var", database_url="postgresql://nobody@127.0.0.1:1/nothing"
    )
    client = create_app(nowhere).test_client()

    for path in ("/", "/fachkongress", "/calendar.ics"):
        answer = client.get(path)

        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        page = pages.read(answer)
        assert pages.numbers(pages.get(page, class_="over num")) == [503]
        assert pages.find_all(pages.section(page, "rat"), "li")
        assert telltales(answer) == []
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


@pytest.mark.sqlite_only
def test_a_fault_of_ours_shows_its_number_and_nothing_else(app):
    app.testing = False

    def broken():
        raise RuntimeError("secret detail")

    app.view_functions["public.imprint"] = broken
    answer = app.test_client().get("/imprint")

    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert "secret detail" not in answer.text


def malformed_requests(number):
    chance = random.Random(20151021)
    pieces = [
        *("\x00", "%00", "%ff", "%fe%ff", "%c3%28", "%u0041", "../", "..%2f", "'", '"', "<script>"),
        *("%0d%0aSet-Cookie:x=1", "\u202e", "%ed%a0%80", "ä", "%", "&&==", ";", "lang[]=x", "\\"),
        *("a" * 5000, "9" * 400, "-1", "%e2%80%a8", "{{7*7}}", "${x}", "\x7f", " ", "+", "#"),
    ]
    paths = ["/", "/fachkongress", "/fachkongress/programme/", "/organisations.json", "/logo/"]
    paths += ["/registration/", "/feed/", "/calendar.ics", "/static/", "/fachkongress/register"]
    paths += ["/login", "/language", "/reset", "/organiser/", "/fachkongress/resend-link"]
    for _ in range(number):
        path = chance.choice(paths) + "".join(chance.choices(pieces, k=chance.randint(0, 2)))
        names = chance.choices(["q", "lang", "language", "email", "csrf_token", "x"], k=2)
        query = "&".join(f"{name}={chance.choice(pieces)}" for name in names)
        yield chance.choice(["GET", "POST", "HEAD", "PUT", "DELETE", "BREW"]), path, query


def test_malformed_requests_are_never_a_fault_of_ours(app, client):
    with app.app_context():
        builders.a_workshop(builders.a_congress())

    for method, path, query in malformed_requests(300):
        answer = client.open(
            path,
            method=method,
            query_string=query,
            data=b"\xff\xfe=%ff%00&language=\xc3\x28&email=\x00" if method == "POST" else None,
            content_type=random.Random(len(path)).choice(
                ["application/x-www-form-urlencoded", "multipart/form-data", "text/\xff", ""]
            ),
            headers={"Accept-Language": query[:200].replace("\n", "").replace("\r", "")},
        )

        assert answer.status_code < 500, (method, path, query)
        assert telltales(answer) == [], (method, path, query)
        answer.close()
