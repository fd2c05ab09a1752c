"""What the cards and states of the registration pages say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from congress.domain.bindings import beside, goes_with, twins
from congress.domain.congresses import Congress
from congress.domain.modes import ItemMode, Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.workshops import Availability, Places
from congress.formats.typography import listed
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.mode_words import ITEM_MODES, MODES
from congress.web.registration.choice_words import spoken_name
from congress.web.registration.forms import NOTHING, SlotChoice
from congress.web.registration.occasion import Occasion

State = tuple[str, str]  # kind of the mark (free, few, wait, full, ok, off), words

KINDS = {
    Availability.UNLIMITED: "free",
    Availability.FREE: "free",
    Availability.FEW: "few",
    Availability.WAITING: "wait",
    Availability.FULL: "full",
}


@dataclass(frozen=True)
class Card:
    """One choice as the macro `radio_cards` draws it."""

    value: str
    label: str
    over: str = ""
    more: str = ""
    state: State | None = None
    closed: bool = False
    waits: bool = False
    asks: bool = False
    lang: str | None = None

    @property
    def is_off(self) -> bool:
        """Whether it stands for what does not take place."""
        return self.state is not None and self.state[0] == "off"


def full_name(item: ProgrammeItem) -> str:
    """Return "Workshop 3: title"; without a number its title says what it is."""
    return languages.item_name(item)


def short_name(item: ProgrammeItem) -> str:
    """Return "Workshop 3: short title"."""
    title = languages.short_title(item.face)
    return f"{languages.number_name(item)}: {title}" if item.number else title


def state_of(places: Places) -> State:
    """Return how full something is, as a mark and in words."""
    availability = places.availability
    left = places.left or 0
    if availability is Availability.UNLIMITED:
        words = _("Places available")
    elif availability is Availability.FREE:
        words = ngettext("%(num)d place available", "%(num)d places available", left)
    elif availability is Availability.FEW:
        words = ngettext("Only %(num)d place left", "Only %(num)d places left", left)
    elif availability is Availability.WAITING:
        words = _("Waiting list (%(waiting)d)", waiting=places.waiting)
        if not places.waiting:
            words = _("Fully booked, waiting list open")
    else:
        words = _("Fully booked")
    return KINDS[availability], words


def _cancelled() -> State:
    return "off", _("Cancelled: not taking place")


def people_ahead(waiting: int) -> str:
    """Return how many people stand in a queue before somebody new."""
    if waiting == 0:
        return _("no one is ahead of you")
    return ngettext("%(num)d person is ahead of you", "%(num)d people are ahead of you", waiting)


def mode_cards(congress: Congress, *, is_held: bool = False) -> list[Card]:
    """Return both ways of taking part, each with its places.

    Whoever one is held for (`is_held`) gets it on site, whatever is free there for others.
    """
    places = {mode: congress.places_in(mode) for mode in Mode}
    if is_held:
        places[Mode.ONSITE] = Places()
    return [_mode_card(mode, places[mode]) for mode in Mode]


def _mode_card(mode: Mode, places: Places) -> Card:
    is_waiting = places.availability is Availability.WAITING
    more = _joins_queue(places) if is_waiting else ""
    closed = places.availability is Availability.FULL
    return Card(mode, str(MODES[mode]), more=more, state=state_of(places), closed=closed)


def _joins_queue(places: Places, name: str = "") -> str:
    if name:
        return _("All places are taken. %(name)s will join the waiting list.", name=name)
    return _(
        "All places are taken. You will join the waiting list; %(ahead)s.",
        ahead=people_ahead(places.waiting),
    )


def mode_note(item: ProgrammeItem) -> str:
    """Say that one can be in a workshop in one way only; nothing where both are possible."""
    return "" if item.mode is ItemMode.BOTH else str(ITEM_MODES[item.mode])


def is_closed(item: ProgrammeItem) -> bool:
    """Return whether a workshop is shown but not to be chosen: not even its queue is open."""
    return item.places.availability is Availability.FULL


def same_as(item: ProgrammeItem, items: Iterable[ProgrammeItem], words: Occasion) -> str:
    """Say when else a workshop is offered, and what it is bound to; nothing where it is neither."""
    items = [each for each in items if each.bookable]
    found, bound = twins(item, items), bound_to(item, items)
    if not found:
        return bound
    others = [f"{spoken_name(each)}, {words.times(each.slot)}" for each in found]
    offered = _(
        "Also offered as %(others)s. Each person can have one of them.",
        others=listed(others, languages.current()),
    )
    return f"{offered} {bound}".rstrip()


def bound_to(item: ProgrammeItem, items: Sequence[ProgrammeItem]) -> str:
    """Say before anybody chooses what an item is bound to; nothing where it is not."""
    said = []
    if needed := goes_with(item, items):
        others = listed(list(map(spoken_name, needed)), languages.current(), any_of=True)
        said.append(_("Only together with %(other)s.", other=others))
    if group := beside(item, items):
        others = listed(list(map(spoken_name, group)), languages.current())
        said.append(_("Each person can have this or one of the others: %(others)s.", others=others))
    return " ".join(said)


def card(
    item: ProgrammeItem,
    own_time: str = "",
    *,
    opens_safe: bool,
    why_not: str = "",
    also: str = "",
    name: str = "",
) -> Card:
    """Return the card of a workshop; choosing a full one may open the choice of a safe place.

    `own_time` is said where it differs from that of the choice; `why_not` says why it is shown
    and cannot be chosen, `also` when else it is offered, `name` for whom another one chooses.
    """
    notes = [own_time, languages.text(item.face.room), mode_note(item), also]
    if why_not:
        return card_of(item, [*notes, why_not], closed=True)
    availability = item.places.availability
    if availability is Availability.WAITING:
        notes.append(_joins_queue(item.places, name))
    elif is_closed(item):
        notes.append(_("Fully booked, the waiting list is closed too."))
    waits = opens_safe and availability is Availability.WAITING
    return card_of(item, notes, waits=waits, closed=is_closed(item))


def card_of(
    item: ProgrammeItem,
    notes: Sequence[str],
    *,
    waits: bool = False,
    closed: bool = False,
    waiting_list: bool = True,
) -> Card:
    """Return the card of a workshop with these notes; empty ones are left out.

    Without a `waiting_list` it says nothing of one, whatever the workshop has later.
    """
    places = item.places if waiting_list else replace(item.places, waiting_list_open=False)
    return Card(
        value=item.code,
        label=languages.text(item.face.title),
        over=languages.number_name(item) if item.number else "",
        more=" · ".join(filter(None, notes)),
        state=_cancelled() if item.face.cancelled else state_of(places),
        closed=closed,
        waits=waits,
        asks=item.is_workshop,
        lang=languages.other_language(item.face.title),
    )


def of_choice(
    choice: SlotChoice,
    items: Sequence[ProgrammeItem],
    others: Sequence[ProgrammeItem],
    words: Occasion,
    why_not: Mapping[int, str],
) -> list[Card]:
    """Return the cards of what one could change to in one choice, some with why one cannot.

    `others` is all there is, of which some may offer the same at another time.
    """
    return [
        card(
            item,
            words.own_time(item, choice.slot),
            opens_safe=False,
            why_not=why_not.get(item.id, ""),
            also=same_as(item, others, words),
        )
        for item in items
    ]


def yes(of: Card) -> Card:
    """Return the card of the one thing that is asked about: its title is the question."""
    return replace(of, label=_("Yes"), over="", lang=None)


def safe_options(choice: SlotChoice) -> list[tuple[str, str]]:
    """Return the workshops one can keep while waiting, and the choice to keep none."""
    options = []
    for item in choice.safe_items:
        left = item.places.left
        name = full_name(item)
        if left is not None:
            name = _("%(name)s (%(left)d free)", name=name, left=left)
        options.append((item.code, name))
    return [*options, (NOTHING, _("None, I will just wait"))]
