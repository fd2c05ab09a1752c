"""What somebody chooses of the workshops, checked as a whole before any of it is given."""

from collections.abc import Collection, Iterable, Sequence

from congress.domain import bindings, conditions
from congress.domain.conditions import require
from congress.domain.hall import Hall, Key, Person
from congress.domain.mode_conditions import fits_mode
from congress.domain.registration_request import WishedWorkshop
from congress.domain.workshops import require_no_clash


def keys(wishes: Sequence[WishedWorkshop]) -> set[int]:
    """Return every workshop that wishes name, also to be kept meanwhile."""
    safe = {wish.safe_item_id for wish in wishes if wish.safe_item_id is not None}
    return {wish.item_id for wish in wishes} | safe


def require_known(hall: Hall, person: Person, wanted: Iterable[Key]) -> None:
    """Refuse what is none of the workshops that one can book."""
    for key in wanted:
        require((conditions.known, fits_mode), hall, person, key)


def require_fitting(
    hall: Hall, person: Person, wishes: Sequence[WishedWorkshop], alone: Collection[Key]
) -> None:
    """Refuse overlapping choices; a safe place may overlap only the wish it stands in for.

    What goes only with another is wanted with it, unless an organiser means it `alone`.
    """
    require_known(hall, person, keys(wishes))
    require_no_clash([hall.workshops[each.safe_item_id] for each in wishes if each.safe_item_id])
    wanted = [hall.workshops[wish.item_id] for wish in wishes]
    require_no_clash(wanted)
    for wish, workshop in zip(wishes, wanted, strict=True):
        if wish.safe_item_id is not None:
            others = [other for other in wanted if other is not workshop]
            require_no_clash([hall.workshops[wish.safe_item_id], *others])
    bindings.require_others(hall, person, [wish.item_id for wish in wishes], alone)
