"""The words of the log about applications for a course and what came of them."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext


def _edited(line: LogLine) -> str:
    is_open, was_open = (bool(line.details.get(name)) for name in ("open", "was_open"))
    if is_open is was_open:
        return gettext("What can be applied for was changed.")
    if is_open:
        return gettext("Applications for the course were opened.")
    return gettext("Applications for the course were closed.")


def _chosen(line: LogLine) -> str:
    return ngettext(
        "An answer to %(num)d application was chosen; nobody has been told yet.",
        "Answers to %(num)d applications were chosen; nobody has been told yet.",
        int(line.details.get("count", 0)),
    )


def _answered(line: LogLine) -> str:
    words = {
        "accepted": _("Application %(number)s was accepted."),
        "reserve": _("Application %(number)s was put on the reserve list."),
        "declined": _("Application %(number)s was declined."),
    }
    said = words.get(str(line.details.get("answer")), _("Application %(number)s was answered."))
    return str(said) % {"number": line.details.get("application", "")}


def _of(words: LazyString) -> Callable[[LogLine], str]:
    """Say what happened to an application, by its number: the log outlives whose it was."""
    return lambda line: str(words) % {"number": line.details.get("application", "")}


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "course_call_edited": _edited,
    "course_answers_chosen": _chosen,
    "course_application_answered": _answered,
    "course_application_made": _of(_("Application %(number)s for the course was submitted.")),
    "course_application_corrected": _of(_("Application %(number)s was corrected.")),
    "course_application_matched": _of(
        _("Application %(number)s was assigned to an organisation of the register.")
    ),
    "course_application_withdrawn": _of(_("Application %(number)s was withdrawn.")),
    "course_person_objected": _of(
        _("Somebody named in application %(number)s does not want to take part.")
    ),
}
