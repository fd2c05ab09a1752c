"""The course of registrations, as a drawing and as a table."""

from dataclasses import dataclass

from congress import clock
from congress.domain import turnout
from congress.domain.congresses import Congress, CongressState
from congress.domain.turnout import Chart, Week
from congress.queries import turnout as queries
from congress.web.languages import ngettext
from congress.web.organiser import frame

WIDE, NARROW = (1120, 260), (340, 220)  # as wide and high as the two drawings are


@dataclass(frozen=True)
class Course:
    """The weeks with their words, and the same drawn in two widths."""

    weeks: tuple[Week, ...]
    days: list[str]  # from which each week is
    wide: Chart
    narrow: Chart
    summary: str
    is_running: bool


def of_registrations(congress: Congress) -> Course | None:
    """Return how many were registered week by week; a draft has no course yet."""
    if congress.state is CongressState.DRAFT:
        return None
    weeks = queries.by_week(congress, now=clock.now())
    if not any(week.came for week in weeks):
        return None
    totals = [0, *(week.total for week in weeks)]
    marks = turnout.lines(max(totals))
    wide, narrow = (Chart(width, height, 44, 28, totals, marks) for width, height in (WIDE, NARROW))
    days = [frame.dates().date(week.monday) for week in weeks]
    is_running = not congress.is_over(clock.now())
    return Course(weeks, days, wide, narrow, _summary(weeks, days), is_running)


def _summary(weeks: tuple[Week, ...], days: list[str]) -> str:
    """Say what the drawing shows, for whoever does not see it."""
    total = ngettext(
        "%(num)d person is registered or waiting.",
        "%(num)d people are registered or waiting.",
        weeks[-1].total,
    )
    week = ngettext(
        "%(num)d registered in the week from %(day)s.",
        "%(num)d registered in the week from %(day)s.",
        weeks[-1].came,
        day=days[-1],
    )
    return f"{total} {week}" if len(weeks) > 1 else total
