"""The course of registrations beside that of the last edition, as a drawing and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from congress import clock
from congress.domain import turnout
from congress.domain.access import Right
from congress.domain.congresses import Congress, CongressState
from congress.domain.texts import Texts
from congress.domain.turnout import Chart, Week
from congress.queries import turnout as queries
from congress.queries.turnout import Turnout
from congress.queries.unchanged import State
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame

WIDE, NARROW = (1120, 260), (340, 220)  # as wide and high as the two drawings are
NEAR = 3  # times as many as came: from there on the line of all places would flatten the others


@dataclass(frozen=True)
class Drawing:
    """One drawing: where its lines run, and what stands at them."""

    chart: Chart
    now: list[tuple[float, float]]
    then: list[tuple[float, float]]  # of the last edition; empty without one
    then_now: tuple[float, float] | None  # at the distance at which this one is
    deadline: float | None  # how far from the left, while it lies on the drawing


@dataclass(frozen=True)
class Course:
    """The weeks with their words, and the same drawn in two widths."""

    weeks: tuple[Week, ...]
    days: list[str]  # on which each week begins
    wide: Drawing
    narrow: Drawing
    summary: str
    name: str
    last: str  # name of the last edition; empty without one
    more: str  # than it had then
    places: int | None  # where their line is drawn
    begins: str  # what stands at the left edge


def of_registrations(congress: Congress, state: State) -> Course | None:
    """Return how many were registered week by week; a draft has no course yet."""
    if congress.state is CongressState.DRAFT:
        return None
    found = queries.of_congress(congress, state, now=clock.now())
    if found.last and not access.account().may(Right.SEE_CONGRESS, found.last.id):
        found = replace(found, last=None)
    if not any(week.came for week in found.weeks):
        return None
    days = [frame.dates().date(week.begins) for week in found.weeks]
    most = max(
        value for _distance, value in [*found.line, *(found.last.line if found.last else ())]
    )
    places = congress.places.capacity
    if places is not None and not most / NEAR <= places <= most * NEAR:
        places = None
    marks = turnout.lines(max(most, places or 0))
    wide, narrow = (_drawing(congress, found, size, marks) for size in (WIDE, NARROW))
    if congress.state is CongressState.CANCELLED:
        summary = _when_called_off(found.weeks[-1].total)
    else:
        summary = _summary(found.weeks, days)
    more = _more(found)
    begins = round(found.line[0][0])
    first = ngettext("%(num)d day before", "%(num)d days before", begins)
    return Course(
        found.weeks,
        days,
        wide,
        narrow,
        " ".join(filter(None, [summary, more])),
        _name(congress.title, congress.town, congress.starts_at.astimezone(congress.zone).year),
        _name(found.last.title, found.last.town, found.last.year) if found.last else "",
        more,
        places,
        first,
    )


def _drawing(
    congress: Congress, found: Turnout, size: tuple[int, int], marks: Sequence[int]
) -> Drawing:
    first, now = found.line[0][0], found.line[-1][0]
    last = min(0.0, now)
    chart = Chart(*size, 44, 28, max(first, last + 1), last, marks)
    edition = turnout.Edition(congress.starts_at.astimezone(congress.zone).date(), congress.zone)
    closes = edition.distance(congress.period.closes_at - timedelta(microseconds=1))
    return Drawing(
        chart,
        chart.points(found.line),
        chart.points(found.last.line) if found.last else [],
        (chart.x(now), chart.y(found.last.then)) if found.last else None,
        chart.x(closes) if last <= closes <= first else None,
    )


def _name(title: Texts, town: str, year: int) -> str:
    """Name an edition as people do: the editions of a series often have one title."""
    return f"{town or languages.text(title)} {year}"


def _more(found: Turnout) -> str:
    """Say how this edition stands beside the last one, as far before the event."""
    if found.last is None:
        return ""
    title, then = _name(found.last.title, found.last.town, found.last.year), found.last.then
    more = found.weeks[-1].total - then
    words = {"title": title, "then": then, "more": abs(more)}
    if more > 0:
        return _("%(more)d more than %(title)s had at this point (%(then)d).", **words)
    if more < 0:
        return _("%(more)d fewer than %(title)s had at this point (%(then)d).", **words)
    return _("As many as %(title)s had at this point.", **words)


def _when_called_off(total: int) -> str:
    return ngettext(
        "%(num)d person was registered or waiting.",
        "%(num)d people were registered or waiting.",
        total,
    )


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
