"""What the releases of assignments by wishes brought somebody, as lines of their history.

A release stands in the log of the congress once, and not once for each person.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, func, select

from congress.base import columns_of, table_of
from congress.domain.access import ActorKind
from congress.domain.names import full_name
from congress.domain.programme import NamedItem
from congress.extensions import db
from congress.models import AssignmentOutcome, AssignmentRun, Registration, User
from congress.queries import audit
from congress.queries.audit import LogLine

OUTCOMES, RUNS, PEOPLE = map(table_of, (AssignmentOutcome, AssignmentRun, Registration))
USERS = table_of(User)


def of_registration(registration_id: int) -> list[LogLine]:
    """Return a line for each release in which somebody had a part, the newest first.

    Workshops have their names of today. Nothing is said any more once the results are deleted.
    """
    statement = (
        select(
            *columns_of(OUTCOMES, "run_id registration_id item_id rank any_other how reasons"),
            *columns_of(RUNS, "released_at released_by"),
            *columns_of(PEOPLE, "given_name family_name"),
            func.coalesce(audit.CALLED, "").label("account"),
        )
        .join(RUNS, RUNS.c.id == OUTCOMES.c.run_id)
        .join(PEOPLE, PEOPLE.c.id == OUTCOMES.c.registration_id)
        .outerjoin(USERS, USERS.c.id == RUNS.c.released_by)
        .where(OUTCOMES.c.registration_id == registration_id, RUNS.c.released_at.is_not(None))
        .order_by(OUTCOMES.c.run_id.desc(), OUTCOMES.c.slot)
    )
    rows = db.session.execute(statement).all()
    items = audit.named({key for row in rows for key in (row.item_id, *_wished(row))} - {None})
    return [_as_line(list(of), items) for _run, of in groupby(rows, key=attrgetter("run_id"))]


def _wished(row: Row[*tuple[Any, ...]]) -> list[int]:
    """Return the workshops that were wished for more than what somebody got."""
    return [reason["item"] for reason in row.reasons]


def _as_line(rows: Sequence[Row[*tuple[Any, ...]]], items: Mapping[int, NamedItem]) -> LogLine:
    """Return the line of one release, with the workshop of each time, or what was wished there."""
    row = rows[0]
    results = [
        {"item": each.item_id, "rank": each.rank, "how": each.how, "wished": _wished(each)}
        | {"is_other": each.any_other}
        for each in rows
    ]
    return LogLine(
        id=0,  # of no line of the log: nothing can be done with it
        at=row.released_at,
        verb="assigned",
        actor=ActorKind.COMMAND if row.released_by is None else ActorKind.ORGANISER,
        account=row.account,
        registration_id=row.registration_id,
        person=full_name(row.given_name, row.family_name),
        item=None,
        fields=(),
        details={"results": results},
        personal={},
        items=items,
        accounts={},
    )
