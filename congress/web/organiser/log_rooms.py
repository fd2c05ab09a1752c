"""The words of the log about rooms, days and modules."""

from collections.abc import Iterator
from datetime import datetime

from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot
from congress.queries.audit import LogLine
from congress.web.languages import gettext, text
from congress.web.organiser import frame, module_words


def edited(line: LogLine) -> str:
    """Say which rooms came and went, and what of the others is otherwise."""
    return gettext("The rooms were changed: %(what)s.", what="; ".join(_said(line)))


def _said(line: LogLine) -> Iterator[str]:
    details = line.details
    for name in details["rooms_added"]:
        yield gettext("%(room)s is new", room=_quoted(name))
    for name in details["rooms_removed"]:
        yield gettext("%(room)s is gone", room=_quoted(name))
    for was, now in details["names"]:
        yield f"{_quoted(was)} → {_quoted(now)}"
    for name, was, now in details["seats"]:
        yield gettext(
            "chairs in %(room)s: %(before)s → %(after)s",
            room=_quoted(name),
            before="–" if was is None else was,
            after="–" if now is None else now,
        )
    if details["is_reordered"]:
        yield gettext("their order")


def _quoted(name: Texts) -> str:
    return gettext("“%(title)s”", title=text(name))


def days_changed(line: LogLine) -> str:
    """Say which days there were, and which there are."""
    before, after = (", ".join(map(_day, days)) for days in line.details["days"])
    return gettext("The days were changed: %(before)s → %(after)s.", before=before, after=after)


def modules_edited(line: LogLine) -> str:
    """Say which titles and places of modules were changed, and from what to what."""
    named = (
        f"{module_words.label(name)} {_text(before)} → {_text(after)}"
        for name, (before, after) in line.details["changes"].items()
    )
    return gettext("The modules were changed: %(fields)s.", fields="; ".join(named))


def _text(said: str) -> str:
    return gettext("“%(title)s”", title=said) if said else "–"


def _day(stated: list[str]) -> str:
    slot = TimeSlot(*map(datetime.fromisoformat, stated[1:]))
    return f"{frame.dates().date(slot.starts_at)}, {frame.dates().range(slot)}"
