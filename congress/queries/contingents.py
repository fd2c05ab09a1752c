"""The places held back for people of some kinds: how many have one, and who waits."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Boolean, bindparam, case, func, literal_column, or_, select

from congress.base import table_of
from congress.domain import kinds
from congress.domain.congresses import Congress
from congress.domain.hall import CONGRESS, Hall, Person
from congress.domain.kinds import Contingent, PersonKind
from congress.domain.modes import Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import Registration
from congress.queries.positions import sits_in

PEOPLE = table_of(Registration)
IS_WAITING = PEOPLE.c.state == RegistrationState.WAITING
# Written out, as in the index, which else would not be used.
OTHERS = (
    PEOPLE.c.congress_id == bindparam("congress_id"),
    PEOPLE.c.kind != literal_column("'attendee'"),
)

# Where it is hybrid, places are held back on site alone, as far as they are counted there.
IS_COUNTED = or_(PEOPLE.c.mode != Mode.ONLINE, ~bindparam("is_hybrid", type_=Boolean))

# Made once: putting a statement together costs more than carrying it out.
COUNTED = (
    select(
        PEOPLE.c.kind,
        func.sum(case((sits_in(PEOPLE), 1), else_=0)).label("taken"),
        func.sum(case((IS_WAITING, 1), else_=0)).label("waiting"),
    )
    .where(*OTHERS, IS_COUNTED)
    .group_by(PEOPLE.c.kind)
)
ANYBODY = select(select(PEOPLE.c.id).where(*OTHERS).exists())
LINE = (
    select(PEOPLE.c.id)
    .where(*OTHERS, IS_COUNTED, IS_WAITING, PEOPLE.c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(PEOPLE.c.priority, PEOPLE.c.joined_at, PEOPLE.c.id)
    .limit(bindparam("most"))
)


def contingents(congress_id: int, rules: Rules) -> dict[PersonKind, Contingent]:
    """Return what is held back by these rules; nothing is read where that is nothing."""
    if not kinds.sizes(rules):
        return {}
    named = {"congress_id": congress_id, "is_hybrid": rules.is_hybrid}
    return counted((tuple(row) for row in db.session.execute(COUNTED, named)), rules)


def counted(rows: Iterable[tuple[str, int, int]], rules: Rules) -> dict[PersonKind, Contingent]:
    """Return the contingents from the rows of `COUNTED`: a kind, how many sit, how many wait."""
    found = {kind: Contingent(places) for kind, places in kinds.sizes(rules).items()}
    for kind, taken, waiting in rows:
        if kind in found:
            found[PersonKind(kind)] = found[PersonKind(kind)].counted(taken, waiting)
    return found


def is_anybody_else(congress_id: int) -> bool:
    """Return whether anybody comes as something else than all the others."""
    return bool(db.session.scalars(ANYBODY, {"congress_id": congress_id}).one())


def holding_back(hall: Hall, congress_id: int, rules: Rules) -> Hall:
    """Return the places of a congress with what is held back by these rules."""
    return with_held_back(hall, contingents(congress_id, rules))


def hall_for(
    comer: Person, congress: Congress, items: Iterable[ProgrammeItem] = (), *, now: datetime
) -> Hall:
    """Return the places of a congress as pages look at them for somebody who wants to come.

    What is held back is read for those alone whom it may be held back for.
    """
    hall = Hall.of(congress, items, now=now)
    if comer.kind not in kinds.sizes(congress.rules):
        return hall
    return holding_back(hall, congress.id, congress.rules)


def with_held_back(hall: Hall, found: Mapping[PersonKind, Contingent]) -> Hall:
    """Return the places of a congress with what these contingents hold back."""
    places = replace(hall.places[CONGRESS], held_back=kinds.held_back(found))
    return replace(hall, contingents=found, places={**hall.places, CONGRESS: places})


def line(
    congress_id: int, of_kinds: set[PersonKind], most: int, *, is_hybrid: bool
) -> tuple[int, ...]:
    """Return who of some kinds waits for a congress, at most so many, in their order."""
    named = {"congress_id": congress_id, "kinds": sorted(of_kinds), "most": most}
    return tuple(db.session.scalars(LINE, named | {"is_hybrid": is_hybrid}))
