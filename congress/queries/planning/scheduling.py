"""Working values of the programme: what organisers edit, beside what the public sees."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from congress.base import columns_of, values_of
from congress.domain.congress_file.plan import RoomPlan
from congress.domain.congresses import CongressState
from congress.domain.planning.adding import Spot
from congress.domain.planning.item_plan import EditedItem, changed_fields
from congress.domain.programme import ItemKind, NamedItem
from congress.domain.registration import BookingState
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Booking, ProgrammeItem, Room
from congress.queries.congresses import Heading
from congress.queries.planning.congress_files import (
    ALL_OF_AN_ITEM,
    as_item_plan,
    items_of,
    released_face,
    working_face,
)
from congress.queries.programme import as_places


def edited_items(congress_id: int) -> list[EditedItem]:
    """Return all items as planned and as shown, in the order of their working times."""
    return [_as_edited(row) for row in items_of(congress_id)]


def count_unpublished(congress: Heading) -> int:
    """Return how many items are not yet shown as they were edited; a draft shows none at all."""
    if congress.state is CongressState.DRAFT:
        return 0
    faces = ((released_face(row), working_face(row)) for row in items_of(congress.id))
    return sum(shown is None or bool(changed_fields(shown, edited)) for shown, edited in faces)


def find_edited(congress_id: int, code: str) -> EditedItem | None:
    """Return one item as planned and as shown."""
    row = db.session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.congress_id == congress_id, ProgrammeItem.code == code)
        .options(*ALL_OF_AN_ITEM)
    ).one_or_none()
    return _as_edited(row) if row else None


def get_edited(item_id: int) -> EditedItem:
    """Return one item that exists as planned and as shown."""
    statement = select(ProgrammeItem).where(ProgrammeItem.id == item_id).options(*ALL_OF_AN_ITEM)
    return _as_edited(db.session.scalars(statement).one())


def was_booked(item_id: int) -> bool:
    """Return whether anybody ever had a place in an item or waited for one."""
    return bool(db.session.scalars(select(exists().where(Booking.item_id == item_id))).one())


def count_in(item_id: int) -> int:
    """Return how many have a place in an item, wait for one, or wish for one while they wait."""
    found = select(func.count()).where(
        Booking.item_id == item_id, Booking.state != BookingState.CANCELLED
    )
    return db.session.scalars(found).one()


def _as_edited(row: ProgrammeItem) -> EditedItem:
    return EditedItem(
        id=row.id,
        plan=as_item_plan(row),
        places=as_places(row),
        working=working_face(row),
        released=released_face(row),
    )


def spots(congress_id: int) -> list[Spot]:
    """Return when the items of a congress are, as far as a further one looks at them."""
    rows = db.session.execute(
        select(*columns_of(ProgrammeItem, "starts_at ends_at number cancelled")).where(
            ProgrammeItem.congress_id == congress_id
        )
    )
    return [
        Spot(TimeSlot(starts_at, ends_at), number, cancelled)
        for starts_at, ends_at, number, cancelled in rows
    ]


def has_other_workshop(congress_id: int, code: str, number: int) -> bool:
    """Return whether a workshop other than the one of this code takes place under a number."""
    other = select(ProgrammeItem.id).where(
        ProgrammeItem.congress_id == congress_id,
        ProgrammeItem.kind == ItemKind.WORKSHOP,
        ProgrammeItem.number == number,
        ProgrammeItem.code != code,
        ProgrammeItem.cancelled.is_(False),
    )
    return bool(db.session.scalars(select(other.exists())).one())


def rooms(congress_id: int) -> list[RoomPlan]:
    """Return the rooms of a congress in their order."""
    rows = db.session.execute(
        select(Room.code, Room.name, Room.seats)
        .where(Room.congress_id == congress_id)
        .order_by(Room.position, Room.id)
    )
    return [RoomPlan(*row) for row in rows]


def items_by_room(congress_id: int) -> Mapping[str, Sequence[NamedItem]]:
    """Return what is planned in each room, by its code."""
    rows = db.session.execute(
        select(Room.code, *columns_of(ProgrammeItem, "number title short_title"))
        .join(Room, Room.id == ProgrammeItem.room_id)
        .where(ProgrammeItem.congress_id == congress_id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.number, ProgrammeItem.id)
    )
    found: dict[str, list[NamedItem]] = defaultdict(list)
    for code, *words in rows:
        found[code].append(NamedItem(*words))
    return found


BINDINGS, NAMES = "code same_as one_of only_with", "number title short_title"


@dataclass(frozen=True)
class Offered:
    """A workshop as planned, and the codes of those that it is bound to, where it is."""

    code: str
    kind: ItemKind
    slot: TimeSlot
    same_as: str
    one_of: str
    only_with: str
    named: NamedItem


def workshops(congress_id: int) -> list[Offered]:
    """Return what one can book in a congress, in order of time."""
    rows = db.session.execute(
        select(*columns_of(ProgrammeItem, f"{BINDINGS} kind starts_at ends_at {NAMES}"))
        .where(ProgrammeItem.congress_id == congress_id, ProgrammeItem.bookable)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.number, ProgrammeItem.id)
    )
    return [
        Offered(
            **values_of(row, BINDINGS),
            kind=ItemKind(row.kind),
            slot=TimeSlot(row.starts_at, row.ends_at),
            named=NamedItem(**values_of(row, NAMES)),
        )
        for row in rows
    ]


def other_workshops(congress_id: int, code: str) -> dict[str, Offered]:
    """Return the workshops of a congress but for one, by their codes."""
    return {each.code: each for each in workshops(congress_id) if each.code != code}
