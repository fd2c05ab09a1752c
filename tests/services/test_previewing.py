"""Before publishing: as many people as get a letter afterwards, whatever changes."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from congress import worker
from congress.domain.access import ATTENDEE, COMMAND, Actor, ActorKind
from congress.domain.planning.release import ChangesUnseen
from congress.domain.registration_request import WishedWorkshop
from congress.models import Congress as CongressRow
from congress.models import OutboxMessage, ProgrammeItem, Room
from congress.queries.registrations import get_own
from congress.services import changing, registering
from congress.services.mails import announcing
from congress.services.planning import previewing, releasing
from congress.services.planning.previewing import Preview
from tests.builders import (
    AFTERWARDS,
    OPEN,
    TWO_HOURS,
    WORKSHOPS_START,
    a_congress,
    a_request,
    a_workshop,
    add,
    send_everything,
    set_places,
)
from tests.queries_counter import count_queries

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
SECRET = re.compile(r"/(registration|feed|confirm)/")


class House:
    """A congress in which everybody stands otherwise.

    The workshop of two places has two people and one who waits, somebody who left it, somebody
    who withdrew and somebody who waits for the congress itself; one of the two reads English.
    """

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - the scoped session of the tests
        self.session = session
        self.congress = a_congress(capacity=6, waiting_list=True)
        self.first = a_workshop(
            self.congress, number=1, capacity=2, title={"de": "Titel", "en": "Title"}
        )
        self.second = a_workshop(
            self.congress, number=2, starts_at=WORKSHOPS_START + timedelta(minutes=30)
        )
        self.room = add(
            Room(
                congress_id=self.congress.id, code="r2", name={"de": "Saal 2"}, seats=9, position=1
            )
        )
        self.people = {
            "has": self.register(1, self.first),
            "reads English": self.register(2, self.first, language="en"),
            "waits": self.register(3, self.first),
            "is elsewhere": self.register(4, self.second),
            "left": self.register(5, self.second),
            "withdrew": self.register(6, self.second),
            "waits outside": self.register(7, self.first),
        }
        self.leave("left")
        set_places(self.congress.id, None, 5, actor=COMMAND, now=OPEN)
        changing.withdraw(self.people["withdrew"], actor=ATTENDEE, now=OPEN)
        send_everything()

    def register(self, number: int, workshop: ProgrammeItem, **values: str) -> int:
        request = a_request(number, workshop, **values)
        return registering.register(self.congress.id, request, now=OPEN).registration_id

    def leave(self, who: str) -> None:
        [booking] = get_own(self.people[who]).standing.bookings
        changing.leave(self.people[who], booking.id, actor=ATTENDEE, now=OPEN)

    def choose_the_second(self, who: str) -> None:
        wishes = [WishedWorkshop(self.second.id)]
        changing.change_workshops(self.people[who], wishes, actor=ATTENDEE, now=OPEN)

    def edit(self, item: ProgrammeItem, **values: Any) -> None:  # noqa: ANN401 - columns
        number = item.id
        self.session.rollback()
        statement = update(ProgrammeItem).where(ProgrammeItem.id == number)
        self.session.execute(statement.values(**values))
        self.session.commit()

    def preview(self, *, now: datetime = OPEN, with_names: bool = True) -> Preview:
        return previewing.preview(self.congress.id, now=now, with_names=with_names)

    def release(self, *, seen: str | None = None) -> int:
        return releasing.release(self.congress.id, actor=ORGANISER, now=OPEN, seen=seen)

    def written_to(self) -> set[int]:
        """Publish, let the worker tell everybody, and return who got a mail."""
        before = self.mails()
        self.release()
        worker.announce()
        return {mail.registration_id for mail in self.mails() - before}

    def mails(self) -> set[Any]:
        columns = (OutboxMessage.message_id, OutboxMessage.registration_id)
        return set(self.session.execute(select(*columns)))


def move(house: House) -> None:
    starts_at = WORKSHOPS_START + timedelta(minutes=15)
    house.edit(house.first, starts_at=starts_at, ends_at=starts_at + TWO_HOURS)


def call_off(house: House) -> None:
    house.edit(house.first, cancelled=True)


def hold_after_all(house: House) -> None:
    call_off(house)
    house.release()
    send_everything()
    house.edit(house.first, cancelled=False)


def hold_after_all_with_a_place_free(house: House) -> None:
    call_off(house)
    house.release()
    house.choose_the_second("has")
    send_everything()
    house.edit(house.first, cancelled=False)


def change_both(house: House) -> None:
    move(house)
    house.edit(house.second, title={"de": "Anders"})


def change_back_unsent(house: House) -> None:
    """What nobody has got yet is taken back: nobody hears of either."""
    title = house.first.title
    house.edit(house.first, title={"de": "Versehen"})
    house.release()
    house.edit(house.first, title=title)


def change_again_unsent(house: House) -> None:
    house.edit(house.first, title={"de": "Versehen"})
    house.release()
    house.edit(house.first, title={"de": "Gemeint"})


def add_an_item(house: House) -> None:
    a_workshop(house.congress, number=9, is_released=False)


def edit_first(**values: Any) -> Callable[[House], None]:  # noqa: ANN401 - columns
    return lambda house: house.edit(house.first, **values)


KINDS: Mapping[str, tuple[Callable[[House], None], int]] = {
    "moved": (move, 4),  # who has, who reads English, who waits, who waits outside
    "renamed in German only": (edit_first(title={"de": "Neu", "en": "Title"}), 3),
    "renamed in English only": (edit_first(title={"de": "Titel", "en": "New"}), 1),
    "another room": (lambda house: house.edit(house.first, room_id=house.room.id), 4),
    "described anew": (edit_first(abstract={"de": "Neu"}), 0),
    "called off": (call_off, 4),
    "taking place after all": (hold_after_all, 4),
    "taking place after all, somebody moves up": (hold_after_all_with_a_place_free, 4),
    "both workshops": (change_both, 5),
    "taken back before it went out": (change_back_unsent, 0),
    "changed again before it went out": (change_again_unsent, 4),
    "added": (add_an_item, 0),
    "nothing": (lambda _house: None, 0),
}


@pytest.mark.parametrize("at_once", [300, 1], ids=["at once", "in steps"])
@pytest.mark.parametrize(("change", "people"), KINDS.values(), ids=KINDS)
def test_as_many_people_as_get_a_letter_afterwards(session, monkeypatch, change, people, at_once):
    house = House(session)
    change(house)
    monkeypatch.setattr(announcing, "AT_ONCE", at_once)

    preview = house.preview()

    assert preview.reach.people == people
    assert len(house.written_to()) == people
    assert house.preview().changes == ()


def test_each_change_says_how_many_hear_of_it_and_how_many_move_up(session):
    house = House(session)
    hold_after_all_with_a_place_free(house)
    house.edit(house.second, title={"de": "Anders"})
    add_an_item(house)

    told = {each.item.id: (each.told, each.moving_up) for each in house.preview().changes}

    assert told.pop(house.first.id) == (3, 1)
    assert told.pop(house.second.id) == (2, 0)
    assert [*told.values()] == [(0, 0)]


def test_looking_writes_nothing_and_shows_a_letter_without_its_link(session):
    house = House(session)
    call_off(house)
    mails, revision = house.mails(), session.scalars(select(CongressRow.revision)).one()

    with count_queries() as statements:
        preview = house.preview()

    assert all(each.lstrip().startswith(("SELECT", "WITH")) for each in statements)
    assert not any("FOR UPDATE" in each or "FOR NO KEY" in each for each in statements)
    assert house.mails() == mails
    assert session.scalars(select(CongressRow.revision)).one() == revision
    assert preview.letter
    assert "[Hier steht der persönliche Link.]" in preview.letter.text
    assert not SECRET.search(preview.letter.text + preview.letter.html)


def test_the_letter_is_the_one_that_is_sent(session):
    house = House(session)
    move(house)
    letter = house.preview().letter

    house.written_to()
    worker.deliver()

    sent = session.scalars(
        select(OutboxMessage.subject).where(OutboxMessage.kind == "programme_changed")
    ).all()
    assert letter
    assert letter.subject in sent
    assert "Erika" in letter.text


def test_who_may_not_see_the_list_reads_no_names(session):
    house = House(session)
    move(house)

    preview = house.preview(with_names=False)

    assert preview.letter
    assert preview.recipient == ""
    assert "Erika" not in preview.letter.text + preview.letter.html
    assert "[Name]" in preview.letter.text


@pytest.mark.parametrize("state", ["cancelled", "finished"])
def test_nobody_is_told_of_what_does_not_take_place(session, state):
    house = House(session)
    session.get_one(CongressRow, house.congress.id).state = state
    session.commit()
    move(house)

    assert (len(house.preview().changes), house.preview().reach.people) == (1, 0)
    assert house.written_to() == set()


def test_nobody_is_told_afterwards(session):
    house = House(session)
    move(house)

    assert house.preview(now=AFTERWARDS).reach.people == 0


def test_what_nobody_has_looked_at_is_not_published(session):
    house = House(session)
    move(house)
    seen = house.preview().seen
    house.edit(house.second, title={"de": "Inzwischen"})

    with pytest.raises(ChangesUnseen):
        house.release(seen=seen)
    assert len(house.preview().changes) == 2

    assert house.release(seen=house.preview().seen) == 2
