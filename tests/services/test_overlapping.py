"""A workshop is moved onto another that people have booked too: asked of them, until they choose.

Seen by the organiser before and after, by the person in the letter and on their own page.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.attendee_list import Wanted
from congress.domain.overlaps import pairs
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage, ProgrammeItem
from congress.queries import attendees, overlapping
from congress.queries.programme import released_items
from congress.queries.registrations import get_own
from congress.services import changing, registering
from congress.services.planning import previewing, releasing
from tests import builders

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
MORNING = builders.WORKSHOPS_START - timedelta(hours=3)


class House:
    """Erika has both workshops, Max has one and waits for the other, Ida has one of them."""

    def __init__(self) -> None:
        congress = builders.a_congress()
        self.congress = congress.id
        self.early = builders.a_workshop(congress, number=1, starts_at=MORNING, title="Früh").id
        self.late = builders.a_workshop(congress, number=2, capacity=2, title="Spät").id
        self.erika = self.register(1, self.early, self.late)
        self.ida = self.register(2, self.late)
        self.max = self.register(3, self.early, self.late)
        builders.send_everything()

    def register(self, number: int, *items: int) -> int:
        workshops = [db.session.get_one(ProgrammeItem, each) for each in items]
        request = builders.a_request(number, *workshops)
        return registering.register(self.congress, request, now=builders.OPEN).registration_id

    def move(self, starts_at):
        ends_at = starts_at + builders.TWO_HOURS
        statement = update(ProgrammeItem).where(ProgrammeItem.id == self.early)
        db.session.execute(statement.values(starts_at=starts_at, ends_at=ends_at))
        db.session.commit()

    def preview(self):
        return previewing.preview(self.congress, now=builders.OPEN, with_names=True)

    def release(self):
        releasing.release(self.congress, actor=ORGANISER, now=builders.OPEN)

    def double(self):
        """Who has to choose: for the overview, and in the list."""
        db.session.rollback()
        found = pairs(released_items(self.congress))
        listed = attendees.count(self.congress, Wanted(has_overlap=True))
        assert listed == overlapping.count(found)
        return set(overlapping.numbers(found))

    def bookings(self, person):
        return [(each.item.id, each.state) for each in get_own(person).standing.bookings]


@pytest.fixture
def house(session):
    return House()


def test_it_is_seen_before_and_asked_until_chosen(house):
    had = {each: house.bookings(each) for each in (house.erika, house.max)}
    house.move(builders.WORKSHOPS_START + timedelta(minutes=30))

    assert house.preview().double == (house.erika, house.max)
    assert house.double() == set()  # nothing is published yet

    house.release()

    assert {each: sorted(house.bookings(each)) for each in had} == {
        each: sorted(before) for each, before in had.items()
    }
    assert house.double() == {house.erika, house.max}
    assert house.preview().double == ()  # it is no news any more
    [booking] = [
        each for each in get_own(house.erika).standing.bookings if each.item.id == house.early
    ]
    changing.leave(house.erika, booking.id, actor=ATTENDEE, now=builders.OPEN)
    assert house.double() == {house.max}
    changing.withdraw(house.max, actor=ATTENDEE, now=builders.OPEN)
    assert house.double() == set()


def test_the_question_goes_away_when_the_move_is_undone(house):
    house.move(builders.WORKSHOPS_START)
    house.release()
    assert house.double() == {house.erika, house.max}

    house.move(MORNING)
    house.release()

    assert house.double() == set()
    told = select(OutboxMessage.kind).where(OutboxMessage.state == "queued")
    assert db.session.scalars(told).all() == []  # nobody had been told of it


@pytest.mark.parametrize("minutes", [0, 30])
def test_the_letter_names_both_and_leads_to_the_choice(house, minutes):
    house.move(builders.WORKSHOPS_START + timedelta(minutes=minutes))
    preview = house.preview().letter
    house.release()
    rows = db.session.scalars(select(OutboxMessage).where(OutboxMessage.state == "queued")).all()

    assert preview is not None
    said = " ".join(preview.text.split())
    asked = "„Workshop 1: Früh“ und „Workshop 2: Spät“ überschneiden sich jetzt."
    later = "„Workshop 2: Spät“ und „Workshop 1: Früh“ überschneiden sich jetzt."
    assert (later if minutes else asked) in said
    assert "Wählen Sie hier, welchen Workshop Sie behalten:" in said
    assert preview.subject.startswith("Workshop 1 zu anderer Zeit, bitte wählen: ")
    # The link never goes beside a calendar object, so that travels by itself.
    kinds = sorted((row.kind, "entry" in row.facts) for row in rows)
    assert kinds == [("calendar_request", True)] * 2 + [("programme_changed", False)] * 2
    mine = (row.facts for row in rows if row.registration_id == house.erika)
    [entry] = [each["entry"]["content"]["description"] for each in mine if "entry" in each]
    assert ("Früh" in entry, "Spät" in entry) == (True, True)  # until one is given up


def test_an_organiser_gives_one_of_them_up_for_somebody(house):
    next_one = house.register(4, house.late)
    house.move(builders.WORKSHOPS_START)
    house.release()
    builders.send_everything()

    assert changing.assign_workshops(
        house.erika, [], [house.late], by_hand=ByHand(), actor=ORGANISER, now=builders.OPEN
    )

    assert house.bookings(house.erika) == [(house.early, "confirmed")]
    assert house.bookings(next_one) == [(house.late, "confirmed")]  # Max still holds the other
    assert house.double() == {house.max}
    queued = select(OutboxMessage.registration_id, OutboxMessage.kind).where(
        OutboxMessage.state == "queued", OutboxMessage.kind.not_like("calendar%")
    )
    assert sorted(db.session.execute(queued).all()) == [
        (house.erika, "changed"),
        (next_one, "place_gained"),
    ]
    line = select(AuditLine).where(AuditLine.verb == "workshops_changed")
    [entry] = db.session.scalars(line).all()
    assert (entry.registration_id, entry.details["freed"]) == (house.erika, [house.late])
