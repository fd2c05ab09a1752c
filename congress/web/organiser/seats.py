"""Choosing workshops for somebody else: what is free, and what is to be where nothing is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from congress.domain.errors import Refused
from congress.domain.programme import ProgrammeItem
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.domain.slots import Slot
from congress.domain.standing import StandingBooking
from congress.domain.workshops import NeededFor, OnlyWith
from congress.web import languages
from congress.web.entries import TICKED, Entry
from congress.web.languages import gettext as _
from congress.web.registration.cards import Card, card_of
from congress.web.registration.forms import SlotChoice, slot_choices
from congress.web.registration.occasion import Occasion

WAIT, BEYOND = "wait", "beyond"
GIVE_UP = "give-up-"  # with the code of a workshop: that one of several at this time


@dataclass
class SeatChoice:
    """The choice in one time slot, and what is to be if what is chosen has no free place.

    Whoever waits for the congress is not `asked`: their wishes are only kept. `overlapping` is
    what somebody has at one time since the programme moved, and can give up one of. Where it
    `takes_wishes`, its places are still to be given by wishes: nobody waits there yet.
    """

    choice: SlotChoice
    full: Entry
    is_asked: bool = True
    overlapping: Sequence[StandingBooking] = ()
    takes_wishes: bool = False
    alone: Entry | None = None  # asked once it was refused, as it goes only with another
    given_up: StandingBooking | None = field(default=None, init=False)

    @property
    def offered(self) -> tuple[ProgrammeItem, ...]:
        """The workshops of this slot that take place."""
        return self.choice.items

    @property
    def wish(self) -> WishedWorkshop | None:
        return self.choice.wish

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        asked = [(self.full.id, sentence) for sentence in self.full.errors]
        return [*self.choice.errors, *asked]

    def read(self, posted: Mapping[str, str]) -> None:
        """Take over what was chosen; an untouched slot stays as it is."""
        said = posted.get(self.choice.choice.name, "")
        self.given_up = next((each for each in self.overlapping if said == gives_up(each)), None)
        if self.given_up is not None:
            self.choice.choice.value = said
            return
        self.choice.read(posted, must_choose=False)
        self.full.value = posted.get(self.full.name, "")
        item = self.choice.find(self.choice.choice.value)
        if item is not None and posted.get(_alone(item).name) == TICKED:
            self.alone = _alone(item, TICKED)
        if item is None or not self.is_asked or item.places.has_free_place:
            return
        title = languages.text(item.face.title)
        if self.full.value == WAIT and self.takes_wishes:
            self.full.errors.append(no_waiting_yet())
        elif self.full.value == WAIT and not item.places.waiting_list_open:
            self.full.errors.append(
                _("“%(title)s” has no waiting list. Please choose something else.", title=title)
            )
        elif self.full.value not in {WAIT, BEYOND}:
            self.full.errors.append(
                _("“%(title)s” has no free place. Please choose what should happen.", title=title)
            )


def seat_choices(
    slots: Sequence[Slot], ranked: Collection[int] = (), *, is_asked: bool = True
) -> list[SeatChoice]:
    """Return an empty choice for every time slot with workshops but those that are ranked."""
    found = slot_choices(slots, ranked)
    return [SeatChoice(choice, _full(choice.number), is_asked) for choice in found]


def no_waiting_yet() -> str:
    """Return why nobody is put on a waiting list of a workshop that is ranked."""
    return _(
        "Until the places of this time have been assigned by wishes, no one waits here. Please "
        "choose something else."
    )


def ask_whether_alone(choices: Iterable[SeatChoice], refusal: Refused) -> None:
    """Ask where it was refused whether somebody is to have it without what it goes only with."""
    if isinstance(refusal, NeededFor) or not isinstance(refusal, OnlyWith):
        return
    for each in choices:
        item = each.choice.find(each.choice.choice.value)
        if item is not None and item.id == refusal.first.id:
            each.alone = _alone(item)


def _alone(item: ProgrammeItem, value: str = "") -> Entry:
    title = languages.text(item.face.title)
    label = _("Give a place in “%(title)s” all the same", title=title)
    return Entry(f"alone-{item.code}", label, value)


def gives_up(booking: StandingBooking) -> str:
    """Return the answer that gives up one of several workshops at one time."""
    return f"{GIVE_UP}{booking.item.code}"


def _full(number: int) -> Entry:
    label = _("There is no free place. What should happen?")
    return Entry(f"full-{number}", label, required=True)


def by_hand(choices: Sequence[SeatChoice]) -> ByHand:
    """Return what is to be where nothing is free."""
    said = [(each.wish.item_id, each.full.value) for each in choices if each.wish is not None]
    return ByHand(
        beyond=frozenset(key for key, value in said if value == BEYOND),
        waits=frozenset(key for key, value in said if value == WAIT),
        alone=frozenset(
            each.wish.item_id
            for each in choices
            if each.wish is not None and each.alone is not None and each.alone.value
        ),
    )


def card(item: ProgrammeItem, choice: SeatChoice, words: Occasion) -> Card:
    """Return the card of a workshop as organisers read it: full ones can be chosen as well."""
    notes = (words.own_time(item, choice.choice.slot), languages.text(item.face.room))
    is_full = choice.is_asked and not item.places.has_free_place
    return card_of(item, notes, waits=is_full, waiting_list=not choice.takes_wishes)


def when_full() -> list[tuple[str, str]]:
    """Return what can be done where there is no free place."""
    return [(WAIT, _("Put on the waiting list")), *when_full_of_wishes()]


def when_full_of_wishes() -> list[tuple[str, str]]:
    """Return what can be done where nobody waits, as places are still to be given by wishes."""
    return [(BEYOND, _("Add beyond capacity"))]
