"""How many people registered and withdrew in each week, in one statement however many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from congress.base import columns_of
from congress.domain import turnout
from congress.domain.congresses import Congress
from congress.domain.registration import RegistrationState
from congress.domain.texts import Texts
from congress.domain.turnout import Edition, Line, Week
from congress.extensions import db
from congress.models import Congress as CongressRow
from congress.models import CongressDay, Registration
from congress.queries.kept import Kept, Shared
from congress.queries.unchanged import State

HEADING = columns_of(CongressRow, "title town timezone")
KINDS = ("came", "left")
TWICE = "twice"  # came a second time, and was merged: one person came once


Counted = dict[tuple[str, int], int]  # by came or left, and the place of the week

_kept: Kept[Counted] = Kept(
    Shared(
        "turnout",
        lambda found: [(*key, count) for key, count in found.items()],
        lambda rows: {(kind, at): count for kind, at, count in rows},
    )
)


@dataclass(frozen=True)
class LastEdition:
    """The edition before, with its line over the same days before its own day."""

    id: int
    title: Texts
    town: str
    year: int
    line: Line
    then: int  # how many it had at the distance at which this one is now


@dataclass(frozen=True)
class Turnout:
    """The weeks of a congress, its line, and where there is one its last edition."""

    weeks: tuple[Week, ...]
    line: Line
    last: LastEdition | None


def of_congress(congress: Congress, state: State, *, now: datetime) -> Turnout:
    """Return the weeks since registration opened, until the congress is over.

    Its people are counted once for each state of the congress.
    """
    until = min(now, congress.ends_at)
    edition = Edition(congress.starts_at.astimezone(congress.zone).date(), congress.zone)
    days = turnout.weeks(congress.period.opens_at, until, edition)
    ends = turnout.ends(days, congress.zone)
    key = (*state, *(end.isoformat() for end in ends))
    found = _kept.at(key, lambda: (_counts(congress.id, ends), True))
    came, left = ({week: found[kind, week] for kind, week in found if kind == of} for of in KINDS)
    distances = [*(edition.distance(end) for end in ends), edition.distance(until)]
    last, before = _last_edition(congress.id, (edition.day - days[0]).days, distances)
    weeks = turnout.turnout(days, came, left, before)
    totals = (week.total for week in weeks)
    line = [((edition.day - days[0]).days, 0), *zip(distances, totals, strict=True)]
    return Turnout(weeks, line, last)


def _last_edition(
    congress_id: int, first: int, distances: Sequence[float]
) -> tuple[LastEdition | None, Sequence[int] | None]:
    """Return the edition before, and how many it had at each of some distances from its day."""
    row = db.session.execute(
        select(CongressRow.id, *HEADING, CongressDay.starts_at)
        .join(CongressDay, CongressDay.congress_id == CongressRow.id)
        .where(CongressRow.id == _edition_before(congress_id))
        .order_by(CongressDay.starts_at)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None, None
    zone = ZoneInfo(row.timezone)
    edition = Edition(row.starts_at.astimezone(zone).date(), zone)
    now = distances[-1]
    later = [week for week in range(0, first, 7) if week < now]  # what lies ahead of this one
    marks = sorted({float(first), *distances, *later}, reverse=True)
    moments = [edition.at(each) for each in marks]
    found = _counts(row.id, moments)
    nets = (found.get(("came", at), 0) - found.get(("left", at), 0) for at in range(len(marks)))
    totals = dict(zip(marks, accumulate(nets), strict=True))
    if not any(totals.values()):
        return None, None  # nobody was registered there, or their rows are gone
    before = [totals[each] for each in distances]
    line = list(totals.items())
    return LastEdition(row.id, row.title, row.town, edition.day.year, line, before[-1]), before


def _edition_before(congress_id: int) -> ColumnElement[int]:
    return select(CongressRow.edition_of_id).where(CongressRow.id == congress_id).scalar_subquery()


def _counts(congress_id: int, ends: Sequence[datetime]) -> Counted:
    """Return how many people came and left in each week, by its place.

    Who came is counted in the index of that moment, week by week: a look at each of very many rows
    takes longer. Of those who left there are few.
    """
    came = (
        select(literal("came"), literal(at), func.count()).where(
            Registration.congress_id == congress_id, *_within(at, ends)
        )
        for at in range(len(ends) + 1)
    )
    has_left = (
        Registration.congress_id == congress_id,
        Registration.state == RegistrationState.CANCELLED,
    )
    week = _week(Registration.cancelled_at, ends).label("week")
    left = (
        select(literal("left"), week, func.count())
        .where(*has_left, Registration.merged_into_id.is_(None))
        .group_by(week)
    )
    again = _week(Registration.created_at, ends).label("week")
    twice = (
        select(literal(TWICE), again, func.count())
        .where(*has_left, Registration.merged_into_id.is_not(None))
        .group_by(again)
    )
    rows = db.session.execute(union_all(*came, left, twice))
    found = {(row[0], row[1]): row[2] for row in rows if row[2]}
    for kind, at in list(found):
        if kind == TWICE:
            found["came", at] -= found.pop((TWICE, at))
    return found


def _within(at: int, ends: Sequence[datetime]) -> list[ColumnElement[bool]]:
    moment = Registration.created_at
    since = [moment >= ends[at - 1]] if at else []
    return since + ([moment < ends[at]] if at < len(ends) else [])


def _week(moment: InstrumentedAttribute[Any], ends: Sequence[datetime]) -> ColumnElement[int]:
    cases = [(moment < end, literal(at)) for at, end in enumerate(ends)]
    return case(*cases, else_=literal(len(ends))) if cases else literal(0)
