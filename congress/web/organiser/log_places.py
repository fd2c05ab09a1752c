"""The words of the log about places: who has which workshop, and had which before."""

from flask_babel import lazy_gettext as _

from congress.domain.access import ActorKind
from congress.domain.kinds import PersonKind
from congress.domain.registration import BookingState
from congress.formats.attendee_list import kinds
from congress.queries.audit import LogLine
from congress.web import languages
from congress.web.languages import gettext, ngettext, short_name

# What attendees did, and what organisers did for them; by whether they had any place and have one.
CHANGES = {
    (False, True): (
        _("%(person)s chose %(after)s."),
        _("%(person)s was given %(after)s."),
    ),
    (True, False): (
        _("%(person)s gave up %(before)s, and has nothing booked now."),
        _("%(person)s no longer has %(before)s, and has nothing booked now."),
    ),
    (True, True): (
        _("%(person)s changed their selection: %(before)s → %(after)s."),
        _("%(person)s’s selection was changed: %(before)s → %(after)s."),
    ),
    (False, False): (
        _("%(person)s changed their selection."),
        _("%(person)s’s selection was changed."),
    ),
}


def joined_queue(line: LogLine) -> str:
    """Say in which queue somebody stands who registered."""
    if line.details.get("reserve"):
        return gettext("%(person)s registered and joined a reserve list.", person=line.person)
    return gettext("%(person)s registered and joined the waiting list.", person=line.person)


def workshops_changed(line: LogLine) -> str:
    """Say from what to what, and whose doing it was."""
    if "before" not in line.details:
        return gettext("%(person)s changed their selection.", person=line.person)
    places = {when: places_then(line, when) for when in ("before", "after")}
    had, has = places.values()
    by_themselves, for_them = CHANGES[bool(had), bool(has)]
    is_own = line.actor is ActorKind.ATTENDEE and not line.details.get("by_contact")
    words = by_themselves if is_own else for_them
    return str(words) % ({"person": line.person} | places) + beyond(line)


def beyond(line: LogLine) -> str:
    """Say what somebody was let into where no place was free."""
    keys = line.details.get("overbooked") or ()
    said = beyond_quota(line) + _alone(line)
    if not keys:
        return said
    event = gettext("place at the event")
    named = ", ".join(event if key is None else item_name(line, key) for key in keys)
    return " " + gettext("Beyond capacity: %(workshops)s.", workshops=named) + said


def _alone(line: LogLine) -> str:
    """Say what somebody was let into without the other that it goes only with."""
    keys = line.details.get("alone", ())
    named = ", ".join(item_name(line, key) for key in keys)
    sentence = gettext("Without the item that it goes only with: %(items)s.", items=named)
    return f" {sentence}" if keys else ""


def beyond_quota(line: LogLine) -> str:
    """Say that somebody has a place beyond those of their organisation."""
    is_beyond = bool(line.details.get("beyond_quota"))
    return " " + gettext("Beyond the places per organisation.") if is_beyond else ""


def workshop_left(line: LogLine) -> str:
    """Say which workshop somebody gave up."""
    workshops = _only(line, "before", than="after")
    if not workshops:
        return gettext("%(person)s gave up a place.", person=line.person)
    return gettext("%(person)s gave up %(workshop)s.", person=line.person, workshop=workshops)


def workshop_taken_back(line: LogLine) -> str:
    """Say which place somebody took back."""
    workshops = _only(line, "after", than="before")
    if not workshops:
        return gettext("%(person)s took back a place they had just given up.", person=line.person)
    return gettext(
        "%(person)s took back the place they had just given up in %(workshop)s.",
        person=line.person,
        workshop=workshops,
    )


def _only(line: LogLine, moment: str, *, than: str) -> str:
    """Name the workshops that somebody had at one moment and not at the other."""
    others = {number for number, _state in line.details.get(than, ())}
    had = [number for number, _state in line.details.get(moment, ())]
    return ", ".join(item_name(line, number) for number in had if number not in others)


def moved_up(line: LogLine) -> str:
    """Say which places somebody won by moving up, and what was given up for them."""
    won = [item_name(line, number) for number in line.details["items"]]
    if line.details["congress"]:
        won.insert(0, gettext("place at the event"))
    said = gettext(
        "%(person)s moved up: %(places)s.",
        person=line.person,
        places=", ".join(won),
    )
    lost = ", ".join(item_name(line, number) for number in line.details["given_up"])
    given_up = gettext("Given up for it: %(workshops)s.", workshops=lost)
    return f"{said} {given_up}" if lost else said


def promoted(line: LogLine) -> str:
    """Say where somebody was let in, whether there was a place, and what came with it."""
    also = ", ".join(item_name(line, number) for number in line.details.get("items", ()))
    with_it = gettext("With it came: %(workshops)s.", workshops=also)
    said = f"{_promoted(line)} {with_it}" if also else _promoted(line)
    return said + beyond_quota(line) + _alone(line)


def _promoted(line: LogLine) -> str:
    beyond = bool(line.details.get("overbooked"))
    if "item" not in line.details:
        if beyond:
            return gettext("%(person)s was moved up manually, beyond capacity.", person=line.person)
        return gettext("%(person)s was moved up manually.", person=line.person)
    workshop = item_name(line, line.details["item"])
    if beyond:
        return gettext(
            "%(person)s was moved up manually, beyond capacity: %(workshop)s.",
            person=line.person,
            workshop=workshop,
        )
    return gettext(
        "%(person)s was moved up manually: %(workshop)s.", person=line.person, workshop=workshop
    )


def places_then(line: LogLine, when: str) -> str:
    """Return the workshops of a person before or after; a queue is called one."""
    queue = gettext("Waiting list")
    named = [(item_name(line, number), state) for number, state in line.details[when]]
    return ", ".join(
        name if state == BookingState.CONFIRMED else f"{name} ({queue})" for name, state in named
    )


def item_name(line: LogLine, number: int) -> str:
    """Return what a sentence calls an item that a line knows by its number."""
    item = line.items.get(number)
    if item is None:
        return gettext("an item")
    return gettext("“%(title)s”", title=short_name(item.number, item))


def taken_over(line: LogLine) -> str:
    """Say what an import of a table came to."""
    count = line.details.get
    added, changed, left = (int(count(name, 0)) for name in ("added", "changed", "left"))
    said = [
        gettext("Attendees were imported from a table:"),
        ngettext("%(num)d person was added.", "%(num)d people were added.", added),
        ngettext("%(num)d person was changed.", "%(num)d people were changed.", changed),
    ]
    if left:
        said.append(ngettext("%(num)d row was left out.", "%(num)d rows were left out.", left))
    if not count("confirmed", True):
        said.append(gettext("No confirmations were sent."))
    return " ".join(said)


def kind_set(line: LogLine) -> str:
    """Say as what somebody comes since, and as what they came before."""
    called = kinds(languages.current())
    return gettext(
        "%(person)s: attending as %(kind)s, before: %(before)s.",
        person=line.person,
        kind=called[PersonKind(line.details["kind"])],
        before=called[PersonKind(line.details["before"])],
    )
