"""One thing that an organiser has to do, as the overview shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.domain.access import Right
from congress.queries.audit import MovedUp
from congress.web import access


@dataclass(frozen=True)
class Task:
    """One thing to do: what it is, where it is done, and whom it is about."""

    words: str
    part: str = ""  # of the address, after that of the congress; without it there is no link
    mark: str = ""
    people: Sequence[MovedUp] = ()


def if_may(right: Right, part: str) -> str:
    """Return where it is done, for whoever may do it."""
    return part if access.may(right) else ""
