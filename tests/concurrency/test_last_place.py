"""REL-01 to REL-04, REL-20: crowds before the last places, with real processes and databases."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select

from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Booking, Congress, OutboxMessage, ProgrammeItem, Registration
from congress.queries.invariants import list_broken
from congress.queries.registrations import standings
from congress.services import registering
from congress.services.tokens import token_for
from tests.builders import a_request, a_workshop
from tests.concurrency.crowd import Answer, Browser, at_once
from tests.concurrency.occasion import Occasion
from tests.concurrency.servers import serve

pytestmark = pytest.mark.concurrency

CROWD = 200
ROUNDS, ALL_ROUNDS = 2, 20


def test_the_last_place_is_sold_once(occasion, is_full):
    """REL-01: 1 confirmed, 199 waiting in gapless order, nothing ≥ 500."""
    for turn in range(ALL_ROUNDS if is_full else ROUNDS):
        congress = occasion.congress(f"last-place-{turn}", capacity=1)

        answers = at_once([attempt(occasion, congress, number) for number in range(CROWD)])

        assert Counter(map(status, answers)) == {303: CROWD}
        assert states(congress) == {"confirmed": 1, "waiting": CROWD - 1}
        assert positions(congress) == list(range(1, CROWD))
        assert list_broken() == []


def test_fifty_places_are_all_sold(occasion, is_full):
    """REL-02: underselling is a failure too."""
    for turn in range(ALL_ROUNDS if is_full else 1):
        congress = occasion.congress(f"fifty-{turn}", capacity=50)

        answers = at_once([attempt(occasion, congress, number) for number in range(CROWD)])

        assert Counter(map(status, answers)) == {303: CROWD}
        assert states(congress) == {"confirmed": 50, "waiting": 150}
        assert list_broken() == []


def test_two_workshops_chosen_crosswise_do_not_lock_each_other_out(occasion):
    """REL-03: 100 want A and B, 100 want B and A, 30 places each."""
    congress = occasion.congress("crosswise")
    now = datetime.now(UTC) + timedelta(days=30)
    a = a_workshop(congress, number=1, capacity=30, starts_at=now)
    b = a_workshop(congress, number=2, capacity=30, starts_at=now + timedelta(hours=3))
    both = {"slot-1": a.code, "slot-2": b.code}
    crosswise = dict(reversed(both.items()))

    answers = at_once(
        [
            attempt(occasion, congress, number, **(both if number % 2 else crosswise))
            for number in range(CROWD)
        ]
    )

    assert Counter(map(status, answers)) == {303: CROWD}
    assert [taken(item) for item in (a, b)] == [30, 30]
    assert list_broken() == []


def test_twenty_identical_submits_are_one_registration(occasion):
    """REL-20: and twenty times the same friendly answer."""
    congress = occasion.congress("double-click")
    browser = Browser(occasion.port)
    browser.get("/double-click/register")

    answers = at_once([partial(browser.post, "/double-click/register", person(1))] * 20)

    assert {(status(answer), location(answer)) for answer in answers} == {
        (303, location(answers[0]))
    }
    assert "/registration/" in location(answers[0])
    assert states(congress) == {"confirmed": 1}
    assert mails(congress) == ["calendar_request", "confirmed"]


def test_withdrawals_and_newcomers_at_once_let_nobody_overtake(occasion):
    """REL-04: 50 withdrawals and 200 registrations before a full congress with 50 waiting."""
    congress = occasion.congress("rush", capacity=50)
    now = datetime.now(UTC)
    known = [
        registering.register(congress.id, a_request(number), now=now).registration_id
        for number in range(100)
    ]
    inside, waiting = known[:50], known[50:]
    links = [registered_link(each) for each in inside]

    answers = at_once(
        [partial(withdraw, occasion, link) for link in links]
        + [attempt(occasion, congress, 1000 + number) for number in range(CROWD)]
    )

    assert Counter(map(status, answers)) == {303: CROWD + 50}
    db.session.rollback()  # what was read before the rush is old
    assert {each.state for each in standings(waiting)} == {"confirmed"}
    assert states(congress) == {"confirmed": 50, "cancelled": 50, "waiting": CROWD}
    assert list_broken() == []


def test_the_harness_oversells_a_naive_program(database_url, app, tmp_path):
    """The negative control: at least one of five rounds sells the place more than once."""
    with app.app_context():
        db.session.execute(sa.text("CREATE TABLE naive_places (name VARCHAR(20))"))
        db.session.commit()
    environment = {"DATABASE_URL": database_url}
    with serve("tests.concurrency.naive_app:app", environment, tmp_path / "naive.log") as port:
        assert any(oversells(app, port) for _ in range(5))


def oversells(app: Flask, port: int) -> bool:
    """Let a crowd come for the place of the naive program; all is as before afterwards."""
    at_once([partial(Browser(port).post, "/register", {})] * CROWD)
    with app.app_context():
        sold = db.session.scalar(sa.text("SELECT count(*) FROM naive_places"))
        db.session.execute(sa.text("DELETE FROM naive_places"))
        db.session.commit()
    return (sold or 0) > 1


def attempt(occasion: Occasion, congress: Congress, number: int, **choices: str):
    """A browser that has the form open; calling the result sends it."""
    browser = Browser(occasion.port)
    path = f"/{congress.slug}/register"
    assert browser.get(path).status == 200
    return partial(browser.post, path, person(number) | choices)


def person(number: int) -> dict[str, str]:
    return {
        "given_name": "Erika",
        "family_name": f"Muster {number}",
        "email": f"muster-{number}@example.org",
        "privacy_notice": "y",
    }


def withdraw(occasion: Occasion, link: str) -> Answer:
    browser = Browser(occasion.port)
    browser.get(f"/registration/{link}/withdraw")
    return browser.post(f"/registration/{link}/withdraw", {})


def registered_link(registration_id: int) -> str:
    return token_for(registration_id, TokenPurpose.MANAGE) or ""


def status(answer: Answer | Exception) -> int | str:
    return answer.status if isinstance(answer, Answer) else repr(answer)


def location(answer: Answer | Exception) -> str:
    return answer.location if isinstance(answer, Answer) else repr(answer)


def states(congress: Congress) -> dict[str, int]:
    statement = select(Registration.state).where(Registration.congress_id == congress.id)
    return dict(Counter(db.session.scalars(statement)))


def positions(congress: Congress) -> list[int]:
    waiting = db.session.scalars(
        select(Registration.id)
        .where(Registration.congress_id == congress.id, Registration.state == "waiting")
        .order_by(Registration.priority, Registration.joined_at, Registration.id)
    ).all()
    return sorted(each.position or 0 for each in standings(waiting))


def taken(item: ProgrammeItem) -> int:
    confirmed = select(sa.func.count()).where(
        Booking.item_id == item.id, Booking.state == "confirmed"
    )
    return db.session.scalars(confirmed).one()


def mails(congress: Congress) -> list[str]:
    kinds = select(OutboxMessage.kind).where(OutboxMessage.congress_id == congress.id)
    return sorted(db.session.scalars(kinds))
