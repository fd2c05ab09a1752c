"""Who signs where: the rows of sign-in sheets as of now, and sheets as they were printed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.modes import Mode
from congress.domain.names import full_name
from congress.domain.registration import BookingState
from congress.domain.sign_in import SheetFor, SignInRow
from congress.extensions import db
from congress.models import SignInSheet
from congress.queries.attendances import HAS_PLACE, PEOPLE
from congress.queries.congresses import get_congress
from congress.queries.registrations import BOOKED

SHEETS = table_of(SignInSheet)
NAMED = columns_of(PEOPLE, "id given_name family_name organisation")
IN_ORDER = columns_of(PEOPLE, "family_key id")  # family and given name, folded


@dataclass(frozen=True)
class PrintedSheet:
    """A sheet as it was printed: who stood in its rows, by their numbers."""

    id: int
    code: str
    printed_at: datetime
    registrations: tuple[int, ...]


def rows(congress_id: int, item_id: int | None, day: date) -> list[SignInRow]:
    """Return the rows of one sheet as it would be printed now."""
    meant = SheetFor(day, item_id)
    return list(rows_of(congress_id, [meant])[meant])


def rows_of(congress_id: int, sheets: Sequence[SheetFor]) -> dict[SheetFor, tuple[SignInRow, ...]]:
    """Return the rows of each sheet as it would be printed now, in order of the names.

    Who has a place signs: in a workshop those of it. Whoever of a hybrid congress takes part
    online is expected nowhere. The statements are as many for all sheets as for one.
    """
    here = [PEOPLE.c.congress_id == congress_id, HAS_PLACE]
    if get_congress(congress_id).rules.is_hybrid:
        here.append(PEOPLE.c.mode != Mode.ONLINE)
    in_item: dict[int | None, list[SignInRow]] = {}
    wanted = {each.item_id for each in sheets}
    if None in wanted:
        everybody = db.session.execute(select(*NAMED).where(*here).order_by(*IN_ORDER))
        in_item[None] = _numbered(everybody)
    if items := wanted - {None}:
        booked = db.session.execute(
            select(BOOKED.c.item_id, *NAMED)
            .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
            .where(*here, BOOKED.c.item_id.in_(items), BOOKED.c.state == BookingState.CONFIRMED)
            .order_by(BOOKED.c.item_id, *IN_ORDER)
        )
        by_item: dict[int, list[Sequence[Any]]] = {}
        for item_id, *person in booked:
            by_item.setdefault(item_id, []).append(person)
        in_item |= {item_id: _numbered(people) for item_id, people in by_item.items()}
    return {each: tuple(in_item.get(each.item_id, ())) for each in sheets}


def printed(congress_id: int, meant: SheetFor) -> list[PrintedSheet]:
    """Return the sheets that were printed for a day or a workshop, the latest first."""
    return printed_all(congress_id, [meant])[meant]


def printed_all(
    congress_id: int, sheets: Collection[SheetFor]
) -> dict[SheetFor, list[PrintedSheet]]:
    """Return the same of several at once."""
    found: dict[SheetFor, list[PrintedSheet]] = {each: [] for each in sheets}
    lines = db.session.execute(
        select(*columns_of(SHEETS, "item_id day id code printed_at registrations"))
        .where(
            SHEETS.c.congress_id == congress_id,
            SHEETS.c.day.in_({each.day for each in sheets}),
        )
        .order_by(SHEETS.c.id.desc())
    )
    for item_id, day, id_, code, at, people in lines:
        if (meant := SheetFor(day, item_id)) in found:
            found[meant].append(PrintedSheet(id_, code, at, tuple(people)))
    return found


def codes(congress_id: int) -> frozenset[str]:
    """Return the codes that sheets of a congress bear already."""
    return frozenset(
        db.session.scalars(select(SHEETS.c.code).where(SHEETS.c.congress_id == congress_id))
    )


def _numbered(people: Iterable[Sequence[Any]]) -> list[SignInRow]:
    return [
        SignInRow(number, id_, full_name(given, family), organisation)
        for number, (id_, given, family, organisation) in enumerate(people, start=1)
    ]
