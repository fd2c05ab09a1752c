"""The words of the log about how places in workshops are given, and the last day for wishes."""

from collections.abc import Callable
from datetime import datetime

from flask_babel import LazyString

from congress.domain.times.time_slots import TimeSlot
from congress.queries.audit import LogLine
from congress.web.languages import gettext as _
from congress.web.organiser import frame, rules_words


def allocation_changed(line: LogLine) -> str:
    """Say of which choices places are given otherwise, and how."""
    dates = frame.dates()
    named = []
    for choice in line.details.get("choices", ()):
        slot = TimeSlot(*map(datetime.fromisoformat, choice["time"]))
        was, becomes = (_how(each) for each in choice["said"])
        named.append(f"{dates.date(slot.starts_at)}, {dates.range(slot)}: {was} → {becomes}")
    return _("Places in workshops are given otherwise: %(choices)s.", choices="; ".join(named))


def wishes_until_set(line: LogLine) -> str:
    """Say from which last day for wishes to which."""
    was, becomes = (_day(each) for each in line.details["until"])
    return _("The last day for wishes was changed: %(was)s → %(day)s.", was=was, day=becomes)


def _how(value: str) -> str:
    return rules_words.said("allocation", value) if value else _("as for the event")


def _day(moment: str | None) -> str:
    if moment is None:
        return _("like the last day for changes")
    return frame.dates().last_moment(datetime.fromisoformat(moment))


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "allocation_changed": allocation_changed,
    "wishes_until_set": wishes_until_set,
}
