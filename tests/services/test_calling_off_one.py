"""Calling off one workshop at once: who hears what, where they have a place, how long they may."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.planning import calling_off as rules
from congress.domain.planning.calling_off import NoTimeToChoose, NotToBeCalledOff
from congress.domain.planning.release import StateUnseen
from congress.domain.registration import BookingState, ChangesClosed, WorkshopCancelled
from congress.domain.registration_request import WishedWorkshop
from congress.models import AuditLine, Booking, OutboxMessage, ProgrammeItem, Registration
from congress.queries import congresses
from congress.queries.invariants import list_broken
from congress.queries.planning import scheduling
from congress.queries.registrations import get_own
from congress.services import changing, prolonging, registering
from congress.services.planning import calling_off, releasing
from tests.builders import CLOSES, LATE, OPEN, a_congress, a_request, a_workshop, send_everything

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
CONFIRMED = BookingState.CONFIRMED
THE_15TH, UNTIL = date(2015, 10, 15), CLOSES + timedelta(days=8)


class House:
    """A workshop of three people, and another one at the same time with two free places."""

    def __init__(self, session) -> None:
        self.session = session
        self.congress = a_congress()
        self.off = a_workshop(self.congress, number=1, title="Netze")
        self.into = a_workshop(self.congress, number=2, title="Chöre", capacity=2)
        self.third = a_workshop(self.congress, number=3, title="Feste")
        self.people = [self.register(number, self.off) for number in (1, 2, 3)]
        send_everything()

    def register(self, number, workshop) -> int:
        request = a_request(number, workshop)
        return registering.register(self.congress.id, request, now=OPEN).registration_id

    def seen(self):
        self.session.expire_all()
        return rules.mark_of(scheduling.get_edited(self.off.id))

    def call_off(self, *, now=LATE, seen=None, into=None, day=None) -> int:
        seen = seen or self.seen()
        return calling_off.call_off(
            self.off.id, into=into, day=day, seen=seen, actor=ORGANISER, now=now
        )

    def choose(self, person, workshop, now) -> None:
        changing.change_workshops(person, [WishedWorkshop(workshop.id)], actor=ATTENDEE, now=now)

    def places(self):
        """Return in which workshops people have places, by person."""
        self.session.rollback()
        rows = self.session.execute(
            select(Booking.registration_id, ProgrammeItem.number)
            .join(ProgrammeItem, ProgrammeItem.id == Booking.item_id)
            .where(Booking.state == CONFIRMED)
            .order_by(Booking.id)
        )
        return {person: number for person, number in rows}  # noqa: C416 - rows, not pairs

    def letters(self):
        self.session.rollback()
        found = select(OutboxMessage).where(
            OutboxMessage.state == "queued", OutboxMessage.kind.not_like("calendar_%")
        )
        return {each.registration_id: each for each in self.session.scalars(found)}


@pytest.fixture
def house(session):
    return House(session)


def test_its_people_are_given_what_is_free_elsewhere_in_one_letter_each(house):
    first, second, third = house.people

    assert house.call_off(into=house.into.id, day=THE_15TH) == 2

    assert house.places() == {first: 2, second: 2, third: 1}  # what is called off keeps its people
    letters = house.letters()
    assert {person: each.kind for person, each in letters.items()} == {
        first: "changed",
        second: "changed",
        third: "programme_changed",
    }
    mine = letters[first].facts
    assert mine["stands_in"]
    assert mine["by_organiser"]
    assert [each["title"] for each in mine["confirmed"]] == ["Chöre"]
    assert letters[third].facts["choice"]  # what is free is said when it goes out
    for each in letters.values():
        assert each.facts["chooses_until"] == "2015-10-15T22:00:00+00:00"
    assert list_broken() == []


def test_why_somebody_has_a_place_is_kept_until_they_choose_something_else(house):
    house.call_off(into=house.into.id, day=THE_15TH)
    mine = house.people[0]
    [booking] = get_own(mine).standing.bookings
    assert (booking.item.number, booking.stands_in_for.number) == (2, 1)

    house.choose(mine, house.third, LATE)

    [booking] = get_own(mine).standing.bookings
    assert (booking.item.number, booking.stands_in_for) == (3, None)
    assert list_broken() == []


def test_they_choose_again_after_the_last_day_and_others_do_not(house):
    other = house.register(4, house.third)
    house.call_off(day=THE_15TH)
    mine, late = house.people[:2]

    house.choose(mine, house.into, UNTIL - timedelta(seconds=1))
    with pytest.raises(ChangesClosed) as refused:
        house.choose(late, house.into, UNTIL)
    assert refused.value.closes_at == UNTIL
    with pytest.raises(ChangesClosed):
        house.choose(other, house.into, LATE)


def test_without_a_day_they_choose_as_long_as_everybody(house):
    house.call_off(now=OPEN)
    assert set(house.session.scalars(select(Registration.chooses_until))) == {None}
    early = date(2015, 10, 1)
    congress = congresses.get_congress(house.congress.id)
    assert rules.chooses_until(early, congress, now=OPEN) is None


@pytest.mark.parametrize("day", [date(2015, 10, 9), date(2015, 10, 21), date(2016, 1, 1)], ids=str)
def test_a_day_that_is_over_or_too_late_is_refused(house, day):
    with pytest.raises(NoTimeToChoose):
        house.call_off(day=day)
    assert list(house.places().values()) == [1, 1, 1]


def test_what_has_changed_since_is_not_called_off(house):
    seen = house.seen()
    house.register(4, house.off)
    with pytest.raises(StateUnseen):
        house.call_off(seen=seen)


def test_it_is_called_off_once_and_nowhere_else_is_a_place(house):
    house.session.execute(
        update(ProgrammeItem).where(ProgrammeItem.id == house.into.id).values(cancelled=True)
    )
    house.session.commit()
    releasing.release(house.congress.id, actor=ORGANISER, now=OPEN)
    with pytest.raises(WorkshopCancelled):
        house.call_off(into=house.into.id)
    assert not scheduling.get_edited(house.off.id).plan.cancelled

    house.call_off()
    with pytest.raises(NotToBeCalledOff):
        house.call_off()


def test_what_else_is_edited_stays_a_draft(house):
    house.session.execute(
        update(ProgrammeItem).where(ProgrammeItem.id == house.off.id).values(title={"de": "Neu"})
    )
    house.session.commit()

    house.call_off()

    item = scheduling.get_edited(house.off.id)
    assert (item.released.title, item.released.cancelled) == ({"de": "Netze"}, True)
    assert item.changes == ("title",)


def test_the_log_says_who_was_put_where_and_why(house):
    house.call_off(into=house.into.id, day=THE_15TH)
    house.session.rollback()
    lines = house.session.execute(
        select(AuditLine.verb, AuditLine.registration_id, AuditLine.details)
        .where(AuditLine.at == LATE)
        .order_by(AuditLine.id)
    ).all()
    assert [line.verb for line in lines] == [
        "item_edited",
        "workshop_called_off",
        "put_elsewhere",
        "put_elsewhere",
    ]
    assert lines[1].details["told"] == 3
    assert lines[2].details["item"] == house.off.id


def test_whoever_is_merged_keeps_the_longer_time(house):
    mine, other = house.people[0], house.register(4, house.third)
    house.call_off(day=THE_15TH)

    for kept, goes in ((other, mine), (other, house.people[1])):
        prolonging.unite(kept, goes)

    assert get_own(other).standing.chooses_until == UNTIL
