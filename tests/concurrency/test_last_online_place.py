"""The last place online of a hybrid congress: newcomers, and people on site who change over."""

from collections import Counter
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import select

from congress.domain.modes import Mode
from congress.extensions import db
from congress.models import Congress, Registration
from congress.queries.invariants import list_broken
from congress.services import registering
from tests.builders import a_request
from tests.concurrency.crowd import Browser, at_once
from tests.concurrency.occasion import Occasion, open_occasion
from tests.concurrency.test_last_place import attempt, registered_link, status

pytestmark = pytest.mark.concurrency

MANY = 20  # on site, and as many newcomers
ROUNDS, ALL_ROUNDS, ROUNDS_UNLOCKED = 2, 20, 10


def race(occasion: Occasion, turn: int) -> list[str]:
    """Let all want the one place online in the same instant; return what is wrong.

    One gets it. Newcomers who do not wait for it; who changes over in vain keeps the place on site.
    """
    congress = occasion.congress(
        f"online-{turn}", rules={"mode": "hybrid", "online_places": 1}, online_capacity=1
    )
    known = [
        registering.register(congress.id, a_request(number), now=datetime.now(UTC)).registration_id
        for number in range(MANY)
    ]
    newcomers = [
        attempt(occasion, congress, 1000 + number, mode=Mode.ONLINE) for number in range(MANY)
    ]

    answers = at_once([*(change_over(occasion, number) for number in known), *newcomers])

    db.session.rollback()  # what was read before is old
    people = db.session.execute(
        select(Registration.id, Registration.mode, Registration.state).where(
            Registration.congress_id == congress.id
        )
    ).all()
    inside = Counter(each.mode for each in people if each.state == "confirmed")
    went = [each.id for each in people if each.id in known and each.mode == Mode.ONLINE]
    counted = select(
        Congress.taken, Congress.waiting, Congress.online_taken, Congress.online_waiting
    ).where(Congress.id == congress.id)
    waiting = MANY if went else MANY - 1
    changed, came = Counter(map(status, answers[:MANY])), Counter(map(status, answers[MANY:]))
    found = {
        "changed over": changed,
        "newcomers": came,
        "inside": inside,
        "counted": tuple(db.session.execute(counted).one()),
        "broken": list_broken(),
    }
    expected = {
        "changed over": Counter({422: MANY - len(went)}) + Counter({303: len(went)}),
        "newcomers": Counter({303: MANY}),
        "inside": Counter({Mode.ONSITE: MANY - len(went), Mode.ONLINE: 1}),
        "counted": (MANY - len(went), 0, 1, waiting),
        "broken": [],
    }
    return [f"{name}: {found[name]}" for name in expected if found[name] != expected[name]]


def change_over(occasion: Occasion, number: int):
    """A browser that has the own page open of somebody on site; calling the result sends it."""
    browser, own = Browser(occasion.port), f"/registration/{registered_link(number)}"
    assert browser.get(own).status == 200
    return partial(browser.post, f"{own}/mode", {"mode": Mode.ONLINE})


def test_the_last_place_online_is_given_once(occasion, is_full):
    for turn in range(ALL_ROUNDS if is_full else ROUNDS):
        assert race(occasion, turn) == [], turn


def test_without_the_lock_it_is_wanted_by_more_than_one(database_kind, fresh_database, tmp_path):
    """The negative control."""
    with (
        fresh_database(database_kind, tmp_path) as url,
        open_occasion("tests.concurrency.unlocked_app:app", url, tmp_path) as occasion,
    ):
        assert any(race(occasion, turn) for turn in range(ROUNDS_UNLOCKED))
