"""Groups: one contact, several people, each with letters of their own; only together or each."""

# ruff: noqa: ANN401 - fields of registrations have many types

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.groups import Contact, GroupLinkOver, GroupTooLarge, RefusedForOne
from congress.domain.modes import Mode
from congress.domain.quotas import QuotaReached
from congress.domain.registration import CongressFull, WorkshopFull
from congress.domain.registration import RegistrationState as State
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.domain.together import GroupDoesNotFit
from congress.models import AuditLine, OutboxMessage, Registration, RegistrationGroup
from congress.queries import groups as queries
from congress.queries import invariants
from congress.queries.registrations import get_own
from congress.services import (
    admitting,
    changing,
    contacts,
    group_links,
    groups,
    registering,
)
from tests.builders import OPEN, STARTS, a_congress, a_request, a_workshop
from tests.queries_counter import count_queries

ORGANISER = Actor(ActorKind.ORGANISER, user_id=None)
CONTACT = Contact("Kim", "Beispiel", "kim@example.org", "de")
RULES = {"group_most": 6}
BOTH = groups.Sent(CONTACT, together=True, form_key="group")
EACH = replace(BOTH, together=False)
COUNTED = {"fields": {"organisation": "required"}}


@pytest.fixture(autouse=True)
def right(session):
    """REL-07."""
    yield
    session.rollback()
    assert invariants.list_broken() == []


def people(*numbers: int, **values: Any):
    return [a_request(number, form_key="", **values) for number in numbers]


def register(congress, *numbers: int, sent=EACH, now=OPEN, **values: Any):
    return groups.register(congress.id, sent, people(*numbers, **values), now=now)


def one(congress, number, now=OPEN):
    return registering.register(congress.id, a_request(number), now=now).registration_id


def states(session):
    session.expire_all()
    rows = session.scalars(select(Registration).order_by(Registration.id))
    return {int(each.family_name.partition("-")[2]): each.state for each in rows}


def number_of(session, number):
    named = Registration.family_name == f"Muster-{number}"
    return session.scalars(select(Registration.id).where(named)).one()


def kinds(session, to):
    mails = select(OutboxMessage.kind).where(OutboxMessage.recipient == to)
    return list(session.scalars(mails.order_by(OutboxMessage.id)))


def test_each_person_has_places_and_letters_and_the_contact_the_link(session):
    congress = a_congress(rules=RULES)
    workshop = a_workshop(congress, capacity=1)
    wish = (WishedWorkshop(workshop.id),)

    token = register(congress, 1, 2, choices=wish)

    assert states(session) == {1: "confirmed", 2: "confirmed"}
    standings = queries.people(queries.find(token).id)
    assert [[each.state for each in one.bookings] for one in standings] == [
        ["confirmed"],
        ["waiting"],
    ]
    assert kinds(session, "erika.muster-2@example.org") == ["confirmed", "calendar_request"]
    assert kinds(session, CONTACT.email) == ["group_registered"]
    letters = select(OutboxMessage.facts).where(OutboxMessage.kind == "confirmed")
    assert {each["registered_by"] for each in session.scalars(letters)} == {"Kim Beispiel"}
    anna = a_request(5)
    me = replace(CONTACT, family_name=anna.family_name, given_name="Erika", email=anna.email)
    groups.register(congress.id, groups.Sent(me, together=False, form_key="me"), [anna], now=OPEN)
    said = session.scalars(letters.where(OutboxMessage.recipient == anna.email)).one()
    assert "registered_by" not in said  # nobody is told that they did so themselves
    verbs = session.scalars(select(AuditLine.verb).order_by(AuditLine.id).limit(3))
    assert list(verbs) == ["registered", "registered", "group_registered"]


def test_the_same_form_is_one_group(session):
    congress = a_congress(rules=RULES)
    assert register(congress, 1, 2) == register(congress, 1, 2)
    assert len(states(session)) == 2
    assert session.scalars(select(RegistrationGroup.form_key)).all() == ["group"]


def test_whoever_is_registered_already_is_told_by_mail_alone(session):
    congress = a_congress(rules=RULES)
    one(congress, 1)
    token = register(congress, 1, 2, now=OPEN + timedelta(hours=1))
    assert [each.family_name for each in queries.people(queries.find(token).id)] == ["Muster-2"]
    assert kinds(session, "erika.muster-1@example.org")[-1] == "already_registered"


def test_what_is_refused_for_one_is_refused_for_all_and_also_where_one_is_known(session):
    congress = a_congress(rules=RULES)
    full = a_workshop(congress, capacity=1, waiting_list=False)
    one(congress, 1)
    registering.register(congress.id, a_request(3, full), now=OPEN)
    asked = [*people(2), *people(1, choices=(WishedWorkshop(full.id),))]
    with pytest.raises(RefusedForOne) as refused:
        groups.register(congress.id, EACH, asked, now=OPEN)
    assert isinstance(refused.value.reason, WorkshopFull)
    assert refused.value.name == "Erika Muster-1"
    session.rollback()
    assert states(session) == {1: "confirmed", 3: "confirmed"}
    with pytest.raises(GroupTooLarge):
        register(congress, *range(10, 17))


