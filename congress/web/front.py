"""Finished answers to anonymous visitors, given before anything of Flask is set in motion.

What a view has answered is kept with the revision of its congress and everything of the request
that it may depend on; asked the same again, one look at the revision decides. Whoever brings a
cookie, a body or anything unusual goes the whole way.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response, request

from congress import clock
from congress.web.page_cache import Page

OK = 200
MOST_ANSWERS = 2_000  # they share the bodies that `page_cache` keeps
KEY, ANSWERS = "congress.front_key", "congress.front_answers"
DEPENDS_ON = (
    "HTTP_HOST",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING",
)
KNOWN = "HTTP_IF_NONE_MATCH"
UNUSUAL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_TRANSFER_ENCODING", "CONTENT_LENGTH")

Key = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A whole answer, and until when it is true."""

    slug: str
    revision: int
    until: datetime | None
    etag: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Front:
    """The layer before Flask."""

    def __init__(self, app: WSGIApplication, read: Callable[[str], int | None]) -> None:
        self._app = app
        self._revision = read
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        if not (is_head or environ["REQUEST_METHOD"] == "GET"):
            return self._app(environ, start_response)
        if any(environ.get(name) for name in UNUSUAL) or environ.get(KNOWN) == "*":
            return self._app(environ, start_response)
        key = tuple(environ.get(name, "") for name in DEPENDS_ON)
        answer = self._find(key)
        if answer is None:
            environ[KEY], environ[ANSWERS] = key, self
            return self._app(environ, start_response)
        if answer.etag in environ.get(KNOWN, ""):
            kept = [each for each in answer.headers if not each[0].startswith("Content-")]
            start_response("304 NOT MODIFIED", kept)
            return []
        length = ("Content-Length", str(len(answer.body)))
        start_response("200 OK", [*answer.headers, length])
        return [] if is_head else [answer.body]

    def _find(self, key: Key) -> Answer | None:
        answer = self._answers.get(key)
        if answer is None or (answer.until is not None and clock.now() >= answer.until):
            return None
        return answer if self._revision(answer.slug) == answer.revision else None

    def keep(self, key: Key, answer: Answer) -> None:
        """Keep an answer, and let go of the oldest."""
        with self._lock:
            self._answers.pop(key, None)
            self._answers[key] = answer
            while len(self._answers) > MOST_ANSWERS:
                self._answers.popitem(last=False)


def kept(response: Response, page: Page, slug: str, revision: int) -> Response:
    """Return an answer about a congress, and let the front give it from now on."""
    front: Front | None = request.environ.get(ANSWERS)
    if front is not None and response.status_code == OK and request.method == "GET":
        answer = Answer(
            slug,
            revision,
            page.until,
            page.etag,
            tuple((name, value) for name, value in response.headers if name != "Content-Length"),
            response.get_data(),
        )
        front.keep(request.environ[KEY], answer)
    return response
