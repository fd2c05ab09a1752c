"""A pasted programme whole: its rows as understood, and the plan that they make."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.pasting.cells import LONGEST_CELL
from congress.domain.pasting.doubts import Doubt, Remark, Weight, heaviest, remark
from congress.domain.pasting.people import Pasted
from congress.domain.pasting.records import MOST_ROWS, records_of
from congress.domain.pasting.rows import Row, read_row
from congress.domain.pasting.settling import Frame, Timed, settle
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import ItemKind, PersonState
from congress.domain.slugs import free_code
from congress.domain.texts import REQUIRED_LANGUAGE
from congress.domain.times.time_slots import TimeSlot


@dataclass(frozen=True)
class Pasting:
    """What was understood; `remarks` are about the table and no single row."""

    rows: tuple[Timed, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def weight(self) -> Weight | None:
        """The greatest weight of anything doubtful."""
        return heaviest(self._all())

    @property
    def questions(self) -> str:
        """What tells the guesses that have to be confirmed from any others; "" without any."""
        asked = [
            (row.number, row.text, each.doubt.value, sorted(each.facts.items()))
            for row in (timed.row for timed in self.rows)
            for each in row.remarks
            if each.weight is Weight.ASKED
        ]
        asked += [
            (0, "", each.doubt.value, sorted(each.facts.items()))
            for each in self.remarks
            if each.weight is Weight.ASKED
        ]
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:16] if asked else ""

    @property
    def workshops(self) -> list[Row]:
        return [each.row for each in self.rows if each.row.kind is ItemKind.WORKSHOP]

    def _all(self) -> Iterable[Remark]:
        yield from self.remarks
        for timed in self.rows:
            yield from timed.row.remarks


def read_pasting(text: str, frame: Frame | None) -> Pasting:
    """Return what a pasted table says; without a frame days and hours are not looked at.

    Every line of the text is in a row, in the headings, or in a remark.
    """
    found = records_of(text)
    remarks = [remark(Doubt.TEXT_LEFT_OUT, text=each) for each in found.left_out]
    remarks += [remark(Doubt.TOO_LONG, text=each, most=LONGEST_CELL) for each in found.too_long]
    if found.by_commas:
        remarks.append(remark(Doubt.SEPARATED_BY_COMMAS))
    if found.too_many:
        many = remark(Doubt.TOO_MANY_ROWS, most=MOST_ROWS, rows=found.too_many)
        return Pasting((), (many,))
    rows = [
        read_row(record, found.columns, number=number, has_headings=found.has_headings)
        for number, record in enumerate(found.records, 1)
    ]
    return Pasting(tuple(settle(rows, frame)), tuple(remarks))


def plans(
    pasting: Pasting, *, people_state: PersonState
) -> tuple[tuple[RoomPlan, ...], tuple[ItemPlan, ...]]:
    """Return the rooms and items of a programme, as far as it is known when they are."""
    codes: dict[str, str] = {}
    for timed in pasting.rows:
        if timed.row.room:
            codes.setdefault(timed.row.room, free_code(timed.row.room, codes.values()))
    rooms = tuple(RoomPlan(code, {REQUIRED_LANGUAGE: name}) for name, code in codes.items())
    items: list[ItemPlan] = []
    for timed in pasting.rows:
        if timed.slot is not None:
            taken = [each.code for each in items]
            items.append(_item(timed.row, timed.slot, codes, taken, people_state))
    return rooms, tuple(items)


def _item(
    row: Row, slot: TimeSlot, rooms: Mapping[str, str], taken: Sequence[str], state: PersonState
) -> ItemPlan:
    number = row.item_number if row.kind is ItemKind.WORKSHOP else None
    bookable = row.is_bookable
    return ItemPlan(
        code=free_code(f"workshop-{number}" if number else row.title, taken),
        kind=row.kind,
        title={REQUIRED_LANGUAGE: row.title},
        slot=slot,
        number=number,
        abstract={REQUIRED_LANGUAGE: row.description} if row.description else {},
        room=rooms.get(row.room),
        bookable=bookable,
        places=row.places if bookable else None,
        minimum=row.minimum if bookable else None,
        people=tuple(_person(each, state) for each in row.people),
    )


def _person(pasted: Pasted, state: PersonState) -> PersonPlan:
    affiliation = {REQUIRED_LANGUAGE: pasted.affiliation} if pasted.affiliation else {}
    return PersonPlan(pasted.name, affiliation, pasted.role, state)
