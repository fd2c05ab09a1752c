"""A workshop takes place after all: whoever chose another one in its place hears of it too."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from congress import worker
from congress.domain.access import ATTENDEE
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.models import OutboxMessage, ProgrammeItem
from congress.queries import invariants
from congress.services import changing, entering, registering
from congress.services.entering import Entering
from congress.services.mails import announcing, delivering
from congress.services.planning import previewing, releasing
from tests.builders import OPEN, a_congress, a_request, a_workshop, send_everything
from tests.services.mail_house import ORGANISER

AN_HOUR = timedelta(hours=1)
CALLED_OFF, CHOSEN, BACK = (OPEN + number * AN_HOUR for number in (1, 2, 3))


class House:
    """Two workshops at one time, and people who had the first one or waited for it."""

    def __init__(self, session: Session, *, capacity: int = 2) -> None:
        self.session = session
        self.congress = a_congress()
        self.first = a_workshop(self.congress, number=1, title="Netze", capacity=capacity).id
        self.second = a_workshop(self.congress, number=2, title="Chöre", capacity=None).id
        self.people = {"left before": self.register(1)}
        self.choose("left before", OPEN)
        self.people |= {"had": self.register(2), "stays": self.register(3)}
        self.people |= {"waited": self.register(4), "withdrew": self.register(5)}
        send_everything()

    def register(self, number: int) -> int:
        request = a_request(number, WishedWorkshop(self.first))
        return registering.register(self.congress.id, request, now=OPEN).registration_id

    def choose(self, who: str, now: datetime) -> None:
        wish = [WishedWorkshop(self.second)]
        changing.change_workshops(self.people[who], wish, actor=ATTENDEE, now=now)

    def edit(self, **values: Any) -> None:  # noqa: ANN401 - columns
        self.session.rollback()
        mine = ProgrammeItem.id == self.first
        self.session.execute(update(ProgrammeItem).where(mine).values(**values))
        self.session.commit()

    def release(self, now: datetime) -> None:
        releasing.release(self.congress.id, actor=ORGANISER, now=now)
        worker.announce()

    def call_off_and_choose(self) -> None:
        self.edit(cancelled=True)
        self.release(CALLED_OFF)
        for who in ("had", "waited"):
            self.choose(who, CHOSEN)
        changing.withdraw(self.people["withdrew"], actor=ATTENDEE, now=CHOSEN)
        send_everything()
        self.edit(cancelled=False)

    def told(self) -> dict[str, Any]:
        """Return the facts of the letters that wait, by whom they are for."""
        self.session.rollback()
        rows = self.session.scalars(select(OutboxMessage).where(OutboxMessage.state == "queued"))
        facts = {row.registration_id: row.facts for row in rows}
        return {who: facts[number] for who, number in self.people.items() if number in facts}


@pytest.mark.parametrize("at_once", [300, 1], ids=["at once", "in steps"])
def test_whoever_had_it_when_it_was_called_off_hears_that_it_is_back(session, monkeypatch, at_once):
    house = House(session)
    house.call_off_and_choose()
    monkeypatch.setattr(announcing, "AT_ONCE", at_once)

    asked = previewing.preview(house.congress.id, now=BACK, with_names=True)
    house.release(BACK)

    told = house.told()
    assert set(told) == {"had", "waited", "stays"}
    assert (asked.reach.people, [each.told for each in asked.changes]) == (3, [3])
    for who in ("had", "waited"):
        [again] = told[who]["returned"]
        assert (again["id"], again["has_places"]) == (house.first, True)
        assert told[who]["links"] == ["manage"]
        assert "entry" not in told[who]
    assert "returned" not in told["stays"]
    assert invariants.list_broken() == []


@pytest.mark.parametrize("capacity", [2, 1], ids=["free", "full"])
def test_the_letter_says_what_they_have_now_and_whether_they_can_go_back(session, capacity):
    house = House(session, capacity=capacity)
    house.call_off_and_choose()
    house.release(BACK)
    claimed = delivering.claim("test", now=BACK)
    [letter] = [each for each in claimed if each.registration_id == house.people["had"]]
    mail = message_from_bytes(delivering.prepare(letter).raw, policy=policy.default)
    part = mail.get_body(("plain",))
    text = " ".join(part.get_content().split()) if part else ""

    assert mail["Subject"].startswith("Workshop 1 findet doch statt: ")
    assert "Uhr, findet doch statt. Sie hatten diesen Workshop gewählt, bevor er abgesagt" in text
    assert "Sie haben jetzt einen Platz in „Workshop 2: Chöre“." in text
    assert ("Sie können zu Workshop 1 zurückwechseln" in text) is (capacity == 2)
    assert ("In Workshop 1 ist im Moment kein Platz frei." in text) is (capacity == 1)
    assert "/registration/" in text


def test_nobody_is_told_twice_nor_of_a_change_of_what_takes_place(session):
    house = House(session)
    house.call_off_and_choose()
    house.release(BACK)
    send_everything()
    house.edit(title={"de": "Neu"})
    house.release(BACK + AN_HOUR)

    assert set(house.told()) == {"stays"}


def test_what_is_called_off_again_before_the_letter_went_out_is_no_news(session):
    house = House(session)
    house.call_off_and_choose()
    house.release(BACK)
    house.edit(cancelled=True)
    house.release(BACK + AN_HOUR)

    assert house.told() == {}


def test_who_has_no_address_and_had_it_is_named(session):
    house = House(session)
    request = a_request(9, WishedWorkshop(house.first), email="")
    by_hand = ByHand(beyond=frozenset({house.first}))
    told = Entering(by_hand)
    number = entering.enter(house.congress.id, request, told, actor=ORGANISER, now=OPEN)
    house.people["has no address"] = number
    house.edit(cancelled=True)
    house.release(CALLED_OFF)
    wish = [WishedWorkshop(house.second)]
    changing.assign_workshops(number, wish, by_hand=ByHand(), actor=ORGANISER, now=CHOSEN)
    house.edit(cancelled=False)

    asked = previewing.preview(house.congress.id, now=BACK, with_names=True)

    assert asked.reach.unreached == (number,)
