"""The words of the log: lines hold ids and verbs, organisers read sentences."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.access import ActorKind
from congress.domain.congresses import CongressState
from congress.domain.registration import RegistrationState
from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext
from congress.web.organiser import (
    log_allocation,
    log_assignment,
    log_badges,
    log_call,
    log_courses,
    log_door,
    log_feedback,
    log_groups,
    log_invitations,
    log_items,
    log_mails,
    log_market,
    log_merging,
    log_modes,
    log_offers,
    log_people,
    log_places,
    log_questions,
    log_quotas,
    log_requests,
    log_results,
    log_rooms,
    log_settings,
    log_several,
    log_sheets,
    log_substitutes,
    log_tasks,
    log_team,
    log_views,
    log_wishes,
    log_workshops,
)
from congress.web.organiser.field_names import field_name
from congress.web.organiser.log_details import from_to, told_by

MOST_NAMED = 3

ACTORS = {
    ActorKind.ORGANISER: _("Organiser"),
    ActorKind.CONTRIBUTOR: _("Person in the programme"),
    ActorKind.CONTACT: _("Contact person in the network"),
    ActorKind.SYSTEM: _("System"),
    ActorKind.COMMAND: _("Command line"),
}


def actor(line: LogLine) -> str:
    """Return who did it; what attendees did is said by the sentence itself."""
    if line.actor is ActorKind.ATTENDEE:
        return ""
    account = line.account if line.actor is ActorKind.ORGANISER else ""
    return account or str(ACTORS[line.actor])


def sentence(line: LogLine) -> str:
    """Return what a line says; a verb nobody has words for yet is said as it is."""
    words = WORDS.get(line.verb, line.verb.replace("_", " "))
    words = WORDS.get(f"{line.verb}_{line.details.get('state')}", words)
    words = log_groups.of_one(line) or words
    return (words(line) if callable(words) else _said(words, line)) + _followed(line)


def _said(words: LazyString, line: LogLine) -> str:
    names = ", ".join(field_name(field) for field in line.fields)
    facts = {"person": line.person, "item": log_items.name_of(line)}
    return str(words) % (facts | {"fields": names, "purpose": names})


def _moved_up(line: LogLine) -> str:
    """Say how many moved up; some lines know them by their ids."""
    moved = line.details.get("moved_up", 0)
    count = moved if isinstance(moved, int) else len(moved)
    people = ngettext("%(num)d person moved up.", "%(num)d people moved up.", count)
    return f" {people}" if count else ""


def _followed(line: LogLine) -> str:
    """Say what else there is: who moved up, what goes out again, by which invitation they came."""
    followed = log_groups.followed(line) + _moved_up(line) + log_mails.reminded_anew(line)
    return followed + (log_invitations.by_invitation(line) if line.verb == "registered" else "")


def _told(line: LogLine) -> str:
    """Say how many were told by mail, and how many had to be told in another way."""
    told, unreached = (line.details.get(name, 0) for name in ("told", "unreached"))
    said = []
    if told:
        said.append(ngettext("%(num)d person was notified.", "%(num)d people were notified.", told))
    if unreached:
        said.append(
            ngettext(
                "%(num)d person has no email address.",
                "%(num)d people have no email address.",
                unreached,
            )
        )
    if dead := line.details.get("dead", 0):
        said.append(
            ngettext(
                "The email address of %(num)d person takes no email.",
                "The email addresses of %(num)d people take no email.",
                dead,
            )
        )
    return "".join(f" {each}" for each in said)


def _places_set(line: LogLine) -> str:
    """Say what was set: the number, whether there is a waiting list, or both."""
    has_list, details = line.details.get("waiting_list"), line.details
    if has_list is None:
        return _number_set(line)
    said = _waiting_list_set(line, is_open=has_list)
    is_same = "before" in details and details["before"] == details.get("capacity")
    return said if is_same else f"{_number_set(line)} {said}"


def _waiting_list_set(line: LogLine, *, is_open: bool) -> str:
    if line.item and is_open:
        return gettext("“%(item)s” now has a waiting list.", item=log_items.name_of(line))
    if line.item:
        return gettext("“%(item)s” no longer has a waiting list.", item=log_items.name_of(line))
    if is_open:
        return gettext("The event now has a waiting list.")
    return gettext("The event no longer has a waiting list.")


def _number_set(line: LogLine) -> str:
    number = _number(line.details.get("capacity"))
    if "before" in line.details:
        number = f"{_number(line.details['before'])} → {number}"
    if line.item:
        return gettext(
            "Places in “%(item)s”: %(number)s.", item=log_items.name_of(line), number=number
        )
    return gettext("Places at the event: %(number)s.", number=number)


def _number(capacity: int | None) -> str:
    return gettext("no limit") if capacity is None else str(capacity)


def _released(line: LogLine) -> str:
    items = line.details.get("items", ())
    words = ngettext(
        "%(num)d programme change was published.",
        "%(num)d programme changes were published.",
        len(items),
    )
    if 0 < len(items) <= MOST_NAMED:
        named = ", ".join(log_places.item_name(line, number) for number in items)
        words = f"{words[:-1]}: {named}."
    return words + _told(line)


def _then_told(words: Callable[[LogLine], str]) -> Callable[[LogLine], str]:
    """Say something, and how many people were told of it."""
    return lambda line: words(line) + _told(line)


def _published(line: LogLine) -> str:
    if line.details.get("before") == CongressState.FINISHED:
        return gettext("The event was reopened.") + _told(line)
    return gettext("The event was published.")


def _imported(line: LogLine) -> str:
    return gettext("The congress file was imported.") + _told(line)


def _called_off(line: LogLine) -> str:
    return str(_("The event was cancelled.")) + _told(line)


def _workshop_called_off(line: LogLine) -> str:
    return log_workshops.called_off(line) + _told(line)


def _held_after_all(line: LogLine) -> str:
    return str(_("The event is taking place after all.")) + _told(line)


def _entered(line: LogLine) -> str:
    waits = line.details.get("state") == RegistrationState.WAITING
    words = (
        _("%(person)s was registered by an organiser and joined a reserve list.")
        if line.details.get("reserve")
        else _("%(person)s was registered by an organiser and joined the waiting list.")
        if waits
        else _("%(person)s was registered by an organiser.")
    )
    said = str(words) % {"person": line.person}
    return " ".join([said, *told_by(line)]) + log_places.beyond(line)


def _corrected(line: LogLine) -> str:
    by_themselves = line.actor is ActorKind.ATTENDEE
    words = (
        _("%(person)s corrected their details: %(what)s.")
        if by_themselves
        else _("%(person)s’s details were corrected: %(what)s.")
    )
    return str(words) % {"person": line.person, "what": from_to(line)}


def _address_asked(line: LogLine) -> str:
    words = _("%(person)s asked for a new address, which has yet to be confirmed: %(what)s.")
    return str(words) % {"person": line.person, "what": from_to(line)}


def _address_kept(line: LogLine) -> str:
    words = _("A new address of %(person)s was dropped before it was confirmed: %(what)s.")
    return str(words) % {"person": line.person, "what": from_to(line)}


def _correction_refused(line: LogLine) -> str:
    words = _(
        "A correction by %(person)s was not possible, as it matches another registration: %(what)s."
    )
    return str(words) % {"person": line.person, "what": from_to(line)}


def _link_told(line: LogLine) -> str:
    return gettext("The online link was sent.") + _told(line)


def _written(line: LogLine) -> str:
    """Say to whom and about what, and how many of those chosen it did not reach."""
    return _written_to(line) + _told(line)


def _written_to(line: LogLine) -> str:
    """What was written to one person alone is deleted with them."""
    if not line.registration_id:
        return ngettext(
            "An email was written to %(num)d person: “%(mail)s”.",
            "An email was written to %(num)d people: “%(mail)s”.",
            line.details["count"],
            mail=line.details["subject"],
        )
    mail = line.personal.get("subject") or gettext("deleted")
    return gettext("An email was written to %(person)s: “%(mail)s”.", person=line.person, mail=mail)


# By the verb, or by the verb and the state that it led to.
WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "registered": _("%(person)s registered."),
    "entered": _entered,
    "people_taken_over": log_places.taken_over,
    "registered_requested": log_requests.asked,
    "registered_waiting": log_places.joined_queue,
    "cancelled": _("%(person)s’s registration was cancelled by an organiser."),
    "registration_confirmed": _("%(person)s confirmed their registration by email."),
    "confirmed_by_hand": _("%(person)s’s registration was confirmed by hand."),
    "lapsed": _("%(person)s’s registration was not confirmed in time and has ended."),
    "withdrawn": log_requests.withdrawn,
    "workshops_changed": log_places.workshops_changed,
    "mode_changed": log_modes.mode_changed,
    "link_told": _link_told,
    "wished": log_wishes.wished,
    "workshop_left": log_places.workshop_left,
    "workshop_taken_back": log_places.workshop_taken_back,
    "promoted": log_places.promoted,
    "moved_up": log_places.moved_up,
    "moving_up_goes_on": _("More people will move up within the next few minutes."),
    "note_edited": _("The internal note about %(person)s was changed."),
    "note_removed": _("The internal note about %(person)s was removed."),
    "kind_set": log_places.kind_set,
    "phoned": _("%(person)s was ticked off as phoned."),
    "phoned_taken_back": _("%(person)s is no longer ticked off as phoned."),
    "consent_given": _("%(person)s agreed: %(purpose)s."),
    "consent_withdrawn": _("%(person)s withdrew consent: %(purpose)s."),
    "calendar_subscribed": _("%(person)s chose the calendar subscription."),
    "calendar_address_renewed": _("%(person)s has a new address for the calendar subscription."),
    "calendar_invited": _("%(person)s chose calendar invitations by email."),
    "corrected": _corrected,
    "address_asked": _address_asked,
    "address_kept": _address_kept,
    "correction_refused": _correction_refused,
    "places_set": _places_set,
    "item_added": _("“%(item)s” was added to the programme."),
    "item_edited": log_items.edited,
    "item_removed": _("“%(item)s” was removed from the programme."),
    "item_restored": _("“%(item)s” was put back into the programme."),
    "item_taken_back": log_items.taken_back,
    "item_undone": log_items.undone,
    "rooms_edited": log_rooms.edited,
    "days_changed": _then_told(log_rooms.days_changed),
    "modules_edited": _then_told(log_rooms.modules_edited),
    **log_tasks.WORDS,
    "call_edited": _then_told(log_call.edited),
    "programme_released": _released,
    "state_changed_draft": _("The event was returned to draft."),
    "state_changed_published": _published,
    "state_changed_finished": _("The event was marked as finished."),
    "congress_cancelled": _called_off,
    "congress_held_after_all": _held_after_all,
    "demo_filled": _("Fictional attendees were added for the demo."),
    "congress_edited": _then_told(log_settings.edited),
    "letter_texts_edited": log_settings.letter_texts_edited,
    "logo_shown": log_settings.logo_shown,
    "logo_removed": log_settings.logo_removed,
    "look_edited": log_settings.look_edited,
    "paper_edited": log_settings.paper_edited,
    "rules_edited": log_settings.rules_edited,
    "legal_texts_edited": log_settings.legal_texts_edited,
    "congress_set_up": _("The event was created."),
    "congress_imported": _imported,
    "edition_copied": _("The event was created as a copy of an earlier edition."),
    "people_written": _written,
    **log_assignment.WORDS,
    **log_allocation.WORDS,
    **log_badges.WORDS,
    **log_call.WORDS,
    **log_courses.WORDS,
    **log_door.WORDS,
    **log_feedback.WORDS,
    **log_groups.WORDS,
    **log_invitations.WORDS,
    **log_several.WORDS,
    **log_sheets.WORDS,
    **log_substitutes.WORDS,
    **log_mails.WORDS,
    **log_market.WORDS,
    **log_merging.WORDS,
    **log_offers.WORDS,
    **log_quotas.WORDS,
    **log_people.WORDS,
    **log_questions.WORDS,
    **log_requests.WORDS,
    **log_results.WORDS,
    **log_team.WORDS,
    **log_views.WORDS,
    "workshop_called_off": _workshop_called_off,
    **log_workshops.WORDS,
}
