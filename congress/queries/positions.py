"""Positions in queues, which are never stored: one look at a queue numbers everybody in it."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    Subquery,
    Table,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from congress.base import columns_of, table_of
from congress.domain.quotas import Delegation, OnReserve
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import Booking, Congress, QuotaException, Registration

PEOPLE, BOOKED = table_of(Registration), table_of(Booking)
CONGRESSES, EXCEPTIONS = table_of(Congress), table_of(QuotaException)


def position_in(queue: Table, *queues: Any) -> Any:  # noqa: ANN401 - columns and a window
    """Return the column that numbers everybody in the queues that a statement looks at."""
    order = (queue.c.priority, queue.c.joined_at, queue.c.id)
    return func.row_number().over(partition_by=queues, order_by=order).label("position")


def sits_in(people: FromClause) -> ColumnElement[bool]:
    """Return whether somebody takes up a place of a congress: also one held or offered."""
    sits = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
    return people.c.state.in_(sits) | people.c.holds_places


def have_place(congress_id: Any, quota_key: Any) -> ScalarSelect[int]:  # noqa: ANN401 - columns
    """Return how many of an organisation take up a place of a congress, inside a statement.

    Counted for each row: joined with all organisations, SQLite would go through them each time.
    """
    others = PEOPLE.alias("others")
    return (
        select(func.count())
        .where(
            others.c.congress_id == congress_id,
            others.c.quota_key == quota_key,
            # Written out, as in the index, which else would not be used.
            others.c.quota_key != literal_column("''"),
            sits_in(others),
        )
        .scalar_subquery()
    )


# A place in the congress is taken up: by whoever has one, and by whom one is held for.
IN_CONGRESS = or_(PEOPLE.c.state == RegistrationState.CONFIRMED, PEOPLE.c.holds_places)


def _queues(which: ColumnElement[bool]) -> Subquery:
    """Everybody who waits for some congresses, numbered."""
    return (
        select(
            *columns_of(PEOPLE, "id congress_id quota_key"),
            # Those online stand in a line of their own.
            position_in(PEOPLE, PEOPLE.c.congress_id, PEOPLE.c.mode),
            position_in(PEOPLE, PEOPLE.c.congress_id, PEOPLE.c.quota_key).label("nth"),
        )
        .where(which, PEOPLE.c.state == RegistrationState.WAITING)
        .subquery()
    )


def _with_reserve(queues: Subquery) -> Select[*tuple[Any, ...]]:
    """What says of everybody in queues whether they wait on a reserve list."""
    return (
        select(
            *columns_of(queues, "id position quota_key nth"),
            have_place(queues.c.congress_id, queues.c.quota_key).label("have_place"),
            CONGRESSES.c.rules,
            EXCEPTIONS.c.key.label("exception"),
            EXCEPTIONS.c.places,
        )
        .join(CONGRESSES, CONGRESSES.c.id == queues.c.congress_id)
        .outerjoin(
            EXCEPTIONS,
            (EXCEPTIONS.c.congress_id == queues.c.congress_id)
            & (EXCEPTIONS.c.key == queues.c.quota_key),
        )
    )


THESE: BindParameter[list[int]] = bindparam("registration_ids", expanding=True)
IN_CONGRESSES = _queues(
    PEOPLE.c.congress_id.in_(select(PEOPLE.c.congress_id).where(PEOPLE.c.id.in_(THESE)))
)
CONGRESS_POSITIONS = _with_reserve(IN_CONGRESSES).where(IN_CONGRESSES.c.id.in_(THESE))
WHOLE_QUEUE = _with_reserve(_queues(PEOPLE.c.congress_id == bindparam("congress_id")))
IN_WORKSHOPS = (
    select(BOOKED.c.id, BOOKED.c.registration_id, position_in(BOOKED, BOOKED.c.item_id))
    .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
    .where(
        BOOKED.c.item_id.in_(bindparam("item_ids", expanding=True)),
        BOOKED.c.state == BookingState.WAITING,
        IN_CONGRESS,
    )
    .subquery()
)
WORKSHOP_POSITIONS = select(IN_WORKSHOPS.c.id, IN_WORKSHOPS.c.position).where(
    IN_WORKSHOPS.c.registration_id.in_(bindparam("registration_ids", expanding=True))
)


class InQueue(NamedTuple):
    """A position (from 1) in the queue of a congress, and on a reserve list that one waits on."""

    position: int
    on_reserve: OnReserve | None = None


def congress_positions(registration_ids: Collection[int]) -> dict[int, InQueue]:
    """Return the positions of waiting registrations in the queues of their congresses."""
    if not registration_ids:
        return {}
    rows = db.session.execute(CONGRESS_POSITIONS, {"registration_ids": list(registration_ids)})
    return {row.id: InQueue(row.position, _on_reserve(row)) for row in rows}


def in_queue(
    congress_id: int, people: Sequence[int] | None = None, *, with_reserve: bool
) -> dict[int, InQueue]:
    """Return the positions of everybody who waits for a congress, or of some.

    Positions on reserve lists cost more, and there are none without a quota.
    """
    if with_reserve and people is not None:
        return congress_positions(people)
    if with_reserve:
        rows = db.session.execute(WHOLE_QUEUE, {"congress_id": congress_id})
        return {row.id: InQueue(row.position, _on_reserve(row)) for row in rows}
    queue = (
        select(PEOPLE.c.id, position_in(PEOPLE, PEOPLE.c.mode))  # a line of their own each
        .where(PEOPLE.c.congress_id == congress_id, PEOPLE.c.state == RegistrationState.WAITING)
        .subquery()
    )
    found = select(queue.c.id, queue.c.position)
    if people is not None:  # positions are counted in the whole queue, whoever is asked about
        found = found.where(queue.c.id.in_(people))
    return {row.id: InQueue(row.position) for row in db.session.execute(found)}


def _on_reserve(row: Row[*tuple[Any, ...]]) -> OnReserve | None:
    quota = Rules.of(row.rules).quota
    if not quota or not row.quota_key:
        return None
    places = row.places if row.exception else quota
    is_full = Delegation(places, row.have_place).is_full
    return OnReserve(row.nth, places) if is_full else None


def workshop_positions(
    item_ids: Collection[int], registration_ids: Collection[int]
) -> dict[int, int]:
    """Return the positions (from 1) of waiting bookings among those who may move up, by booking."""
    if not item_ids or not registration_ids:
        return {}
    named = {"item_ids": list(item_ids), "registration_ids": list(registration_ids)}
    return {row.id: row.position for row in db.session.execute(WORKSHOP_POSITIONS, named)}
