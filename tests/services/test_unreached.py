"""Whoever is about to tell people knows how many hear of it, and who has to be phoned."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from congress.domain.congresses import CongressState
from congress.domain.room import ByHand
from congress.models import AuditLine, Congress, OutboxMessage, ProgrammeItem
from congress.queries.audit import moved_up
from congress.services import entering, registering
from congress.services.entering import Entering
from congress.services.mails import announcing
from congress.services.planning import previewing, releasing
from congress.services.planning.previewing import Preview
from tests.builders import (
    OPEN,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
    set_places,
)
from tests.returned_mails import a_dead_mailbox
from tests.services.mail_house import ORGANISER


class House:
    """Two workshops: in the first are two people, one without an address; the other is full."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.congress = a_congress(capacity=3)
        self.first = a_workshop(self.congress, number=1, capacity=None)
        self.second = a_workshop(self.congress, number=2, capacity=0)
        registering.register(self.congress.id, a_request(1, self.first), now=OPEN)
        self.without = self.enter(2, self.first)
        self.elsewhere = self.enter(3)
        self.outside = self.enter(4, waits=frozenset({None}))
        send_everything()

    def enter(
        self, number: int, *choices: ProgrammeItem, waits: frozenset[int | None] = frozenset()
    ) -> int:
        told = Entering(ByHand(waits=waits))
        request = a_request(number, *choices, email="")
        return entering.enter(self.congress.id, request, told, actor=ORGANISER, now=OPEN)

    def edit(self, **values: Any) -> None:  # noqa: ANN401 - columns
        number = self.first.id
        self.session.rollback()
        statement = update(ProgrammeItem).where(ProgrammeItem.id == number)
        self.session.execute(statement.values(**values))
        self.session.commit()

    def preview(self) -> Preview:
        return previewing.preview(self.congress.id, now=OPEN, with_names=True)

    def release(self) -> None:
        releasing.release(self.congress.id, actor=ORGANISER, now=OPEN)

    def last_line(self) -> dict[str, Any]:
        self.session.rollback()
        lines = select(AuditLine).order_by(AuditLine.id.desc()).limit(1)
        return self.session.scalars(lines).one().details

    def letters(self) -> Sequence[str]:
        self.session.rollback()
        queued = select(OutboxMessage.kind).where(OutboxMessage.state == "queued")
        return self.session.scalars(queued).all()


@pytest.mark.parametrize(
    ("values", "people"),
    [
        ({"title": {"de": "Neu"}}, 1),
        ({"cancelled": True}, 1),
        ({"abstract": {"de": "Neu"}}, 0),
    ],
)
def test_publishing_counts_and_names_whom_no_mail_reaches(session, values, people):
    house = House(session)
    house.edit(**values)

    reach = house.preview().reach
    house.release()

    assert (reach.people, reach.unreached) == (people, (house.without,) * people)
    assert house.last_line().get("unreached", 0) == people
    assert house.last_line()["told"] == people == len(house.letters())


def test_who_gets_a_calendar_entry_alone_is_no_letter(session):
    house = House(session)
    house.edit(cancelled=True)
    house.release()
    send_everything()
    house.edit(title={"de": "Neu"})  # what is called off changes only in calendars

    reach = house.preview().reach
    house.release()

    assert (reach.letters, reach.entries, reach.unreached) == (0, 1, (house.without,))
    assert house.letters() == ["calendar_request"]


def test_who_moves_up_without_an_address_has_to_be_told(session):
    house = House(session)
    session.get_one(Congress, house.congress.id).state = CongressState.FINISHED
    session.commit()
    set_places(house.congress.id, None, 4, actor=ORGANISER, now=OPEN)

    again = previewing.reopening(house.congress.id, now=OPEN, with_names=True)

    assert again.moving_up == 1
    assert (again.reach.people, again.reach.unreached) == (0, (house.outside,))


def test_calling_off_and_its_undoing_name_everybody_without_an_address(session):
    house = House(session)

    off = releasing.call_off(house.congress.id, actor=ORGANISER, now=OPEN)
    assert house.last_line()["unreached"] == 3
    send_everything()
    asked = previewing.reopening(house.congress.id, now=OPEN, with_names=True).reach
    back = releasing.hold_after_all(house.congress.id, actor=ORGANISER, now=OPEN)

    for reach in (off, asked, back):
        assert reach.people == 1
        assert set(reach.unreached) == {house.without, house.elsewhere, house.outside}
    assert house.last_line()["unreached"] == 3


def test_who_never_heard_that_it_does_not_take_place_is_not_told_that_it_does(session):
    house = House(session)
    releasing.call_off(house.congress.id, actor=ORGANISER, now=OPEN)

    reach = previewing.reopening(
        house.congress.id, now=OPEN, with_names=True
    ).reach  # before the mails went out
    releasing.hold_after_all(house.congress.id, actor=ORGANISER, now=OPEN)

    assert reach.people == 0
    assert house.letters() == []
    assert house.last_line()["told"] == 0


@pytest.mark.parametrize("at_once", [announcing.AT_ONCE, 0])
def test_whose_address_takes_no_mail_is_not_counted_as_told(session, monkeypatch, at_once):
    house = House(session)
    request = a_request(5, house.first)
    gone = registering.register(house.congress.id, request, now=OPEN).registration_id
    send_everything()
    a_dead_mailbox(gone)
    monkeypatch.setattr(announcing, "AT_ONCE", at_once)
    house.edit(title={"de": "Neu"})
    preview = house.preview()
    house.release()

    for told in (preview.reach, preview.told):
        assert (told.people, told.unreached, told.dead) == (1, (house.without,), (gone,))
    assert [each.told for each in preview.changes] == [1]
    line = house.last_line()
    assert (line["told"], line["unreached"], line["dead"]) == (1, 1, 1)

    off = releasing.call_off(house.congress.id, actor=ORGANISER, now=OPEN)

    assert (off.people, off.dead, len(off.unreached)) == (1, (gone,), 3)


def test_who_moves_up_and_takes_no_mail_is_to_be_phoned(session):
    house = House(session)
    request = a_request(5)
    gone = registering.register(house.congress.id, request, now=OPEN).registration_id
    send_everything()
    a_dead_mailbox(gone)
    session.get_one(Congress, house.congress.id).state = CongressState.FINISHED
    session.commit()
    set_places(house.congress.id, None, 5, actor=ORGANISER, now=OPEN)

    again = previewing.reopening(house.congress.id, now=OPEN, with_names=True)
    releasing.change_state(house.congress.id, CongressState.PUBLISHED, actor=ORGANISER, now=OPEN)

    assert (again.moving_up, again.reach.people) == (2, 0)
    assert (again.reach.unreached, again.reach.dead) == ((house.outside,), (gone,))
    assert again.told.dead == ()  # they are named among those who moved up
    phoned = {
        each.id: (each.has_mailbox, each.is_dead) for each in moved_up(house.congress.id, OPEN)
    }
    assert phoned == {house.outside: (False, False), gone: (True, True)}
