"""Finished answers to anonymous visitors, given before anything of Flask is set in motion.

What a view has answered is kept with the revision of its congress and everything of the request
that it may depend on; asked the same again, one look at the revision decides. Whoever brings a
cookie, a body or anything unusual goes the whole way.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Response, request
from werkzeug.wsgi import ClosingIterator

from congress import clock
from congress.web.page_cache import Page, PageCache

OK = 200
LONGEST_KEY = 2_048  # strangers choose what stands in an address
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


@dataclass(frozen=True, kw_only=True)
class Answer(Page):
    """A whole answer, and what it is true of."""

    slug: str
    revision: int
    headers: tuple[tuple[str, str], ...]


class Front:
    """The layer before Flask."""

    def __init__(self, app: WSGIApplication, read: Callable[[str], int | None]) -> None:
        self._app = app
        self._revision = read
        self._answers: PageCache[Answer] = PageCache()  # sharing the bodies of the other one

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return self._answer(environ, start_response)
        environ["REQUEST_METHOD"] = "GET"  # a view that asks for GET must not take it for a POST
        with closing(ClosingIterator(self._answer(environ, start_response))):
            return []

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET":
            return self._app(environ, start_response)
        if any(environ.get(name) for name in UNUSUAL) or environ.get(KNOWN) == "*":
            return self._app(environ, start_response)
        key = tuple(environ.get(name, "") for name in DEPENDS_ON)
        answer = self._find(key)
        if answer is None:
            if sum(map(len, key)) <= LONGEST_KEY:
                environ[KEY], environ[ANSWERS] = key, self._answers
            return self._app(environ, start_response)
        if answer.etag in environ.get(KNOWN, ""):
            kept = [each for each in answer.headers if not each[0].startswith("Content-")]
            start_response("304 NOT MODIFIED", kept)
            return []
        length = ("Content-Length", str(len(answer.body)))
        start_response("200 OK", [*answer.headers, length])
        return [answer.body]

    def _find(self, key: Key) -> Answer | None:
        answer = self._answers.find(key, now=clock.now())
        revision = self._revision(answer.slug) if answer else None
        if answer is None or revision == answer.revision:
            return answer
        if revision is not None:  # None also while the database is away
            self._answers.drop(key, answer)
        return None


def kept(response: Response, page: Page, slug: str, revision: int) -> Response:
    """Return an answer about a congress, and let the front give it from now on."""
    answers: PageCache[Answer] | None = request.environ.get(ANSWERS)
    if answers is not None and response.status_code == OK:
        answer = Answer(
            response.get_data(),
            None,
            page.content_type,
            page.etag,
            page.until,
            slug=slug,
            revision=revision,
            headers=tuple(each for each in response.headers if each[0] != "Content-Length"),
        )
        answers.keep(request.environ[KEY], answer)
    return response
