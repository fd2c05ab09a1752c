"""The words of the log about the attendee list: views that everybody finds, and files."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.attendee_files import Line
from congress.domain.list_mails import USUAL_HOUR, Rhythm
from congress.formats import rhythm_words
from congress.queries.audit import LogLine
from congress.web import languages
from congress.web.languages import gettext, ngettext


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


def _link_set(line: LogLine) -> str:
    rhythm = Rhythm(line.details.get("weekday"), line.details.get("hour", USUAL_HOUR))
    facts = {"rhythm": rhythm_words.in_words(rhythm, languages.current())}
    if "view" in line.details:
        facts["view"] = line.details["view"]
        return gettext(
            "The link to the files of the view “%(view)s” is emailed %(rhythm)s.", **facts
        )
    return gettext("The link to the files of their own view is emailed %(rhythm)s.", **facts)


def _link_ended(line: LogLine) -> str:
    if "view" in line.details:
        return gettext(
            "The link to the files of the view “%(view)s” is no longer emailed.",
            view=line.details["view"],
        )
    return gettext("The link to the files of their own view is no longer emailed.")


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "attendees_exported": _exported,
    "list_mail_ended": _link_ended,
    "list_mail_set": _link_set,
    "view_shared": _about(_("The view “%(view)s” of the registrations was saved for everyone.")),
    "view_replaced": _about(_("The view “%(view)s” of the registrations was replaced.")),
    "view_renamed": _about(
        _("A view of the registrations was renamed: “%(before)s” → “%(view)s”.")
    ),
    "view_deleted": _about(_("The view “%(view)s” of the registrations was deleted.")),
}
