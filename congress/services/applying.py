"""From moves to rows: registrations and bookings become what a decision says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, Row, bindparam, delete, func, insert, select, update

from congress.base import columns_of, table_of
from congress.domain.hall import CONGRESS, NEWCOMER, Person
from congress.domain.moves import Ask, Follow, Grant, Move, Offer, Queue, Release, Switch
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import AssistanceNeeds, Booking, Registration
from congress.queries import places as queries

PEOPLE, BOOKINGS, NEEDS = map(table_of, (Registration, Booking, AssistanceNeeds))
# Of so many bookings as an assignment brings each column goes to PostgreSQL as one array: row by
# row they are ten values each to name, to send and to read. SQLite takes rows, in no order, because
# it would store them one by one for that.
COLUMNS = ["registration_id", "item_id", "state", "question", "instead_of_id", "wish", "priority"]
COLUMNS += ["joined_at", "created_at", "changed_at"]
IN_ARRAYS = (
    func.unnest(*(bindparam(name, type_=ARRAY(BOOKINGS.c[name].type)) for name in COLUMNS))
    .table_valued(*COLUMNS)
    .render_derived()
)
ROWS = columns_of(BOOKINGS, "registration_id item_id id")
NEW_BOOKINGS = insert(BOOKINGS).returning(*ROWS)
NEW_IN_ARRAYS = insert(BOOKINGS).from_select(COLUMNS, select(IN_ARRAYS)).returning(*ROWS)
SET_PEOPLE, SET_BOOKINGS = (
    update(table)
    .where(table.c.id.in_(bindparam("ids", expanding=True)))
    .values(changed_at=bindparam("now"))
    for table in (PEOPLE, BOOKINGS)
)
SET_BOOKINGS = SET_BOOKINGS.values(state=bindparam("new_state"), offered_until=bindparam("until"))
# Whoever comes back after an act on several has not left, and stands in the queue where they stood.
DECIDED = SET_PEOPLE.values(holds_places=False, offered_until=None)
ADMIT = DECIDED.values(state=RegistrationState.CONFIRMED, cancelled_at=None)
QUEUE_AGAIN = DECIDED.values(state=RegistrationState.WAITING, cancelled_at=None)
OFFER = SET_PEOPLE.values(state=RegistrationState.OFFERED, offered_until=bindparam("until"))
END = DECIDED.values(state=RegistrationState.CANCELLED, cancelled_at=bindparam("now"))
# Whoever does not come needs nothing, and nobody has to know what they would have needed.
TAKE_PART = SET_PEOPLE.values(mode=bindparam("new_mode"))
GO_TO_OTHER_LINE = TAKE_PART.values(joined_at=bindparam("joins"))
WAIT_WITH_ANOTHER = (
    update(BOOKINGS)
    .where(BOOKINGS.c.id == bindparam("row"))
    .values(instead_of_id=bindparam("kept"), wish=bindparam("new_wish"))
)
FORGET_NEEDS = delete(NEEDS).where(NEEDS.c.registration_id.in_(bindparam("ids", expanding=True)))
STEP = timedelta(microseconds=1)  # tells apart who joins a queue by one decision
Place = tuple[int, int]  # a registration and a workshop: among active bookings there is one


@dataclass(frozen=True)
class NewBooking:
    """A place in a workshop that somebody did not have, or one in its queue."""

    registration_id: int
    workshop_id: int
    move: Grant | Queue
    at: datetime
    question: str = ""
    ended_at: datetime | None = None  # given back since
    priority: int = 0

    @property
    def state(self) -> BookingState:
        is_place = isinstance(self.move, Grant)
        return BookingState.CONFIRMED if is_place else BookingState.WAITING

    @property
    def instead_of(self) -> int | None:
        """The workshop given up for it."""
        return self.move.instead_of if isinstance(self.move, Queue) else None

    @property
    def wish(self) -> int | None:
        """Which of their wishes it is, where places were given by wishes."""
        return self.move.wish


def carry_out(
    moves: Iterable[Move],
    bookings: Mapping[Place, int],
    people: Mapping[int, Person],
    *,
    questions: Mapping[int, str],
    now: datetime,
) -> None:
    """Write what moves mean for people who are stored; `bookings` are the rows they had."""
    stored = [move for move in moves if move.person != NEWCOMER]
    _carry_out_of_congress([move for move in stored if move.key is CONGRESS], now)
    # Of several moves the last one counts; a place may be won and given up at once.
    last = {
        (move.person, move.key): move
        for move in stored
        if move.key is not CONGRESS and not isinstance(move, Follow | Ask | Switch)
    }
    # Who gives a place up and queues for it at once stands at the end, in a row of its own.
    given_up = {(move.person, move.key) for move in stored if isinstance(move, Release)}
    again = {at for at, move in last.items() if isinstance(move, Queue) and at in given_up}
    if ids := [bookings[at] for at in again if at in bookings]:
        ended = {"ids": ids, "new_state": BookingState.CANCELLED, "until": None, "now": now}
        db.session.execute(SET_BOOKINGS, ended)
    for state, of_kind in (
        (BookingState.CONFIRMED, Grant),
        (BookingState.WAITING, Queue),
        (BookingState.CANCELLED, Release),
    ):
        ids = [
            bookings[at]
            for at, move in last.items()
            if isinstance(move, of_kind) and at in bookings and at not in again
        ]
        if ids:
            named = {"ids": ids, "new_state": state, "until": None, "now": now}
            db.session.execute(SET_BOOKINGS, named)
    # Who goes on with what was held for another registration joins, and has it held at once.
    joins = {(move.person, move.key): move for move in stored if isinstance(move, Queue)}
    new = [
        NewBooking(
            person,
            workshop,
            joins[person, workshop] if isinstance(move, Offer) else move,
            now,
            questions.get(workshop, ""),
            priority=people[person].priority if person in people else 0,
        )
        for (person, workshop), move in last.items()
        if isinstance(move, Grant | Queue | Offer)
        and ((person, workshop) not in bookings or (person, workshop) in again)
    ]
    rows = book(new, bookings)
    for until, offers in _by_end(last.values()):
        ids = [rows[move.person, move.key] for move in offers if move.key is not CONGRESS]
        offered = {"ids": ids, "new_state": BookingState.OFFERED, "until": until, "now": now}
        db.session.execute(SET_BOOKINGS, offered)
    follows = [move for move in stored if isinstance(move, Follow)]
    _wait_with_another([move for move in follows if _is_own(move)], rows)
    for move in follows:
        if not _is_own(move):
            _follow(move, rows)


def _carry_out_of_congress(moves: Sequence[Move], now: datetime) -> None:
    """Write who takes part by these moves, who waits, is made an offer, or has left."""
    for statement, kind in ((ADMIT, Grant), (QUEUE_AGAIN, Queue), (END, Release)):
        if ids := [move.person for move in moves if isinstance(move, kind)]:
            db.session.execute(statement, {"ids": ids, "now": now})
            if kind is Release:
                db.session.execute(FORGET_NEEDS, {"ids": ids})
    _switch([move for move in moves if isinstance(move, Switch)], now)
    for until, offers in _by_end(moves):
        ids = [move.person for move in offers]
        db.session.execute(OFFER, {"ids": ids, "now": now, "until": until})


def _by_end(moves: Iterable[Move]) -> Iterable[tuple[datetime, list[Offer]]]:
    """Return what is offered, by the moment until which it is held."""
    found: dict[datetime, list[Offer]] = {}
    for move in moves:
        if isinstance(move, Offer):
            found.setdefault(move.until, []).append(move)
    return found.items()


def _switch(moves: Iterable[Switch], now: datetime) -> None:
    """Let people take part in the other way; who waits joins behind those who wait."""
    for move in moves:
        named: dict[str, Any] = {"ids": [move.person], "now": now, "new_mode": move.mode}
        if move.waits:
            joins = max(now, queries.last_in_queue_of(move.person) or now)
            db.session.execute(GO_TO_OTHER_LINE, named | {"joins": joins})
        else:
            db.session.execute(TAKE_PART, named)


def _is_own(move: Follow) -> bool:
    """Return whether somebody stays where they stand in a queue of a workshop."""
    return move.key is not CONGRESS and move.person == move.other


def _wait_with_another(moves: Iterable[Follow], rows: Mapping[Place, int]) -> None:
    """Let people who stay where they stand hold another workshop meanwhile."""
    named = [
        {
            "row": rows[move.person, move.key],
            "kept": rows.get((move.person, move.instead_of or 0)),
            "new_wish": move.wish,
        }
        for move in moves
        if move.key is not None and (move.person, move.key) in rows
    ]
    if named:
        db.session.connection().execute(WAIT_WITH_ANOTHER, named)


def _follow(move: Follow, rows: Mapping[Place, int]) -> None:
    """Put somebody where another registration of theirs stood, if that was further ahead."""
    if move.key is CONGRESS:
        table, mine, other = PEOPLE, move.person, move.other
        says: dict[str, Any] = {}
    else:
        table = BOOKINGS
        if (move.person, move.key) not in rows:
            return  # kept for the time of waiting, which is over with the same merging
        mine, other = rows[move.person, move.key], rows[move.other, move.key]
        kept = rows.get((move.person, move.instead_of or 0))
        says = {"instead_of_id": kept, "wish": move.wish}
    if mine != other:
        both = table.c.id.in_((mine, other))
        found = select(*columns_of(table, "id priority joined_at")).where(both)
        stood = {row.id: row for row in db.session.execute(found)}
        ahead = min(stood[mine], stood[other], key=lambda row: (row.priority, row.joined_at))
        says |= {"priority": ahead.priority, "joined_at": ahead.joined_at}
    db.session.execute(update(table).where(table.c.id == mine).values(says))


def book(new: Sequence[NewBooking], bookings: Mapping[Place, int]) -> dict[Place, int]:
    """Store places and queue positions; returns the row of each.

    Whoever waits while holding a safe place names its booking, so safe places come first. Nobody
    joins a queue before those who stand there: locks are not given in the order of arrival and
    clocks are set back, but who was told a position keeps it.
    """
    rows: dict[Place, int] = dict(bookings)
    in_turn = list(zip(new, _when_they_join(new), strict=True))
    for batch in (
        [each for each in in_turn if each[0].instead_of is None],
        [each for each in in_turn if each[0].instead_of is not None],
    ):
        if not batch:
            continue
        values = []
        for each, joins in batch:
            values.append(
                {
                    "registration_id": each.registration_id,
                    "item_id": each.workshop_id,
                    "state": BookingState.CANCELLED if each.ended_at else each.state,
                    "question": each.question,
                    "instead_of_id": rows.get((each.registration_id, each.instead_of or 0)),
                    "wish": each.wish,
                    "priority": each.priority,
                    "joined_at": joins,
                    "created_at": each.at,
                    "changed_at": each.ended_at or each.at,
                }
            )
        rows |= {(row.registration_id, row.item_id): row.id for row in _insert(values)}
    return rows


def _insert(values: list[dict[str, Any]]) -> Iterable[Row[Any]]:
    if db.session.get_bind().dialect.name == "postgresql":
        arrays = {name: [each[name] for each in values] for name in COLUMNS}
        return db.session.execute(NEW_IN_ARRAYS, arrays)
    return db.session.execute(NEW_BOOKINGS, values)


def _when_they_join(new: Sequence[NewBooking]) -> list[datetime]:
    """Return when each of some bookings begins; who waits by an assignment does so in its order."""
    waiting = {each.workshop_id for each in new if each.state is BookingState.WAITING}
    last = queries.last_in_workshops(waiting) if waiting else {}
    found = []
    for each in new:
        joins = each.at
        if each.state is BookingState.WAITING:
            before = last.get(each.workshop_id)
            if before is not None:
                joins = max(joins, before + (STEP if each.wish else timedelta()))
            last[each.workshop_id] = joins
        found.append(joins)
    return found
