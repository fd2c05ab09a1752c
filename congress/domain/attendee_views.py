"""Views of the attendee list with a name: an address that somebody finds again.

A view keeps no people and no rights: whoever opens it sees what its address shows them now.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from congress.domain.errors import Refused
from congress.domain.folding import fold_for_order

LONGEST_NAME = 60
MOST = 30  # own ones of an account, and shared ones of a congress


class ViewNamedAlready(Refused):
    """Another view has this name, and whoever saves has not seen it."""


class ViewEditedMeanwhile(Refused):
    """Somebody else renamed, replaced or deleted a view meanwhile."""


class EnoughViews(Refused):
    """There are so many views that nobody finds one any more."""


@dataclass(frozen=True)
class View:
    """A view as it is to be saved; shared with everybody who sees the list, or one's own."""

    name: str
    query: str
    is_shared: bool

    @property
    def name_key(self) -> str:
        return fold_for_order(self.name)

    @property
    def version(self) -> str:
        """What tells this view from what somebody else makes of it meanwhile."""
        return hashlib.sha256(repr((self.name, self.query)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class SavedView(View):
    """A view that is stored."""

    id: int


def named_alike(views: Iterable[SavedView], wanted: View) -> SavedView | None:
    """Return the view that has this name already, among the own or among the shared ones."""
    key = (wanted.is_shared, wanted.name_key)
    return next((each for each in views if (each.is_shared, each.name_key) == key), None)


def require_few(views: Iterable[SavedView], wanted: View) -> None:
    """Refuse one more where there are enough."""
    if sum(each.is_shared is wanted.is_shared for each in views) >= MOST:
        raise EnoughViews
