"""Finished answers for anonymous visitors, kept while they are true.

Each process keeps a bounded number of bytes: here, and as many before Flask (`web.front`). The
key holds everything an answer depends on, the congress's revision among it, so that nothing ever
has to be thrown away for being wrong: a booking raises the revision, and the next visitor's key
is another.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from flask import current_app

from congress.domain.congresses import Congress
from congress.domain.times.local_time import start_of_day
from congress.queries.congresses import Heading
from congress.queries.revisions import site_revision

HTML = "text/html; charset=utf-8"
MOST_BYTES = 16 * 1024 * 1024
OVERHEAD = 1_500  # what an answer takes beside its bytes and its key, as measured
SMALLEST_ZIPPED = 500  # below, zipping makes it longer or saves nothing
COMPRESSION = 6
MOST_LEFT = 0.9  # of what zipping leaves to be worth it
EXTENSION, SHARED = "congress_pages", "congress_shared_pages"

Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Finished:
    """What a view renders; `until` is the first moment at which it may read otherwise."""

    body: str | bytes
    content_type: str = HTML
    until: datetime | None = None


@dataclass(frozen=True)
class Page:
    """An answer ready to be sent; `zipped` is None where zipping is not worth it."""

    body: bytes
    zipped: bytes | None
    content_type: str
    etag: str
    until: datetime | None = None

    @property
    def size(self) -> int:
        return len(self.body) + len(self.zipped or b"")


class Shelf(Protocol):
    """Where processes find what another one has finished."""

    def find(self, key: Key) -> Page | None:
        """Return what is finished."""

    def keep(self, key: Key, page: Page) -> None:
        """Let others have it."""


Kept = TypeVar("Kept", bound=Page)


class PageCache(Generic[Kept]):
    """The answers used last, up to a number of bytes, keys included; safe with threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key, *, now: datetime) -> Kept | None:
        """Return the answer that is still true at this moment."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        if page is None or page.until is None or now < page.until:
            return page
        self.drop(key, page)
        return None

    def keep(self, key: Key, page: Kept) -> None:
        """Keep an answer, and let go of those unused for longest."""
        with self._lock:
            self._let_go(key)
            self._pages[key] = page
            self._bytes += _size(key, page)
            while self._bytes > self._most_bytes:
                self._let_go(next(iter(self._pages)))

    def drop(self, key: Key, page: Kept) -> None:
        """Let go of an answer that is true no longer, unless another has taken its place."""
        with self._lock:
            if self._pages.get(key) is page:
                self._let_go(key)

    def _let_go(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        self._bytes -= _size(key, page) if page else 0


def _size(key: Key, page: Page) -> int:
    return page.size + len(repr(key)) + OVERHEAD


def of_congress(name: str, language: str, heading: Heading, now: datetime, *more: Hashable) -> Key:
    """Return the key of an answer about one congress; `more` is what else it depends on."""
    phase = heading.phase(now)
    return (name, language, heading.id, heading.revision, heading.state, phase, *more)


def of_site(name: str, language: str, *more: Hashable) -> Key:
    """Return the key of an answer about all congresses; asks the database once."""
    return (name, language, site_revision(), *more)


def cached(
    key: Key, render: Callable[[], Finished], *, now: datetime, shared: bool = False
) -> Page:
    """Return the finished answer for a key, rendered if it is not kept.

    What is read after the key may be newer than the key says, never older: then the next
    request has another key. Two threads may render the same answer; neither waits. With `shared`
    one process renders for all: for what takes long, everybody may see and no clock changes.
    """
    pages: PageCache[Page] = current_app.extensions.setdefault(EXTENSION, PageCache())
    page = pages.find(key, now=now)
    if page is None:
        others: Shelf | None = current_app.extensions.get(SHARED) if shared else None
        page = others.find(key) if others else None
        if page is None:
            page = finish(render())
            if others:
                others.keep(key, page)
        pages.keep(key, page)
    return page


def finish(finished: Finished) -> Page:
    """Return an answer with its zipped form and its ETag.

    The ETag is a digest of the bytes: it stays when a booking changes nothing that is shown,
    and it changes when a new version of this program renders the same revision otherwise.
    """
    body = finished.body.encode() if isinstance(finished.body, str) else finished.body
    zipped = None
    if len(body) >= SMALLEST_ZIPPED:
        zipped = gzip.compress(body, COMPRESSION, mtime=0)
        if len(zipped) > MOST_LEFT * len(body):
            zipped = None  # a file that is packed already: it would be kept twice for nothing
    etag = hashlib.sha256(body).hexdigest()[:32]
    return Page(body, zipped, finished.content_type, etag, finished.until)


def next_change(congresses: Sequence[Congress], *, now: datetime) -> datetime | None:
    """Return when an answer about these congresses may read otherwise by time alone.

    That is when registration opens or closes, wishes close, a congress begins or ends, and the
    local midnight ("today", "tomorrow"); None without congresses.
    """
    moments = [
        moment
        for each in congresses
        for moment in (
            each.period.opens_at,
            each.period.closes_at,
            each.wishes_close_at,
            each.starts_at,
            each.ends_at,
            _next_midnight(now, each.zone),
        )
    ]
    return min((moment for moment in moments if moment > now), default=None)


def _next_midnight(now: datetime, zone: ZoneInfo) -> datetime:
    return start_of_day(now.astimezone(zone).date() + timedelta(days=1), zone)
