"""GDPR-04: what people need to take part, on both databases: kept, read on record, let go early."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.assistance import AssistanceNotAsked, Need, Needs
from congress.domain.registration import CongressNotTakingPart, RegistrationCancelled
from congress.extensions import db
from congress.models import AssistanceNeeds, AuditLine, Congress, Registration
from congress.queries import assistance
from congress.services import assisting, changing, registering
from tests.builders import ENDS, OPEN, a_congress, a_request, add

pytestmark = pytest.mark.usefixtures("database")

SIGN = Needs.of(["sign_language"], "")
FOOD = Needs.of(["allergies"], "keine Nüsse")
ASKS = {"assistance": "optional"}
DAY = timedelta(days=1)


def kept() -> list[tuple[list[str], str]]:
    db.session.rollback()
    rows = select(AssistanceNeeds.kinds, AssistanceNeeds.text).order_by(AssistanceNeeds.id)
    return [(list(kinds), text) for kinds, text in db.session.execute(rows)]


def register(congress: int, number: int, needs: Needs = FOOD) -> int:
    request = a_request(number, needs=needs)
    return registering.register(congress, request, now=OPEN).registration_id


def test_it_is_said_changed_counted_read_and_deleted_and_the_log_says_no_more_than_that():
    congress = a_congress(fields=ASKS, capacity=2, waiting_list=True).id
    first, _second, waiting = (register(congress, number) for number in (1, 2, 3))
    register(congress, 4, Needs())
    register(congress, 1, SIGN)  # by another form: nothing is taken over unseen
    assert kept() == [(["allergies"], "keine Nüsse")] * 3

    assisting.state(first, SIGN, actor=ATTENDEE, now=OPEN)
    found = assistance.find_of(first)
    assert found is not None
    assert (found.needs, found.consented_at) == (SIGN, OPEN)
    row = db.session.scalars(
        select(AssistanceNeeds).where(AssistanceNeeds.registration_id == first)
    ).one()
    assert (row.channel, bool(row.text_version)) == ("own_page", True)
    counted = assistance.counted(congress)
    assert (counted.people, counted.waiting) == (2, 1)
    assert counted.kinds == {Need.SIGN_LANGUAGE: 1, Need.ALLERGIES: 1}

    read = assisting.read(congress, actor=COMMAND, now=OPEN)
    assert [(each.name, each.needs) for each in read] == [
        ("Erika Muster-1", SIGN),
        ("Erika Muster-2", FOOD),
        ("Erika Muster-3", FOOD),
    ]
    assisting.state(waiting, Needs(), actor=ATTENDEE, now=OPEN)
    assisting.forget(waiting, actor=ATTENDEE, now=OPEN)  # a second time changes nothing
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    assert kept() == [(["allergies"], "keine Nüsse")]

    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    said = [each for each in lines if each.verb.startswith("assistance")]
    assert {each.registration_id for each in said} == {None}
    assert [(each.verb, each.details, each.fields, each.personal) for each in said] == [
        ("assistance_changed", {}, [], {}),
        ("assistance_read", {"count": 3}, [], {}),
        ("assistance_removed", {}, [], {}),
    ]


def test_nothing_new_is_kept_when_it_is_not_asked_or_over_and_all_goes_within_two_weeks():
    congress = a_congress(fields=ASKS)
    over, other = congress.id, a_congress(slug="zweiter", fields=ASKS).id
    person, gone, there = register(over, 1), register(over, 2), register(other, 3)
    with pytest.raises(CongressNotTakingPart):
        assisting.state(person, SIGN, actor=ATTENDEE, now=ENDS)
    db.session.get_one(Registration, gone).state = "cancelled"  # by whichever way
    add(db.session.get_one(Congress, other)).fields = {}
    db.session.commit()
    with pytest.raises(AssistanceNotAsked):
        assisting.state(there, SIGN, actor=ATTENDEE, now=OPEN)
    with pytest.raises(RegistrationCancelled):
        assisting.state(gone, SIGN, actor=ATTENDEE, now=OPEN)

    assert assisting.forget_old(now=OPEN) == 1  # of whoever does not come
    assert assisting.forget_old(now=ENDS + 12 * DAY) == 0
    moved = db.session.get_one(Congress, other)
    moved.days[0].ends_at += 30 * DAY
    db.session.commit()
    assert assisting.forget_old(now=ENDS + 13 * DAY + timedelta(minutes=1)) == 1
    assert kept() == [(["allergies"], "keine Nüsse")]
    assisting.forget(there, actor=ATTENDEE, now=OPEN)  # withdrawing is always possible
    assert kept() == []
