"""The words of the log about workshops that too few had booked, or that were called off at once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from congress.queries.audit import LogLine
from congress.web.languages import gettext
from congress.web.organiser import frame, log_items, log_places

AN_INSTANT = timedelta(microseconds=1)


def _missed(line: LogLine) -> str:
    return gettext(
        "“%(item)s” had %(taken)s of at least %(minimum)s places taken, and the team was asked.",
        item=log_items.name_of(line),
        taken=line.details["taken"],
        minimum=line.details["minimum"],
    )


def _settled(line: LogLine) -> str:
    return gettext(
        "“%(item)s” takes place all the same, with %(taken)s of at least %(minimum)s places taken.",
        item=log_items.name_of(line),
        taken=line.details["taken"],
        minimum=line.details["minimum"],
    )


def _put_off(line: LogLine) -> str:
    return gettext(
        "Whether “%(item)s” takes place is checked again on %(day)s.",
        item=log_items.name_of(line),
        day=frame.dates().date(date.fromisoformat(line.details["day"])),
    )


def called_off(line: LogLine) -> str:
    """Say what was called off, and until when its people may choose again."""
    items = line.details.get("items", ())
    named = ", ".join(log_places.item_name(line, number) for number in items)
    said = gettext("%(workshops)s was cancelled.", workshops=named)
    if not (until := line.details.get("until")):
        return said
    last = frame.dates().date(datetime.fromisoformat(until) - AN_INSTANT)
    longer = gettext("Its people can choose again up to and including %(day)s.", day=last)
    return f"{said} {longer}"


def _put_elsewhere(line: LogLine) -> str:
    return gettext(
        "%(person)s’s selection was changed, as %(workshop)s is not taking place: "
        "%(before)s → %(after)s.",
        person=line.person,
        workshop=log_places.item_name(line, line.details["item"]),
        before=log_places.places_then(line, "before"),
        after=log_places.places_then(line, "after"),
    )


def _hosted(line: LogLine) -> str:
    name, item = line.details["name"], log_items.name_of(line)
    if not name:
        return gettext("“%(item)s” has no host organisation any more.", item=item)
    return gettext("“%(item)s” is at “%(name)s”.", item=item, name=name)


WORDS: dict[str, Callable[[LogLine], str]] = {
    "minimum_missed": _missed,
    "minimum_settled": _settled,
    "minimum_put_off": _put_off,
    "put_elsewhere": _put_elsewhere,
    "item_host_said": _hosted,
}
