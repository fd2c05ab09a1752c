"""The words of the log: lines hold ids and verbs, organisers read sentences."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.access import ActorKind
from congress.queries.audit import LogLine
from congress.web.languages import ngettext, text

ACTORS = {
    ActorKind.ORGANISER: _("Organiser"),
    ActorKind.ATTENDEE: _("Attendee"),
    ActorKind.SYSTEM: _("System"),
    ActorKind.COMMAND: _("Command line"),
}

FIELDS = {
    "title": _("Title"),
    "abstract": _("Description"),
    "time": _("Time"),
    "room": _("Room"),
    "people": _("People"),
    "cancelled": _("Does not take place"),
    "places": _("Places"),
    "attendee_list": _("list of attendees"),
    "photos": _("photos"),
    "privacy_notice": _("data protection notice"),
}


def actor(line: LogLine) -> str:
    """Return who did it."""
    account = line.account if line.actor is ActorKind.ORGANISER else ""
    return account or str(ACTORS[line.actor])


def field_name(field: str) -> str:
    """Return the name of a field of a programme item as its form calls it, or of a consent."""
    return str(FIELDS.get(field, field))


def sentence(line: LogLine) -> str:
    """Return what a line says; a verb nobody has words for yet is said as it is."""
    words = WORDS.get(line.verb, line.verb.replace("_", " "))
    words = WORDS.get(f"{line.verb}_{line.details.get('state')}", words)
    return (words(line) if callable(words) else _said(words, line)) + _moved_up(line)


def _said(words: LazyString, line: LogLine) -> str:
    names = ", ".join(field_name(field) for field in line.fields)
    item = text(line.item) if line.item else ""
    number = line.details.get("capacity")
    facts = {"person": line.person, "item": item, "number": number}
    return str(words) % (facts | {"fields": names, "purpose": names})


def _moved_up(line: LogLine) -> str:
    """Say how many moved up; some lines know them by their ids."""
    moved = line.details.get("moved_up", 0)
    count = moved if isinstance(moved, int) else len(moved)
    people = ngettext("%(num)d person moved up.", "%(num)d people moved up.", count)
    return f" {people}" if count else ""


def _told(count: int) -> str:
    return " " + ngettext("%(num)d person was told.", "%(num)d people were told.", count)


def _places_set(line: LogLine) -> str:
    if line.details.get("capacity") is None:
        words = _("Places of “%(item)s”: no limit.") if line.item else _("No limit of places.")
    elif line.item:
        words = _("Places of “%(item)s”: %(number)d.")
    else:
        words = _("Places of the congress: %(number)d.")
    return _said(words, line)


def _exported(line: LogLine) -> str:
    return ngettext(
        "The list with %(num)d person was exported as %(format)s (%(columns)d columns).",
        "The list with %(num)d people was exported as %(format)s (%(columns)d columns).",
        line.details.get("count", 0),
        format=str(line.details.get("format", "")).upper(),
        columns=line.details.get("columns", len(line.fields)),
    )


def _released(line: LogLine) -> str:
    words = ngettext(
        "%(num)d change of the programme was published.",
        "%(num)d changes of the programme were published.",
        len(line.details.get("items", ())),
    )
    told = line.details.get("told", 0)
    return words + _told(told) if told else words


def _called_off(line: LogLine) -> str:
    return str(_("The congress was called off.")) + _told(line.details.get("told", 0))


def _held_after_all(line: LogLine) -> str:
    return str(_("The congress takes place after all.")) + _told(line.details.get("told", 0))


def _sent_again(line: LogLine) -> str:
    words = _("A mail to %(person)s is sent again.") if line.person else _("A mail is sent again.")
    return _said(words, line)


# By the verb, or by the verb and the state that it led to.
WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "registered": _("%(person)s registered."),
    "registered_waiting": _("%(person)s registered and joined the waiting list."),
    "cancelled": _("%(person)s was cancelled by an organiser."),
    "withdrawn": _("%(person)s withdrew."),
    "workshops_changed": _("%(person)s changed the workshops."),
    "workshop_left": _("%(person)s gave up a workshop."),
    "workshop_taken_back": _("%(person)s took a place back that had just been given back."),
    "promoted": _("%(person)s was moved up by hand."),
    "consent_given": _("%(person)s agreed: %(purpose)s."),
    "consent_withdrawn": _("%(person)s took back a consent: %(purpose)s."),
    "places_set": _places_set,
    "attendees_exported": _exported,
    "item_edited": _("“%(item)s” was edited: %(fields)s."),
    "programme_released": _released,
    "state_changed_published": _("The congress was published."),
    "state_changed_finished": _("The congress was marked as finished."),
    "congress_cancelled": _called_off,
    "congress_held_after_all": _held_after_all,
    "demo_filled": _("Made-up attendees were added for the demo."),
    "congress_imported": _("The congress file was imported."),
    "edition_copied": _("The congress was made as a copy of an earlier edition."),
    "mail_sent_again": _sent_again,
}
