"""Who was there, on both databases: what follows from a workshop, and of two of one person."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from congress.domain.access import COMMAND
from congress.domain.attendance import CameBy
from congress.domain.door_scans import Outcome, Scan
from congress.domain.sign_in import SheetFor
from congress.models import Attendance, DoorScan
from congress.services import door_devices, presence_rows
from congress.transaction import transaction
from tests.builders import BEGUN, ENDS, STARTS, a_congress, a_registration, a_workshop, add

DAY = STARTS.date()
MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
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


class Days:
    """Two people on two days, each with two workshops; names say where somebody is noted.

    "day" is the congress on its first day and "next" on the second; "one", "two" and "later" are
    workshops, the last of them on the second day.
    """

    def __init__(self) -> None:
        congress = a_congress(days=((STARTS, ENDS), (STARTS + A_DAY, ENDS + A_DAY)))
        items = [a_workshop(congress, number=number).id for number in (1, 2, 3)]
        self.people = [a_registration(congress).id for _each in range(2)]
        self.places = {
            "day": SheetFor(DAY),
            "next": SheetFor(DAY + A_DAY),
            "one": SheetFor(DAY, items[0]),
            "two": SheetFor(DAY, items[1]),
            "later": SheetFor(DAY + A_DAY, items[2]),
        }
        self.names = {(each.day, each.item_id): name for name, each in self.places.items()}

    def add(self, place: str, by: CameBy, *, at: datetime = BEGUN) -> None:
        """Note both."""
        with transaction():
            presence_rows.add(self.people, self.places[place], by, actor=COMMAND, now=at)

    def noted(self, session: Session, person: int = 0) -> dict[str, str]:
        found = session.execute(
            select(Attendance.day, Attendance.item_id, Attendance.came_by).where(
                Attendance.registration_id == self.people[person]
            )
        )
        return {self.names[day, item]: by for day, item, by in found}


@pytest.mark.parametrize(
    ("noted", "then"),
    [
        ([("one", DOOR)], {"one": DOOR, "day": WORKSHOP}),
        ([("one", PAPER), ("two", DOOR)], {"one": PAPER, "two": DOOR, "day": WORKSHOP}),
        ([("one", PAPER), ("day", DOOR)], {"one": PAPER, "day": DOOR}),
        ([("one", PAPER), ("day", PAPER)], {"one": PAPER, "day": PAPER}),
        ([("day", PAPER), ("one", DOOR)], {"one": DOOR, "day": PAPER}),
        ([("day", DOOR), ("day", PAPER)], {"day": DOOR}),  # ticked off stays so
        ([("day", PAPER), ("day", DOOR)], {"day": PAPER}),
        (
            [("one", PAPER), ("later", PAPER), ("next", DOOR)],
            {"one": PAPER, "day": WORKSHOP, "later": PAPER, "next": DOOR},
        ),
    ],
)
def test_whoever_is_in_a_workshop_came_on_its_day(session, noted, then):
    house = Days()
    for place, by in noted:
        house.add(place, by)
    assert house.noted(session) == house.noted(session, 1) == then


@pytest.mark.parametrize(
    ("noted", "gone", "then"),
    [
        ("one", "one", {}),
        ("one two", "one", {"two": DOOR, "day": WORKSHOP}),
        ("one later", "one", {"later": DOOR, "next": WORKSHOP}),
        ("one day", "one", {"day": DOOR}),
        ("one day", "day", {"one": DOOR, "day": WORKSHOP}),
        ("one", "day", {"one": DOOR, "day": WORKSHOP}),
        ("day", "day", {}),
        ("day next", "day", {"next": DOOR}),
        ("day later", "day", {"later": DOOR, "next": WORKSHOP}),
        ("one later day next", "later", {"one": DOOR, "day": DOOR, "next": DOOR}),
        ("day", "one", {"day": DOOR}),
    ],
)
def test_what_is_taken_back_goes_as_far_as_it_follows_and_for_nobody_else(
    session, noted, gone, then
):
    house = Days()
    for place in noted.split():
        house.add(place, DOOR)
    before = house.noted(session)
    with transaction():
        presence_rows.remove(house.people[:1], house.places[gone])
    assert (house.noted(session), house.noted(session, 1)) == (then, before)


def test_whoever_comes_through_several_doors_at_once_is_noted_as_known_best(session):
    house = Days()
    first, second = house.people
    day, one, later = (house.places[each] for each in ("day", "one", "later"))
    moments = {(first, one): BEGUN, (first, day): BEGUN + MINUTE, (second, one): BEGUN + 2 * MINUTE}
    with transaction():
        presence_rows.add_each(moments, actor=COMMAND)
        presence_rows.add_each({(second, later): BEGUN + A_DAY}, actor=COMMAND)
    assert house.noted(session) == {"day": DOOR, "one": DOOR}
    known = {"day": WORKSHOP, "one": DOOR, "later": DOOR, "next": WORKSHOP}
    assert house.noted(session, 1) == known
    with transaction():
        presence_rows.add_each({(second, day): BEGUN + 3 * MINUTE}, actor=COMMAND)
    assert house.noted(session, 1) == known | {"day": DOOR}  # and the next day as before
    came_at = select(Attendance.came_at).where(Attendance.registration_id == second)
    at_the_door = came_at.where(Attendance.day == DAY, Attendance.item_id.is_(None))
    assert session.scalars(at_the_door).one() == BEGUN + 2 * MINUTE  # since they were seen
