"""What came of somebody's wishes goes on where two registrations of theirs become one."""

from sqlalchemy import select, update

from congress.base import table_of
from congress.extensions import db
from congress.models import AssignmentOutcome, AssignmentRun

OUTCOMES, RUNS = table_of(AssignmentOutcome), table_of(AssignmentRun)


def unite(kept: int, other: int) -> None:
    """Keep what came of wishes of a registration that ends, where the other one has none of it.

    Of what was released alone: a result that nobody was told is out of date once two are one.
    Inside a running transaction.
    """
    released = select(RUNS.c.id).where(RUNS.c.released_at.is_not(None))
    is_told = OUTCOMES.c.run_id.in_(released)
    mine = select(OUTCOMES.c.slot).where(OUTCOMES.c.registration_id == kept, is_told)
    slots = set(db.session.scalars(mine))
    goes_on = (OUTCOMES.c.registration_id == other, is_told, OUTCOMES.c.slot.not_in(slots))
    db.session.execute(update(OUTCOMES).where(*goes_on).values(registration_id=kept))
