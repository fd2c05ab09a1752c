"""A form that somebody saves after another one has: what both changed, and what is taken over."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from congress.domain import editing
from congress.web.organiser.change_words import Line

Values = Mapping[str, str]
# Puts the changes of some values into words: their names, what they were, what they are.
Lines = Callable[[Iterable[str], Values, Values], list[Line]]


@dataclass(frozen=True)
class Meanwhile:
    """What two organisers changed in the same form."""

    clashes: Sequence[Line]
    taken_over: Sequence[Line] = ()


def merged(
    mine: Values, stored: Values, version: str, lines: Lines
) -> tuple[dict[str, str], Meanwhile]:
    """Return what was typed over what was saved since a version, and where the two differ.

    What only the other one changed is taken over, so that saving does not undo it.
    """
    both = editing.clashes(mine, stored, version)
    again = editing.over(mine, stored, version)
    taken = [name for name in editing.changes(mine, again) if name not in both]
    return again, Meanwhile(lines(both, stored, mine), lines(taken, mine, again))
