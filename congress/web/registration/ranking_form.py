"""The fields in which somebody ranks the workshops of each choice that takes wishes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from congress.domain import allocation, ranking
from congress.domain.congresses import Congress
from congress.domain.programme import ProgrammeItem
from congress.domain.ranking import Wishes
from congress.domain.slots import Slot, in_slots
from congress.domain.standing import Standing
from congress.web.entries import Entry, read_number, told
from congress.web.languages import gettext as _
from congress.web.registration import choice_words
from congress.web.registration.choice_words import spoken_name
from congress.web.registration.occasion import occasion

# With the code of a workshop: which wish it is; and of a choice, what else will do.
RANK, REST = "wish-", "rest-"
ONLY, ANY, NONE = "only", "any", "none"  # what else will do: nothing, all of it; no place wanted
MOST_TYPED = 999


Fault = tuple[str | None, str]  # the field to go to, and what is wrong


@dataclass
class RankedChoice:
    """The ranking in one choice: a number for each workshop, and what else will do.

    `is_open` until the day for wishes is over; then it is shown that places are being assigned.
    Where there is one thing to say yes or no to, nothing is numbered. An organiser who ranks
    `for_another` may leave it as it is.
    """

    number: int
    slot: Slot
    ranks: Mapping[int, Entry]  # by the number of a workshop
    rest: Entry
    is_open: bool
    for_another: bool = False
    times: str = ""  # where there are several choices: which of them it is
    wishes: Wishes | None = None

    @property
    def items(self) -> list[ProgrammeItem]:
        """The workshops that can be wished for."""
        return [item for item in self.slot.workshops if item.id in self.ranks]

    @property
    def numbers(self) -> range:
        """The numbers to choose from: as many as there are workshops."""
        return range(1, len(self.ranks) + 1)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        entries = (*self.ranks.values(), self.rest)
        return timed(self.times, [error for entry in entries for error in told(entry)])

    def read(self, posted: Mapping[str, str]) -> None:
        """Take over what was ranked; what is wrong stands beside the workshop it is about."""
        numbers: dict[int, int] = {}
        for item in self.items:
            entry = self.ranks[item.id]
            entry.value = posted.get(entry.name, "").strip()
            number = read_number(entry.value, most=MOST_TYPED)
            if number:
                numbers[item.id] = number
            elif entry.value:
                entry.errors.append(_("Please choose a number, or leave it open."))
        self._refuse_alike(numbers)
        self._read_rest(posted, has_any=bool(numbers))
        if self.for_another and not numbers and self.rest.value == ONLY:
            return
        if not self.errors:
            ranked = ranking.in_order(numbers)
            self.wishes = Wishes(ranked, any_other=self.rest.value == ANY)

    def _refuse_alike(self, numbers: Mapping[int, int]) -> None:
        names = {item.id: spoken_name(item) for item in self.items}
        for number, (first, *others) in ranking.numbered_alike(numbers):
            for other in others:
                sentence = _(
                    "%(one)s and %(other)s are both wish no. %(number)d. Please give each number "
                    "only once.",
                    one=names[first],
                    other=names[other],
                    number=number,
                )
                self.ranks[other].errors.append(sentence)

    def _read_rest(self, posted: Mapping[str, str], *, has_any: bool) -> None:
        said = posted.get(self.rest.name, "")
        self.rest.value = said if said in {ONLY, ANY, NONE} else ONLY
        if self.for_another and self.rest.value == ONLY:
            return
        if not self.ranks:
            if self.rest.value == ONLY:
                self.rest.errors.append(choice_words.please_choose(self.slot))
        elif self.rest.value == NONE and has_any:
            self.rest.errors.append(
                _("You have numbered something and said that you need no place. Please decide.")
            )
        elif self.rest.value == ONLY and not has_any and not self.errors:
            first = next(iter(self.ranks.values()))
            first.errors.append(
                _(
                    "Please number what you would like, or say below that anything is fine "
                    "with you or that you need no place."
                )
            )


@dataclass
class RankingForm:
    """All choices that take wishes, in the order of the programme."""

    choices: list[RankedChoice] = field(default_factory=list)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of every workshop in these choices."""
        return frozenset(item.code for each in self.choices for item in each.slot.workshops)

    @property
    def is_open(self) -> bool:
        """Whether there is something to rank."""
        return any(each.is_open for each in self.choices)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for each in self.choices for error in each.errors]

    @property
    def wishes(self) -> dict[int, Wishes]:
        """What was ranked in each choice, by `Slot.key`."""
        return {each.slot.key: each.wishes for each in self.choices if each.wishes is not None}

    def read(self, posted: Mapping[str, str]) -> None:
        """Take over what was ranked where that is still open."""
        for each in self.choices:
            if each.is_open:
                each.read(posted)

    def asks_no_more(self, posted: Mapping[str, str]) -> bool:
        """Return whether a form that lay open ranks what is not ranked any more."""
        open_ones = [each for each in self.choices if each.is_open]
        asked = {entry.name for each in open_ones for entry in (*each.ranks.values(), each.rest)}
        return any(_says(name, value) for name, value in posted.items() if name not in asked)


