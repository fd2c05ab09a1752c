"""A visitor with a browser: opens the form, fills it in, sends it, reads the answer."""

# ruff: noqa: ANN401 - fields of forms have many types

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from congress.base import Base
from congress.extensions import db
from congress.models import Congress, ProgrammeItem
from tests.builders import add

HOST = "http://congress.test"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')

PERSON = {
    "given_name": "Erika",
    "family_name": "Muster",
    "email": "erika.muster@example.org",
    "organisation": "Stadt Lünen",
    "privacy_notice": "y",
}


class Visitor:
    """One browser with its cookies."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def open(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=HOST)

    def hidden(self, path: str) -> dict[str, str]:
        """Open a page and return what its forms send along unseen."""
        page = self.open(path)
        assert page.status_code == 200, page.text
        return dict(_HIDDEN.findall(page.text))

    def send(self, path: str, **fields: Any) -> TestResponse:
        return self.client.post(path, data=fields, base_url=HOST)

    def fill_in(self, path: str = "/fachkongress/register", **fields: Any) -> dict[str, Any]:
        """Open the form and return it filled in."""
        return self.hidden(path) | PERSON | {"slot-1": "none"} | with_dashes(fields)

    def register(self, path: str = "/fachkongress/register", **fields: Any) -> TestResponse:
        """Open the form, fill it in and send it."""
        return self.send(path, **self.fill_in(path, **fields))

    def own_page(self, **fields: Any) -> str:
        """Register and return the address of the own page."""
        answer = self.register(**fields)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["Location"])

    def act(self, page: str, act: str, **fields: Any) -> TestResponse:
        """Send one of the forms of the own page."""
        return self.send(f"{page}/{act}", **self.hidden(page) | with_dashes(fields))


def with_dashes(fields: dict[str, Any]) -> dict[str, Any]:
    """Return `slot_1` as `slot-1`: names of fields that Python cannot write."""
    return {re.sub(r"_(\d)$", r"-\1", name): value for name, value in fields.items()}


def stored(app: Flask, model: type[Base]) -> int:
    """Return how many rows there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def change(app: Flask, congress_id: int, **values: object) -> None:
    """Change a congress while somebody has a page of it open."""
    with app.app_context():
        row = db.session.get_one(Congress, congress_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.revision += 1
        row.content_revision += 1
        add(row)


def change_item(app: Flask, code: str, **values: object) -> None:
    """Change a workshop as the public sees it; its congress is to be changed after it."""
    with app.app_context():
        row = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == code)).one()
        for name, value in values.items():
            setattr(row, name, value)
        if "cancelled" in values:
            row.released = (row.released or {}) | {"cancelled": values["cancelled"]}
        add(row)


class Statements:
    """Counts what is asked of the database."""

    def __init__(self, app: Flask) -> None:
        self.seen: list[str] = []
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            self.seen.append(statement)
