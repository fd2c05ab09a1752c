"""Pages for everything that goes wrong, with what one can do about it."""

import logging
from http import HTTPStatus

from flask import Flask, Response, current_app, make_response, render_template, request
from gunicorn.http.errors import ParseException as UnreadableBody
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from werkzeug.exceptions import HTTPException

from congress.web.request_log import request_id

PAGES = frozenset({400, 403, 404, 405, 413, 429, 500, 503})
RETRY_AFTER_SECONDS = "30"

log = logging.getLogger(__name__)


def register_errors(app: Flask) -> None:
    """Answer every error with a page of ours, without a trace of what happened inside."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DataError, _unusable_value)
    app.register_error_handler(UnreadableBody, _unreadable_body)
    for fault in (OperationalError, InterfaceError, PoolExhausted):
        app.register_error_handler(fault, _database_away)


def error_page(code: int) -> Response:
    """Return the page for a status; its number is named only where we should look it up."""
    is_ours = code >= HTTPStatus.INTERNAL_SERVER_ERROR
    page = code if code in PAGES else 500 if is_ours else 400
    number = request_id() if is_ours else None
    back = _page_of_form() if code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else ""
    # One body for every unknown address, secret or not (SEC-02).
    return make_response(render_template(f"errors/{page}.html", request_id=number, back=back), code)


def _page_of_form() -> str:
    """Return the address of the page that a form which was too large stands on, if it has one."""
    known, above = current_app.create_url_adapter(request), request.path.rpartition("/")[0]
    if known is None:
        return ""
    return next((path for path in (request.path, above) if known.test(path, "GET")), "")


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:  # redirects of the routing
        return make_response(error.get_response())
    response = error_page(error.code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _unusable_value(error: DataError) -> Response:
    """Answer 400 to a value no column can hold, such as NUL in PostgreSQL (SEC-31)."""
    log.warning("unusable_value %s", type(error.orig).__name__)
    return error_page(400)


def _unreadable_body(_error: UnreadableBody) -> Response:
    """Answer 400 to chunks that are none; the server finds out only when the body is read."""
    return error_page(400)


def _database_away(error: OperationalError | InterfaceError | PoolExhausted) -> Response:
    reason = str(getattr(error, "orig", None) or error).splitlines()
    log.error("database_away: %s", reason[0] if reason else type(error).__name__)
    response = error_page(503)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response
