"""Info mails to whoever has said nothing of their wishes, and to nobody who has since."""

import pytest
from sqlalchemy import update

from congress.domain.access import ATTENDEE
from congress.domain.mails.mailings import Audience, without_people
from congress.domain.mails.truth import Outdated
from congress.domain.ranking import NO_PLACE, Wishes
from congress.extensions import db
from congress.models import Congress, Mailing, OutboxMessage, Registration
from congress.models import ProgrammeItem as Item
from congress.queries import mailing_readers
from congress.services import wishing
from congress.services.mails import delivering, mailing_steps, outboxing
from tests import builders
from tests.builders import OPEN, TWO_HOURS, WORKSHOPS_START
from tests.services.mailing_house import House, found_in, letters, reached, work

pytestmark = pytest.mark.usefixtures("database")

ANYWHERE = Audience(is_silent=True)
LATER = {"starts_at": WORKSHOPS_START + TWO_HOURS}


class Wishing(House):
    """Three who rank at two times; `first` and `later` are a workshop of each."""

    def __init__(self) -> None:
        super().__init__()
        db.session.execute(update(Congress).values(rules={"allocation": "wishes"}))
        db.session.commit()
        congress = db.session.get_one(Congress, self.id)
        self.first = builders.a_workshop(congress, starts_at=LATER["starts_at"] + TWO_HOURS).id
        self.other = builders.a_workshop(
            congress, starts_at=LATER["starts_at"] + TWO_HOURS, number=7
        ).id
        self.later = builders.a_workshop(congress, **LATER).id
        self.placed, self.one, self.two = self.people

    def says(self, person: int, wished: dict[int, Wishes]) -> None:
        wishing.wish(person, wished, actor=ATTENDEE, now=OPEN)


@pytest.fixture
def house(database):
    return Wishing()


def test_whoever_has_said_nothing_is_reached_and_a_no_is_an_answer(house):
    house.says(house.one, {house.first: Wishes((house.other,)), house.later: NO_PLACE})
    house.says(house.two, {house.first: NO_PLACE})
    assert reached(house, ANYWHERE) == [house.placed, house.two]
    of_first = Audience(is_silent=True, silent_id=house.first)
    assert reached(house, of_first) == [house.placed]
    assert reached(house, Audience(is_silent=True, silent_id=house.other)) == [house.placed]
    assert reached(house, Audience(is_silent=True, silent_id=house.later)) == [
        house.placed,
        house.two,
    ]
    builders.a_booking(
        db.session.get_one(Registration, house.placed),
        db.session.get_one(Item, house.first),
    )
    assert reached(house, of_first) == [], "whoever has a place there has nothing to say"


@pytest.mark.parametrize("values", [{"assigned_at": OPEN}, {"allocation": "first_come"}])
def test_where_nothing_is_ranked_nobody_is_silent(house, values):
    """And not everybody."""
    db.session.execute(update(Item).values(**values))
    db.session.commit()
    assert reached(house, ANYWHERE) == []
    assert reached(house, Audience(is_silent=True, silent_id=house.first)) == []
    assert reached(house, Audience(is_silent=True, silent_id=0)) == []


def test_nobody_is_reminded_who_has_ranked_since_it_began_or_since_it_was_written(
    house, monkeypatch
):
    """Asked when the letter is written, when it is handed over, and when it is to go again."""
    monkeypatch.setattr(mailing_steps, "STEP", 1)
    audience = Audience(is_silent=True, silent_id=house.first)
    number = house.write(audience, text={"de": "Bitte ordnen Sie."})
    assert house.send(number) == 3
    house.says(house.placed, {house.first: NO_PLACE})
    work()
    assert [each.registration_id for each in letters()] == [house.one, house.two]
    told = mailing_readers.told(found_in(house, number), offset=0, limit=9)
    assert [each.mail is not None for each in told.people] == [False, True, True]

    house.says(house.one, {house.first: Wishes((house.first,))})
    assert [each.recipient for each in delivering.claim("test", now=OPEN)] == [
        letters()[-1].recipient
    ]
    of_one = update(OutboxMessage).where(OutboxMessage.registration_id == house.two)
    db.session.execute(of_one.values(state="failed"))
    db.session.commit()
    [left] = [each.id for each in letters() if each.registration_id == house.two]
    assert outboxing.why_outdated(left, now=OPEN) is None
    house.says(house.two, {house.first: NO_PLACE})
    assert outboxing.why_outdated(left, now=OPEN) is Outdated.NOT_MEANT


def test_what_a_row_keeps_of_it_is_read_again_and_forgotten_with_the_wishes(house):
    for audience in (ANYWHERE, Audience(is_silent=True, silent_id=house.first)):
        number = house.write(audience)
        kept = db.session.get_one(Mailing, number).audience
        assert Audience.from_json(kept) == audience
        assert without_people(kept) == {"to": "attendees", "is_forgotten": True}
