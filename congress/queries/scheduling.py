"""Working values of the programme: what organisers edit, beside what the public sees."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from congress.domain.programme import PersonState
from congress.domain.release import ItemDraft
from congress.domain.scheduling import ItemEdit, Neighbour, PersonEntry
from congress.domain.texts import Texts, in_language
from congress.domain.time_slots import TimeSlot
from congress.domain.workshops import Places
from congress.extensions import db
from congress.models import Contribution, ProgrammeItem, Room
from congress.queries.faces import released_face, working_face
from congress.queries.programme import as_places

ALL_OF_IT = (
    joinedload(ProgrammeItem.room),
    selectinload(ProgrammeItem.contributions).joinedload(Contribution.person),
)


@dataclass(frozen=True)
class RoomChoice:
    """A room that an item can be put into."""

    id: int
    name: Texts
    seats: int | None


@dataclass(frozen=True)
class EditedItem:
    """An item as its form shows it."""

    id: int
    code: str
    number: int | None
    bookable: bool
    edit: ItemEdit
    places: Places


def drafts(congress_id: int) -> list[ItemDraft]:
    """Return all items with both faces, in the order of their working times."""
    return [
        ItemDraft(row.id, row.code, row.number, working_face(row), released_face(row))
        for row in _items(congress_id)
    ]


def places_by_item(congress_id: int) -> dict[int, Places]:
    """Return the places of the workshops of a congress."""
    statement = select(
        ProgrammeItem.id,
        ProgrammeItem.capacity,
        ProgrammeItem.taken,
        ProgrammeItem.waiting,
        ProgrammeItem.waiting_list,
        ProgrammeItem.overbooked,
    ).where(ProgrammeItem.congress_id == congress_id, ProgrammeItem.bookable)
    return {row.id: as_places(row) for row in db.session.execute(statement)}


def find_edited(congress_id: int, code: str) -> EditedItem | None:
    """Return the working values of one item."""
    row = db.session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.congress_id == congress_id, ProgrammeItem.code == code)
        .options(*ALL_OF_IT)
    ).one_or_none()
    if row is None:
        return None
    return EditedItem(
        id=row.id,
        code=row.code,
        number=row.number,
        bookable=row.bookable,
        edit=as_edit(row),
        places=as_places(row),
    )


def neighbours(congress_id: int, item_id: int) -> list[Neighbour]:
    """Return all other items of a congress, as far as they can stand in the way of one."""
    return [
        Neighbour(
            title=row.title,
            slot=TimeSlot(row.starts_at, row.ends_at),
            room_id=row.room_id,
            people=frozenset(
                each.person.name
                for each in row.contributions
                if each.person is not None and each.state != PersonState.DECLINED
            ),
            is_cancelled=row.cancelled,
        )
        for row in _items(congress_id)
        if row.id != item_id
    ]


def rooms(congress_id: int) -> list[RoomChoice]:
    """Return the rooms of a congress in their order."""
    rows = db.session.execute(
        select(Room.id, Room.name, Room.seats)
        .where(Room.congress_id == congress_id)
        .order_by(Room.position, Room.id)
    )
    return [RoomChoice(*row) for row in rows]


def as_edit(row: ProgrammeItem) -> ItemEdit:
    """Return the working values of a row."""
    return ItemEdit(
        title=row.title,
        abstract=row.abstract,
        slot=TimeSlot(row.starts_at, row.ends_at),
        room_id=row.room_id,
        people=tuple(
            PersonEntry(
                name=each.person.name if each.person else "",
                affiliation=in_language(
                    each.affiliation or (each.person.affiliation if each.person else {}), "de"
                ),
                role=each.role,
                state=PersonState(each.state),
            )
            for each in row.contributions
        ),
        is_cancelled=row.cancelled,
    )


def _items(congress_id: int) -> list[ProgrammeItem]:
    statement = (
        select(ProgrammeItem)
        .where(ProgrammeItem.congress_id == congress_id)
        .options(*ALL_OF_IT)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.ends_at, ProgrammeItem.number)
        .order_by(ProgrammeItem.id)
    )
    return list(db.session.scalars(statement))
