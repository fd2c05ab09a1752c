"""Workshops that fewer people have booked than they need, and of which nobody has said what then.

Which of them organisers are asked about by now says `domain.planning.minimum`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, select

from congress.base import columns_of, table_of, values_of
from congress.domain import allocation
from congress.domain.access import Right, may
from congress.domain.congresses import CongressState
from congress.domain.planning import minimum
from congress.domain.planning.minimum import Counted
from congress.domain.registration import RegistrationPeriod
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Congress as CongressRow
from congress.models import ProgrammeItem
from congress.queries import congresses, programme, team
from congress.queries.congresses import PERIOD
from congress.queries.team import Member

ITEMS, CONGRESSES = table_of(ProgrammeItem), table_of(CongressRow)
# As `Counted` has it; the beginning is the one that is public.
STORED = "id code number title short_title taken minimum minimum_by cancelled"
ANSWERED = "minimum_asked_at minimum_settled_at"
SHORT = select(
    *columns_of(ITEMS, f"{STORED} {ANSWERED} released_starts_at released_ends_at")
).where(
    ITEMS.c.bookable,
    ITEMS.c.minimum.is_not(None),
    ITEMS.c.taken < ITEMS.c.minimum,
    ITEMS.c.released_starts_at.is_not(None),
    ITEMS.c.minimum_settled_at.is_(None),
    ITEMS.c.cancelled.is_(False),
)
IN_ORDER = (ITEMS.c.released_starts_at, ITEMS.c.number, ITEMS.c.id)


class OnCalendar(Protocol):
    """A congress, as far as it decides when its workshops are looked at."""

    @property
    def id(self) -> int: ...
    @property
    def state(self) -> CongressState: ...
    @property
    def period(self) -> RegistrationPeriod: ...
    @property
    def zone(self) -> ZoneInfo: ...


def open_ones(congress: OnCalendar, *, now: datetime) -> list[Counted]:
    """Return the workshops of which organisers are to say whether they take place."""
    if congress.state is not CongressState.PUBLISHED:
        return []
    return _open(SHORT.where(ITEMS.c.congress_id == congress.id), congress, now=now)


def find(congress: OnCalendar, code: str, *, now: datetime) -> Counted | None:
    """Return one of them by its code."""
    return next((each for each in open_ones(congress, now=now) if each.code == code), None)


def unasked(congress: OnCalendar, *, now: datetime) -> list[Counted]:
    """Return those of which nobody was told by mail yet."""
    return [each for each in open_ones(congress, now=now) if each.asked_at is None]


def find_due(*, now: datetime) -> int | None:
    """Return the first congress whose organisers are to be told of any."""
    statement = (
        SHORT.add_columns(*columns_of(CONGRESSES, f"timezone {PERIOD}"))
        .add_columns(CONGRESSES.c.id.label("congress_id"))
        .join(CONGRESSES, CONGRESSES.c.id == ITEMS.c.congress_id)
        .where(
            ITEMS.c.minimum_asked_at.is_(None),
            ITEMS.c.released_starts_at > now,
            CONGRESSES.c.state == CongressState.PUBLISHED,
        )
        .order_by(CONGRESSES.c.id)
    )
    for row in db.session.execute(statement):
        period, zone = RegistrationPeriod(**values_of(row, PERIOD)), ZoneInfo(row.timezone)
        about = (CongressState.PUBLISHED, period, zone)
        if minimum.is_open(_counted(row), *about, now=now) and row.id not in _by_wishes(
            row.congress_id
        ):
            return int(row.congress_id)
    return None


def _by_wishes(congress_id: int) -> frozenset[int]:
    """Return where nobody has a place yet as wishes come first: these are not short."""
    congress = congresses.get_congress(congress_id)
    return allocation.unassigned(programme.kept_items(congress), congress.rules.allocation)


def readers(congress_id: int, *, now: datetime) -> Sequence[Member]:
    """Return who decides about the programme: the team, and administrators where there is none."""
    found = [
        each for each in team.members(congress_id, now=now) if may(each.roles, Right.EDIT_PROGRAMME)
    ]
    own = [each for each in found if may(each.own_roles, Right.EDIT_PROGRAMME)]
    return own or found


def _open(statement: Select[Any], congress: OnCalendar, *, now: datetime) -> list[Counted]:
    rows = db.session.execute(statement.order_by(*IN_ORDER))
    about = (congress.state, congress.period, congress.zone)
    found = [each for row in rows if minimum.is_open(each := _counted(row), *about, now=now)]
    by_wishes = _by_wishes(congress.id) if found else frozenset[int]()
    return [each for each in found if each.id not in by_wishes]


def _counted(row: Row[Any]) -> Counted:
    return Counted(
        **values_of(row, STORED),
        slot=TimeSlot(row.released_starts_at, row.released_ends_at),
        asked_at=row.minimum_asked_at,
        settled_at=row.minimum_settled_at,
    )
