"""The words of the log about groups, and about what their contacts did for somebody."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext


def _registered(line: LogLine) -> str:
    said = ngettext(
        "A contact registered %(num)d person as a group.",
        "A contact registered %(num)d people as a group.",
        line.details.get("count", 0),
    )
    together = gettext("They come only together.")
    return f"{said} {together}" if line.details.get("together") else said


def followed(line: LogLine) -> str:
    """Say that somebody is of a group, or that its contact did something for them."""
    if line.verb == "registered" and line.details.get("group"):
        return " " + gettext("The contact of a group registered them.")
    if line.details.get("by_contact"):
        return " " + gettext("The contact of their group did it.")
    return ""


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "group_registered": _registered,
    "group_parted": _("A group that wanted to come only together now comes one by one."),
}
