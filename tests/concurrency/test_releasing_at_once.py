"""An assignment is released while somebody withdraws in the same instant, in real processes."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from congress.domain.access import Actor, ActorKind
from congress.domain.assigning import RunOutOfDate
from congress.domain.assignment import records
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AssignmentRun, Booking, Registration
from congress.queries import assignments, congresses, programme
from congress.queries.invariants import list_broken
from congress.services import registering
from congress.services.assigning import releasing
from congress.services.tokens import token_for
from tests.builders import a_request, a_workshop
from tests.concurrency.crowd import Answer, Browser, at_once
from tests.concurrency.occasion import Occasion, open_occasion
from tests.concurrency.unlocked import LEVERS
from tests.wishes import BY_WISHES, SEED, a_run, an_outcome, wishes

pytestmark = pytest.mark.concurrency

ROUNDS, ALL_ROUNDS, ROUNDS_UNLOCKED = 3, 60, 30
ORGANISER = Actor(ActorKind.ORGANISER, user_id=None)


def race(occasion: Occasion, turn: int) -> list[str]:
    """Release one place, for which one more waits, while whoever gets it withdraws.

    Released first, the place goes to who waits; withdrawn first, nothing is released.
    """
    now = datetime.now(UTC)
    congress = occasion.congress(f"release-{turn}", rules=BY_WISHES, wish_seed=SEED)
    item = a_workshop(congress, capacity=1, starts_at=now + timedelta(days=30, hours=1))
    leaving, waiting = (
        registering.register(congress.id, a_request(each), now=now).registration_id
        for each in range(2)
    )
    run = a_run(congress)
    for person, place, lot in ((leaving, item, 1), (waiting, None, 2)):
        row = db.session.get_one(Registration, person)
        wishes(row, item)
        why = {"item": item.id, "rank": 1, "why": "full_lot", "first": 2, "places": 1, "lot": lot}
        an_outcome(run, row, place, slot=item, lot=lot, reasons=[] if place else [why])
    known = congresses.get_congress(congress.id)
    problem = assignments.problem(known, programme.current_items(known), least_change=False)
    run.inputs_hash = records.inputs_hash(problem, SEED)
    db.session.commit()
    link = f"/registration/{token_for(leaving, TokenPurpose.MANAGE)}/withdraw"
    browser = Browser(occasion.port)
    assert browser.get(link).status == 200
    numbers, seen_hash = (congress.id, run.id), run.inputs_hash
    db.session.rollback()

    def release() -> Answer:
        with occasion.app.app_context():
            try:
                releasing.release(
                    *numbers, seen_hash=seen_hash, actor=ORGANISER, now=datetime.now(UTC)
                )
            except RunOutOfDate:
                return Answer(422, "", "")
            except OperationalError:  # of SQLite, to whoever would write over the other
                return Answer(500, "", "")
            return Answer(303, "", "")

    released, withdrawn = at_once([release, partial(browser.post, link, {})])

    db.session.rollback()
    bookings = select(Booking.registration_id, Booking.state).where(Booking.item_id == item.id)
    found = {tuple(row) for row in db.session.execute(bookings)}
    state = db.session.scalars(select(AssignmentRun.state).where(AssignmentRun.id == numbers[1]))
    both = {(leaving, "cancelled"), (waiting, "confirmed")}
    expected = {303: (both, "released"), 422: (set(), "done")}
    wrong = list_broken()
    if not isinstance(withdrawn, Answer) or withdrawn.status != 303:
        wrong.append(f"withdrawing: {withdrawn}")
    is_known = isinstance(released, Answer) and released.status in expected
    if not is_known or (found, state.one()) != expected[released.status]:
        wrong.append(f"releasing: {released}, {found}")
    return wrong


def test_nobody_is_given_a_place_who_is_leaving(occasion, is_full):
    for turn in range(ALL_ROUNDS if is_full else ROUNDS):
        assert race(occasion, turn) == [], turn


def test_without_the_lock_the_same_race_goes_wrong(
    database_kind, fresh_database, tmp_path, monkeypatch
):
    """The negative control: nobody holds the congress, whoever releases and whoever withdraws.

    On PostgreSQL somebody who has left is given the place; SQLite lets only one of both write.
    """
    for place, name, value in LEVERS:
        monkeypatch.setattr(place, name, value)
    with (
        fresh_database(database_kind, tmp_path) as url,
        open_occasion("tests.concurrency.unlocked_app:app", url, tmp_path) as occasion,
    ):
        assert any(race(occasion, turn) for turn in range(ROUNDS_UNLOCKED))
