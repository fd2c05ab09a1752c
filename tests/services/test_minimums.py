"""Workshops that too few people have booked: the team is asked once, and what they answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from congress import worker
from congress.domain.access import COMMAND, Actor, ActorKind, Role
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.minimum import DayNotToCome, MinimumAbovePlaces, NothingToSettle
from congress.models import AuditLine, Congress, OutboxMessage, ProgrammeItem
from congress.queries import minimums as short
from congress.queries.congresses import get_congress
from congress.queries.planning import scheduling as queries
from congress.services import registering
from congress.services.logins import accounts
from congress.services.planning import minimums, scheduling
from tests.builders import CLOSES, LATE, OPEN, a_congress, a_request, a_workshop

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
NINE = CLOSES + timedelta(hours=9)


class House:
    """One workshop of three people that needs four, one that needs none, and their team."""

    def __init__(self) -> None:
        self.congress = a_congress()
        self.short = a_workshop(self.congress, code="short", minimum=4)
        self.other = a_workshop(self.congress, code="other")
        for number in (1, 2, 3):
            registering.register(self.congress.id, a_request(number, self.short), now=OPEN)
        self.id = self.congress.id


@pytest.fixture
def house(session):
    return House()


def told(session):
    session.rollback()
    found = select(OutboxMessage).where(OutboxMessage.kind == "underfilled")
    return session.scalars(found.order_by(OutboxMessage.recipient)).all()


def verbs(session):
    session.rollback()
    found = select(AuditLine.verb).where(AuditLine.verb.like("minimum_%"))
    return session.scalars(found.order_by(AuditLine.id)).all()


def ask(now):
    while minimums.next_step(now=now):
        pass


@pytest.fixture
def team(house):
    for name, role in (("a", Role.ORGANISER), ("b", Role.PROGRAMME), ("c", Role.READER)):
        roles = {house.id: role}
        accounts.invite(
            f"{name}@example.org", actor=COMMAND, now=OPEN, roles=roles, password="vier rote Esel"
        )


def test_whoever_edits_the_programme_is_told_once_of_all_of_them(session, house, team):
    a_workshop(house.congress, code="empty", minimum=1)

    ask(NINE - timedelta(minutes=1))
    assert told(session) == []
    ask(NINE)
    ask(LATE)

    letters = told(session)
    assert [each.recipient for each in letters] == ["a@example.org", "b@example.org"]
    short = [(each["taken"], each["minimum"]) for each in letters[0].facts["short"]]
    assert (sorted(short), letters[0].facts["workspace"]) == ([(0, 1), (3, 4)], "fachkongress")
    assert verbs(session) == ["minimum_missed"] * 2
    assert minimums.next_step in worker.STEPS


@pytest.mark.parametrize(
    "values", [{"cancelled": True}, {"state": "cancelled"}, {"state": "draft"}], ids=str
)
def test_of_what_does_not_take_place_nobody_is_asked(session, values, team, house):
    if "cancelled" in values:
        session.execute(update(ProgrammeItem).values(**values))
    else:
        house.congress.state = values["state"]
    session.commit()

    ask(NINE)

    assert told(session) == []


def test_of_what_is_not_assigned_yet_nobody_is_asked(session, team, house):
    """Places are given by wishes: that nobody has one says nothing."""
    session.execute(update(ProgrammeItem).values(allocation="wishes"))
    session.commit()
    ask(NINE)
    assert told(session) == []
    assert short.open_ones(get_congress(house.id), now=NINE) == []

    row = session.get(Congress, house.id)
    for item in session.scalars(select(ProgrammeItem)):
        item.assigned_at = NINE
    row.wish_seed = "00"
    session.commit()
    ask(LATE)
    assert len(told(session)) == 2


def test_where_it_takes_place_all_the_same_nobody_is_asked_again(session, house, team):
    minimums.go_ahead(house.id, "short", actor=ORGANISER, now=NINE)

    ask(LATE)

    assert told(session) == []
    with pytest.raises(NothingToSettle):
        minimums.go_ahead(house.id, "short", actor=ORGANISER, now=LATE)
    assert verbs(session) == ["minimum_settled"]


def test_on_another_day_they_are_asked_anew(session, house, team):
    ask(NINE)
    minimums.look_again(house.id, "short", date(2015, 10, 12), actor=ORGANISER, now=NINE)
    ask(NINE + timedelta(days=3))
    assert len(told(session)) == 2

    ask(NINE + timedelta(days=4))

    assert len(told(session)) == 4
    at_once, then = date(2015, 10, 12), NINE + timedelta(days=4)
    with pytest.raises(DayNotToCome):
        minimums.look_again(house.id, "short", at_once, actor=ORGANISER, now=then)


def test_there_is_nothing_to_answer_before_its_day_nor_where_enough_came(house):
    with pytest.raises(NothingToSettle):
        minimums.go_ahead(house.id, "short", actor=ORGANISER, now=OPEN)
    registering.register(house.id, a_request(4, house.short), now=OPEN)
    with pytest.raises(NothingToSettle):
        minimums.go_ahead(house.id, "short", actor=ORGANISER, now=NINE)


def plan_of(house) -> ItemPlan:
    return queries.get_edited(house.short.id).plan


def edit(house, values):
    plan = plan_of(house)
    wanted = replace(plan, **values)
    scheduling.edit_item(house.short.id, wanted, version=plan.version, actor=ORGANISER, now=NINE)


def test_another_number_is_another_question(session, house, team):
    minimums.go_ahead(house.id, "short", actor=ORGANISER, now=NINE)
    edit(house, {"title": {"de": "Anders"}})
    ask(LATE)
    assert told(session) == []

    edit(house, {"minimum": 9})
    ask(LATE)

    assert [each.facts["short"][0]["minimum"] for each in told(session)] == [9, 9]


def test_more_than_there_are_places_is_refused(house):
    with pytest.raises(MinimumAbovePlaces):
        edit(house, {"minimum": 26})
    with pytest.raises(MinimumAbovePlaces):
        edit(house, {"places": 3})
    assert (plan_of(house).minimum, plan_of(house).places) == (4, 25)
