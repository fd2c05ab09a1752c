"""Releasing an assignment: places, waiting lists and letters at once, or nothing at all."""
# ruff: noqa: ANN401 - the columns of a row have many types

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.assigning import NotReleasable, RunOutOfDate
from congress.extensions import db
from congress.models import (
    Announcement,
    AssignmentRun,
    AuditLine,
    Booking,
    OutboxMessage,
    ProgrammeItem,
    Registration,
    WishDecision,
)
from congress.queries.invariants import list_broken
from congress.queries.registrations import get_own
from congress.services import changing, registering
from congress.services.assigning import releasing
from congress.services.assigning.releasing import Foreseen
from congress.services.mails import assigned
from congress.services.planning import releasing as programme
from tests.builders import (
    OPEN,
    WORKSHOPS_START,
    a_congress,
    a_request,
    a_workshop,
    add,
    send_everything,
)
from tests.queries_counter import count_queries
from tests.wishes import BY_WISHES, a_run, an_outcome, wishes

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
LATER = OPEN + timedelta(hours=1)
HASH = "0" * 64


class House:
    """Two workshops of one place each at one time, a third with room, and one in the evening."""

    def __init__(self, **facts: Any) -> None:
        self.congress = a_congress(**{"rules": BY_WISHES} | facts)
        self.id = self.congress.id
        self.one = a_workshop(self.congress, number=1, capacity=1)
        self.two = a_workshop(self.congress, number=2, capacity=1)
        self.three = a_workshop(self.congress, number=3, capacity=9)
        evening = WORKSHOPS_START + timedelta(hours=4)
        self.late = a_workshop(self.congress, number=4, capacity=9, starts_at=evening)
        self.people: list[Registration] = []

    def register(self, *ranked: ProgrammeItem) -> Registration:
        request = a_request(len(self.people) + 1)
        number = registering.register(self.id, request, now=OPEN).registration_id
        person = db.session.get_one(Registration, number)
        wishes(person, *ranked)
        self.people.append(person)
        return person

    def run(self, **facts: Any) -> AssignmentRun:
        self.worked_out = a_run(self.congress, **facts)
        return self.worked_out

    def gives(
        self,
        person: Registration,
        item: ProgrammeItem | None,
        wish: int | None,
        lot: int,
        *open_wishes: tuple[ProgrammeItem, str],
        slot: ProgrammeItem | None = None,
        **facts: Any,
    ) -> None:
        reasons = [
            {"item": each.id, "rank": rank, "why": why, "first": 3, "places": 1, "lot": lot}
            for rank, (each, why) in enumerate(open_wishes, start=1)
        ]
        slot = slot or self.one
        facts = {"rank": wish, "lot": lot} | facts
        an_outcome(self.worked_out, person, item, slot=slot, reasons=reasons, **facts)

    def release(self, seen_hash: str = HASH) -> Foreseen:
        db.session.rollback()
        number = self.worked_out.id
        return releasing.release(self.id, number, seen_hash=seen_hash, actor=ORGANISER, now=LATER)

    def first_run(self) -> None:
        """Three people: the first wishes of two meet at one place, the third had no luck at all."""
        self.first = self.register(self.one, self.two)
        self.second = self.register(self.one, self.two)
        self.third = self.register(self.one)
        self.run()
        self.gives(self.first, self.one, 1, 2)
        self.gives(self.second, self.two, 2, 1, (self.one, "full_lot"))
        self.gives(self.third, None, None, 3, (self.one, "full"))


def has(person: Registration) -> dict[int | None, tuple[str, int | None, int | None]]:
    """What somebody has: state, wish and position, by the number of the workshop."""
    db.session.rollback()
    return {
        each.item.number: (each.state.value, each.wish, each.position)
        for each in get_own(person.id).standing.bookings
    }


def write_letters() -> None:
    db.session.rollback()
    while assigned.next_step(now=LATER):
        pass


def letters(person: Registration, kind: str = "assigned") -> list[OutboxMessage]:
    db.session.rollback()
    mine = (OutboxMessage.registration_id == person.id, OutboxMessage.kind == kind)
    return list(db.session.scalars(select(OutboxMessage).where(*mine).order_by(OutboxMessage.id)))


@pytest.fixture
def house(session) -> House:
    return House()


