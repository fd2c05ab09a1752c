"""The catalogue of further training: what is looked for in it, and what of it is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.congresses import Congress, CongressKind, CongressState, OrganisationRole
from congress.domain.folding import fold_for_order, fold_for_search, fold_sought
from congress.domain.modes import EventMode

LONGEST_SOUGHT = 100  # characters
MOST_WORDS = 8
HELD = frozenset({CongressState.PUBLISHED, CongressState.FINISHED})


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is empty does not matter."""

    words: str = ""
    carrier: str = ""
    town: str = ""
    online: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.carrier or self.town or self.online)


def trainings(congresses: Iterable[Congress]) -> list[Congress]:
    """Return the trainings that take place, of all congresses that the public sees."""
    return [
        each for each in congresses if each.kind is CongressKind.TRAINING and each.state in HELD
    ]


def carriers(congress: Congress) -> tuple[str, ...]:
    """Return who offers a training: its carriers, else its hosts."""
    named = congress.named(OrganisationRole.CARRIER) or congress.named(OrganisationRole.HOST)
    return tuple(each.name for each in named)


def carriers_of(there: Iterable[Congress]) -> list[str]:
    """Return all who offer any of these trainings, by their letters."""
    return sorted({name for each in there for name in carriers(each)}, key=fold_for_order)


def towns_of(there: Iterable[Congress]) -> list[str]:
    """Return all towns in which any of these trainings takes place, by their letters."""
    return sorted({each.town for each in there if each.town}, key=fold_for_order)


def found(there: Iterable[Congress], wanted: Wanted) -> list[Congress]:
    """Return the trainings that hold every word and are as is wanted, in their order."""
    words = fold_sought(wanted.words[:LONGEST_SOUGHT]).split()[:MOST_WORDS]
    return [
        each
        for each in there
        if (not wanted.carrier or wanted.carrier in carriers(each))
        and wanted.town in {"", each.town}
        and (not wanted.online or is_online(each))
        and all(word in _folded(each) for word in words)
    ]


def in_turn(there: Sequence[Congress], now: datetime) -> tuple[list[Congress], list[Congress]]:
    """Return those still to end, the next first, and those that are over, the latest first."""
    ordered = sorted(there, key=lambda each: (each.starts_at, each.id))
    coming = [each for each in ordered if not each.is_over(now)]
    over = [each for each in reversed(ordered) if each.is_over(now)]
    return coming, over


def is_online(congress: Congress) -> bool:
    """Whether one can take part in a training online."""
    return congress.rules.is_hybrid or congress.rules.mode is EventMode.ONLINE


def _folded(congress: Congress) -> str:
    """All that can be found of a training: its words, those of its modules, and who offers it."""
    modules = [congress.module_of(slot) for slot in congress.days]
    texts = [congress.title, congress.lead, congress.description]
    texts += [text for each in modules for text in (each.title, each.place)]
    said = [words for text in texts for words in text.values()]
    return fold_for_search(*said, congress.town, *carriers(congress))
