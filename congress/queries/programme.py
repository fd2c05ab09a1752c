"""The programme as released: what pages, feeds and mails may show."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, select

from congress.base import columns_of, table_of, values_of
from congress.domain.modes import ItemMode
from congress.domain.programme import GOES_ALONG, Face, ItemKind, ProgrammeItem, PublicPerson
from congress.domain.slots import workshops_in_order
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Allocation, Places
from congress.extensions import db
from congress.models import Congress
from congress.models import ProgrammeItem as Row
from congress.queries.kept import Kept, Revised

TABLE, CONGRESSES = table_of(Row), table_of(Congress)
COUNTED = "capacity taken waiting waiting_list overbooked"  # in the order of Places
COLUMNS = columns_of(
    TABLE,
    "id code kind number bookable released released_starts_at released_ends_at"
    f" {COUNTED} uid sequence revised_at minimum same_as mode one_of only_with"
    " allocation assigned_at",
)

# Made once: putting a statement together costs as much as carrying it out.
RELEASED = (
    select(*COLUMNS, CONGRESSES.c.content_revision)
    .join(CONGRESSES, CONGRESSES.c.id == TABLE.c.congress_id)
    .where(TABLE.c.congress_id == bindparam("congress_id"), TABLE.c.released_starts_at.is_not(None))
    .order_by(TABLE.c.released_starts_at, TABLE.c.released_ends_at, TABLE.c.number, TABLE.c.id)
)
COUNTERS = select(*columns_of(TABLE, f"id {COUNTED}")).where(
    TABLE.c.congress_id == bindparam("congress_id"),
    TABLE.c.bookable,
    TABLE.c.released_starts_at.is_not(None),
)
_counters = attrgetter(*COUNTED.split())
_kept: Kept[tuple[ProgrammeItem, ...]] = Kept()
_kept_workshops: Kept[tuple[ProgrammeItem, ...]] = Kept()


def beside_each_other(one: type[Row], other: type[Row]) -> sa.ColumnElement[bool]:
    """Return whether neither of two that are booked at one time goes along with the other."""
    both_exclusive = one.kind.not_in(GOES_ALONG) & other.kind.not_in(GOES_ALONG)
    return (one.kind == other.kind) | both_exclusive


def at_one_time(one: type[Row], other: type[Row]) -> sa.ColumnElement[bool]:
    """Return whether one can have a place in one of two only, for the times at which they are."""
    begins = one.released_starts_at < other.released_ends_at
    ends = other.released_starts_at < one.released_ends_at
    return begins & ends & beside_each_other(one, other)


def released_items(congress_id: int) -> list[ProgrammeItem]:
    """Return every item that was ever released, cancelled ones included, in order of time."""
    rows = db.session.execute(RELEASED, {"congress_id": congress_id})
    return [as_item(row) for row in rows]


def current_items(congress: Revised) -> list[ProgrammeItem]:
    """Return the released items with their places of now; their faces are read once."""
    rows = db.session.execute(COUNTERS, {"congress_id": congress.id})
    return with_places(congress, {row.id: as_places(row) for row in rows})


def with_places(congress: Revised, places: Mapping[int, Places]) -> list[ProgrammeItem]:
    """Return every released item with these places."""
    return [
        replace(item, places=places.get(item.id, item.places)) if item.bookable else item
        for item in kept_items(congress)
    ]


def kept_items(congress: Revised) -> tuple[ProgrammeItem, ...]:
    """Return every released item; its places are those of some moment."""
    return _kept.get(congress, lambda: _read(congress))


def kept_workshops(congress: Revised) -> tuple[ProgrammeItem, ...]:
    """Return the released workshops as the programme shows them, with places of some moment."""

    def read() -> tuple[tuple[ProgrammeItem, ...], int | None]:
        items, revision = _read(congress)
        return tuple(workshops_in_order(items)), revision

    return _kept_workshops.get(congress, read)


def _read(congress: Revised) -> tuple[tuple[ProgrammeItem, ...], int | None]:
    rows = db.session.execute(RELEASED, {"congress_id": congress.id}).all()
    revision = rows[0].content_revision if rows else None
    return tuple(as_item(row) for row in rows), revision


def items_by_id(item_ids: Collection[int]) -> dict[int, ProgrammeItem]:
    """Return released items of whichever congress."""
    if not item_ids:
        return {}
    rows = db.session.execute(select(*COLUMNS).where(TABLE.c.id.in_(item_ids)))
    return {row.id: as_item(row) for row in rows}


def find_item(congress_id: int, code: str) -> ProgrammeItem | None:
    """Return one released item by its code."""
    statement = select(*COLUMNS).where(
        Row.congress_id == congress_id, Row.code == code, Row.released_starts_at.is_not(None)
    )
    row = db.session.execute(statement).one_or_none()
    return as_item(row) if row else None


def as_item(row: sa.Row[*tuple[Any, ...]]) -> ProgrammeItem:
    """Return a row of `COLUMNS` as the value that the rules and pages work with."""
    return ProgrammeItem(
        **values_of(
            row,
            "id code number bookable uid sequence revised_at minimum same_as one_of only_with"
            " assigned_at",
        ),
        kind=ItemKind(row.kind),
        mode=ItemMode(row.mode),
        allocation=Allocation(row.allocation) if row.allocation else None,
        face=as_face(row.released, row.released_starts_at, row.released_ends_at),
        places=as_places(row),
    )


def as_face(released: dict[str, Any], starts_at: datetime, ends_at: datetime) -> Face:
    """Return the released face of an item; the two moments stand in columns of their own."""
    return Face(
        title=released["title"],
        short_title=released.get("short_title", {}),  # not in what was released before there were
        abstract=released["abstract"],
        slot=TimeSlot(starts_at, ends_at),
        room=released["room"],
        people=tuple(
            PublicPerson(person["name"], person["affiliation"], person["role"])
            for person in released["people"]
        ),
        cancelled=released["cancelled"],
        online_link=released.get("online_link", ""),
    )


def as_json(face: Face) -> dict[str, Any]:
    """Return what `ProgrammeItem.released` keeps of a face: all but the two moments."""
    return {
        "title": dict(face.title),
        "short_title": dict(face.short_title),
        "abstract": dict(face.abstract),
        "room": dict(face.room),
        "people": [
            {
                "name": person.name,
                "affiliation": dict(person.affiliation),
                "role": person.role,
            }
            for person in face.people
        ],
        "cancelled": face.cancelled,
    } | ({"online_link": face.online_link} if face.online_link else {})


def as_places(row: sa.Row[*tuple[Any, ...]] | Congress | Row) -> Places:
    """Return the places of a congress or an item from its counters."""
    return Places(*_counters(row))
