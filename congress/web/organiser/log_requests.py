"""The words of the log about requests: what was asked for, and what organisers answered."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.change_requests import RequestKind
from congress.domain.registration import RegistrationState
from congress.queries.audit import LogLine
from congress.web.languages import gettext
from congress.web.organiser import log_places

Said = Callable[[LogLine], str]


def _about(of_workshops: LazyString, of_withdrawal: LazyString) -> Said:
    """Say something of a request for workshops, or of one to end a registration."""

    def said(line: LogLine) -> str:
        if line.details.get("kind") == RequestKind.WITHDRAWAL:
            return str(of_withdrawal) % {"person": line.person}
        names = [log_places.item_name(line, key) for key in line.details.get("asked_for", ())]
        workshops = ", ".join(names) or gettext("deleted")
        said = str(of_workshops) % {"person": line.person, "workshops": workshops}
        return said + log_places.beyond(line)

    return said


def asked(line: LogLine) -> str:
    """Say that somebody asked to take part, and whether that was for being late."""
    if line.details.get("late"):
        return gettext(
            "%(person)s asked to take part after registration had closed.", person=line.person
        )
    return gettext("%(person)s asked to take part.", person=line.person)


def withdrawn(line: LogLine) -> str:
    """Say that somebody cancelled a registration, or took the request for one back."""
    if line.details.get("by_contact"):
        return gettext("%(person)s’s registration was cancelled.", person=line.person)
    if line.details.get("requested"):
        return gettext("%(person)s took the request to take part back.", person=line.person)
    return gettext("%(person)s cancelled their registration.", person=line.person)


def _accepted(line: LogLine) -> str:
    waits = line.details.get("state") == RegistrationState.WAITING
    words = (
        _("%(person)s’s request to take part was accepted; they joined a reserve list.")
        if line.details.get("reserve")
        else _("%(person)s’s request to take part was accepted; they joined the waiting list.")
        if waits
        else _("%(person)s’s request to take part was accepted.")
    )
    return str(words) % {"person": line.person} + log_places.beyond(line)


def _declined(line: LogLine) -> str:
    said = gettext("%(person)s’s request to take part was declined.", person=line.person)
    reason = line.personal.get("reason") or gettext("deleted")
    return said + " " + gettext("Reason: %(reason)s", reason=reason)


WORDS: dict[str, LazyString | Said] = {
    "change_asked": _about(
        _("%(person)s asked for %(workshops)s."), _("%(person)s asked to cancel.")
    ),
    "request_accepted": _about(
        _("%(person)s’s request for %(workshops)s was granted."),
        _("%(person)s’s request to cancel was granted."),
    ),
    "request_declined": _about(
        _("%(person)s’s request for %(workshops)s was declined."),
        _("%(person)s’s request to cancel was declined."),
    ),
    "registration_accepted": _accepted,
    "registration_declined": _declined,
    "change_request_taken_back": _("%(person)s took a request back."),
}
