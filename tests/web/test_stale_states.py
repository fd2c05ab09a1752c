"""A question about another state that was opened before somebody else changed it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, OutboxMessage, ProgrammeItem
from congress.services import registering
from congress.services.planning import releasing
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, change_state, hidden, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
BEGAN = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=1)
# What was asked in which state, and how the congress stands when the button is pressed.
STALE = [
    ("finished", "published", "cancelled"),
    ("draft", "published", "cancelled"),
    ("draft", "published", "finished"),
    ("cancelled", "published", "finished"),
    ("published", "finished", "cancelled"),
    ("published", "cancelled", "finished"),
    ("published", "draft", "finished"),
]


@pytest.fixture
def organiser(app):
    """Somebody who works on a congress that has just begun, and one person in its workshop."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=BEGAN - timedelta(days=90),
            closes_at=BEGAN - timedelta(days=7),
            days=((BEGAN, BEGAN + timedelta(hours=8)),),
        )
        workshop = builders.a_workshop(congress, number=1, starts_at=BEGAN)
        request = builders.a_request(1, workshop)
        registering.register(congress.id, request, now=BEGAN - timedelta(days=60))
        builders.send_everything()
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
    return logged_in(app, "organiser@example.org")


def put(app: Flask, state: str) -> None:
    with app.app_context():
        db.session.scalars(select(Congress)).one().state = state
        db.session.commit()


def waiting_mails(app: Flask) -> int:
    with app.app_context():
        queued = select(func.count()).where(OutboxMessage.state == "queued")
        return db.session.scalars(queued).one()


def test_nobody_is_told_what_whoever_pressed_did_not_read(app, organiser):
    for asked_in, to, meanwhile in STALE:
        page = f"{HERE}/state?to={to}"
        put(app, asked_in)
        # Nothing becomes a draft again that somebody registered for, so nobody asks.
        seen = asked_in if to == "draft" else hidden(organiser, page, "seen")
        put(app, meanwhile)

        data = {"csrf_token": token(organiser, "/organiser/"), "to": to, "seen": seen}
        answer = organiser.post(f"{HERE}/state", data=data)

        case = (asked_in, to, meanwhile)
        assert (case, answer.status_code) == (case, 409)
        assert pages.words(pages.get(pages.read(answer), role="alert"))
        with app.app_context():
            assert db.session.scalars(select(Congress.state)).all() == [meanwhile]
    assert waiting_mails(app) == 0


def test_reopening_says_how_many_hear_of_what_changed_and_asks_anew_when_that_changes(
    app, organiser
):
    page = f"{HERE}/state?to=published"
    assert change_state(organiser, HERE, "finished") == 303
    nobody = pages.read(organiser.get(page))
    assert pages.numbers(pages.get(nobody, class_="lead")) == []
    seen = hidden(organiser, page, "seen")
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(title={"de": "Neu", "en": "New"}))
        db.session.commit()
    release = f"{HERE}/programme/release"
    changes = hidden(organiser, release, "seen")
    assert post(organiser, release, release, seen=changes) == 303
    assert waiting_mails(app) == 0

    assert post(organiser, f"{HERE}/state", page, to="published", seen=seen) == 409
    asked = pages.read(organiser.get(page))
    assert pages.numbers(pages.get(asked, class_="lead")) == [1]
    assert change_state(organiser, HERE, "published") == 303
    assert waiting_mails(app) == 1


def test_pressing_twice_is_the_same(app, organiser):
    page = f"{HERE}/state?to=cancelled"
    seen = hidden(organiser, page, "seen")
    for _ in range(2):
        assert post(organiser, f"{HERE}/state", "/organiser/", to="cancelled", seen=seen) == 303
    assert waiting_mails(app) == 1


@pytest.mark.parametrize("act", ["call_off", "hold_after_all"])
def test_pressing_twice_at_once_is_the_same(app, organiser, monkeypatch, act):
    """The second was let in before the first had changed anything."""
    wanted = {"call_off": "cancelled", "hold_after_all": "published"}[act]
    if act == "hold_after_all":
        change_state(organiser, HERE, "cancelled")
    seen = hidden(organiser, f"{HERE}/state?to={wanted}", "seen")
    real = getattr(releasing, act)

    def after_the_first(congress_id: int, **asked: Any):  # noqa: ANN401 - as the real one
        real(congress_id, **asked)
        return real(congress_id, **asked)

    monkeypatch.setattr(releasing, act, after_the_first)

    assert post(organiser, f"{HERE}/state", "/organiser/", to=wanted, seen=seen) == 303
