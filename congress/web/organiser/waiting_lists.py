"""The waiting lists of a congress: for every place whether it is free, why, and who is next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from congress import clock
from congress.domain import conditions
from congress.domain.conditions import first_reason
from congress.domain.congresses import Congress
from congress.domain.eligibility import moves_nobody_up
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, ONLINE, Hall, Key, as_named
from congress.domain.modes import Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.slots import workshops_in_order
from congress.domain.workshops import OnlyOneOf, Places, WorkshopsClash
from congress.formats.attendee_list import kinds
from congress.queries import congresses, contingents, programme
from congress.queries import waiting_lists as queries
from congress.queries.neighbours import Neighbour
from congress.queries.waiting_lists import WaitingLists
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.mode_words import MODES
from congress.web.organiser import frame

SHOWN = 5  # of each list


@dataclass(frozen=True)
class InLine:
    """Somebody near the head of a list; with `passed_over` the next one gets the place."""

    who: Neighbour
    position: int
    passed_over: str = ""
    group: str = ""


@dataclass(frozen=True)
class Listed:
    """The places of the congress or of a workshop, and who stands for them."""

    item: ProgrammeItem | None
    places: Places
    says: str
    offered: Sequence[tuple[Neighbour, str]]
    held_for: str  # the kinds of people that empty places are held back for, each with how many
    line: Sequence[InLine]
    mode: Mode | None = None  # of the places of a hybrid event

    @property
    def more(self) -> int:
        """How many stand behind those who are shown."""
        return max(0, self.places.waiting - len(self.line))


def waiting_lists() -> str:
    """Show for every free place why it is free and who is next."""
    workspace = access.workspace()
    congress = congresses.with_content(workspace)
    items = programme.current_items(workspace)
    workshops = [each for each in workshops_in_order(items) if not each.face.cancelled]
    is_hybrid = congress.rules.is_hybrid
    found = queries.of_congress(workspace.id, workshops, SHOWN, is_hybrid=is_hybrid)
    hall = Hall.of(congress, items, now=clock.now())
    hall = contingents.holding_back(hall, congress.id, congress.rules)
    hall = replace(hall, people=found.people, groups=found.groups)
    shown = [_listed(None, congress.places, found, hall)]
    if is_hybrid:
        shown = _both_ways(shown[0], congress, found, hall)
    shown += [_listed(each, each.places, found, hall) for each in workshops]
    return frame.page(
        "waiting_lists.html",
        current="attendees",
        lists=[each for each in shown if each.places.capacity is not None or each.line],
        offers=hall.offering,
        groups=hall.rules.priority_groups.names,
        modes=MODES,
    )


def _both_ways(onsite: Listed, congress: Congress, found: WaitingLists, hall: Hall) -> list[Listed]:
    """Return the two lists of a hybrid event, each with the offers to its own people."""
    offered = [
        (found.named[each], until, found.people[each].mode)
        for each, until in found.offered.get(CONGRESS, ())
    ]
    lists = []
    for mode, key in ((Mode.ONSITE, CONGRESS), (Mode.ONLINE, ONLINE)):
        places = congress.places_in(mode)
        line = _line(key, found, hall)
        mine = [(who, frame.short_moment(until)) for who, until, way in offered if way is mode]
        says = _says(places, line, hall, CONGRESS)
        held_for = onsite.held_for if mode is Mode.ONSITE else ""  # there alone
        both = replace(onsite, places=places, held_for=held_for, offered=mine)
        lists.append(replace(both, says=says, line=line, mode=mode))
    return lists


def _listed(item: ProgrammeItem | None, places: Places, found: WaitingLists, hall: Hall) -> Listed:
    key = item.id if item else CONGRESS
    line = _line(key, found, hall)
    offered = [
        (found.named[each], frame.short_moment(until)) for each, until in found.offered.get(key, ())
    ]
    held_for, says = "" if item else _held_for(hall), _says(places, line, hall, key)
    if item and hall.workshops[item.id].by_wishes:
        says = _("Places here are given by wishes. Until they are assigned, nobody moves up.")
    return Listed(item, places, says, offered, held_for, line)


def _held_for(hall: Hall) -> str:
    """Say for whom empty places are held back still, and how many for each kind of people."""
    called = kinds(languages.current())
    left = {called[kind]: each.left for kind, each in hall.contingents.items() if each.left}
    return ", ".join(f"{words}: {many}" for words, many in left.items())


def _line(key: Key, found: WaitingLists, hall: Hall) -> list[InLine]:
    return [
        InLine(
            found.named[each],
            position,
            _passed_over(each, hall, as_named(key)),
            hall.rules.priority_groups.name_of(hall.people[each].priority),
        )
        for position, each in enumerate(found.heads.get(key, ()), start=1)
    ]


def _says(places: Places, line: Sequence[InLine], hall: Hall, key: Key) -> str:
    """Say why a place is free, or when the next in line gets one."""
    if not places.is_free and places.empty:
        return _(
            "Every empty place is held back. To give some to whoever is first here, please lower "
            "the numbers in the rules of registration."
        )
    if not places.is_free:
        return _("No place is free. The next one that becomes free goes to whoever is first here.")
    if not places.waiting:
        return _("Nobody is waiting, so whoever comes gets a free place at once.")
    stopped = moves_nobody_up(hall, key)
    if stopped is not None:
        return _("Nobody moves up: %(reason)s.", reason=in_short(stopped))
    if all(each.passed_over for each in line):
        return ngettext(
            "A place is free, and who waits cannot have it now.",
            "Places are free, and nobody of those who wait can have one now.",
            places.left or 1,
        )
    return _("A place is free and goes to whoever is first here with the next change.")


def _passed_over(number: int, hall: Hall, key: Key) -> str:
    reason = first_reason(conditions.NEXT_IN_LINE, hall, hall.people[number], key)
    return in_short(reason) if reason else ""


def in_short(reason: Refused) -> str:
    """Return why somebody is passed over, as an organiser reads it beside their name."""
    if isinstance(reason, WorkshopsClash) and not isinstance(reason, OnlyOneOf):
        other = languages.text(reason.second.title)
        return _("has a place in “%(workshop)s” at that time", workshop=other)
    zone = access.workspace().zone
    return refusals.heading(reason, zone) or refusals.reason(reason, zone)
