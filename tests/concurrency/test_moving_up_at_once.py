"""REL-05: somebody moves up by hand and by themselves in the same instant, in real processes."""

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Congress, OutboxMessage
from congress.queries.invariants import list_broken
from congress.queries.registrations import standings
from congress.services import registering
from congress.services.logins import accounts
from congress.services.tokens import token_for
from tests.builders import a_request
from tests.concurrency.crowd import Answer, Browser, at_once
from tests.concurrency.occasion import Occasion, open_occasion

pytestmark = pytest.mark.concurrency

ROUNDS, ALL_ROUNDS, ROUNDS_UNLOCKED = 3, 100, 10
TABS = 3  # of organisers, who press the same button
PASSWORD = "vier rote Esel"
ORGANISER = "organiser@example.org"


def organisers(occasion: Occasion) -> list[Browser]:
    """Browsers that are logged in."""
    accounts.invite(
        ORGANISER,
        actor=COMMAND,
        now=datetime.now(UTC),
        is_administrator=True,
        password=PASSWORD,
    )
    browsers = [Browser(occasion.port) for _ in range(TABS)]
    for each in browsers:
        each.get("/login")
        answer = each.post("/login", {"email": ORGANISER, "password": PASSWORD})
        assert answer.status == 303
    return browsers


def race(occasion: Occasion, tabs: list[Browser], turn: int) -> list[str]:
    """Let the only place become free while organisers give one to who waits; return what is wrong.

    Whoever is quicker: first in line has one place and one letter, and the second one waits. An
    organiser who is quicker gives a place beyond those there are, and then none is free.
    """
    congress = occasion.congress(f"at-once-{turn}", capacity=1)
    inside, first, second = (
        registering.register(congress.id, a_request(each), now=datetime.now(UTC)).registration_id
        for each in range(3)
    )
    link = f"/registration/{token_for(inside, TokenPurpose.MANAGE)}/withdraw"
    leaving, page = Browser(occasion.port), f"/organiser/{congress.slug}/attendees/{first}"
    for browser, address in ((leaving, link), *((tab, page) for tab in tabs)):
        assert browser.get(address).status == 200
    beyond = {"beyond": "y"}

    answers = at_once(
        [
            partial(leaving.post, link, {}),
            *(partial(tab.post, f"{page}/promote", beyond) for tab in tabs),
        ]
    )

    db.session.rollback()  # what was read before is old
    stand = {each.id: (each.state, each.position) for each in standings([inside, first, second])}
    letters = select(OutboxMessage.registration_id).where(
        OutboxMessage.registration_id.in_([first, second]), OutboxMessage.kind == "place_gained"
    )
    taken = select(Congress.taken, Congress.waiting).where(Congress.id == congress.id)
    found = {
        "pages": [each for each in answers if not is_fine(each)],
        "places": tuple(db.session.execute(taken).one()),
        "people": [stand[each] for each in (inside, first, second)],
        "letters": list(db.session.scalars(letters)),
        "broken": list_broken(),
    }
    expected = {
        "pages": [],
        "places": (1, 1),
        "people": [("cancelled", None), ("confirmed", None), ("waiting", 1)],
        "letters": [first],
        "broken": [],
    }
    return [f"{name}: {found[name]}" for name in expected if found[name] != expected[name]]


def is_fine(answer: Answer | Exception) -> bool:
    return isinstance(answer, Answer) and answer.status == 303


def test_one_confirmation_one_letter_and_one_place(occasion, is_full):
    tabs = organisers(occasion)
    for turn in range(ALL_ROUNDS if is_full else ROUNDS):
        assert race(occasion, tabs, turn) == [], turn


def test_without_the_lock_the_same_race_goes_wrong(database_kind, fresh_database, tmp_path):
    """The negative control."""
    with (
        fresh_database(database_kind, tmp_path) as url,
        open_occasion("tests.concurrency.unlocked_app:app", url, tmp_path) as occasion,
    ):
        tabs = organisers(occasion)
        assert any(race(occasion, tabs, turn) for turn in range(ROUNDS_UNLOCKED))