def test_everybody_sits_and_waits_as_was_worked_out(house):
    house.first_run()

    done = house.release()

    assert has(house.first) == {1: ("confirmed", 1, None)}
    # Who has nothing of that time comes first, though they came last.
    assert has(house.second) == {2: ("confirmed", 2, None), 1: ("waiting", 1, 2)}
    assert has(house.third) == {1: ("waiting", 1, 1)}
    assert done == Foreseen(people=2, places=2, waits=2, letters=3, calendars=2, moved=0, without=0)
    marks = dict(db.session.execute(select(ProgrammeItem.number, ProgrammeItem.assigned_at)).all())
    assert marks == {1: LATER, 2: LATER, 3: LATER, 4: LATER}
    run = db.session.get_one(AssignmentRun, house.worked_out.id)
    assert (run.state, run.released_at, run.released_by) == ("released", LATER, 1)
    assert list_broken() == []
    lines = select(AuditLine).where(AuditLine.verb == "assignment_released")
    [line] = db.session.scalars(lines)
    assert line.details == {
        "run": run.id,
        "kind": "first",
        "people": 2,
        "waits": 2,
        "moved": 0,
        "letters": 3,
    }


def test_foreseeing_says_the_same_and_changes_nothing(house):
    house.first_run()
    db.session.rollback()

    foreseen = releasing.foresee(house.id, house.worked_out.id)

    assert has(house.first) == {}
    assert house.release() == foreseen
    with pytest.raises(NotReleasable):
        releasing.foresee(house.id, house.worked_out.id)


def test_one_letter_says_what_came_of_the_wishes_and_brings_the_calendar_entry(house):
    house.first_run()
    nobody = house.register()
    send_everything()
    house.release()
    [row] = db.session.scalars(select(Announcement))
    assert (row.kind, row.total, row.done) == ("assigned", 3, 0)
    assert letters(house.first) == []

    write_letters()

    [letter] = letters(house.second)
    assert [each["wish"] for each in letter.facts["confirmed"]] == [2]
    assert [(each["wish"], each["position"]) for each in letter.facts["waiting"]] == [(1, 2)]
    [choice] = letter.facts["assigned"]
    assert choice["got"] == house.two.id
    assert choice["among"] == [house.one.id, house.two.id, house.three.id]
    entry = letter.facts["entry"]
    assert (entry["method"], entry["sequence"]) == ("REQUEST", 1)
    assert "Workshop 2" in entry["content"]["description"]
    assert letter.facts["links"] == []  # a calendar object is shared, the link is not
    assert letter.priority == 2
    # Who has nothing hears so, and their calendar stays as it is; who wished nothing hears nothing.
    [letter] = letters(house.third)
    assert "entry" not in letter.facts
    assert letter.facts["links"] == ["manage"]
    assert letters(nobody) == []
    db.session.refresh(row)
    assert (row.done, row.finished_at, row.news) == (3, LATER, {})
    assert list_broken() == []


def test_letters_say_what_is_so_when_they_are_written(house):
    """Until its turn comes somebody withdrew, and whoever waited there moved up."""
    house.first_run()
    house.release()
    changing.withdraw(house.first.id, actor=ATTENDEE, now=LATER)

    write_letters()

    assert letters(house.first) == []
    [letter] = letters(house.third)
    assert [each["title"] for each in letter.facts["confirmed"]] == [house.one.title["de"]]
    assert has(house.third) == {1: ("confirmed", 1, None)}
    assert list_broken() == []


def test_nobody_is_told_of_places_in_what_was_called_off(house):
    house.first_run()
    house.release()
    send_everything()
    programme.call_off(house.id, actor=ORGANISER, now=LATER)

    write_letters()

    assert letters(house.first) == letters(house.third) == []
    assert (
        db.session.scalars(
            select(Announcement.finished_at).where(Announcement.kind == "assigned")
        ).one()
        == LATER
    )


def test_whoever_is_not_in_the_congress_yet_keeps_all_their_wishes(session):
    house = House(capacity=2)
    house.first_run()  # the third waits for the congress

    house.worked_out = house.run()
    house.gives(house.first, house.one, 1, 1)
    house.gives(house.second, house.two, 2, 2, (house.one, "full"))
    wishes(house.register(house.three, house.two, house.one))
    fourth = house.people[-1]
    house.release()

    assert has(house.third) == {1: ("waiting", 1, None)}
    assert has(fourth) == {
        1: ("waiting", 3, None),
        2: ("waiting", 2, None),
        3: ("waiting", 1, None),
    }
    write_letters()
    assert letters(fourth) == []  # they have been told that their wishes are kept
    changing.withdraw(house.second.id, actor=ATTENDEE, now=LATER)
    assert has(house.third) == {1: ("waiting", 1, 1)}  # is in now, and so counted there
    assert list_broken() == []


@pytest.mark.parametrize("why", ["clash", "mode", "alone", "by_hand", "group"])
def test_nobody_waits_for_what_they_cannot_have(house, why):
    person, other = house.register(house.one, house.two), house.register(house.one)
    house.run()
    house.gives(other, house.one, 1, 1)
    house.gives(person, house.two, 2, 2, (house.one, why))
    house.release()
    assert has(person) == {2: ("confirmed", 2, None)}


