"""The words of the log about the assignment by wishes: asked for, through, released, decided."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.access import ActorKind
from congress.domain.assignment.runs import RunKind
from congress.domain.times.time_slots import TimeSlot
from congress.queries.audit import LogLine
from congress.web.languages import gettext
from congress.web.organiser import assignment_words, frame, log_places

Said = Callable[[LogLine], str]


def _asked(line: LogLine) -> str:
    if line.details["kind"] == RunKind.LEAST_CHANGE:
        return gettext("An assignment with as little change as possible was asked for.")
    if line.actor is ActorKind.SYSTEM:
        return gettext("The wishes are closed: the assignment is worked out.")
    return gettext("An assignment of the workshops was asked for.")


def _released(line: LogLine) -> str:
    numbers = {name: line.details[name] for name in ("people", "waits", "letters")}
    return gettext(
        "The assignment was released. People with a place by it: %(people)s, waiting-list "
        "places for higher wishes: %(waits)s, letters: %(letters)s.",
        **numbers,
    )


def _assigned(line: LogLine) -> str:
    results = "; ".join(_result(line, **each) for each in line.details["results"])
    return gettext(
        "The assignment was released. Result for %(person)s: %(results)s.",
        person=line.person,
        results=results,
    )


def _result(
    line: LogLine,
    *,
    item: int | None,
    rank: int | None,
    how: str,
    wished: Sequence[int],
    is_other: bool,
) -> str:
    """Return what somebody got of one time; where that is nothing, what they wished for."""
    if item is not None:
        words = assignment_words.how(how, rank, is_other=is_other)
        return f"{log_places.item_name(line, item)} ({words})"
    if not wished:
        return gettext("no place")
    names = ", ".join(log_places.item_name(line, key) for key in wished)
    return gettext("no place (wished for: %(workshops)s)", workshops=names)


def _nothing_decided(line: LogLine) -> str:
    return gettext(
        "%(time)s: decided for the assignment that %(person)s gets no workshop.",
        person=line.person,
        time=_time(line),
    )


def _taken_back(line: LogLine) -> str:
    return gettext(
        "%(time)s: what was decided for the assignment of %(person)s was taken back.",
        person=line.person,
        time=_time(line),
    )


def _nothing_taken_back(line: LogLine) -> str:
    return gettext(
        "%(time)s: it was taken back for the assignment that %(person)s gets no workshop.",
        person=line.person,
        time=_time(line),
    )


def _time(line: LogLine) -> str:
    """Return of which time it was decided; what was decided is about that, not one workshop."""
    slot, dates = TimeSlot(*map(datetime.fromisoformat, line.details["time"])), frame.dates()
    return f"{dates.date(slot.starts_at)}, {dates.range(slot)}"


WORDS: dict[str, LazyString | Said] = {
    "assignment_asked": _asked,
    "assignment_stopped": _("The assignment that was being worked out was stopped."),
    "assignment_exported": _(
        "The wishes and the result of an assignment were exported, without names."
    ),
    "assignment_released": _released,
    "assigned": _assigned,
    "one_more_asked": _("It was asked what one more place in each full workshop would change."),
    "wish_decided": _("Decided for the assignment: %(person)s gets “%(item)s”."),
    "wish_barred": _("Decided for the assignment: %(person)s does not get “%(item)s”."),
    "wish_nothing_decided": _nothing_decided,
    "wish_decision_taken_back": _taken_back,
    "wish_one_taken_back": _(
        "What was decided for the assignment of %(person)s and “%(item)s” was taken back."
    ),
    "wish_nothing_taken_back": _nothing_taken_back,
}
