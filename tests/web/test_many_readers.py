"""An info mail to 10,000 people: its pages ask and weigh no more than those of one to 150."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, update

from congress.base import table_of
from congress.domain.access import Role
from congress.extensions import db
from congress.models import DeadMailbox, Mailing, OutboxMessage, Registration
from tests import builders
from tests.builders import OPEN, a_mailing, a_registration, add
from tests.mail_facts import facts_of
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only

FEW, MANY = 150, 10_000
PEOPLE, MAILS = table_of(Registration), table_of(OutboxMessage)
HERE = "/organiser/fachkongress"
ONE = f"{HERE}/mailings/1"
READERS = f"{ONE}/readers"
PAGES = (
    *(ONE, READERS, f"{READERS}?page=2", f"{HERE}/mailings", HERE),
    *(f"{HERE}/outbox", f"{HERE}/outbox?state=failed", f"{HERE}/outbox?page=2", f"{HERE}/log"),
)
MOST_BYTES = 40_000  # of one page, as it is before it is compressed
NAME = re.compile(r"Muster-\d+")


@pytest.fixture
def organiser(app: Flask) -> Iterator[FlaskClient]:
    with time_machine.travel(OPEN, tick=False):
        with app.app_context():
            congress = builders.a_congress()
            a_mailing(congress, text={"de": "Guten Weg, {Vorname}!"})
            add(DeadMailbox(email_key="reader-1@example.org", since=OPEN, reason="550 5.1.1"))
            a_registration(congress, given_name="Anna", family_name="Abel")
            congress_id = congress.id
        an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
        yield logged_in(app, "organiser@example.org")


def register(count: int) -> None:
    """Have so many people, like the first one; every second one has withdrawn."""
    known = db.session.execute(select(PEOPLE.c.id)).all()
    first = db.session.execute(select(PEOPLE).order_by(PEOPLE.c.id).limit(1)).one()._asdict()
    del first["id"]
    rows: list[dict[str, Any]] = []
    for number in range(len(known), count):
        name, email = f"Muster-{number:05}", f"reader-{number}@example.org"
        state = "cancelled" if number % 2 == 0 else "confirmed"
        told = {"family_name": name, "family_key": name.lower(), "email": email, "state": state}
        rows.append(first | told | {"email_key": email, "name_key": name.lower()})
    db.session.execute(insert(PEOPLE), rows)
    db.session.commit()


def write_to(count: int) -> None:
    """Have it written to so many: most are delivered, some wait, some have failed."""
    readers = list(db.session.scalars(select(PEOPLE.c.id).order_by(PEOPLE.c.id)))
    sending = {"state": "sending", "started_at": OPEN, "total": MANY, "done": count}
    sending |= {"readers": readers, "told_up_to": count}
    db.session.execute(update(Mailing).values(sending))
    known = db.session.execute(select(MAILS.c.id)).all()
    states = ("sent", "sent", "queued", "failed")
    facts = facts_of("info_mail")
    rows = [
        {
            "kind": "info_mail",
            "message_id": f"<{number}@congress.test>",
            "congress_id": 1,
            "mailing_id": 1,
            "recipient": f"reader-{number}@example.org",
            "recipient_name": "Anna Abel",
            "recipient_key": f"reader-{number}@example.org",
            "state": states[number % len(states)],
            "facts": facts,
            "created_at": OPEN,
            "due_at": OPEN,
        }
        for number in range(len(known), count)
    ]
    db.session.execute(insert(MAILS), rows)
    db.session.commit()


def measure(client: FlaskClient) -> dict[str, tuple[int, int]]:
    """How many statements each page asks for, and how many bytes it has."""
    found = {}
    for path in PAGES:
        with count_queries() as statements:
            answer = client.get(path)
        assert answer.status_code == 200, path
        found[path] = len(statements), len(answer.data)
    return found


def test_pages_ask_and_weigh_no_more_for_more_readers(app, organiser):
    """Before it is sent, and while it is."""
    measured = []
    for change in (register, write_to):
        for count in (FEW, MANY):
            with app.app_context():
                change(count)
            if count == FEW:
                measure(organiser)  # what is read once per process
            measured.append(measure(organiser))

    for few, many in (measured[:2], measured[2:]):
        assert {path: asked for path, (asked, _) in many.items()} == {
            path: asked for path, (asked, _) in few.items()
        }
        assert max(size for _, size in many.values()) < MOST_BYTES


def test_everybody_stands_on_one_page_of_the_list(app, organiser):
    with app.app_context():
        register(FEW)
    one, two = (set(NAME.findall(organiser.get(f"{READERS}?page={each}").text)) for each in (1, 2))

    assert one | two == {f"Muster-{number:05}" for number in range(1, FEW)}
    assert one & two == set()
    assert "Seite 2 von 2" in organiser.get(f"{READERS}?page=99").text


def test_how_far_it_is_is_shown(app, organiser):
    with app.app_context():
        write_to(8)
    page = pages.read(organiser.get(ONE))
    bar = pages.get(page, "progress")
    assert (bar.get("value"), bar.get("max")) == ("8", str(MANY))
    assert pages.numbers(pages.get(page, "p", role="status")) == [4, 2, 2]
