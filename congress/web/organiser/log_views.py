"""The words of the log about the attendee list: views that everybody finds, and files."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.attendee_files import Line
from congress.queries.audit import LogLine
from congress.web.languages import ngettext


def _about(sentence: LazyString) -> Callable[[LogLine], str]:
    return lambda line: str(sentence) % line.details


def _exported(line: LogLine) -> str:
    facts = {
        "format": str(line.details.get("format", "")).upper(),
        "columns": line.details.get("columns", len(line.fields)),
    }
    if line.details.get("line") == Line.BOOKING:
        return ngettext(
            "The bookings of %(num)d person were exported as %(format)s (%(columns)d columns).",
            "The bookings of %(num)d people were exported as %(format)s (%(columns)d columns).",
            line.details.get("count", 0),
            **facts,
        )
    return ngettext(
        "The list with %(num)d person was exported as %(format)s (%(columns)d columns).",
        "The list with %(num)d people was exported as %(format)s (%(columns)d columns).",
        line.details.get("count", 0),
        **facts,
    )


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "attendees_exported": _exported,
    "view_shared": _about(_("The view “%(view)s” of the registrations was saved for everyone.")),
    "view_replaced": _about(_("The view “%(view)s” of the registrations was replaced.")),
    "view_renamed": _about(
        _("A view of the registrations was renamed: “%(before)s” → “%(view)s”.")
    ),
    "view_deleted": _about(_("The view “%(view)s” of the registrations was deleted.")),
}
