"""A look inside: the same program in this process, on the database of the measured server."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from io import StringIO

from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from config import Settings, load_settings
from congress import clock
from congress.app import create_app
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.queries import attendees, congresses, invariants, outbox
from script.benchmark.visitors import HIDDEN

BASE = "http://127.0.0.1"
FEED = re.compile(r"/feed/[\w-]+\.ics")
NOT_MODIFIED = 304
BEGIN = re.compile(r"BEGIN\b", re.IGNORECASE)


class Inside:
    """The application as the measured server runs it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        names = {name: name.upper() for name in Settings.model_fields}
        given = {name: environment[key] for name, key in names.items() if key in environment}
        self.app = create_app(load_settings(**given))

    def statements_of_registration(self, slug: str, entries: dict[str, str]) -> dict[str, int]:
        """Register somebody; return the statements of each step, without BEGIN and COMMIT.

        Many rows sent in one go are one statement.
        """
        with redirect_stderr(StringIO()):  # its log lines
            return self._statements_of_registration(slug, entries)

    def _statements_of_registration(self, slug: str, entries: dict[str, str]) -> dict[str, int]:
        browser = self.app.test_client()
        path = f"/{slug}/register"
        browser.get(path, base_url=BASE)  # what is read once per process is read here
        seen: dict[str, int] = {}
        with self._counted(seen, "form"):
            form = browser.get(path, base_url=BASE)
        fields = dict(HIDDEN.findall(form.text)) | entries
        with self._counted(seen, "submit"):
            sent = browser.post(path, data=fields, base_url=BASE)
        with self._counted(seen, "own page"):
            browser.get(sent.location or "", base_url=BASE)
        return seen

    def statements_of_own_feed(self, slug: str, entries: dict[str, str]) -> int:
        """Register somebody; return the statements of asking again for their own calendar."""
        with redirect_stderr(StringIO()):
            browser = self.app.test_client()
            sent = register(browser, slug, entries)
            own_page = browser.get(sent.location or "", base_url=BASE).text
            feed = FEED.search(own_page)
            address = feed.group() if feed else ""
            etag = browser.get(address, base_url=BASE).headers["ETag"]
            seen: dict[str, int] = {}
            with self._counted(seen, "again"):
                again = browser.get(address, base_url=BASE, headers={"If-None-Match": etag})
        return seen["again"] if again.status_code == NOT_MODIFIED else -1

    @contextmanager
    def _counted(self, seen: dict[str, int], step: str) -> Iterator[None]:
        count = [0]

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            count[0] += not BEGIN.match(statement)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", note)
        seen[step] = count[0]

    def attendees(self, slug: str) -> dict[RegistrationState, int]:
        """Return how many people there are in each state."""
        with self.app.app_context():
            heading = congresses.find_heading(slug)
            return attendees.counts_by_state(heading.id) if heading else {}

    def broken(self) -> list[str]:
        """Return what is not as it must be."""
        with self.app.app_context():
            return invariants.list_broken()

    def mails(self, *states: outbox.MessageState) -> int:
        """Return how many mails stand like this."""
        with self.app.app_context():
            counts = outbox.status(now=clock.now()).counts
            return sum(counts[state] for state in states)

    def close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def register(browser: FlaskClient, slug: str, entries: dict[str, str]) -> TestResponse:
    """Fill in the form of a congress and send it; returns the answer."""
    path = f"/{slug}/register"
    fields = dict(HIDDEN.findall(browser.get(path, base_url=BASE).text)) | entries
    return browser.post(path, data=fields, base_url=BASE)
