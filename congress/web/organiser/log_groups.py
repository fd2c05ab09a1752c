"""The words of the log about groups, and about what their contacts did for somebody."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.groups import InWorkshops
from congress.domain.registration import RegistrationState
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


# By the state of who was registered; they did not do so themselves.
OF_ONE: dict[str, LazyString] = {
    RegistrationState.WAITING: _(
        "%(person)s was registered by the contact of a group and joined the waiting list."
    ),
    RegistrationState.REQUESTED: _(
        "%(person)s was registered by the contact of a group, as a request to take part."
    ),
}
OTHERWISE = _("%(person)s was registered by the contact of a group.")


def of_one(line: LogLine) -> LazyString | None:
    """Return the words for somebody whom a contact registered; none for anybody else."""
    is_one = line.verb == "registered" and "group" in line.details
    return OF_ONE.get(str(line.details.get("state")), OTHERWISE) if is_one else None


def followed(line: LogLine) -> str:
    """Say that the contact of a group did something for somebody."""
    is_theirs = bool(line.details.get("by_contact"))
    if line.details.get("by_municipality"):
        return " " + gettext("A contact person of their organisation did it.")
    return " " + gettext("The contact of their group did it.") if is_theirs else ""


def _seated(line: LogLine) -> str:
    wanted = line.details.get("in_workshops")
    if wanted == InWorkshops.TOGETHER:
        return gettext("A group wants to be in the same workshops.")
    if wanted == InWorkshops.APART:
        return gettext("A group wants to be in different workshops.")
    return gettext("A group minds no longer who of them is in which workshop.")


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "group_registered": _registered,
    "group_left": _("%(person)s left the group they were registered with."),
    "group_seated": _seated,
    "group_parted": _("A group that wanted to come only together now comes one by one."),
}
