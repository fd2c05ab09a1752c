"""Who was there as two registrations of one person, on both databases: as it is known best."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.attendance import CameBy
from congress.domain.door_scans import Outcome, Scan
from congress.domain.sign_in import SheetFor
from congress.models import Attendance, DoorScan
from congress.services import door_devices, presence_rows
from congress.transaction import transaction
from tests.builders import BEGUN, STARTS, a_congress, a_registration, a_workshop, add

DAY = STARTS.date()
NOBODY, DOOR, PAPER, WORKSHOP = None, CameBy.DOOR, CameBy.PAPER, CameBy.WORKSHOP


def rows(session):
    found = session.execute(
        select(Attendance.registration_id, Attendance.item_id, Attendance.came_by).order_by(
            Attendance.registration_id, Attendance.item_id.is_not(None)
        )
    )
    return [tuple(row) for row in found]


@pytest.mark.parametrize(
    ("mine", "others", "then"),
    [
        (NOBODY, WORKSHOP, WORKSHOP),
        (WORKSHOP, NOBODY, WORKSHOP),
        (WORKSHOP, PAPER, PAPER),
        (WORKSHOP, DOOR, DOOR),
        (PAPER, WORKSHOP, PAPER),
        (PAPER, DOOR, DOOR),
        (DOOR, PAPER, DOOR),
    ],
)
def test_one_person_came_as_is_known_best(session, mine, others, then):
    congress = a_congress()
    kept, other = (a_registration(congress).id for _each in range(2))
    for person, by in ((kept, mine), (other, others)):
        if by is not NOBODY:
            add(Attendance(registration_id=person, day=DAY, came_at=BEGUN, came_by=by))
    with transaction():
        presence_rows.unite(kept, other)
    assert rows(session) == [(kept, None, then)]


def test_whoever_was_ticked_off_stays_there_when_the_workshop_of_the_other_is_taken_back(session):
    congress = a_congress()
    item = a_workshop(congress).id
    kept, other = (a_registration(congress).id for _each in range(2))
    with transaction():
        for person, where in ((kept, SheetFor(DAY, item)), (other, SheetFor(DAY))):
            presence_rows.add([person], where, DOOR, actor=COMMAND, now=BEGUN)
        presence_rows.unite(kept, other)
        presence_rows.remove([kept], SheetFor(DAY, item))
    assert rows(session) == [(kept, None, DOOR)]


def test_what_a_device_has_sent_is_of_the_one_that_goes_on(session):
    congress = a_congress()
    kept, other = (a_registration(congress).id for _each in range(2))
    device = "a" * 32

    def send(uuid: str) -> list[Outcome]:
        scan = Scan(uuid, DAY, None, "", kept, BEGUN, is_let_in=False)
        taken = door_devices.take(
            congress.id, device, [scan], ahead=timedelta(0), actor=COMMAND, now=BEGUN
        )
        return list(taken.values())

    assert send("one") == [Outcome.CAME]
    with transaction():
        presence_rows.unite(other, kept)
    assert set(session.scalars(select(DoorScan.registration_id))) == {other}
    assert rows(session) == [(other, None, DOOR)]
