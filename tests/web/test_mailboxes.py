"""A mailbox that asks for something by a public form: the newsletter, or word of the opening."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any

import pytest
import time_machine

from congress.extensions import db
from congress.models import (
    Congress,
    Newsletter,
    NewsletterReader,
    OpeningReader,
    OutboxMessage,
)
from congress.queries import newsletters, openings
from congress.services import newsletter_links, opening_links
from tests import builders
from tests.builders import BEFORE, OPEN
from tests.newsletter_readers import a_newsletter_reader
from tests.opening_readers import an_opening_reader
from tests.web.registration.visitors import Visitor

pytestmark = pytest.mark.sqlite_only


@dataclass(frozen=True)
class Asked:
    """What one may ask for, and what tests need to know of it."""

    name: str
    now: datetime
    queries: ModuleType
    links: ModuleType
    table: Any
    a_reader: Callable[..., Any]

    @property
    def page(self) -> str:
        return f"/fachkongress/{self.name}"


NEWS = Asked(
    "newsletter", OPEN, newsletters, newsletter_links, NewsletterReader, a_newsletter_reader
)
OPENING = Asked("opening", BEFORE, openings, opening_links, OpeningReader, an_opening_reader)


@pytest.fixture(params=[NEWS, OPENING], ids=lambda each: each.name)
def asked_for(request):
    return request.param


@pytest.fixture
def congress_id(app, asked_for):
    with time_machine.travel(asked_for.now, tick=False), app.app_context():
        congress = builders.a_congress()
        builders.add(Newsletter(congress_id=congress.id, offered_at=OPEN))
        yield congress.id


@pytest.fixture
def visitor(app, congress_id):
    return Visitor(app)


def readers(asked_for):
    db.session.expire_all()
    return db.session.query(asked_for.table).all()


def asked(visitor, page, email, **fields: str):
    return visitor.send(page, **visitor.hidden(page) | {"email": email} | fields)


def test_every_address_gets_the_same_answer(visitor, congress_id, asked_for):
    known = asked_for.a_reader(db.session.get_one(Congress, congress_id))
    page = asked_for.page

    answers = [asked(visitor, page, email) for email in (known.email, "new@example.org")]

    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0].location == answers[1].location == f"{page}/sent"
    answer = visitor.open(answers[0].location)
    assert answer.status_code == 200
    assert f'href="{page}"' in answer.text, "whoever mistyped it can try again"
    sent = [each.recipient for each in db.session.query(OutboxMessage)]
    assert sent == [known.email, "new@example.org"]
    assert asked_for.queries.count(congress_id) == 1


@pytest.mark.parametrize(
    "fields", [{"email": "eva"}, {"homepage": "x"}, {"form_token": ""}], ids=str
)
def test_what_cannot_be_taken_is_said_and_kept(visitor, asked_for, fields):
    answer = asked(visitor, asked_for.page, **{"email": "eva@example.org"} | fields)

    assert answer.status_code == 422
    assert f'value="{fields.get("email", "eva@example.org")}"' in answer.text
    assert readers(asked_for) == []


def test_only_the_way_out_takes_a_post_without_a_form(app, congress_id, asked_for):
    congress = db.session.get_one(Congress, congress_id)
    reader = asked_for.a_reader(congress, confirmed_at=None)
    link = asked_for.links.token_of({"reader": reader.id}, reader.email)

    answer = app.test_client().post(f"/{asked_for.name}/{link}", base_url="http://congress.test")

    assert answer.status_code == 400
    assert [each.confirmed_at for each in readers(asked_for)] == [None]
