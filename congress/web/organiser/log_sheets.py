"""The words of the log about sheets that were handed out as PDF."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.services.handing_out import Sheets
from congress.web.languages import gettext, ngettext
from congress.web.organiser import log_items


def _sign_in(line: LogLine) -> str:
    return ngettext(
        "Sign-in sheets with %(num)d person were handed out as PDF.",
        "Sign-in sheets with %(num)d people were handed out as PDF.",
        line.details.get("count", 0),
    )


def _places(line: LogLine) -> str:
    people = ngettext("%(num)d person", "%(num)d people", line.details.get("count", 0))
    return gettext(
        "The list of participants in “%(item)s” was handed out as PDF (%(people)s).",
        item=log_items.name_of(line),
        people=people,
    )


def _door_signs(line: LogLine) -> str:
    return ngettext(
        "A door sign for %(num)d room was handed out as PDF.",
        "Door signs for %(num)d rooms were handed out as PDF.",
        line.details.get("count", 0),
    )


def _table_signs(line: LogLine) -> str:
    return ngettext(
        "A table sign for %(num)d person was handed out as PDF.",
        "Table signs for %(num)d people were handed out as PDF.",
        line.details.get("count", 0),
    )


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    Sheets.SIGN_IN: _sign_in,
    Sheets.PLACES: _places,
    Sheets.CONFIRMATION: _("A confirmation of registration was handed out for %(person)s."),
    Sheets.DOOR_SIGNS: _door_signs,
    Sheets.TABLE_SIGNS: _table_signs,
}
