"""Who moves up: a place that becomes free belongs to the head of the queue.

A queue's order is (priority, time of joining, number). Whoever waits for a workshop without a
place in the congress is passed over there until the congress has a place for them.
"""

from congress.domain.errors import Refused
from congress.domain.workshops import Places


class NoFreePlace(Refused):
    """There is no place to give; the organiser may give one beyond the capacity on purpose."""


class NotWaiting(Refused):
    """Whoever was to move up does not wait, or does not wait any longer."""


def can_move_up(places: Places) -> bool:
    """Return whether the head of the queue gets a place now."""
    if places.waiting == 0:
        return False
    return places.capacity is None or places.taken < places.capacity


def require_place(places: Places, *, overbook: bool) -> None:
    """Refuse to move somebody up by hand into a place that does not exist."""
    full = places.capacity is not None and places.taken >= places.capacity
    if full and not overbook:
        raise NoFreePlace


def overbooked(capacity: int | None, taken: int) -> int:
    """Return by how many the places taken exceed the capacity: nobody is ever removed."""
    return 0 if capacity is None else max(0, taken - capacity)
