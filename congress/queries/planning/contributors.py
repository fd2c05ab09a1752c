"""The people in the programme of one congress: what they do, how to reach them, what they said."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select

from congress.base import columns_of, table_of
from congress.domain import tokens
from congress.domain.folding import fold_for_order
from congress.domain.planning.contributors import Contributor, Part
from congress.domain.programme import ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import (
    Contribution,
    Material,
    Person,
    Portrait,
    ProgrammeItem,
    Room,
    WorkshopReport,
)
from congress.models import Contributor as Known
from congress.queries.planning import moves
from congress.queries.programme import as_face

ITEMS, DOES, KNOWN, PEOPLE, ROOMS = map(
    table_of, (ProgrammeItem, Contribution, Known, Person, Room)
)
PORTRAITS, REPORTS, MATERIALS = map(table_of, (Portrait, WorkshopReport, Material))
PARTS = (
    select(
        DOES.c.person_id,
        PEOPLE.c.name,
        PEOPLE.c.affiliation,
        *columns_of(DOES, "id item_id role state answered_at note"),
        *columns_of(ITEMS, "code kind number title starts_at ends_at cancelled online_link"),
        *columns_of(ITEMS, "released released_starts_at released_ends_at"),
        ROOMS.c.name.label("room"),
    )
    .join(ITEMS, ITEMS.c.id == DOES.c.item_id)
    .join(PEOPLE, PEOPLE.c.id == DOES.c.person_id)
    .outerjoin(ROOMS, ROOMS.c.id == ITEMS.c.room_id)
    .order_by(ITEMS.c.starts_at, ITEMS.c.ends_at, ITEMS.c.number, ITEMS.c.id, DOES.c.position)
)
REACHED = select(
    *columns_of(KNOWN, "person_id email language invited_at nonce"),
    PEOPLE.c.name,
    PEOPLE.c.affiliation,
).join(PEOPLE, PEOPLE.c.id == KNOWN.c.person_id)


@dataclass(frozen=True)
class Opened:
    """What a personal link opens."""

    contributor_id: int
    congress_id: int
    person: Contributor


@dataclass(frozen=True)
class Concerned:
    """Whom publishing concerns by what they do: who is told by mail, and who has no address."""

    told: tuple[Contributor, ...] = ()
    untold: tuple[Contributor, ...] = ()

    @property
    def items(self) -> frozenset[int]:
        """The items that somebody is told of."""
        return frozenset(part.item_id for each in self.told for part in each.news)


@dataclass(frozen=True)
class Outstanding:
    """How many were asked and have not answered, and how many declined by themselves."""

    asked: int
    declined: int
    drafts: int = 0  # people who want something else to be said of them
    needs: int = 0  # workshops whose rooms need something that organisers have not seen
    results: int = 0  # workshops whose results wait to be published
    first_needs: str | None = None  # the code of one of these workshops
    first_results: str | None = None
    materials: int = 0  # documents, photos and links that were sent and wait to be published
    first_material: str | None = None  # the code of one of their workshops


def of_congress(congress_id: int, person_ids: Collection[int] | None = None) -> list[Contributor]:
    """Return everybody in the programme, and who was asked and is in it no longer, by name."""
    parts: dict[int, list[Part]] = defaultdict(list)
    named: dict[int, Row[Any]] = {}
    in_it = PARTS.where(ITEMS.c.congress_id == congress_id)
    for row in db.session.execute(_among(in_it, DOES.c.person_id, person_ids)):
        parts[row.person_id].append(_as_part(row))
        named.setdefault(row.person_id, row)
    of_it = REACHED.where(KNOWN.c.congress_id == congress_id)
    reached = {
        row.person_id: row
        for row in db.session.execute(_among(of_it, KNOWN.c.person_id, person_ids))
    }
    found = [
        _as_contributor(row, reached.get(number), tuple(parts[number]))
        for number, row in (reached | named).items()
    ]
    return sorted(found, key=lambda each: (fold_for_order(each.name), each.person_id))


def find(congress_id: int, person_id: int) -> Contributor | None:
    """Return somebody who is in the programme of a congress, or was asked to be."""
    return next(iter(of_congress(congress_id, [person_id])), None)


def concerned(congress_id: int, only: Collection[str] | None = None) -> Concerned:
    """Return whom publishing the programme as it is planned now would concern.

    With `only`, that is what is published of it: the items with these codes.
    """
    found = of_congress(congress_id)
    if only is not None:
        found = [
            replace(each, parts=tuple(part for part in each.parts if part.code in only))
            for each in found
        ]
    people = [each for each in found if each.news]
    return Concerned(
        told=tuple(each for each in people if each.email),
        untold=tuple(each for each in people if not each.email),
    )


def find_known(congress_id: int, person_id: int) -> Contributor | None:
    """Return somebody with what they may know of their parts: as published."""
    person = find(congress_id, person_id)
    return person.as_known if person else None


def find_by_token(token: str) -> Opened | None:
    """Return what a personal link opens; None once it opens nothing any more."""
    statement = select(KNOWN.c.id, KNOWN.c.congress_id, KNOWN.c.person_id).where(
        KNOWN.c.digest == tokens.digest(token)
    )
    row = db.session.execute(statement).one_or_none()
    person = find_known(row.congress_id, row.person_id) if row else None
    return Opened(row.id, row.congress_id, person) if row and person else None


def outstanding(congress_id: int) -> Outstanding:
    """Return how many answers are missing, how many are no, how many drafts wait."""
    held = (ITEMS.c.congress_id == congress_id, ITEMS.c.cancelled.is_(False))
    of_held = select(func.count(DOES.c.person_id.distinct())).join(
        ITEMS, ITEMS.c.id == DOES.c.item_id
    )
    asked = of_held.join(
        KNOWN,
        (KNOWN.c.person_id == DOES.c.person_id) & (KNOWN.c.congress_id == ITEMS.c.congress_id),
    ).where(*held, DOES.c.state == PersonState.REQUESTED, KNOWN.c.nonce.is_not(None))
    declined = of_held.where(
        *held, DOES.c.state == PersonState.DECLINED, DOES.c.answered_at.is_not(None)
    )
    waits = KNOWN.c.draft.is_not(None) | exists().where(
        PORTRAITS.c.contributor_id == KNOWN.c.id, PORTRAITS.c.is_draft.is_(True)
    )
    drafts = select(func.count()).where(KNOWN.c.congress_id == congress_id, waits)
    is_new = (REPORTS.c.needs != "", REPORTS.c.needs_seen_at.is_(None))
    told = [
        select(what)
        .join(ITEMS, ITEMS.c.id == REPORTS.c.item_id)
        .where(REPORTS.c.congress_id == congress_id, *which)
        for what in (func.count(REPORTS.c.id), func.min(ITEMS.c.code))
        for which in (is_new, (REPORTS.c.draft.is_not(None),))
    ]
    waiting = (MATERIALS.c.congress_id == congress_id, MATERIALS.c.is_sent)
    told += [
        select(what)
        .join(ITEMS, ITEMS.c.id == MATERIALS.c.item_id)
        .where(*waiting, MATERIALS.c.is_published.is_(False))
        for what in (func.count(MATERIALS.c.id), func.min(ITEMS.c.code))
    ]
    counts = select(*(each.scalar_subquery() for each in (asked, declined, drafts, *told)))
    return Outstanding(*db.session.execute(counts).one())


def _among(
    statement: Select[Any],
    column: ColumnElement[int],
    person_ids: Collection[int] | None,
) -> Select[Any]:
    return statement if person_ids is None else statement.where(column.in_(person_ids))


def _as_part(row: Row[Any]) -> Part:
    shown = row.released and as_face(row.released, row.released_starts_at, row.released_ends_at)
    moved = shown and row.answered_at and moves.shown_at(row.released, row.answered_at)
    return Part(
        id=row.id,
        item_id=row.item_id,
        code=row.code,
        kind=ItemKind(row.kind),
        number=row.number,
        title=row.title,
        slot=TimeSlot(row.starts_at, row.ends_at),
        room=row.room or {},
        role=row.role,
        state=PersonState(row.state),
        is_cancelled=row.cancelled,
        answered_at=row.answered_at,
        note=row.note,
        shown=shown or None,
        agreed_to=moved or None,
        online_link=row.online_link,
    )


def _as_contributor(
    named: Row[Any], reached: Row[Any] | None, parts: tuple[Part, ...]
) -> Contributor:
    return Contributor(
        person_id=named.person_id,
        name=named.name,
        affiliation=named.affiliation,
        email=reached.email if reached else "",
        language=reached.language if reached else "de",
        invited_at=reached.invited_at if reached else None,
        has_link=bool(reached and reached.nonce),
        parts=parts,
    )