def test_nobody_waits_where_a_place_is_left_or_nobody_may_wait(house):
    """A minimum elsewhere needed them: they would move up at once and undo it."""
    person, other = house.register(house.three, house.one), house.register(house.one, house.two)
    db.session.execute(
        update(ProgrammeItem).where(ProgrammeItem.number == 1).values(waiting_list=False)
    )
    db.session.commit()
    house.run()
    house.gives(person, house.one, 2, 1, (house.three, "minimum"))
    house.gives(other, house.two, 2, 2, (house.one, "full"))
    house.release()
    assert has(person) == {1: ("confirmed", 2, None)}
    assert has(other) == {2: ("confirmed", 2, None)}


def refused(house: House, why: type[Exception], seen_hash: str = HASH) -> None:
    before = list(db.session.scalars(select(Booking.id)))
    with pytest.raises(why):
        house.release(seen_hash)
    assert list(db.session.scalars(select(Booking.id))) == before
    assert set(db.session.scalars(select(ProgrammeItem.assigned_at))) == {None}
    assert db.session.scalars(select(Announcement.id)).all() == []
    assert list_broken() == []


def test_another_run_than_was_looked_at_is_not_released(house):
    house.first_run()
    refused(house, RunOutOfDate, "another")


@pytest.mark.parametrize("state", ["queued", "contradiction", "failed", "stopped", "released"])
def test_only_a_finished_run_is_released(house, state):
    house.first_run()
    db.session.execute(update(AssignmentRun).values(state=state))
    db.session.commit()
    refused(house, NotReleasable)


def test_an_older_run_is_not_released(house):
    house.first_run()
    older = house.worked_out
    house.run()
    house.worked_out = older
    refused(house, NotReleasable)


def test_a_single_place_that_is_missing_books_nothing(house):
    """Somebody withdrew; what the run gives them is nobody's, so nothing of it is given."""
    house.first_run()
    changing.withdraw(house.second.id, actor=ATTENDEE, now=LATER)
    refused(house, RunOutOfDate)


def test_a_place_too_many_books_nothing(house):
    house.first_run()
    house.gives(house.third, house.two, 1, 3, slot=house.two)
    refused(house, RunOutOfDate)


def test_what_was_decided_by_hand_is_used_up(house):
    house.first_run()
    add(
        WishDecision(
            congress_id=house.id,
            registration_id=house.first.id,
            item_id=house.one.id,
            is_given=True,
            decided_at=OPEN,
        )
    )
    house.release()
    assert db.session.scalars(select(WishDecision.id)).all() == []


def test_once_more_with_little_change_moves_few_and_tells_them_alone(house):
    house.first_run()
    house.release()
    write_letters()
    send_everything()
    house.run(kind="least_change")
    house.gives(house.first, house.two, 2, 2, (house.one, "full"))
    house.gives(house.second, house.one, 1, 1)
    house.gives(house.third, None, None, 3, (house.one, "full"))

    done = house.release()

    assert (done.people, done.moved, done.without, done.letters) == (2, 2, 0, 2)
    assert has(house.first) == {2: ("confirmed", 2, None), 1: ("waiting", 1, 2)}
    assert has(house.second) == {1: ("confirmed", 1, None)}
    assert has(house.third) == {1: ("waiting", 1, 1)}  # stands where they stood
    write_letters()
    [_first, letter] = letters(house.first)
    [choice] = letter.facts["assigned"]
    assert letter.facts["reassigned"]
    assert [each["id"] for each in choice["had"]] == [house.one.id]
    assert letter.facts["entry"]["sequence"] == 2
    assert len(letters(house.third)) == 1
    assert list_broken() == []


def test_whoever_loses_their_place_hears_it(house):
    house.first_run()
    house.release()
    write_letters()
    send_everything()
    house.run(kind="least_change")
    house.gives(house.first, None, None, 2, (house.one, "full"), (house.two, "full"))
    house.gives(house.second, house.two, 2, 1, (house.one, "full"))
    house.gives(house.third, house.one, 1, 3)
    done = house.release()
    assert (done.moved, done.without, done.letters) == (1, 1, 2)
    assert has(house.first) == {1: ("waiting", 1, 2), 2: ("waiting", 2, 1)}
    write_letters()
    assert letters(house.first)[-1].facts["assigned"][0]["got"] is None
    assert list_broken() == []


def test_a_fault_in_the_middle_leaves_nothing(house, monkeypatch):
    house.first_run()

    def broken(*_facts: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(assigned, "announce", broken)
    refused(house, RuntimeError)


def test_a_release_takes_as_many_statements_for_many_as_for_few(house):
    def statements(house: House) -> int:
        with count_queries() as found:
            house.release()
        return len(found)

    house.first_run()
    few = statements(house)
    house = House(slug="another")
    house.first_run()
    for lot in range(4, 10):
        house.gives(house.register(house.three, house.one), house.three, 1, lot)
    assert statements(house) == few