CASES = [  # places, how many come, only together, what each has then
    (3, (1, 2), True, "confirmed confirmed"),
    (2, (1, 2), True, "confirmed confirmed"),
    (2, (1, 2, 3), False, "confirmed confirmed waiting"),
    (3, (1, 2, 3), True, "waiting waiting waiting"),  # one of the places is taken
]


@pytest.mark.parametrize(("places", "numbers", "together", "expected"), CASES)
def test_who_comes_only_together_has_a_place_with_all_or_waits(
    session, places, numbers, together, expected
):
    congress = a_congress(capacity=places, rules=RULES)
    if expected == "waiting waiting waiting":
        one(congress, 9)
    register(congress, *numbers, sent=BOTH if together else EACH)
    found = states(session)
    assert [found[each] for each in numbers] == expected.split()


def test_more_than_there_will_ever_be_is_refused(session):
    congress = a_congress(capacity=2, rules=RULES)
    with pytest.raises(RefusedForOne) as refused:
        register(congress, 1, 2, 3, sent=BOTH)
    assert isinstance(refused.value.reason, GroupDoesNotFit)
    session.rollback()
    counted = a_congress(slug="counted", capacity=9, rules=RULES | {"quota": 2}, **COUNTED)
    with pytest.raises(RefusedForOne) as refused:
        register(counted, 1, 2, 3, sent=BOTH)
    assert isinstance(refused.value.reason, QuotaReached)
    session.rollback()
    shut = a_congress(slug="shut", capacity=2, waiting_list=False, rules=RULES)
    one(shut, 1)
    with pytest.raises(RefusedForOne) as refused:
        register(shut, 2, 3, sent=BOTH)
    assert isinstance(refused.value.reason, GroupDoesNotFit | CongressFull)


def test_a_group_is_passed_over_until_there_is_room_for_all_of_it(session):
    congress = a_congress(capacity=2, rules=RULES)
    first, second = one(congress, 1), one(congress, 2)
    register(congress, 3, 4, sent=BOTH)
    one(congress, 5)

    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    assert states(session) == {1: "cancelled", 2: "confirmed", 3: "waiting", 4: "waiting",
                               5: "confirmed"}  # fmt: skip

    changing.withdraw(second, actor=ATTENDEE, now=OPEN)
    assert states(session)[3] == "waiting"
    late = one(congress, 6)  # passes by, as one free place is of no use to two
    assert states(session)[6] == "confirmed"

    changing.withdraw(late, actor=ATTENDEE, now=OPEN)
    changing.withdraw(number_of(session, 5), actor=ATTENDEE, now=OPEN)
    assert [states(session)[each] for each in (3, 4)] == ["confirmed", "confirmed"]
    for each in (3, 4):
        assert kinds(session, f"erika.muster-{each}@example.org")[0] == "waiting"
        assert "place_gained" in kinds(session, f"erika.muster-{each}@example.org")


def test_one_who_leaves_lets_the_others_move_up(session):
    congress = a_congress(capacity=2, rules=RULES)
    one(congress, 1)
    two = one(congress, 9)
    token = register(congress, 2, 3, sent=BOTH)
    changing.withdraw(two, actor=ATTENDEE, now=OPEN)
    contacts.withdraw(token, number_of(session, 3), now=OPEN)
    assert states(session) == {1: "confirmed", 9: "cancelled", 2: "confirmed", 3: "cancelled"}
    assert kinds(session, "erika.muster-3@example.org")[-1] == "withdrawn"


def test_a_group_on_both_ways_needs_its_places_on_both(session):
    rules = RULES | {"mode": "hybrid", "online_places": 1}
    congress = a_congress(capacity=2, online_capacity=1, rules=rules)
    online = a_request(1, mode=Mode.ONLINE)
    registering.register(congress.id, online, now=OPEN)
    both = [a_request(2, form_key=""), a_request(3, form_key="", mode=Mode.ONLINE)]
    groups.register(congress.id, BOTH, both, now=OPEN)
    assert [states(session)[each] for each in (2, 3)] == ["waiting", "waiting"]
    changing.withdraw(number_of(session, 1), actor=ATTENDEE, now=OPEN)
    assert [states(session)[each] for each in (2, 3)] == ["confirmed", "confirmed"]


def test_with_a_quota_a_group_moves_up_when_its_organisation_can_send_all(session):
    congress = a_congress(capacity=9, rules=RULES | {"quota": 2}, **COUNTED)
    first = one(congress, 1)
    register(congress, 2, 3, sent=BOTH)
    assert [states(session)[each] for each in (2, 3)] == ["waiting", "waiting"]
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    assert [states(session)[each] for each in (2, 3)] == ["confirmed", "confirmed"]


