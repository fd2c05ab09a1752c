"""Requests that two decide, or one sends twice, at the same moment: each is answered once."""

from collections import Counter
from functools import partial
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from congress.domain.access import ATTENDEE
from congress.domain.change_requests import RequestKind
from congress.domain.errors import Refused
from congress.extensions import db
from congress.models import AuditLine, ChangeRequest, OutboxMessage, Registration
from congress.services import changing, requesting
from tests.builders import CLOSES
from tests.services.test_requesting import House

ENDS = RequestKind.WITHDRAWAL


@pytest.fixture
def house(database):
    return House()


def at_once(app, acts):
    """Do all of it at the same moment, each in a thread of its own; returns what came of it."""
    start, done = Barrier(len(acts)), []

    def act(what):
        with app.app_context():
            start.wait()
            try:
                what()
                done.append("done")
            except Refused as refusal:
                done.append(type(refusal).__name__)

    threads = [Thread(target=act, args=(what,)) for what in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    db.session.rollback()
    return Counter(done)


def letters():
    told = select(OutboxMessage.kind).where(OutboxMessage.state == "queued")
    return [kind for kind in db.session.scalars(told) if kind in {"withdrawn", "request_declined"}]


def test_it_is_answered_once_whoever_presses(app, house):
    number = house.ask(ENDS)
    yes, no = partial(house.accept, number), partial(house.decline, number)
    back = partial(requesting.take_back, house.me, actor=ATTENDEE, now=CLOSES)
    came = at_once(app, [yes, no, yes, no, back])
    answer = db.session.scalars(select(ChangeRequest.answer)).one()
    told = {"accepted": ["withdrawn"], "declined": ["request_declined"], "taken_back": []}
    assert came == {"done": 1, "RequestAnswered": 4}
    assert letters() == told[answer]
    state = db.session.scalars(select(Registration.state).where(Registration.id == house.me)).one()
    assert (state == "cancelled") == (answer == "accepted")


def test_sent_twice_it_is_one_request(app, house):
    asks = [partial(house.ask, ENDS, note="Krank")] * 4
    assert at_once(app, asks) == {"done": 4}
    assert db.session.scalar(select(func.count(ChangeRequest.id))) == 1
    lines = select(func.count(AuditLine.id)).where(AuditLine.verb == "change_asked")
    assert db.session.scalar(lines) == 1


def test_whoever_leaves_while_it_is_granted_hears_of_one_end(app, house):
    number = house.ask(ENDS)
    before = CLOSES.replace(year=CLOSES.year - 1)
    leaves = partial(changing.withdraw, house.me, actor=ATTENDEE, now=before)
    at_once(app, [partial(house.accept, number), leaves])
    assert letters() == ["withdrawn"]
