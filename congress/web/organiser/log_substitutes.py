"""The words of the log about colleagues who come instead."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.access import ActorKind
from congress.queries.audit import LogLine
from congress.web.languages import gettext
from congress.web.organiser import log_places
from congress.web.organiser.log_details import told_by


def _handed_over(line: LogLine) -> str:
    if line.actor is ActorKind.ATTENDEE:
        said = gettext(
            "%(person)s handed the registration over to someone else.", person=line.person
        )
    else:
        said = gettext(
            "%(person)s’s registration was handed over to someone else.", person=line.person
        )
    workshops = log_places.places_then(line, "before")
    had = gettext("Booked: %(workshops)s.", workshops=workshops)
    return f"{said} {had}" if workshops else said


def _took_over(line: LogLine) -> str:
    said = [gettext("%(person)s took over someone else’s registration.", person=line.person)]
    if workshops := log_places.places_then(line, "after"):
        said.append(gettext("Booked: %(workshops)s.", workshops=workshops))
    return " ".join([*said, *told_by(line)])


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "hand_over_asked": _("%(person)s named someone to come instead."),
    "hand_over_taken_back": _("%(person)s keeps the registration after all."),
    "handed_over": _handed_over,
    "took_over": _took_over,
}
