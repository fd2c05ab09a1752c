"""Who was there from the signed paper, on both databases, beside what the door knows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.attendance import CameBy, DayAhead, Presence
from congress.domain.sign_in import OnPaper, PaperUnseen, SheetFor, taking
from congress.models import (
    Attendance,
    AuditLine,
    Congress,
    ContributorAttendance,
    Registration,
)
from congress.queries import sign_in, workshop_presence
from congress.services import checking_in, signing_in
from tests.builders import (
    BEFORE,
    BEGUN,
    STARTS,
    a_booking,
    a_congress,
    a_contribution,
    a_registration,
    a_workshop,
    add,
    an_item,
)

DAY = STARTS.date()
LATER = BEGUN + timedelta(hours=5)


@pytest.fixture
def house(session):
    """A workshop with three on its sheet, somebody who only came, and the sheet."""
    congress = a_congress()
    workshop = a_workshop(congress, number=1)
    ids = [a_registration(congress, family_name=name).id for name in ("Adler", "Birke", "Clausen")]
    for each in ids:
        a_booking(session.get_one(Registration, each), workshop)
    guest = a_registration(congress, family_name="Dachs").id
    return congress.id, SheetFor(DAY, workshop.id), [*ids, guest]


def take(congress_id, where, paper, *, drops_kept=False, contributors=(), now=LATER):
    people = sign_in.people_of(congress_id, where, paper)
    seen = taking(people.paper, people.noted, with_place=people.with_place).mark
    facts = {"contributors": contributors, "actor": COMMAND, "now": now}
    return signing_in.take_over(
        congress_id, where, paper, seen=seen, drops_kept=drops_kept, **facts
    )


def rows(session):
    found = session.execute(
        select(Attendance.registration_id, Attendance.item_id, Attendance.came_by).order_by(
            Attendance.registration_id, Attendance.item_id.is_(None)
        )
    )
    return [tuple(row) for row in found]


def paper(sheet, signed, others=(), dropped=()):
    return OnPaper(*map(frozenset, (sheet, signed, others, dropped)))


def test_whoever_signed_in_a_workshop_came_that_day(session, house):
    number, where, (anna, bernd, clara, guest) = house
    checking_in.check_in(bernd, day=DAY, actor=COMMAND, now=BEGUN)

    found = take(number, where, paper((anna, bernd, clara), (anna, bernd), (guest,)))

    item = where.item_id
    assert found.is_plain
    assert rows(session) == [
        (anna, item, "paper"),
        (anna, None, "workshop"),
        (bernd, item, "paper"),
        (bernd, None, "door"),
        (guest, item, "paper"),
        (guest, None, "workshop"),
    ]
    presence = workshop_presence.by_item(number)[item]
    assert (presence.booked, presence.without_booking) == (Presence(3, 2), 1)
    assert workshop_presence.by_day(number) == {DAY: 3}
    lines = session.execute(
        select(AuditLine.registration_id, AuditLine.details).where(AuditLine.verb == "signed")
    ).all()
    assert [row.registration_id for row in lines] == [anna, bernd, guest]
    assert lines[0].details == {"day": DAY.isoformat(), "item": item}
    assert take(number, where, paper((anna, bernd, clara), (anna, bernd), (guest,))).added == set()


def test_what_was_typed_wrongly_is_typed_again(session, house):
    number, where, (anna, bernd, clara, guest) = house
    sheet = (anna, bernd, clara)
    take(number, where, paper(sheet, (anna, bernd), (guest,)))

    found = take(number, where, paper(sheet, (bernd, clara), (), (guest,)))

    assert (found.added, found.removed) == ({clara}, {anna, guest})
    assert not found.is_plain
    item = where.item_id
    assert rows(session) == [
        (bernd, item, "paper"),
        (bernd, None, "workshop"),
        (clara, item, "paper"),
        (clara, None, "workshop"),
    ]
    taken_back = select(AuditLine.registration_id).where(AuditLine.verb == "signed_taken_back")
    assert session.scalars(taken_back).all() == [anna, guest]


def test_the_paper_of_the_day_stands_for_itself(session, house):
    number, where, (anna, bernd, _clara, _guest) = house
    take(number, where, paper((anna, bernd), (anna, bernd)))
    day = SheetFor(DAY)
    take(number, day, paper((anna, bernd), (anna, bernd)))
    assert {by for _who, item, by in rows(session) if item is None} == {"paper"}

    take(number, where, paper((anna, bernd), ()))
    assert [(who, item) for who, item, _by in rows(session)] == [(anna, None), (bernd, None)]
    take(number, day, paper((anna, bernd), (bernd,)))
    assert rows(session) == [(bernd, None, "paper")]


def test_whoever_was_ticked_off_stays_unless_the_paper_is_believed(session, house):
    number, where, (anna, bernd, _clara, _guest) = house
    ticked = {"day": DAY, "came_at": BEGUN, "item_id": where.item_id}
    add(Attendance(registration_id=anna, **ticked))
    sheet = paper((anna, bernd), (bernd,))

    assert take(number, where, sheet).kept == {anna}
    assert [who for who, item, _by in rows(session) if item] == [anna, bernd]
    take(number, where, sheet, drops_kept=True)
    assert [who for who, item, _by in rows(session) if item] == [bernd]


def test_only_who_has_a_place_is_recorded_and_merged_people_stand_once(session, house):
    number, where, (anna, bernd, clara, _guest) = house
    into = session.get_one(Registration, bernd)
    into.state, into.merged_into_id = "cancelled", anna
    session.get_one(Registration, clara).state = "cancelled"
    session.commit()
    elsewhere = a_registration(a_congress(slug="other")).id

    found = take(number, where, paper((bernd, clara), (bernd, clara), (elsewhere,)))

    assert (found.added, found.refused) == ({anna}, {clara})
    assert {who for who, _item, _by in rows(session)} == {anna}


def test_whoever_signed_has_confirmed(session, house):
    number, where, (anna, bernd, _clara, _guest) = house
    for each in (anna, bernd):
        session.get_one(Registration, each).unconfirmed_until = LATER + timedelta(hours=1)
    session.commit()

    take(number, where, paper((anna, bernd), (anna,)))

    asked = select(Registration.id).where(Registration.unconfirmed_until.is_not(None))
    assert session.scalars(asked).all() == [bernd]
    confirmed = select(AuditLine.registration_id).where(AuditLine.verb == "confirmed_by_hand")
    assert session.scalars(confirmed).all() == [anna]


def test_people_of_the_programme_who_signed_came_on_the_day_and_nobody_else_did(session, house):
    number, where, (anna, *_others) = house
    talk = an_item(session.get_one(Congress, number))
    names = ("Erika Beispiel", "Max Muster", "Nina Offen")
    states = ("confirmed", "confirmed", "requested")
    erika, max_, nina = (
        a_contribution(talk, name, state=state).person.id
        for name, state in zip(names, states, strict=True)
    )
    signed = paper((anna,), (anna,))

    def came():
        found = select(ContributorAttendance.person_id, ContributorAttendance.day)
        return [tuple(row) for row in session.execute(found)]

    take(number, where, signed, contributors=(erika, nina))  # a workshop is no day
    assert came() == []
    for _twice in range(2):
        take(number, SheetFor(DAY), signed, contributors=(erika, nina))
    assert came() == [(erika, DAY)]
    lines = select(AuditLine.details).where(AuditLine.verb == "contributor_came")
    assert session.scalars(lines).all() == [{"day": DAY.isoformat(), "person": erika}]
    take(number, SheetFor(DAY), signed, contributors=(erika, max_))
    assert sorted(came()) == [(erika, DAY), (max_, DAY)]


def test_nothing_is_saved_that_was_not_looked_at_or_lies_ahead(session, house):
    number, where, (anna, bernd, _clara, _guest) = house
    sheet = paper((anna, bernd), (anna,))
    with pytest.raises(DayAhead):
        take(number, where, sheet, now=BEFORE)
    with pytest.raises(PaperUnseen):
        signing_in.take_over(
            number, where, sheet, seen="other", drops_kept=False, actor=COMMAND, now=LATER
        )
    assert rows(session) == []


def test_what_a_paper_comes_to_is_told_from_every_other():
    sheet = paper((1, 2, 3), (1,))
    known = {2: CameBy.DOOR, 3: CameBy.PAPER}
    found = taking(sheet, known, with_place=frozenset({1, 2, 3}))
    assert [set(each) for each in (found.added, found.kept, found.removed)] == [{1}, {2}, {3}]
    others = [
        replace(found, added=frozenset()),
        replace(found, kept=found.removed, removed=found.kept),
        replace(found, refused=frozenset({9})),
    ]
    assert len({each.mark for each in (found, *others)}) == 1 + len(others)
