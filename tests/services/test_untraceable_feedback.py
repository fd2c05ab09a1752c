"""Nobody who has the whole database, at any time, can tell who said what of an event."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from congress.base import Base
from congress.extensions import db
from congress.models import AuditLine, FeedbackBallot, FeedbackBox
from congress.queries import feedback as queries
from congress.services.feedback import sealing
from tests.builders import ENDS, send_everything
from tests.surveys import CLOSES, MINUTE, Asking, work

pytestmark = pytest.mark.usefixtures("database")


def test_no_dump_tells_who_said_what():
    """Thirty answer in the same order in two congresses, and say the reverse in the second."""
    one, other = Asking(30), Asking(30, slug="zweiter")
    work(ENDS)
    send_everything()
    before, moments = rows(), set()
    for house, said in ((one, range(30)), (other, reversed(range(30)))):
        for at, (person, number) in enumerate(zip(house.people, said, strict=True)):
            moments.add(now := ENDS + at * MINUTE + timedelta(seconds=13))
            house.says(person, number, now=now)
            sealed = {len(each) for each in db.session.scalars(select(FeedbackBox.sealed))}
            assert len(sealed) == 1  # no length says how many wait
    assert rows() == before  # nobody who answers leaves a row
    db.session.rollback()
    # Five at once, and five to nine are left.
    assert {each.ballots for each in queries.sums_of(one.id).values()} == {25}
    assert len(texts()) == 50  # of each congress 25; the others are sealed
    work(CLOSES)
    assert len(texts()) == 60
    assert stored_sums(one) == stored_sums(other)  # so who said what makes no difference
    assert _second(CLOSES) in moments_of_all_rows()  # so one of a ballot would be found
    assert not {_second(each) for each in moments} & moments_of_all_rows()
    lines = db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert set(lines) == {"feedback_begun", "feedback_counted"}
    assert all(db.session.scalars(select(FeedbackBallot.is_used)))


@pytest.mark.sqlite_only
def test_what_waits_has_no_order():
    ballots = [{"said": (str(number),)} for number in range(10)]
    orders = {str(sealing.shuffled(ballots)) for _each in range(20)}
    assert len(orders) > 1
    sealed = sealing.seal("1:", ballots)
    assert sealing.unseal("1:", sealed) == ballots
    assert sealing.unseal("2:", sealed) == []  # of another box
    assert sealing.seal("1:", ballots) != sealed


def rows() -> dict[str, int]:
    """Return how many rows each table has."""
    tables = Base.metadata.sorted_tables
    return {
        each.name: db.session.scalars(select(func.count()).select_from(each)).one()
        for each in tables
    }


def dump() -> list[tuple[object, ...]]:
    """Return every row of the whole database, as it lies there."""
    db.session.rollback()
    found: list[tuple[object, ...]] = []
    for table in Base.metadata.sorted_tables:
        rows = db.session.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608 - our names
        found += [tuple(row) for row in rows]
    return found


def texts() -> list[str]:
    """Return every sentence of somebody in the whole database."""
    return [part[:3] for row in dump() for part in str(row).split("Satz ")[1:]]


def stored_sums(house: Asking) -> list[str]:
    found = select(FeedbackBox).where(FeedbackBox.congress_id == house.id)
    return [str(each.sums) for each in db.session.scalars(found.order_by(FeedbackBox.id))]


def moments_of_all_rows() -> set[str]:
    """Return every moment in the database to the second, in UTC."""
    cells = (each for row in dump() for each in row)
    return {_second(each) if isinstance(each, datetime) else str(each)[:19] for each in cells}


def _second(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