def ranking_form(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    *,
    now: datetime,
    standing: Standing | None = None,
    by_organiser: bool = False,
) -> RankingForm:
    """Return the choices that take wishes: empty, or with what somebody said before.

    Where they have a place already there is nothing to wish for. To organisers the others are open
    until the places are assigned.
    """
    taking = allocation.taking_wishes(items, congress.rules.allocation)
    said: dict[int, Wishes] = {}
    if standing is not None:
        taking = standing.without_place(taking)
        said = ranking.by_choice(taking, standing.wishes)
    keys = {slot.key for slot in taking}
    is_open = by_organiser or now < congress.wishes_close_at
    offered = offering(in_slots(items)) if taking else []
    form = RankingForm(
        [
            _choice(number, slot, said, is_open=is_open, for_another=by_organiser)
            for number, slot in enumerate(offered, start=1)
            if slot.workshops and slot.key in keys
        ]
    )
    words = occasion(congress)
    for each in form.choices:
        if len(form.choices) > 1 or choice_words.has_namesake(each.slot, offered):
            each.times = words.times(each.slot.time)
    return form


def timed(times: str, errors: list[Fault]) -> list[Fault]:
    """Return what is wrong with a choice, with its time where that has to tell which it is."""
    return [(place, f"{times}, {sentence}") for place, sentence in errors] if times else errors


def offering(slots: Sequence[Slot]) -> list[Slot]:
    """Return the time slots in which there is something to choose; their numbers name fields."""
    return [slot for slot in slots if any(not item.face.cancelled for item in slot.workshops)]


def is_ranked(slot: Slot, taking: Collection[int]) -> bool:
    """Return whether a choice is among those that take wishes, named by their workshops."""
    return any(item.id in taking for item in slot.workshops)


def _choice(
    number: int,
    slot: Slot,
    said: Mapping[int, Wishes],
    *,
    is_open: bool,
    for_another: bool,
) -> RankedChoice:
    offered = ranking.offered(slot)
    before = ranking.still(said.get(slot.key), offered)
    ranks = {key: rank for rank, key in enumerate(before.ranked, start=1)} if before else {}
    return RankedChoice(
        number,
        slot,
        ranks={
            item.id: Entry(f"{RANK}{item.code}", spoken_name(item), str(ranks.get(item.id, "")))
            for item in slot.workshops
            if item.id in offered and not choice_words.is_yes_or_no(slot)
        },
        rest=Entry(f"{REST}{_code(slot)}", choice_words.name(slot), _rest(before)),
        is_open=is_open,
        for_another=for_another,
    )


def _code(slot: Slot) -> str:
    """Return what names a choice in forms, whatever is added to the programme meanwhile."""
    return next(item.code for item in slot.workshops if item.id == slot.key)


def _says(name: str, value: str) -> bool:
    """Return whether a field wishes for something, or for nothing."""
    return value in {ANY, NONE} if name.startswith(REST) else name.startswith(RANK) and bool(value)


def _rest(before: Wishes | None) -> str:
    """Return what else will do by what was said before."""
    if before is None:
        return ONLY
    if before.any_other:
        return ANY
    return ONLY if before.ranked else NONE
