"""The words of the log about two registrations of one person."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import gettext
from congress.web.organiser import log_places
from congress.web.organiser.consent_words import consent_words
from congress.web.organiser.log_details import from_to


def _merged(line: LogLine) -> str:
    merged = gettext("Two registrations of %(person)s were merged into one.", person=line.person)
    said = [merged]
    if workshops := log_places.places_then(line, "after"):
        said.append(gettext("Booked since then: %(workshops)s.", workshops=workshops))
    if line.fields:
        said.append(gettext("Details: %(what)s.", what=from_to(line)))
    if ended := line.details["consents"]:
        names = consent_words()
        purposes = ", ".join(names.get(each, each) for each in ended)
        said.append(gettext("Consent ended: %(purposes)s.", purposes=purposes))
    return " ".join(said)


def _merged_away(line: LogLine) -> str:
    said = gettext(
        "This registration of %(person)s went into the other one and has ended.", person=line.person
    )
    workshops = log_places.places_then(line, "before")
    had = gettext("It had: %(workshops)s.", workshops=workshops)
    return f"{said} {had}" if workshops else said


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "merged": _merged,
    "merged_away": _merged_away,
    "told_apart": _(
        "%(person)s and somebody else in the list were compared and noted as two people."
    ),
}
