"""What organisers decided by hand of people's workshops, for the next assignment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from congress.base import columns_of, table_of
from congress.domain.names import full_name
from congress.extensions import db
from congress.models import AuditLine, Registration, WishDecision

DECISIONS, PEOPLE, LINES = map(table_of, (WishDecision, Registration, AuditLine))
VERBS = (
    *("wish_decided", "wish_barred", "wish_nothing_decided"),
    *("wish_decision_taken_back", "wish_one_taken_back", "wish_nothing_taken_back"),
)


class Decided(NamedTuple):
    """What was decided of a workshop: in any case, in no case, or none at that time."""

    is_given: bool
    of_time: bool = False


@dataclass(frozen=True)
class Decision:
    """What was decided of somebody and a workshop, or a workshop of the time it is about."""

    registration_id: int
    person: str
    organisation: str
    item_id: int
    decided: Decided


def of_person(registration_id: int, item_ids: Collection[int]) -> dict[int, Decided]:
    """Return which of these workshops somebody has in any case, and which in no case."""
    rows = db.session.execute(
        select(*columns_of(DECISIONS, "item_id is_given of_time")).where(
            DECISIONS.c.registration_id == registration_id, DECISIONS.c.item_id.in_(item_ids)
        )
    )
    return {row.item_id: Decided(row.is_given, row.of_time) for row in rows}


def of_congress(congress_id: int, choice_of: Mapping[int, int]) -> list[Decision]:
    """Return what is decided of workshops, by name; `choice_of` says of which choice each is.

    That somebody has none at a time is one decision, however many workshops there are.
    """
    found: dict[tuple[int, int, bool], Decision] = {}
    for each in _rows(congress_id, choice_of):
        of_time = each.decided.of_time
        about = choice_of[each.item_id] if of_time else each.item_id
        found.setdefault((each.registration_id, about, of_time), each)
    return list(found.values())


def _rows(congress_id: int, item_ids: Collection[int]) -> list[Decision]:
    rows = db.session.execute(
        select(
            *columns_of(DECISIONS, "registration_id item_id is_given of_time"),
            *columns_of(PEOPLE, "given_name family_name organisation"),
        )
        .join(PEOPLE, PEOPLE.c.id == DECISIONS.c.registration_id)
        .where(DECISIONS.c.congress_id == congress_id, DECISIONS.c.item_id.in_(item_ids))
        .order_by(PEOPLE.c.family_key, PEOPLE.c.id, DECISIONS.c.item_id)
    )
    return [
        Decision(
            row.registration_id,
            full_name(row.given_name, row.family_name),
            row.organisation,
            row.item_id,
            Decided(row.is_given, row.of_time),
        )
        for row in rows
    ]


def count_since(congress_id: int, moment: datetime) -> int:
    """Return how often anything was decided or taken back since a moment, by the log."""
    statement = select(func.count()).where(
        LINES.c.congress_id == congress_id, LINES.c.verb.in_(VERBS), LINES.c.at > moment
    )
    return db.session.scalars(statement).one()
