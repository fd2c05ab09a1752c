"""What organisers decide by hand of somebody's workshops, and how long it holds."""

from typing import NamedTuple


class Decided(NamedTuple):
    """What was decided of a workshop: in any case, in no case, or none at that time."""

    is_given: bool
    of_time: bool = False


def holds(decided: Decided, *, is_released: bool, has_it: bool, has_any: bool) -> bool:
    """Return whether a decision still binds the next assignment.

    Until it is released it is still to come true. From then on a place by hand holds as long as it
    is theirs (`has_it`), and that they have none at a time as long as they have none then (not
    `has_any`). "In no case" holds until organisers take it back.
    """
    if not is_released:
        return True
    if decided.is_given:
        return has_it
    return not (decided.of_time and has_any)
