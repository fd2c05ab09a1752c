"""Log lines that a machine can read: one JSON object per request or event, on stderr.

No addresses of visitors, no cookies, no form contents; secret parts of paths are masked
(SEC-27, SEC-32). JSON escapes line breaks, so nobody can forge a line.
"""

import logging
import re
import secrets
import sys
import time
from collections.abc import Iterable
from typing import Any, TextIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from flask import request

REQUEST_ID = "congress.request_id"
# Also where a link was broken on its way: by a second slash, a space, a quotation mark.
_SECRET = re.compile(
    r"/(registration|contribution|proposal|feed|invitation|reset|confirm|confirm-registration|feedback|newsletter|opening|invited|substitute|group|certificates|verify|municipality|application|course-application|named)/[/\s\"'?#]*[^/\s\"']+",
    re.IGNORECASE,
)
_PROCESSORS: tuple[structlog.typing.Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def mask(text: str) -> str:
    """Return a text with the secrets of links replaced by ***."""
    return _SECRET.sub(r"/\1/***", text)


def request_id() -> str:
    """Return the number of this request, by which its log lines are found."""
    return str(request.environ.get(REQUEST_ID, ""))


class RequestLog:
    """Gives each request a number and writes one line about its answer."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._log = structlog.get_logger("congress.requests")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        number, method = secrets.token_hex(8), environ["REQUEST_METHOD"][:16]
        environ[REQUEST_ID] = number

        def start(
            status: str,
            headers: list[tuple[str, str]],
            exc_info: Any = None,  # noqa: ANN401 - PEP 3333
        ) -> Any:  # noqa: ANN401
            self._log.info(
                "request",
                method=method,
                path=mask(environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")),
                status=int(status[:3]),
                ms=round((time.perf_counter() - began) * 1000, 1),
                request_id=number,
            )
            headers.append(("X-Request-Id", number))
            return start_response(status, headers, exc_info)

        return self._app(environ, start)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what stderr is now: tests and the launcher exchange it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override] # read whenever something is written
        return sys.stderr


class _Printer:
    """What structlog writes with."""

    def msg(self, line: str) -> None:
        sys.stderr.write(line + "\n")

    debug = info = warning = error = critical = msg


def configure_logging() -> None:
    """Send every log line of the program and its libraries to stderr as JSON."""
    structlog.configure(
        processors=[*_PROCESSORS, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=lambda *_: _Printer(),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    if not any(isinstance(handler, _StandardError) for handler in root.handlers):
        handler = _StandardError()
        handler.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=_PROCESSORS,
                processors=[
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    _mask_all,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            )
        )
        root.addHandler(handler)
    logging.getLogger("congress").setLevel(logging.INFO)


def _mask_all(
    _logger: Any,  # noqa: ANN401 - structlog hands over whatever logs
    _method: str,
    event: structlog.typing.EventDict,
) -> structlog.typing.EventDict:
    return {name: mask(value) if isinstance(value, str) else value for name, value in event.items()}
