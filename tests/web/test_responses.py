import gzip

import pytest
from flask import Flask

from congress.web.page_cache import Finished, finish
from congress.web.responses import conditional

PAGE = finish(Finished("<p>Guten Tag</p>" * 100))
SHORT = finish(Finished("kurz"))


def answer(page=PAGE, headers=None, choices=None):
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: conditional(page, **(choices or {})))
    return app.test_client().get("/", headers=headers)


def test_an_answer_is_kept_but_asked_about_each_time():
    response = answer()
    assert (response.status_code, response.data) == (200, PAGE.body)
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["ETag"] == f'"{PAGE.etag}"'
    assert response.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("accepted", "is_zipped"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("*", True),
        ("identity", False),
        ("gzip;q=0, br", False),
        ("br;q=1.0, gzip;q=0.1", True),
        ("nonsense;;q=x", False),
    ],
)
def test_it_is_zipped_for_whoever_takes_it(accepted, is_zipped):
    response = answer(headers={"Accept-Encoding": accepted} if accepted is not None else None)
    assert (response.headers.get("Content-Encoding") == "gzip") is is_zipped
    assert response.headers["Vary"] == "Accept-Encoding"
    assert (gzip.decompress(response.data) if is_zipped else response.data) == PAGE.body


def test_what_is_short_is_sent_as_it_is():
    response = answer(SHORT, {"Accept-Encoding": "gzip"})
    assert (response.data, response.headers.get("Content-Encoding")) == (b"kurz", None)


@pytest.mark.parametrize(
    ("known", "status"),
    [
        (f'"{PAGE.etag}"', 304),
        (f'"{PAGE.etag}-gzip"', 304),
        (f'W/"{PAGE.etag}"', 304),
        (f'"other", "{PAGE.etag}"', 304),
        ("*", 304),
        ('"other"', 200),
        ("", 200),
        ("nonsense", 200),
    ],
)
def test_who_has_it_gets_no_body(known, status):
    response = answer(headers={"If-None-Match": known})
    assert response.status_code == status
    assert bool(response.data) is (status == 200)
    assert {"ETag", "Cache-Control", "Vary"} <= set(response.headers.keys())


def test_a_page_names_what_else_it_depends_on():
    response = answer(choices={"vary": ("Accept-Language", "Cookie"), "cache_control": "private"})
    assert response.headers["Vary"] == "Accept-Encoding, Accept-Language, Cookie"
    assert response.headers["Cache-Control"] == "private"


def test_a_file_name_cannot_break_out_of_its_header():
    response = answer(choices={"disposition": "attachment", "filename": 'a"b; c.ics'})
    assert response.headers["Content-Disposition"] == 'attachment; filename="a\\"b; c.ics"'
