"""Wishing for workshops, on both databases: kept, changed until the day, counted, refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from congress.domain import ranking
from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.errors import Refused
from congress.domain.mails.news import News
from congress.domain.mails.untold import Untold
from congress.domain.modes import NotInThisMode
from congress.domain.ranking import NO_PLACE, NotByWishes, Wishes, WishesClosed
from congress.domain.registration import (
    CongressNotTakingPart,
    RegistrationCancelled,
    UnknownWorkshop,
    WorkshopCancelled,
)
from congress.extensions import db
from congress.models import (
    Announcement,
    AuditLine,
    Congress,
    FormerWish,
    Registration,
    WishDecision,
    WorkshopWish,
)
from congress.models import ProgrammeItem as Item
from congress.models.revisions import ANEW
from congress.queries import announcements
from congress.queries import wishes as queries
from congress.queries.congresses import get_congress
from congress.queries.registrations import standings
from congress.queries.wishes import Answered
from congress.services import places, wishing
from congress.transaction import transaction
from tests.builders import (
    CLOSES,
    ENDS,
    LATE,
    OPEN,
    TWO_HOURS,
    WORKSHOPS_START,
    a_booking,
    a_congress,
    a_registration,
    a_workshop,
    add,
)

pytestmark = pytest.mark.usefixtures("database")

ORGANISER = Actor(ActorKind.ORGANISER, user_id=None)


@dataclass(frozen=True)
class House:
    """A congress of two choices, three workshops in the first and two in the second."""

    congress: Congress
    first: list[int]
    second: list[int]

    @property
    def key(self) -> int:
        return self.first[0]

    @property
    def other(self) -> int:
        return self.second[0]


def a_house(**values: object) -> House:
    values = {"rules": {"allocation": "wishes"}} | values
    congress = a_congress(**values)
    first = [a_workshop(congress).id for _each in range(3)]
    later = WORKSHOPS_START + TWO_HOURS
    return House(congress, first, [a_workshop(congress, starts_at=later).id for _each in range(2)])


@pytest.fixture
def house(database) -> House:
    return a_house()


def wish(
    person: Registration,
    wished: dict[int, Wishes],
    *,
    actor: Actor = ATTENDEE,
    now: datetime = OPEN,
) -> bool:
    return wishing.wish(person.id, wished, actor=actor, now=now)


@dataclass(frozen=True)
class Said:
    """What somebody said of each choice, and whether they have said anything."""

    wishes: dict[int, Wishes]
    has_answered: bool = True


def said(house: House, person: Registration) -> Said:
    slots = queries.taking_wishes(get_congress(house.congress.id))
    [standing] = standings([person.id])
    return Said(ranking.by_choice(slots, standing.wishes), standing.wished_at is not None)


def log_of(person: Registration) -> list[AuditLine]:
    lines = select(AuditLine).where(AuditLine.registration_id == person.id)
    return list(db.session.scalars(lines.order_by(AuditLine.id)))


def test_wishes_are_kept_until_others_take_their_place(house: House) -> None:
    person = a_registration(house.congress)
    one, two, three = house.first
    assert said(house, person) == Said({}, has_answered=False)
    wished = {house.key: Wishes((three, one)), house.other: Wishes((), any_other=True)}
    assert wish(person, wished)
    assert said(house, person) == Said(wished)
    assert wish(person, {house.key: Wishes((two,), any_other=True)}, now=OPEN + TWO_HOURS)
    wished[house.key] = Wishes((two,), any_other=True)
    assert said(house, person) == Said(wished)
    assert wish(person, {house.key: NO_PLACE})
    assert said(house, person).wishes[house.key] == NO_PLACE


def test_the_same_form_twice_changes_nothing(house: House) -> None:
    person = a_registration(house.congress)
    wished = {house.key: Wishes((house.first[1],)), house.other: NO_PLACE}
    assert wish(person, wished)
    assert not wish(person, wished, now=OPEN + TWO_HOURS)
    assert [line.verb for line in log_of(person)] == ["wished"]
    db.session.expire_all()
    assert db.session.get_one(Registration, person.id).wished_at == OPEN


def test_wanting_no_place_is_an_answer_too(house: House) -> None:
    person = a_registration(house.congress)
    nothing = {house.key: NO_PLACE, house.other: NO_PLACE}
    assert wish(person, nothing)
    assert not wish(person, nothing)
    assert said(house, person) == Said(nothing)


def test_of_a_choice_that_nobody_was_asked_of_they_said_nothing(house: House) -> None:
    person = a_registration(house.congress)
    assert not wish(person, {}, actor=ORGANISER)
    assert said(house, person) == Said({}, has_answered=False)
    assert wish(person, {house.key: NO_PLACE}, actor=ORGANISER)
    assert said(house, person) == Said({house.key: NO_PLACE})
    assert wish(person, {house.other: NO_PLACE}, now=OPEN + TWO_HOURS)
    assert said(house, person) == Said({house.key: NO_PLACE, house.other: NO_PLACE})


def test_whoever_waits_or_asks_may_wish_too_and_whoever_has_left_may_not(house: House) -> None:
    wished = {house.key: Wishes((house.first[0],))}
    for state in ("waiting", "requested", "offered"):
        assert wish(a_registration(house.congress, state=state), wished)
    with pytest.raises(RegistrationCancelled):
        wish(a_registration(house.congress, state="cancelled"), wished)


@pytest.mark.parametrize(
    ("until", "last", "first_late"),
    [
        (None, CLOSES - timedelta(seconds=1), CLOSES),
        (OPEN + timedelta(hours=1), OPEN + timedelta(minutes=59), OPEN + timedelta(hours=1)),
    ],
)
def test_wishes_change_until_their_day_and_organisers_change_them_later(
    database, until: datetime | None, last: datetime, first_late: datetime
) -> None:
    house = a_house(wishes_until=until)
    person = a_registration(house.congress)
    one, two, _three = house.first
    assert wish(person, {house.key: Wishes((one,))}, now=last)
    with pytest.raises(WishesClosed) as refusal:
        wish(person, {house.key: Wishes((two,))}, now=first_late)
    assert refusal.value.closes_at == first_late
    assert wish(person, {house.key: Wishes((two,))}, actor=ORGANISER, now=LATE)
    assert [line.actor for line in log_of(person)] == ["attendee", "organiser"]
    assert log_of(person)[1].details == {"wishes": [[[two], False]], "items": [two]}


def test_what_is_not_given_by_wishes_or_was_given_already_is_refused(house: House) -> None:
    person = a_registration(house.congress)
    with pytest.raises(NotByWishes):
        wish(person, {house.first[1]: NO_PLACE})  # a choice is known by its first workshop
    db.session.get_one(Item, house.key).assigned_at = OPEN
    db.session.get_one(Congress, house.congress.id).content_revision += 1
    db.session.commit()
    with pytest.raises(NotByWishes):
        wish(person, {house.key: NO_PLACE}, actor=ORGANISER)
    assert wish(person, {house.other: Wishes((house.second[1],))})


@pytest.mark.parametrize("values", [{"state": "cancelled"}, {"state": "draft"}])
def test_what_does_not_take_place_is_wished_for_by_nobody(database, values: dict[str, Any]) -> None:
    house = a_house(**values)
    with pytest.raises(CongressNotTakingPart):
        wish(a_registration(house.congress), {house.key: NO_PLACE})


def refused(house: House, wished: dict[int, Wishes], **values: object) -> type[Refused]:
    person = a_registration(house.congress, **values)
    with pytest.raises(Refused) as refusal:
        wish(person, wished)
    assert not said(house, person).has_answered
    return type(refusal.value)


def test_only_what_is_offered_there_is_wished_for(database) -> None:
    house = a_house(
        rules={"allocation": "wishes", "mode": "hybrid"},
        slug="hybrid",
        online_link="https://x.test",
    )
    gone = a_workshop(house.congress, cancelled=True).id
    online = a_workshop(house.congress, mode="online").id
    one = house.first[0]
    assert refused(house, {house.key: Wishes((one, one))}) is UnknownWorkshop
    assert refused(house, {house.key: Wishes((one, house.other))}) is UnknownWorkshop
    assert refused(house, {house.key: Wishes((gone,))}) is WorkshopCancelled
    assert refused(house, {house.key: Wishes((online,))}, mode="onsite") is NotInThisMode


def test_wishes_are_counted_by_first_choice_and_by_who_has_said_what(house: House) -> None:
    one, two, _three = house.first
    for first in (one, one, two):
        wish(a_registration(house.congress), {house.key: Wishes((first,), any_other=True)})
    wish(a_registration(house.congress), {house.key: Wishes((), any_other=True)})
    wish(a_registration(house.congress), {house.key: NO_PLACE})
    a_registration(house.congress)
    a_booking(a_registration(house.congress), db.session.get_one(Item, one))
    left = a_registration(house.congress, state="cancelled")
    add(WorkshopWish(registration_id=left.id, item_id=one, rank=1))
    assert queries.popularity(house.congress.id) == {one: 2, two: 1}
    slots = queries.taking_wishes(get_congress(house.congress.id))
    assert queries.counts(house.congress.id, slots) == {
        house.key: Answered(wish=4, want_none=1, silent=1),
        house.other: Answered(wish=0, want_none=0, silent=7),
    }
    assert queries.counts(house.congress.id, []) == {}


def hand_on(house: House, giver: Registration, taker: Registration) -> None:
    with transaction(), places.held(house.congress.id, now=OPEN) as ledger:
        wishing.hand_on(ledger, giver.id, taker.id)


@pytest.mark.parametrize(
    ("gone", "came", "after"),
    [
        ({}, {}, {}),
        ({1: Wishes((2,))}, {}, {1: Wishes((2,))}),
        ({}, {1: Wishes((2,))}, {1: Wishes((2,))}),
        ({1: Wishes((2,))}, {1: Wishes((3, 1))}, {1: Wishes((3, 1))}),
        ({1: Wishes((2,))}, {1: NO_PLACE}, {1: NO_PLACE}),
        ({1: NO_PLACE}, {}, {1: NO_PLACE}),
        (
            {1: Wishes((2,)), 4: Wishes((5,), any_other=True)},
            {1: Wishes((3,))},
            {1: Wishes((3,)), 4: Wishes((5,), any_other=True)},
        ),
        ({1: Wishes((2,))}, {4: NO_PLACE}, {1: Wishes((2,)), 4: NO_PLACE}),
    ],
    ids=[
        "nothing",
        "of who ends",
        "of who goes on",
        "of both for one time",
        "no place is said too",
        "that none is wanted",
        "of both for one time, of one for another",
        "of each for another time",
    ],
)
def test_wishes_go_on_for_each_time_of_which_the_other_says_nothing(
    house: House, gone: dict[int, Wishes], came: dict[int, Wishes], after: dict[int, Wishes]
) -> None:
    ids = dict(enumerate((*house.first, *house.second), start=1))

    def really(wished: dict[int, Wishes]) -> dict[int, Wishes]:
        return {
            ids[key]: Wishes(tuple(ids[each] for each in said.ranked), said.any_other)
            for key, said in wished.items()
        }

    giver, taker = (a_registration(house.congress) for _each in range(2))
    for person, wished in ((giver, gone), (taker, came)):
        if wished:
            wish(person, really(wished))
    hand_on(house, giver, taker)
    assert said(house, taker) == Said(really(after), bool(after))


def test_what_was_ranked_until_it_was_called_off_is_kept_and_goes_on(house: House) -> None:
    gone, came = (a_registration(house.congress) for _each in range(2))
    one, two, three = house.first
    wish(gone, {house.key: Wishes((one, two))})
    row = db.session.get_one(Item, one)
    row.released = {**(row.released or {}), "cancelled": True}
    db.session.execute(update(Congress).values(ANEW))
    db.session.commit()
    wish(gone, {house.key: Wishes((three,), any_other=True)})
    wish(gone, {house.key: Wishes((two,))})
    former = select(FormerWish.registration_id, FormerWish.item_id)
    assert [tuple(row) for row in db.session.execute(former)] == [(gone.id, one)]
    hand_on(house, gone, came)
    assert [tuple(row) for row in db.session.execute(former)] == [(came.id, one)]


def test_wishes_are_forgotten_a_month_after_the_congress(house: House) -> None:
    person = a_registration(house.congress)
    wish(person, {house.key: Wishes((house.first[1], house.first[0]))})
    place = a_booking(person, db.session.get_one(Item, house.first[0]), wish=2)
    about = {"congress_id": house.congress.id, "registration_id": person.id}
    add(WishDecision(item_id=house.first[2], is_given=False, decided_at=OPEN, **about))
    add(FormerWish(registration_id=person.id, item_id=house.first[2], given_up_at=OPEN))
    news = announcements.as_json(
        Untold(News(unranked={house.first[0]: [person.id]})).after(
            Untold(News(unranked={house.first[1]: [person.id]})), told_up_to=1, there_up_to=2
        )
    )
    facts = {"congress_id": house.congress.id, "kind": "programme_changed", "total": 1}
    told = add(Announcement(**facts, news=news, created_at=OPEN))
    assert str(told.news).count("unranked") > 1
    assert wishing.forget_old(now=ENDS + timedelta(days=29)) == 0
    assert wishing.forget_old(now=ENDS + timedelta(days=32)) == 2
    db.session.expire_all()
    assert (place.wish, person.wished_at) == (None, None)
    assert db.session.scalars(select(WishDecision)).all() == []
    assert db.session.scalars(select(FormerWish)).all() == []
    assert "unranked" not in str(told.news)
    logged = select(AuditLine.details).where(AuditLine.verb == "wished")
    assert db.session.scalars(logged).all() == [{}], "that they ranked, and not what"
