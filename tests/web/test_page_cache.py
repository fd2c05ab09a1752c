import gzip
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import randbytes

import pytest
from flask import Flask, current_app

from congress.domain.congresses import CongressState
from congress.domain.registration import RegistrationPeriod
from congress.domain.workshops import Places
from congress.queries import congresses
from congress.queries.congresses import Heading
from congress.web import page_cache
from congress.web.page_cache import OVERHEAD, Finished, Page, PageCache, finish
from tests.builders import CLOSES, ENDS, OPEN, OPENS, STARTS, a_congress

pytestmark = pytest.mark.sqlite_only

NOW = OPEN
SECOND = timedelta(seconds=1)
HEADING = Heading(
    id=1,
    revision=7,
    content_revision=3,
    state=CongressState.PUBLISHED,
    period=RegistrationPeriod(OPENS, CLOSES),
    places=Places(),
    online_places=Places(),
)


def test_a_finished_answer_is_rendered_once(app):
    rendered = []

    def render():
        rendered.append("once")
        return Finished("<p>Guten Tag</p>")

    with app.app_context():
        first = page_cache.cached(("key",), render, now=NOW)
        second = page_cache.cached(("key",), render, now=NOW)
    assert (rendered, second) == (["once"], first)
    assert first.body == b"<p>Guten Tag</p>"


def test_an_answer_ends_on_the_very_moment_it_may_read_otherwise(app):
    moments = iter([CLOSES, None])

    def render():
        return Finished("page", until=next(moments))

    with app.app_context():
        first = page_cache.cached(("key",), render, now=CLOSES - SECOND)
        assert page_cache.cached(("key",), render, now=CLOSES - SECOND) is first
        assert page_cache.cached(("key",), render, now=CLOSES) is not first


@pytest.mark.parametrize(
    ("change", "now"),
    [
        ({"revision": 8}, NOW),
        ({"id": 2}, NOW),
        ({"state": CongressState.CANCELLED}, NOW),
        ({}, OPENS - SECOND),
        ({}, CLOSES),
    ],
    ids=["a booking", "another congress", "cancelled", "not open yet", "closed to the second"],
)
def test_a_key_differs_with_all_that_a_page_depends_on(change, now):
    """A page is never wrong about free places."""
    key = page_cache.of_congress("congress.html", "de", HEADING, NOW)
    assert page_cache.of_congress("congress.html", "de", replace(HEADING, **change), now) != key
    assert page_cache.of_congress("congress.html", "en", HEADING, NOW) != key
    assert page_cache.of_congress("congress.html", "de", HEADING, NOW, "w1") != key
    assert page_cache.of_congress("congress.html", "de", HEADING, CLOSES - SECOND) == key


def room_for(answers: int) -> PageCache[Page]:
    """Return a cache for so many answers of a hundred bytes under short keys."""
    return PageCache(most_bytes=answers * (OVERHEAD + 120))


def keep_all(pages, keys, until=None):
    for key in keys:
        pages.keep((key,), finish(Finished("x" * 100, until=until)))


def kept(pages, keys, now=NOW):
    return "".join(key for key in keys if pages.find((key,), now=now))


def test_what_was_not_asked_for_longest_goes_first():
    pages = room_for(2)
    keep_all(pages, "ab")
    assert kept(pages, "a") == "a"
    keep_all(pages, "c")
    assert kept(pages, "abc") == "ac"


def test_an_answer_that_replaces_another_takes_its_room_only():
    pages = room_for(2)
    keep_all(pages, "a" * 10 + "b")
    assert kept(pages, "ab") == "ab"


def test_an_answer_larger_than_all_room_is_not_kept():
    pages = room_for(1)
    pages.keep(("a",), finish(Finished(randbytes(OVERHEAD))))
    assert kept(pages, "a") == ""


def test_a_long_key_takes_room_as_a_long_answer_does():
    pages = room_for(2)
    keep_all(pages, ["a", "b", "b" * OVERHEAD])
    assert kept(pages, "ab") == ""


def test_what_is_true_no_longer_makes_room():
    pages = room_for(2)
    keep_all(pages, "a")
    keep_all(pages, "b", until=CLOSES)
    assert kept(pages, "b", now=CLOSES) == ""
    keep_all(pages, "c")
    assert kept(pages, "abc") == "ac"


def test_only_the_very_answer_that_was_found_stale_is_let_go():
    pages = room_for(2)
    keep_all(pages, "a")
    keep_all(pages, "a")  # another thread was faster
    pages.drop(("a",), finish(Finished("x" * 100)))
    assert kept(pages, "a") == "a"


def test_threads_may_ask_at_the_same_time():
    pages = room_for(20)
    faults = []

    def visit(first):
        for number in range(first, first + 500):
            key = (number % 40,)
            page = finish(Finished(str(number % 40).encode() * 50))
            pages.keep(key, page)
            found = pages.find(key, now=NOW)
            if found is not None and found.body != page.body:
                faults.append(key)

    threads = [threading.Thread(target=visit, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert 10 < sum(pages.find((n,), now=NOW) is not None for n in range(40)) <= 21


def test_two_applications_keep_their_answers_apart():
    bodies = []
    for name in ("one", "two"):
        with Flask(name).app_context():
            bodies.append(
                page_cache.cached(("key",), lambda: Finished(current_app.name), now=NOW).body
            )
    assert bodies == [b"one", b"two"]


def test_only_what_gets_shorter_is_zipped():
    assert finish(Finished("short")).zipped is None
    assert finish(Finished(randbytes(5_000))).zipped is None  # a file of photos
    page = finish(Finished("long " * 500))
    assert page.zipped is not None
    assert gzip.decompress(page.zipped) == page.body
    assert finish(Finished("long " * 500)) == page


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (OPENS - SECOND, OPENS),
        (OPENS, datetime(2015, 9, 1, 22, tzinfo=UTC)),
        (CLOSES - SECOND, CLOSES),
        (STARTS - SECOND, STARTS),
        (STARTS, ENDS),
        (ENDS, datetime(2015, 10, 21, 22, tzinfo=UTC)),
    ],
    ids=["opens", "local midnight", "closes", "begins", "ends", "the day after"],
)
def test_time_alone_changes_a_page_at_known_moments(session, now, then):
    a_congress()
    (congress,) = congresses.public_congresses()
    assert page_cache.next_change([congress], now=now) == then


def test_without_congresses_time_changes_nothing():
    assert page_cache.next_change([], now=NOW) is None
