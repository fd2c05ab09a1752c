"""Finished answers before Flask: the same answers, one small question, and never an old one."""

import gc
from random import randbytes

import pytest
import time_machine
from flask import Flask, abort, request

from congress.extensions import db
from congress.models import Congress
from congress.services import registering
from congress.web import front, page_cache, responses
from congress.web.front import Answer, Front
from congress.web.page_cache import Finished
from tests.builders import BEFORE, CLOSES, OPEN, OPENS, a_congress, a_request, a_workshop
from tests.queries_counter import count_queries
from tests.web import pages

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both

PAGES = ("/fachkongress", "/fachkongress/programme/workshop-1", "/fachkongress/calendar.ics")
CHANGING = {"X-Request-Id", "Content-Length"}


@pytest.fixture
def congress(app):
    with app.app_context():
        row = a_congress(capacity=5)
        a_workshop(row, number=1)
        return row.id


def ask(client, path, moment=OPEN, method="GET", headers=None):
    with time_machine.travel(moment, tick=False):
        return client.open(path, method=method, headers=headers)


def facts(answer):
    return {name: value for name, value in answer.headers if name not in CHANGING}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip"}], ids=["plain", "zipped"])
def test_the_front_answers_as_the_views_do(app, client, congress, path, headers):
    first = ask(client, path, headers=headers)
    with count_queries() as found:
        again = ask(client, path, headers=headers)
    known = ask(client, path, headers=headers | {"If-None-Match": first.headers["ETag"]})

    assert found == []  # it asks past the session
    assert (again.status_code, again.data) == (200, first.data)
    assert facts(again) == facts(first)
    assert (known.status_code, known.data) == (304, b"")
    assert known.headers["ETag"] == first.headers["ETag"]
    assert "Content-Type" not in known.headers


def test_a_head_is_answered_without_the_body(client, congress):
    whole = ask(client, "/fachkongress")
    head = ask(client, "/fachkongress", method="HEAD")

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.data))


def test_a_booking_is_seen_at_once(app, client, congress):
    ask(client, "/fachkongress")
    before = ask(client, "/fachkongress")
    with app.app_context():
        registering.register(congress, a_request(1), now=OPEN)
    after = ask(client, "/fachkongress")

    assert [pages.places_left(pages.read(each)) for each in (before, after)] == [[5], [4]]


def test_time_alone_changes_the_answer(client, congress):
    """REL-31."""
    answers = [ask(client, "/fachkongress", moment).text for moment in (BEFORE, OPENS, CLOSES)]

    assert len(set(answers)) == 3


def test_each_language_and_address_has_its_own_answer(client, congress):
    for _ in range(2):
        german = ask(client, "/fachkongress", headers={"Accept-Language": "de"})
        english = ask(client, "/fachkongress", headers={"Accept-Language": "en"})
        named = ask(client, "/fachkongress?lang=en", headers={"Accept-Language": "de"})

    assert 'lang="de"' in german.text
    assert 'lang="en"' in english.text
    assert 'lang="en"' in named.text


def test_whoever_brings_a_cookie_goes_the_whole_way(client, congress):
    ask(client, "/fachkongress")
    client.set_cookie("language", "en", domain="localhost")

    assert 'lang="en"' in ask(client, "/fachkongress").text


def test_a_foreign_host_is_refused_although_the_page_is_finished(client, congress):
    """SEC-10."""
    ask(client, "/fachkongress")

    assert client.get("/fachkongress", headers={"Host": "evil.example"}).status_code == 400


def test_what_is_taken_off_line_is_gone_at_once(app, client, congress):
    ask(client, "/fachkongress")
    with app.app_context():
        db.session.get_one(Congress, congress).state = "draft"
        db.session.commit()

    assert ask(client, "/fachkongress").status_code == 404


SLUG, LARGE = "answers-that-are-counted", 1024 * 1024


@pytest.fixture
def revisions():
    return {SLUG: 1}


@pytest.fixture
def views(revisions):
    """Return what asks for addresses and tells which of them came as far as the view."""
    app = Flask("large")
    asked = []

    @app.get("/<slug>")
    def view(slug):
        asked.append(request.query_string.decode())
        if slug not in revisions:
            abort(404)
        page = page_cache.finish(Finished(randbytes(LARGE)))
        return front.kept(responses.conditional(page), page, slug, revisions[slug])

    app.wsgi_app = Front(app.wsgi_app, revisions.get)  # type: ignore[method-assign]
    client = app.test_client()

    def ask_for(*queries: str):
        asked.clear()
        for query in queries:
            client.get(f"/{SLUG}?{query}")
        return asked

    return ask_for


def kept_answers():
    gc.collect()  # those of the test before
    return [each for each in gc.get_objects() if type(each) is Answer and each.slug == SLUG]


def test_addresses_that_strangers_make_up_take_bounded_room(views):
    views(*(f"made-up={number}" for number in range(40)))

    assert LARGE < sum(len(each.body) for each in kept_answers()) <= page_cache.MOST_BYTES


def test_what_is_asked_for_all_the_time_stays(views):
    others = [f"made-up={number}" for number in range(40)]
    asked = views("", *(each for other in others for each in ("", other)))

    assert asked == ["", *others]


def test_nothing_is_kept_under_a_very_long_address(views):
    longest = "x" * 1_900

    assert len(views(longest, longest)) == 1
    assert len(views(longest + "x" * 200, longest + "x" * 200)) == 2


def test_what_is_found_to_be_stale_is_let_go(views, revisions):
    views("")
    assert len(kept_answers()) == 1
    revisions[SLUG] = 2
    views("x")
    assert {each.revision for each in kept_answers()} == {1, 2}  # nobody has asked for the first
    views("")
    assert {each.revision for each in kept_answers()} == {2}


def test_a_database_that_was_away_costs_no_answer(views, revisions):
    views("")
    known = revisions.copy()
    revisions.clear()
    assert views("") == [""]
    revisions |= known
    assert views("") == []
