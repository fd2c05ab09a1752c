"""The preview of an assignment: shares of the wishes, each workshop, and what else could be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress.domain.assignment.figures import Figures, WorkshopFigures
from congress.domain.programme import ProgrammeItem
from congress.queries.assignment_runs import Run
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import assignment_words

BAR = 400  # units of the drawing, for all lists


@dataclass(frozen=True)
class Share:
    """How many lists end in one way, as words, number, percent and a bar; and by first come."""

    words: str
    number: int
    percent: str
    width: float
    first_come: int
    percent_first_come: str


@dataclass(frozen=True)
class Filled:
    """A workshop in the preview."""

    item: ProgrammeItem
    figures: WorkshopFigures
    by_wish: str
    one_more: str
    is_full: bool


@dataclass(frozen=True)
class Preview:
    """Everything that is counted of a run."""

    figures: Figures
    shares: Sequence[Share]
    compared: Sequence[tuple[str, int, int]]  # in words, by this run, by first come
    filled: Sequence[Filled]
    settled: str  # what was wished for beside it, where people have a place in any case


def preview(run: Run, items: Mapping[int, ProgrammeItem]) -> Preview | None:
    """Return the figures of a run in words; None where nothing came of it."""
    if run.figures is None:
        return None
    found = Figures.of(run.figures)
    more = run.one_more or {}
    filled = [
        _filled(items[each.id], each, more.get(str(each.id)))
        for each in found.workshops
        if each.id in items
    ]
    return Preview(found, _shares(found), _compared(found), filled, _settled(found))


def _filled(item: ProgrammeItem, found: WorkshopFigures, more: Mapping[str, Any] | None) -> Filled:
    has_limit = found.places is not None
    is_full = found.places is not None and found.taken >= found.places
    words = assignment_words.one_more(more, has_limit=has_limit, is_full=is_full)
    return Filled(item, found, _by_wish(found), words, is_full)


def _settled(found: Figures) -> str:
    """Say how many more wished at a time of which they have a place in any case."""
    if not found.settled:
        return ""
    counted = (
        f"{assignment_words.how(why, None, is_other=False)}: {number}"
        for why, number in found.settled.items()
    )
    return ngettext(
        "%(num)d wish list is not counted here, as the place at that time was given in any case "
        "(%(why)s).",
        "%(num)d wish lists are not counted here, as the place at that time was given in any case "
        "(%(why)s).",
        sum(found.settled.values()),
        why=", ".join(counted),
    )


def _shares(found: Figures) -> list[Share]:
    """Return how many lists got which wish, and how many nothing."""
    other = found.first_come
    last = max(len(found.by_rank), len(other.by_rank))
    words = _("Another one that is also fine")
    others = _share(words, found.any_other, other.any_other, found.lists)
    return [
        *(
            _share(
                assignment_words.nth_wish(rank + 1),
                _at(found.by_rank, rank),
                _at(other.by_rank, rank),
                found.lists,
            )
            for rank in range(last)
        ),
        *([others] if found.any_other or other.any_other else ()),
        _share(_("None of their wishes"), found.unmet, other.unmet, found.lists),
    ]


def _share(words: str, number: int, first_come: int, of: int) -> Share:
    return Share(
        words,
        number,
        _percent(number, of),
        round(BAR * number / of, 1) if of else 0,
        first_come,
        _percent(first_come, of),
    )


def _percent(number: int, of: int) -> str:
    return languages.percent(round(100 * number / of)) if of else "–"


def _at(by_rank: Sequence[int], rank: int) -> int:
    return by_rank[rank] if rank < len(by_rank) else 0


def _compared(found: Figures) -> list[tuple[str, int, int]]:
    other = found.first_come
    return [
        (_("People who have nothing at all"), found.empty_handed, other.empty_handed),
        (
            _("Ranks below the first wishes, added up over all people"),
            found.dissatisfaction,
            other.dissatisfaction,
        ),
    ]


def _by_wish(found: WorkshopFigures) -> str:
    """Say how many got it as which wish: "1st: 12, 2nd: 4"."""
    said = [
        f"{assignment_words.nth_wish(rank)}: {number}"
        for rank, number in enumerate(found.by_rank, start=1)
        if number
    ]
    if found.any_other:
        said.append(f"{assignment_words.any_other()}: {found.any_other}")
    if found.fixed:
        said.append(_("in any case: %(number)d", number=found.fixed))
    return ", ".join(said) or "–"
