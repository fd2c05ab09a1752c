"""What changes again while many are still being told: each hears it from what they knew last."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.mails.news import News
from congress.domain.mails.untold import Untold
from congress.domain.planning.particulars import Particulars
from congress.domain.registration_request import RegistrationRequest
from congress.extensions import db
from congress.models import OutboxMessage
from congress.queries import announcements, congresses
from congress.queries.invariants import list_broken
from congress.services import registering
from congress.services.mails import announcing
from congress.services.planning import amending, previewing, releasing
from tests.builders import CLOSES, OPEN, a_congress, a_request, send_everything

NEWS = ("programme_changed", "held_after_all")
DAYS = {day: CLOSES.astimezone(UTC) + timedelta(days=int(day) - 7) for day in ("2", "7", "9", "12")}
DAY_OF = {closes.isoformat(): day for day, closes in DAYS.items()}
TOWNS = ("Hamm", "Lünen")


class House:
    """A congress with one place and many who wait, told one by one; a clock that goes on."""

    def __init__(self) -> None:
        self.id = a_congress(capacity=1).id
        self._times = count()
        self.known: dict[int, str] = {}
        for _ in range(4):
            self.register()

    def now(self):
        return OPEN + timedelta(minutes=next(self._times))

    def register(self) -> None:
        number = len(self.known) + 1
        request: RegistrationRequest = a_request(number)
        made = registering.register(self.id, request, now=self.now())
        self.known[made.registration_id] = self._today()
        send_everything()

    def act(self, what: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "step": lambda: announcing.next_step(now=self.now()),
            "new": self.register,
            "off": lambda: releasing.call_off(self.id, actor=COMMAND, now=self.now()),
            "on": lambda: releasing.hold_after_all(self.id, actor=COMMAND, now=self.now()),
        }
        if what in acts:
            acts[what]()
        elif what in TOWNS:
            self._amend(town=what)
        else:
            self._amend(closes_at=DAYS[what])
        send_everything()
        db.session.expire_all()

    def _amend(self, **values: Any) -> None:  # noqa: ANN401 - any of the particulars
        before, now = Particulars.of(congresses.get_congress(self.id)), self.now()
        wanted = replace(before, **values)
        seen = previewing.of_particulars(self.id, wanted, now=now, with_names=False).seen
        amending.amend(self.id, wanted, version=before.version, seen=seen, actor=COMMAND, now=now)

    def _today(self) -> str:
        congress = congresses.get_congress(self.id)
        return f"{DAY_OF[congress.period.closes_at.isoformat()]} {congress.town}"

    def heard(self) -> list[list[str]]:
        """What each person knew, from registering on, by the letters they got since."""
        return [[known, *_told(number)] for number, known in self.known.items()]


def _told(person: int) -> list[str]:
    """What the letters to somebody say: before and after of each, "day town"."""
    rows = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.registration_id == person, OutboxMessage.kind.in_(NEWS))
        .order_by(OutboxMessage.id)
    )
    found = []
    for row in rows:
        now = row.facts["congress"]
        before = row.facts["before"].get("congress", now)
        found += [f"{DAY_OF[each['closes_at']]} {each['town']}" for each in (before, now)]
    return found


@pytest.fixture
def house(session, monkeypatch):
    monkeypatch.setattr(announcing, "AT_ONCE", 1)
    monkeypatch.setattr(announcing, "STEP", 1)
    return House()


@pytest.mark.parametrize(
    "acts",
    [
        "2 12",
        "2 step 12",
        "2 step step 7",
        "2 step 12 step step 9",
        "2 step step step 12 step 7 step step 9",
        "2 step step 12 step step step step step 7",
        "2 step new 12",
        "2 step step new 12 new step 7 new",
        "2 step Hamm step step 7",
        "Hamm step Lünen step 2 step 7",
        "2 step step off 9 on",
        "2 step step off step 7 on step step 12 step new 9",
    ],
)
def test_each_hears_old_and_new_as_they_knew_it_last(house, acts):
    for what in acts.split():
        house.act(what)
    while announcing.next_step(now=house.now()):
        send_everything()

    today = house.heard()[0][-1]
    for known, *told in house.heard():
        befores, afters = told[::2], told[1::2]
        assert [known, *afters[:-1]][: len(befores)] == befores
        assert [known, *afters][-1] == today
        if "off" not in acts:  # that it takes place after all is told in any case
            assert all(before != after for before, after in zip(befores, afters, strict=True))
    assert list_broken() == []


def test_what_is_as_somebody_knows_it_is_told_only_to_who_heard_otherwise(house):
    for what in ("2", "step", "step", "7"):
        house.act(what)
    while announcing.next_step(now=house.now()):
        send_everything()
    town = house.heard()[0][0].removeprefix("7 ")
    both = [f"{day} {town}" for day in ("7", "7", "2", "2", "7")]
    assert house.heard() == [both, both, both[:1], both[:1]]


def test_one_row_says_how_far_it_is(house):
    for what in ("2", "step", "12", "step"):
        house.act(what)
    jobs = [(each.total, each.done) for each in announcements.latest(house.id, most=9)]
    assert jobs == [(4, 1), (1, 1)]
    assert announcements.letters_to_write() == 3


def test_a_row_keeps_what_is_news_to_whom(session):
    """Told up to 10 when it changed again, up to 20 of both when it changed once more."""
    congress = congresses.get_congress(a_congress().id)
    first, second, third = (
        Untold(News(replace(congress, period=replace(congress.period, closes_at=DAYS[day]))))
        for day in ("2", "9", "12")
    )
    both = second.after(first, told_up_to=10, there_up_to=30)
    all_three = third.after(both, told_up_to=20, there_up_to=40)

    kept = announcements.from_json(announcements.as_json(all_three), congress)
    knew = {number: kept.to(number).congress for number in (1, 11, 20, 21, 30, 31, 40, 41, 99)}
    days = {number: DAY_OF[each.period.closes_at.isoformat()] for number, each in knew.items()}
    assert days == {1: "12", 11: "12", 20: "12", 21: "2", 30: "2", 31: "9", 40: "9"} | {
        41: "12",
        99: "12",
    }
    assert both.to(10) == second.news
    assert both.to(11) == first.news
