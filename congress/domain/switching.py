"""Taking part in the other way: on site instead of online, or online instead of on site.

Somebody who has a place changes where one is free there, and keeps theirs where none is. Somebody
who waits stands at the end of the other line, as whoever comes new would.
"""

from dataclasses import dataclass

from congress.domain import conditions
from congress.domain.conditions import first_reason, require
from congress.domain.hall import CONGRESS
from congress.domain.mode_conditions import fits_mode
from congress.domain.modes import Mode, NoneFreeThere
from congress.domain.room import has_room
from congress.domain.seating import Seating


@dataclass(frozen=True)
class TakePart:
    """Somebody wants to take part in one way; organisers may give a place beyond those there are.

    Whoever takes part like that already has nothing to change.
    """

    person: int
    mode: Mode
    by_organiser: bool = False
    beyond: bool = False


def take_part(seating: Seating, wanted: TakePart) -> None:
    """Let somebody change, with all that they have; nothing they want may be bound to the old way.

    A place that is given up by it goes to who waits for it.
    """
    hall, person = seating.hall, seating.person(wanted.person)
    doors = conditions.SWITCHING_BY_HAND if wanted.by_organiser else conditions.SWITCHING
    require(doors, hall, person, CONGRESS)
    if person.mode is wanted.mode:
        return
    changed = person.taking_part(wanted.mode)
    for each in person.bookings:
        require((fits_mode,), hall, changed, each.workshop_id)
    seating.serve({CONGRESS})
    is_free = has_room(seating, hall.counted_at(changed, CONGRESS), changed)
    if person.in_congress:
        if not is_free and not wanted.beyond:
            raise NoneFreeThere(wanted.mode)
        seating.switch(wanted.person, wanted.mode)
    else:
        if not is_free:
            require((conditions.open_queue,), hall, changed, CONGRESS)
        seating.switch(wanted.person, wanted.mode)
        # Who has just come to where nobody else is before them need not wait, nor be asked.
        if is_free and first_reason(conditions.NEXT_IN_LINE, hall, changed, CONGRESS) is None:
            seating.serve(seating.let_in(wanted.person, CONGRESS))
    # What they wait for may be for those who come this way alone.
    seating.serve({CONGRESS, *(each.workshop_id for each in person.bookings)})
