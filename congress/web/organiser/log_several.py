"""The words of the log about what was done with several people at once, and undone."""

from collections.abc import Callable

from congress.domain import kind_changes
from congress.domain.kinds import PersonKind
from congress.domain.selection import Act
from congress.formats.attendee_list import kinds
from congress.queries.audit import LogLine
from congress.web import languages
from congress.web.languages import gettext, ngettext
from congress.web.organiser.filters import member
from congress.web.organiser.log_places import CHANGES, item_name, places_then


def _changed(line: LogLine) -> str:
    return _came_as(line) if line.details.get("act") == kind_changes.ACT else _done(line)


def _done(line: LogLine) -> str:
    many, workshop = int(line.details.get("count", 0)), _workshop(line)
    match line.details.get("act"):
        case Act.CANCEL:
            return ngettext(
                "Several at once: %(num)d registration was cancelled.",
                "Several at once: %(num)d registrations were cancelled.",
                many,
            )
        case Act.GIVE:
            return ngettext(
                "Several at once: %(num)d person was given %(workshop)s or waits for it.",
                "Several at once: %(num)d people were given %(workshop)s or wait for it.",
                many,
                workshop=workshop,
            )
        case Act.TAKE:
            return ngettext(
                "Several at once: %(num)d person was taken out of %(workshop)s.",
                "Several at once: %(num)d people were taken out of %(workshop)s.",
                many,
                workshop=workshop,
            )
        case Act.ACCEPT:
            return ngettext(
                "Several at once: %(num)d request to take part was accepted.",
                "Several at once: %(num)d requests to take part were accepted.",
                many,
            )
        case Act.DECLINE:
            return ngettext(
                "Several at once: %(num)d request to take part was declined.",
                "Several at once: %(num)d requests to take part were declined.",
                many,
            )
    return ngettext(
        "Several at once: %(num)d person was moved up manually.",
        "Several at once: %(num)d people were moved up manually.",
        many,
    )


def _came_as(line: LogLine) -> str:
    """Say as what several people come since; a table says it of each."""
    many = int(line.details.get("count", 0))
    kind = member(PersonKind, line.details.get("kind", ""))
    if kind is None:
        return ngettext(
            "Several at once: %(num)d person attends as something else, as a table says it.",
            "Several at once: %(num)d people attend as something else, as a table says it.",
            many,
        )
    return ngettext(
        "Several at once: %(num)d person attends as %(kind)s.",
        "Several at once: %(num)d people attend as %(kind)s.",
        many,
        kind=kinds(languages.current())[kind],
    )


def _taken_back(line: LogLine) -> str:
    many, of = (int(line.details.get(name, 0)) for name in ("count", "of"))
    if line.details.get("act") == kind_changes.ACT:
        return gettext(
            "What several people attend as was undone: %(many)d of %(of)d.", many=many, of=of
        )
    workshop = _workshop(line)
    words = {
        Act.CANCEL: gettext(
            "Cancelling several registrations was undone: %(many)d of %(of)d.", many=many, of=of
        ),
        Act.GIVE: gettext(
            "Giving %(workshop)s to several people was undone: %(many)d of %(of)d.",
            workshop=workshop,
            many=many,
            of=of,
        ),
    }
    taken = gettext(
        "Taking several people out of %(workshop)s was undone: %(many)d of %(of)d.",
        workshop=workshop,
        many=many,
        of=of,
    )
    return words.get(line.details.get("act", Act.TAKE), taken)


def _registration_put_back(line: LogLine) -> str:
    after = places_then(line, "after")
    if after:
        return gettext(
            "Cancelling %(person)s’s registration was undone: %(after)s.",
            person=line.person,
            after=after,
        )
    return gettext("Cancelling %(person)s’s registration was undone.", person=line.person)


def _workshops_put_back(line: LogLine) -> str:
    had, has = places_then(line, "before"), places_then(line, "after")
    _by_themselves, for_them = CHANGES[bool(had), bool(has)]
    said = str(for_them) % {"person": line.person, "before": had, "after": has}
    return gettext("Undone: %(what)s", what=said)


def _workshop(line: LogLine) -> str:
    return item_name(line, line.details["item"]) if "item" in line.details else ""


WORDS: dict[str, Callable[[LogLine], str]] = {
    "several_changed": _changed,
    "several_taken_back": _taken_back,
    "registration_put_back": _registration_put_back,
    "workshops_put_back": _workshops_put_back,
}
