"""Who signs where: the rows of sign-in sheets as of now, and sheets as they were printed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select

from congress.base import columns_of, table_of
from congress.domain.attendance import CameBy
from congress.domain.modes import Mode
from congress.domain.names import full_name
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.sign_in import OnPaper, SheetFor, SignInRow
from congress.extensions import db
from congress.models import SignInSheet
from congress.queries.attendances import CAME, HAS_PLACE, PEOPLE
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


@dataclass(frozen=True)
class Named:
    """Somebody as the page that takes over a paper names them."""

    id: int
    name: str
    organisation: str


def named(congress_id: int, people: Collection[int]) -> dict[int, Named]:
    """Return who they are; whoever is of another congress is left out (SEC-02)."""
    found = db.session.execute(
        select(*NAMED).where(PEOPLE.c.congress_id == congress_id, PEOPLE.c.id.in_(people))
    )
    return {
        id_: Named(id_, full_name(given, family), organisation)
        for id_, given, family, organisation in found
    }


@dataclass(frozen=True)
class PaperPeople:
    """What is known of the people of a paper, those who were merged under what goes on."""

    paper: OnPaper
    noted: Mapping[int, CameBy]  # who is recorded there so far, also who is not on the paper
    with_place: frozenset[int]
    goes_on: Mapping[int, int]  # of everybody on the paper: under which number, mostly their own


def people_of(congress_id: int, where: SheetFor, paper: OnPaper) -> PaperPeople:
    """Look up the people of a paper; whoever is of another congress is left out."""
    named = paper.sheet | paper.signed | paper.others | paper.dropped
    found = db.session.execute(
        select(*columns_of(PEOPLE, "id merged_into_id state mode")).where(
            PEOPLE.c.congress_id == congress_id,
            or_(PEOPLE.c.id.in_(named), PEOPLE.c.id.in_(_merged_into(named))),
        )
    ).all()
    merged = {row.id: row.merged_into_id or row.id for row in found}
    goes_on = {id_: merged.get(into, into) for id_, into in merged.items()}
    is_hybrid = get_congress(congress_id).rules.is_hybrid
    with_place = frozenset(
        row.id
        for row in found
        if row.state == RegistrationState.CONFIRMED and not (is_hybrid and row.mode == Mode.ONLINE)
    )

    def going_on(people: Collection[int]) -> frozenset[int]:
        return frozenset(goes_on[each] for each in people if each in goes_on)

    return PaperPeople(
        OnPaper(
            going_on(paper.sheet),
            going_on(paper.signed),
            going_on(paper.others),
            going_on(paper.dropped),
        ),
        noted(congress_id, where),
        with_place,
        goes_on,
    )


def noted(congress_id: int, where: SheetFor) -> dict[int, CameBy]:
    """Return who is recorded as there so far, and how that is known."""
    found = db.session.execute(
        select(CAME.c.registration_id, CAME.c.came_by)
        .join(PEOPLE, PEOPLE.c.id == CAME.c.registration_id)
        .where(
            PEOPLE.c.congress_id == congress_id,
            CAME.c.item_id == where.item_id,  # IS NULL for the congress itself
            CAME.c.day == where.day,
        )
    )
    return {person: CameBy(by) for person, by in found}


def _merged_into(people: Collection[int]) -> Select[*tuple[int | None]]:
    return select(PEOPLE.c.merged_into_id).where(
        PEOPLE.c.id.in_(people), PEOPLE.c.merged_into_id.is_not(None)
    )
