"""The words of the log about offered places: offered, taken, declined, left too long."""

from collections.abc import Callable
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web import access, languages
from congress.web.languages import gettext
from congress.web.organiser import log_places

Said = Callable[[LogLine], str]


def _offered(line: LogLine) -> str:
    until = datetime.fromisoformat(line.details["until"])
    return gettext(
        "%(person)s is offered a place until %(moment)s: %(places)s.",
        person=line.person,
        places=_places(line),
        moment=languages.dates(access.workspace().zone).moment(until),
    )


def _accepted(line: LogLine) -> str:
    words = _("%(person)s accepted the offered place: %(places)s.")
    said = str(words) % {"person": line.person, "places": _places(line)}
    lost = ", ".join(log_places.item_name(line, key) for key in line.details.get("given_up", ()))
    given_up = gettext("Given up for it: %(workshops)s.", workshops=lost)
    return f"{said} {given_up}" if lost else said


def _declined(line: LogLine) -> str:
    words = _("%(person)s declined the offered place: %(places)s.")
    return str(words) % {"person": line.person, "places": _places(line)}


def _expired(line: LogLine) -> str:
    words = (
        _("%(person)s did not answer the offer in time and is no longer registered.")
        if line.details["congress"]
        else _("%(person)s did not answer the offer in time and no longer waits: %(places)s.")
    )
    return str(words) % {"person": line.person, "places": _places(line)}


def _places(line: LogLine) -> str:
    named = [log_places.item_name(line, key) for key in line.details.get("items", ())]
    if line.details.get("congress"):
        named.insert(0, gettext("place at the event"))
    return ", ".join(named)


WORDS: dict[str, LazyString | Said] = {
    "place_offered": _offered,
    "offer_accepted": _accepted,
    "offer_declined": _declined,
    "offer_expired": _expired,
}
