"""Who asked to take part and waits for an answer of the organisers."""

from sqlalchemy import ColumnElement, func, select

from congress.base import table_of
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import Registration
from congress.queries.registrations import standings

PEOPLE = table_of(Registration)
MOST_SHOWN = 50  # on one page; the list of attendees has them all


def count_open(congress_id: int) -> int:
    """Return how many are to be decided: nobody whose address is not confirmed."""
    counted = select(func.count()).select_from(PEOPLE).where(*_to_decide(congress_id))
    return db.session.scalars(counted).one()


def open_ones(congress_id: int) -> list[Standing]:
    """Return the first of those who are to be decided, whoever asked first before the others."""
    order = (PEOPLE.c.joined_at, PEOPLE.c.id)
    found = select(PEOPLE.c.id).where(*_to_decide(congress_id)).order_by(*order).limit(MOST_SHOWN)
    numbers = db.session.scalars(found).all()
    people = {each.id: each for each in standings(numbers)}
    return [people[number] for number in numbers]


def _to_decide(congress_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        PEOPLE.c.congress_id == congress_id,
        PEOPLE.c.state == RegistrationState.REQUESTED,
        PEOPLE.c.unconfirmed_until.is_(None),
    )
