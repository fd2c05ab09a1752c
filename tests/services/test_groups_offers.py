"""One offer to a group that comes only together, and how its contact lets people take part."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE
from congress.domain.modes import Mode, ModeFull
from congress.domain.registration import OfferExpired
from congress.models import AuditLine, OutboxMessage
from congress.queries import groups as queries
from congress.queries import invariants
from congress.queries.registrations import get_own
from congress.services import changing, contacts, offering
from tests.builders import OPEN, a_congress
from tests.services.test_groups import BOTH, CONTACT, EACH, RULES, number_of, one, register, states


@pytest.fixture(autouse=True)
def right(session):
    """REL-07."""
    yield
    session.rollback()
    assert invariants.list_broken() == []


def test_it_is_one_offer_to_all_of_a_group_that_comes_only_together(session):
    rules = RULES | {"offer_hours": 24}
    congress = a_congress(capacity=2, rules=rules)
    first, second = one(congress, 1), one(congress, 2)
    register(congress, 3, 4, sent=BOTH)
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    assert states(session)[3] == "waiting"
    changing.withdraw(second, actor=ATTENDEE, now=OPEN)
    assert [states(session)[each] for each in (3, 4)] == ["offered", "offered"]
    letters = select(OutboxMessage.facts).where(OutboxMessage.kind == "place_offered")
    assert [each["offered_with"] for each in session.scalars(letters)] == [2, 2]
    offering.accept(number_of(session, 4), actor=ATTENDEE, now=OPEN)
    assert [states(session)[each] for each in (3, 4)] == ["confirmed", "confirmed"]
    letters = select(OutboxMessage.facts).where(OutboxMessage.kind == "place_gained")
    said = {each["family_name"]: "accepted_for_all" in each for each in session.scalars(letters)}
    assert said == {"Muster-3": True, "Muster-4": False}


@pytest.mark.parametrize("sent", [BOTH, EACH])
def test_the_contact_accepts_for_all_or_for_one_who_read_by_whom(session, sent):
    congress = a_congress(capacity=2, rules=RULES | {"offer_hours": 24})
    first = [one(congress, each) for each in (1, 2)]
    token = register(congress, 3, 4, sent=sent)
    for each in first:
        changing.withdraw(each, actor=ATTENDEE, now=OPEN)
    for _twice in range(2):
        contacts.accept(token, number_of(session, 3), now=OPEN)
    told = ["3", "4"] if sent is BOTH else ["3"]
    assert [states(session)[each] for each in (3, 4)] == [
        "confirmed",
        "confirmed" if sent is BOTH else "offered",
    ]
    letters = select(OutboxMessage.facts).where(OutboxMessage.kind == "place_gained")
    found = {each["family_name"][-1]: each for each in session.scalars(letters)}
    assert sorted(found) == told
    assert {each["by_contact"] for each in found.values()} == {CONTACT.name}
    lines = select(AuditLine.details).where(AuditLine.verb == "offer_accepted")
    assert [each["by_contact"] for each in session.scalars(lines)] == [True]
    if sent is EACH:
        with pytest.raises(OfferExpired):
            contacts.accept(token, number_of(session, 4), now=OPEN + timedelta(hours=25))


def test_who_declines_an_offer_to_a_group_does_so_alone_and_left_too_long_it_ends_for_all(session):
    congress = a_congress(capacity=3, rules=RULES | {"offer_hours": 24})
    first = [one(congress, each) for each in (1, 2, 9)]
    register(congress, 3, 4, 5, sent=BOTH)
    for each in first:
        changing.withdraw(each, actor=ATTENDEE, now=OPEN)
    offering.decline(number_of(session, 4), actor=ATTENDEE, now=OPEN)
    assert [states(session)[each] for each in (3, 4, 5)] == ["offered", "cancelled", "offered"]
    assert queries.offered_with([number_of(session, 3)]) == {number_of(session, 3): 2}
    assert offering.next_step(now=OPEN + timedelta(hours=25))
    assert [states(session)[each] for each in (3, 4, 5)] == ["cancelled"] * 3


def test_the_contact_changes_how_somebody_takes_part(session):
    rules = RULES | {"mode": "hybrid", "online_places": 1}
    congress = a_congress(capacity=2, online_capacity=1, rules=rules)
    token = register(congress, 1, 2, mode=Mode.ONSITE)
    one_of, other = number_of(session, 1), number_of(session, 2)
    for _twice in range(2):
        contacts.take_part(token, one_of, Mode.ONLINE, now=OPEN)
    assert [get_own(each).standing.mode for each in (one_of, other)] == ["online", "onsite"]
    with pytest.raises(ModeFull):
        contacts.take_part(token, other, Mode.ONLINE, now=OPEN)
    session.rollback()
    letters = select(OutboxMessage.facts).where(OutboxMessage.kind == "changed")
    [letter] = session.scalars(letters)
    assert (letter["by_contact"], letter["before"]["mode"]) == (CONTACT.name, "onsite")
    lines = select(AuditLine.details).where(AuditLine.verb == "mode_changed")
    assert [each["by_contact"] for each in session.scalars(lines)] == [True]
