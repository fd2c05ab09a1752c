"""What pages say where workshops are ranked: their cards, what was wished for, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from congress.domain import ranking
from congress.domain.congresses import Congress
from congress.domain.programme import ProgrammeItem
from congress.domain.ranking import Wishes
from congress.domain.slots import Slot
from congress.domain.workshops import Places
from congress.queries import wishes
from congress.web import languages
from congress.web.entries import Entry
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.registration import cards, choice_words
from congress.web.registration.cards import Card
from congress.web.registration.occasion import Occasion
from congress.web.registration.ranking_form import ANY, NONE, ONLY, RankedChoice, RankingForm

Cards = list[tuple[Entry, Card]]  # the number of a workshop, and what is shown of it


@dataclass(frozen=True)
class ListedWishes:
    """What somebody wishes for in one choice, in words: the dearest first."""

    name: str
    times: str
    ranked: tuple[str, ...]
    rest: str  # what else will do, or that no place is wanted
    is_gone: bool = False  # none of it takes place any more

    @property
    def in_one_line(self) -> str:
        """All of it in one sentence, as letters and tables have it."""
        numbered = (f"{rank}. {title}" for rank, title in enumerate(self.ranked, start=1))
        return ", ".join((*numbered, *filter(None, (self.rest,))))


def legend(slot: Slot, *, for_another: bool = False) -> str:
    """Return what stands above a ranking."""
    if choice_words.is_yes_or_no(slot):
        return choice_words.legend(slot)
    if for_another:
        return _("Wishes: %(choice)s", choice=choice_words.name(slot))
    if choice_words.only_workshops(slot.offered):
        return _("Your wishes for workshops")
    return _("Your wishes: %(choice)s", choice=choice_words.name(slot))


def rest_cards(slot: Slot, *, for_another: bool = False) -> list[Card]:
    """Return what one may say of everything that was not numbered, or yes and no."""
    if choice_words.is_yes_or_no(slot):
        return [Card(ANY, _("Yes, if there is a place")), Card(NONE, _("No"))]
    return [
        Card(ONLY, _("then rather no place")),
        Card(ANY, _("then anything else here is fine too")),
        Card(NONE, (choice_words.nothing_for_them if for_another else choice_words.nothing)(slot)),
    ]


def of_form(
    form: RankingForm, congress: Congress, items: Sequence[ProgrammeItem], words: Occasion
) -> list[tuple[RankedChoice, Cards]]:
    """Return each choice with its cards, as the template of a ranking wants them."""
    first = wishes.popularity(congress.id) if form.is_open and congress.rules.popularity else None
    return [(each, _cards(each, items, words, first)) for each in form.choices]


def _cards(
    choice: RankedChoice,
    items: Sequence[ProgrammeItem],
    words: Occasion,
    first: Mapping[int, int] | None,
) -> Cards:
    return [
        (choice.ranks[item.id], _card(item, choice.slot, items, words, first))
        for item in choice.items
    ]


def _card(
    item: ProgrammeItem,
    slot: Slot,
    items: Sequence[ProgrammeItem],
    words: Occasion,
    first: Mapping[int, int] | None,
) -> Card:
    notes = [
        words.own_time(item, slot),
        languages.text(item.face.room),
        cards.mode_note(item),
        cards.same_as(item, items, words),
        "" if first is None else popular(first.get(item.id, 0)),
    ]
    return replace(cards.card_of(item, notes), state=_places(item.places))


def _places(places: Places) -> cards.State | None:
    """Return how many places there are: none is taken before all are given."""
    if places.capacity is None:
        return None
    return "free", ngettext("%(num)d place", "%(num)d places", places.capacity)


def popular(first: int) -> str:
    """Return how many people put a workshop first."""
    if not first:
        return _("no one’s first wish so far")
    return ngettext(
        "first wish of %(num)d person so far", "first wish of %(num)d people so far", first
    )


def listed(slot: Slot, said: Wishes | None, words: Occasion) -> ListedWishes:
    """Return in words what somebody wishes for in one choice; nothing of it is given yet."""
    items = {item.id: item for item in slot.workshops}
    titles = tuple(_title(items[key]) for key in said.ranked if key in items) if said else ()
    rest = ""
    if said is None:
        rest = _("nothing ranked")
    elif said.any_other:
        rest = _("otherwise anything else") if titles else _("anything is fine")
    elif not titles:
        rest = _("no place wanted")
    is_gone = bool(said) and ranking.still(said, ranking.offered(slot)) is None
    return ListedWishes(choice_words.name(slot), words.times(slot.time), titles, rest, is_gone)


def _title(item: ProgrammeItem) -> str:
    name = cards.full_name(item)
    return _("%(title)s (not taking place)", title=name) if item.face.cancelled else name
