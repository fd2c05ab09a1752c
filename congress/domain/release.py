"""What a release would change: working values beside those the public sees."""

from collections.abc import Mapping
from dataclasses import dataclass

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.programme import Face
from congress.domain.texts import Texts


class StateUnreachable(Refused):
    """A congress does not go from its state to the one that was asked for."""


# Calling off is no mere state: `services.calling_off` tells everybody and corrects calendars.
NEXT_STATES: Mapping[CongressState, tuple[CongressState, ...]] = {
    CongressState.DRAFT: (CongressState.PUBLISHED,),
    CongressState.PUBLISHED: (CongressState.FINISHED, CongressState.CANCELLED),
    CongressState.CANCELLED: (),
    CongressState.FINISHED: (CongressState.PUBLISHED,),
}


@dataclass(frozen=True)
class ItemDraft:
    """A programme item with both of its faces; without a released one it is new."""

    id: int
    code: str
    number: int | None
    working: Face
    released: Face | None

    @property
    def title(self) -> Texts:
        return self.working.title

    @property
    def changes(self) -> tuple[str, ...]:
        """The names of what a release would change, in the order of the form."""
        return changed_fields(self.released, self.working)

    @property
    def is_new(self) -> bool:
        return self.released is None


def changed_fields(before: Face | None, after: Face) -> tuple[str, ...]:
    """Return the names of what differs between two faces; "new" where there was none."""
    if before is None:
        return ("new",)
    pairs = {
        "title": (dict(before.title), dict(after.title)),
        "abstract": (dict(before.abstract), dict(after.abstract)),
        "time": (before.slot, after.slot),
        "room": (dict(before.room), dict(after.room)),
        "people": (before.people, after.people),
        "cancelled": (before.cancelled, after.cancelled),
    }
    return tuple(name for name, (old, new) in pairs.items() if old != new)


def is_on_calendars(before: Face, after: Face) -> bool:
    """Return whether calendars say what changed: all but the description."""
    return set(changed_fields(before, after)) != {"abstract"}


def require_can_be_called_off(state: CongressState) -> None:
    """Refuse to call off what nobody could register for, or what is over."""
    if state is not CongressState.PUBLISHED:
        raise StateUnreachable


def require_reachable(state: CongressState, wanted: CongressState) -> None:
    """Refuse a state that does not follow from the present one, or that more belongs to."""
    if wanted is CongressState.CANCELLED or wanted not in NEXT_STATES[state]:
        raise StateUnreachable
