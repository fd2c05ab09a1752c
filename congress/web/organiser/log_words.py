"""The words of the log: lines hold ids and verbs, organisers read sentences."""

from collections.abc import Callable

from congress.domain.access import ActorKind
from congress.queries.audit import LogLine
from congress.web.languages import gettext as _
from congress.web.languages import ngettext, text

Words = Callable[[LogLine], str]


def sentence(line: LogLine) -> str:
    """Return what a line says; a verb nobody has words for yet is said as it is."""
    words = WORDS.get(line.verb)
    return words(line) if words else line.verb.replace("_", " ")


def actor(line: LogLine) -> str:
    """Return who did it."""
    if line.actor is ActorKind.ORGANISER:
        return line.account or _("Organiser")
    names = {
        ActorKind.ATTENDEE: _("Attendee"),
        ActorKind.SYSTEM: _("System"),
        ActorKind.COMMAND: _("Command line"),
    }
    return names[line.actor]


def _registered(line: LogLine) -> str:
    if line.details.get("state") == "waiting":
        return _("%(person)s registered and joined the waiting list.", person=line.person)
    return _("%(person)s registered.", person=line.person)


def _cancelled(line: LogLine) -> str:
    words = _("%(person)s was cancelled by an organiser.", person=line.person)
    return words + _moved_up(len(line.details.get("moved_up", ())))


def _withdrawn(line: LogLine) -> str:
    words = _("%(person)s withdrew.", person=line.person)
    return words + _moved_up(len(line.details.get("moved_up", ())))


def _moved_up(count: int) -> str:
    people = ngettext("%(num)d person moved up.", "%(num)d people moved up.", count)
    return f" {people}" if count else ""


def _told(count: int) -> str:
    return " " + ngettext("%(num)d person was told.", "%(num)d people were told.", count)


def _places_set(line: LogLine) -> str:
    return _places(line) + _moved_up(line.details.get("moved_up", 0))


def _places(line: LogLine) -> str:
    capacity = line.details.get("capacity")
    item = text(line.item) if line.item else ""
    if capacity is None:
        return _("Places of “%(item)s”: no limit.", item=item) if item else _("No limit of places.")
    if item:
        return _("Places of “%(item)s”: %(number)d.", item=item, number=capacity)
    return _("Places of the congress: %(number)d.", number=capacity)


def _exported(line: LogLine) -> str:
    return ngettext(
        "The list with %(num)d person was exported as %(format)s (%(columns)d columns).",
        "The list with %(num)d people was exported as %(format)s (%(columns)d columns).",
        line.details.get("count", 0),
        format=str(line.details.get("format", "")).upper(),
        columns=line.details.get("columns", len(line.fields)),
    )


def _item_edited(line: LogLine) -> str:
    item = text(line.item) if line.item else ""
    fields = ", ".join(field_name(field) for field in line.fields)
    return _("“%(item)s” was edited: %(fields)s.", item=item, fields=fields)


def _released(line: LogLine) -> str:
    items = line.details.get("items", ())
    words = ngettext(
        "%(num)d change of the programme was published.",
        "%(num)d changes of the programme were published.",
        len(items),
    )
    told = line.details.get("told", 0)
    return words + _told(told) if told else words


def _state_changed(line: LogLine) -> str:
    states = {
        "published": _("The congress was published."),
        "finished": _("The congress was marked as finished."),
    }
    return states.get(str(line.details.get("state")), line.verb)


def _called_off(line: LogLine) -> str:
    return _("The congress was called off.") + _told(line.details.get("told", 0))


def _consent(line: LogLine) -> str:
    purposes = {
        "attendee_list": _("list of attendees"),
        "photos": _("photos"),
        "privacy_notice": _("data protection notice"),
    }
    purpose = ", ".join(purposes.get(field, field) for field in line.fields)
    if line.verb == "consent_given":
        return _("%(person)s agreed: %(purpose)s.", person=line.person, purpose=purpose)
    return _("%(person)s took back a consent: %(purpose)s.", person=line.person, purpose=purpose)


def field_name(field: str) -> str:
    """Return the name of a field of a programme item as its form calls it."""
    names = {
        "title": _("Title"),
        "abstract": _("Description"),
        "time": _("Time"),
        "room": _("Room"),
        "people": _("People"),
        "cancelled": _("Does not take place"),
        "places": _("Places"),
    }
    return names.get(field, field)


WORDS: dict[str, Words] = {
    "registered": _registered,
    "cancelled": _cancelled,
    "withdrawn": _withdrawn,
    "workshops_changed": lambda line: _("%(person)s changed the workshops.", person=line.person),
    "workshop_left": lambda line: _("%(person)s gave up a workshop.", person=line.person),
    "promoted": lambda line: _("%(person)s was moved up by hand.", person=line.person),
    "consent_given": _consent,
    "consent_withdrawn": _consent,
    "places_set": _places_set,
    "attendees_exported": _exported,
    "item_edited": _item_edited,
    "programme_released": _released,
    "state_changed": _state_changed,
    "congress_cancelled": _called_off,
    "demo_filled": lambda _line: _("Made-up attendees were added for the demo."),
    "congress_imported": lambda _line: _("The congress file was imported."),
    "edition_copied": lambda _line: _("The congress was made as a copy of an earlier edition."),
    "mail_sent_again": lambda line: (
        _("A mail to %(person)s is sent again.", person=line.person)
        if line.person
        else _("A mail is sent again.")
    ),
}