@pytest.mark.parametrize("together", [True, False])
def test_organisers_decide_about_each_of_a_group_that_asks(session, together):
    congress = a_congress(capacity=5, rules=RULES | {"approval": "held"})
    register(congress, 1, 2, sent=BOTH if together else EACH)
    assert states(session) == {1: "requested", 2: "requested"}
    number = number_of(session, 1)
    admitting.accept(congress.id, number, by_hand=ByHand(), actor=ORGANISER, now=OPEN)
    assert states(session) == {1: "confirmed", 2: "requested"}


def test_people_are_added_and_wait_with_those_who_wait(session):
    congress = a_congress(capacity=3, rules=RULES)
    one(congress, 1)
    two = one(congress, 9)
    token = register(congress, 2, 3, sent=BOTH)
    for _twice in range(2):
        groups.add(token, people(4), "more", now=OPEN)
    assert [states(session)[each] for each in (2, 3, 4)] == ["waiting"] * 3
    changing.withdraw(two, actor=ATTENDEE, now=OPEN)
    assert states(session)[2] == "waiting"  # two places for three people
    with pytest.raises(GroupTooLarge):
        groups.add(token, people(*range(20, 24)), "many", now=OPEN)


def test_the_contact_changes_workshops_of_their_own_people_alone(session):
    congress = a_congress(rules=RULES)
    workshop, stranger = a_workshop(congress), one(congress, 1)
    token = register(congress, 2)
    mine, wish = number_of(session, 2), [WishedWorkshop(workshop.id)]
    contacts.change_workshops(token, mine, wish, now=OPEN)
    assert [each.item.id for each in get_own(mine).standing.confirmed] == [workshop.id]
    assert "changed" in kinds(session, "erika.muster-2@example.org")
    for act in (
        lambda: contacts.change_workshops(token, stranger, wish, now=OPEN),
        lambda: contacts.withdraw(token, stranger, now=OPEN),
        lambda: contacts.withdraw("nothing", mine, now=OPEN),
    ):
        with pytest.raises(GroupLinkOver):
            act()
        session.rollback()


def test_the_contact_goes_with_the_last_of_the_group(session):
    congress = a_congress(rules=RULES)
    token = register(congress, 1, 2)
    later = OPEN + timedelta(days=31)
    changing.withdraw(number_of(session, 1), actor=ATTENDEE, now=OPEN)
    assert groups.forget_old(now=later) == 0
    changing.withdraw(number_of(session, 2), actor=ATTENDEE, now=OPEN)
    assert groups.forget_old(now=OPEN + timedelta(days=29)) == 0
    assert groups.forget_old(now=later) == 1
    assert queries.find(token) is None
    assert session.scalars(select(Registration.group_id)).all() == [None, None]
    assert group_links.token_of(1) is None

    register(congress, 3, sent=replace(EACH, form_key="again"))
    assert groups.forget_old(now=STARTS + timedelta(days=29)) == 0
    assert groups.forget_old(now=STARTS + timedelta(days=40)) == 1
    assert states(session)[3] == State.CONFIRMED


def test_a_person_more_costs_always_the_same(session):
    congress = a_congress(rules=RULES)
    counts = []
    for number, size in enumerate((1, 3, 5)):
        sent = replace(EACH, form_key=f"form-{number}")
        with count_queries() as seen:
            register(congress, *range(number * 10, number * 10 + size), sent=sent)
        counts.append(len(seen))
    assert counts[2] - counts[1] == counts[1] - counts[0]
    assert (counts[1] - counts[0]) / 2 <= 14


def test_a_group_that_waits_may_come_one_by_one_after_all(session):
    congress = a_congress(capacity=3, rules=RULES)
    one(congress, 1)
    two = one(congress, 9)
    token = register(congress, 2, 3, 4, sent=BOTH)
    changing.withdraw(two, actor=ATTENDEE, now=OPEN)
    assert [states(session)[each] for each in (2, 3, 4)] == ["waiting"] * 3
    for _twice in range(2):
        contacts.part(token, now=OPEN)
    assert [states(session)[each] for each in (2, 3, 4)] == ["confirmed", "confirmed", "waiting"]
    verbs = list(session.scalars(select(AuditLine.verb)))
    assert verbs.count("group_parted") == 1


def test_a_contact_who_lost_the_link_gets_it_again(session):
    congress = a_congress(rules=RULES)
    register(congress, 1, 2)
    registering.resend_link(congress.id, CONTACT.email, now=OPEN + timedelta(hours=1))
    assert kinds(session, CONTACT.email) == ["group_registered"] * 2
    registering.resend_link(congress.id, "nobody@example.org", now=OPEN)
    assert kinds(session, "nobody@example.org") == []
