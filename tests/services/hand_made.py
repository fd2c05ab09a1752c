"""What organisers decide by hand of people in an assignment, and what of it holds."""

from congress.domain import allocation
from congress.domain.access import ATTENDEE
from congress.extensions import db
from congress.models import (
    ProgrammeItem,
    Registration,
)
from congress.queries import assignment_decisions, congresses, programme
from congress.queries.registrations import get_own
from congress.services import changing
from congress.services.assigning import deciding
from tests.services.assignment_house import LATER, ORGANISER, House
from tests.services.test_assigning_again import confirmed, release, work_out

NEVER, GIVEN, NONE_THEN = "in no case", "in any case", "none at that time"
DECIDE = {NEVER: deciding.bar, GIVEN: deciding.give, NONE_THEN: deciding.bar_all}


def decide(house: House, what: str, person: Registration, item: ProgrammeItem) -> None:
    db.session.rollback()
    DECIDE[what](house.id, person.id, item.id, actor=ORGANISER, now=LATER)


def stands(house: House) -> list[tuple[int, int, str]]:
    """Return what holds: of whom, of the workshop with which number, what."""
    db.session.rollback()
    congress = congresses.get_congress(house.id)
    items = programme.current_items(congress)
    numbers = {item.id: item.number or 0 for item in items}
    words = {(True, False): GIVEN, (False, False): NEVER, (False, True): NONE_THEN}
    found = assignment_decisions.listed(house.id, allocation.assigned(items))
    return [(each.registration_id, numbers[each.item_id], words[each.decided]) for each in found]


def leave(person: Registration) -> int:
    [booking] = get_own(person.id).standing.confirmed
    db.session.rollback()
    changing.leave(person.id, booking.id, actor=ATTENDEE, now=LATER)
    return booking.id


def gives_way(house: House) -> tuple[Registration, Registration]:
    """Two people, of whom the first would move for the second if nothing was decided by hand."""
    first, second = house.register(house.three, house.one), house.register(house.one)
    decide(house, GIVEN, first, house.one)
    release(house, work_out(house))
    assert (confirmed(first), confirmed(second)) == ({1}, set())
    return first, second
