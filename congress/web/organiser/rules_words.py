"""The words for the rules of registration: what each is called, means, and can be."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.approval import Approval
from congress.domain.modes import EventMode, Mode
from congress.domain.rules import DEFAULTS, Access, choices_of
from congress.domain.workshops import Allocation
from congress.queries.allocations import Concerned
from congress.web.languages import gettext, ngettext
from congress.web.mode_words import MODES

LABELS: Mapping[str, LazyString] = {
    "late": _("Late registration"),
    "approval": _("Approval"),
    "offer_hours": _("Offer free places: hours to answer"),
    "offers_end_hours": _("No offers in the last hours before the event"),
    "quota": _("Places per organisation"),
    "access": _("Who may register"),
    "substitutes": _("Colleagues may come instead"),
    "group_most": _("People in a group"),
    "priority": _("Priority groups"),
    "mode": _("On site or online"),
    "online_places": _("Places online"),
    "link_hours": _("Send the online link: hours before the event"),
    "held_for_guests": _("Places held back for guests of honour"),
    "held_for_press": _("Places held back for the press"),
    "held_for_team": _("Places held back for the team"),
    "held_for_contributors": _("Places held back for contributors"),
    "partners_most": _("Local partners per municipality"),
    "certificate_from": _("Certificate from: percent of the modules attended"),
    "allocation": _("Places in workshops"),
    "popularity": _("Show how popular workshops are"),
    "organisation_most": _("People of one organisation in a workshop"),
}
HINTS: Mapping[str, LazyString] = {
    "late": _("After the deadline people can ask for a place; you accept or decline."),
    "approval": _(
        "Every registration is a request until you have accepted it. Open requests stay open, "
        "whatever you choose here."
    ),
    "offer_hours": _(
        "A place that becomes free is held for the next person in line for so many hours. Whoever "
        "declines or does not answer leaves the waiting list. Empty: people move up at once."
    ),
    "offers_end_hours": _(
        "Offers always run their whole time, so the last ones are made that much earlier. After "
        "that people move up at once until the event starts."
    ),
    "quota": _(
        "So many people of one organisation get a place; further people wait on its reserve list, "
        "also while places are free. Empty: as many as want to."
    ),
    "access": _(
        "By invitation only, the form opens through the personal link in an invitation alone. "
        "Representatives of members are recognised by the address under which the network knows "
        "them on the first day of the event. You can still register people yourself."
    ),
    "substitutes": _(
        "Whoever cannot come hands the registration over to a named colleague, until the event "
        "starts. You can always see to it by hand."
    ),
    "group_most": _(
        "One contact registers up to so many people in one form. Groups may ask to come only "
        "together: then all of them move up at the same time. What you decide by hand you decide "
        "about each person. Empty: no groups."
    ),
    "priority": _(
        "One per line, in the order in which they move up from waiting lists, for example "
        "Members, Contributors, Everyone else. Whoever registers is in the last group until you "
        "say otherwise. Empty: whoever registered first moves up first."
    ),
    "mode": _(
        "Hybrid: everyone chooses when registering, and on site and online have places and a "
        "waiting list each. The places under “Particulars” are then those on site. Only those who "
        "take part online are told the online link."
    ),
    "online_places": _(
        "Of a hybrid event. The waiting list is open or closed for both. Empty: no limit."
    ),
    "link_hours": _(
        "Until then emails and own pages say when the link comes. It is then sent by "
        "itself, with the calendar entry revised. Empty: with the confirmation."
    ),
    "held_for_guests": _(
        "So many of the places at the event are kept for people whom you register as guests of "
        "honour. If fewer are empty, places are kept as they become free. A lower number gives the "
        "others to the waiting list at once. Empty: none."
    ),
    "held_for_press": _("Kept in the same way for people you register as press."),
    "held_for_team": _("Kept in the same way for people you register as team."),
    "held_for_contributors": _(
        "Kept in the same way for people you register as contributors. Whoever is in the programme "
        "without being registered takes no place."
    ),
    "partners_most": _(
        "Of a themed workshop: so many local partners each member municipality of the network may "
        "name in its own view. They are sent an invitation with a personal link. Empty: none."
    ),
    "certificate_from": _(
        "Of a training course, whose modules are its days. Whoever attended fewer of them gets no "
        "certificate of attendance. Empty: whoever was there on any day gets one."
    ),
    "allocation": _(
        "By wishes, people rank the workshops of each time until a deadline. Then all places are "
        "given at once, as well as possible for everyone and not to who was fastest. A single "
        "time can be different."
    ),
    "popularity": _(
        "While people rank their wishes they see how many have put each workshop first."
    ),
    "organisation_most": _(
        "Where places are given by wishes: at most so many people of one organisation get a place "
        "in the same workshop. It does not apply to those who move up later. Empty: no limit."
    ),
}
# The words of each rule that is one of several, by its value.
CHOICES: Mapping[str, Mapping[str, LazyString]] = {
    "approval": {
        Approval.OFF: _("not needed: registrations count at once"),
        Approval.HELD: _("needed; places are held until you decide"),
        Approval.KEPT: _("needed; places are given once you accept"),
    },
    "mode": {
        EventMode.ONSITE: _("on site"),
        EventMode.ONLINE: _("online only"),
        EventMode.HYBRID: _("hybrid: on site and online, with places each"),
    },
    "access": {
        Access.OPEN: _("everyone"),
        Access.INVITED: _("by invitation only"),
        Access.MEMBERS: _("representatives of members, and whoever is invited"),
    },
    "allocation": {
        Allocation.FIRST_COME: _("to whoever comes first"),
        Allocation.WISHES: _("by ranked wishes, after a deadline"),
    },
}


def said(name: str, value: str) -> str:
    """Return a rule as it was typed, in words."""
    if name in CHOICES:
        return str(CHOICES[name].get(value, value))
    if isinstance(DEFAULTS[name], bool):
        return gettext("yes") if value else gettext("no")
    return ", ".join(value.splitlines()) or gettext("none")


def options(name: str) -> list[tuple[str, str]]:
    """Return what a rule can be, each with its words; nothing for a tick or a number."""
    return [(value, said(name, value)) for value in choices_of(name) or ()]


def moved_up(many: int, mode: Mode | None) -> str:
    """Say how many would move up, in one way of taking part where there are two."""
    said = ngettext(
        "%(num)d person would move up straight away and be told by email:",
        "%(num)d people would move up straight away and be told by email:",
        many,
    )
    return _in_way(said, mode)


def offered(many: int, mode: Mode | None) -> str:
    """Say how many would be offered a place, in one way of taking part where there are two."""
    said = ngettext(
        "%(num)d person would be offered a place and be told by email until when to accept:",
        "%(num)d people would be offered a place and be told by email until when to accept:",
        many,
    )
    return _in_way(said, mode)


def _in_way(said: str, mode: Mode | None) -> str:
    return f"{MODES[mode]}: {said}" if mode else said


def untold(found: Concerned) -> str:
    """Say that people who are registered already do not know that they can rank now."""
    if not found.untold:
        return ""
    return ngettext(
        "%(num)d person who is registered already can rank wishes now. No email is sent; please "
        "write to them.",
        "%(num)d people who are registered already can rank wishes now. No email is sent; please "
        "write to them.",
        found.untold,
    )
