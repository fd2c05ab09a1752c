"""The words of the log about who came: ticked off at the door, and taken back."""

from collections.abc import Callable
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import ngettext
from congress.web.organiser import frame, log_evidence, log_places


def _came(line: LogLine) -> str:
    if "item" not in line.details:
        return _on_day(_("%(person)s was checked in for %(day)s."), line)
    if line.details.get("let_in"):
        words = _("%(person)s was let into %(workshop)s on %(day)s without a place in it.")
        return _on_day(words, line)
    return _on_day(_("%(person)s was checked in at %(workshop)s for %(day)s."), line)


def _taken_back(line: LogLine) -> str:
    if "item" not in line.details:
        return _on_day(_("%(person)s is no longer checked in for %(day)s."), line)
    return _on_day(_("%(person)s is no longer checked in at %(workshop)s for %(day)s."), line)


def _on_day(words: LazyString, line: LogLine) -> str:
    day = frame.dates().date(date.fromisoformat(line.details["day"]))
    item = line.details.get("item")
    workshop = log_places.item_name(line, item) if item is not None else ""
    return str(words) % {"person": line.person, "day": day, "workshop": workshop}


def _signed(line: LogLine) -> str:
    if line.details["item"] is None:
        return _on_day(_("%(person)s was recorded as present on %(day)s from the sheet."), line)
    words = _("%(person)s was recorded as present in %(workshop)s on %(day)s from the sheet.")
    return _on_day(words, line)


def _signed_taken_back(line: LogLine) -> str:
    if line.details["item"] is None:
        return _on_day(_("%(person)s is no longer recorded as present on %(day)s."), line)
    words = _("%(person)s is no longer recorded as present in %(workshop)s on %(day)s.")
    return _on_day(words, line)


def _contributor_came(line: LogLine) -> str:
    return _on_day(_("A person in the programme was checked in for %(day)s."), line)


def _contributor_taken_back(line: LogLine) -> str:
    return _on_day(_("A person in the programme is no longer checked in for %(day)s."), line)


def _sheets_printed(line: LogLine) -> str:
    codes = line.details["codes"]
    return ngettext(
        "The rows of %(num)d sign-in sheet were numbered for printing (%(codes)s).",
        "The rows of %(num)d sign-in sheets were numbered for printing (%(codes)s).",
        len(codes),
        codes=", ".join(codes),
    )


def _list_taken(line: LogLine) -> str:
    day = frame.dates().date(date.fromisoformat(line.details["day"]))
    return ngettext(
        "The list for %(day)s, of %(num)d person, was loaded onto the device %(device)s.",
        "The list for %(day)s, of %(num)d people, was loaded onto the device %(device)s.",
        line.details["count"],
        day=day,
        device=line.details["device"].upper(),
    )


def _scans_done(line: LogLine) -> str:
    return ngettext(
        "%(num)d scan that needed a look was marked as done.",
        "%(num)d scans that needed a look were marked as done.",
        line.details["count"],
    )


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "came": _came,
    "door_list_taken": _list_taken,
    "door_scans_done": _scans_done,
    "came_taken_back": _taken_back,
    "contributor_came": _contributor_came,
    "contributor_came_taken_back": _contributor_taken_back,
    "signed": _signed,
    "signed_taken_back": _signed_taken_back,
    "sign_in_sheets_printed": _sheets_printed,
    **log_evidence.WORDS,
}
