"""Whom an info mail is for: by organisation, consent and calendar; and what differs since."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.mails.mailings import Audience, CalendarSaid, To
from congress.domain.mails.readers import LeftOut
from congress.domain.modes import Mode
from congress.domain.priority import PriorityGroups
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import (
    CalendarReply,
    Congress,
    Consent,
    Contribution,
    Contributor,
    Mailing,
    Person,
    Registration,
)
from congress.queries import mailing_readers
from congress.services import changing
from congress.services.mails import mailing_steps, mailings
from tests import builders
from tests.builders import OPEN
from tests.services.mailing_house import ORGANISER, House, found_in, letters, reached, work

pytestmark = pytest.mark.usefixtures("database")

ESSEN, HESSEN, CITY = "Essen", "Land Hessen", "Stadt Essen"


@pytest.fixture
def house(database):
    return House()


@pytest.mark.parametrize(
    ("sought", "found"),
    [(ESSEN, [ESSEN]), ("essen ", [ESSEN]), ("STADT Éssen", [CITY]), ("Stadt", []), ("§", [])],
)
def test_an_organisation_is_found_by_its_whole_name(house, sought, found):
    people = {
        name: builders.a_registration(house.congress, organisation=name).id
        for name in (ESSEN, HESSEN, CITY)
    }
    assert reached(house, Audience(organisation=sought)) == [people[name] for name in found]


def test_organisations_are_offered_in_the_spelling_that_most_have_typed(house):
    for name in ("stadt essen", CITY, CITY, HESSEN):
        builders.a_registration(house.congress, organisation=name)
    other = builders.a_congress(slug="anderer")
    builders.a_registration(other, organisation="Fremd")
    assert HESSEN in mailing_readers.organisations(house.id)
    assert CITY in mailing_readers.organisations(house.id)
    assert not {"Fremd", "stadt essen", ""} & set(mailing_readers.organisations(house.id))


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        (Audience(consent="photos"), [0]),
        (Audience(consent="photos", without_consent=True), [1, 2]),
        (Audience(consent="attendee_list"), [2]),
        (Audience(calendar=CalendarSaid.ACCEPTED), [0]),
        (Audience(calendar=CalendarSaid.DECLINED), [1]),
        (Audience(calendar=CalendarSaid.NOTHING), [2]),
        (Audience(calendar=CalendarSaid.TENTATIVE), []),
        (Audience(consent="photos", calendar=CalendarSaid.DECLINED), []),
    ],
)
def test_answers_and_consents_part_the_readers(house, audience, found):
    db.session.query(Consent).delete()
    given = {"text_version": "1", "channel": "form", "given_at": OPEN}
    for number, purpose, withdrawn in (
        (0, "photos", None),
        (1, "photos", OPEN),  # and thought better of it
        (2, "attendee_list", None),
        (2, "privacy_notice", None),
    ):
        whose = {"registration_id": house.people[number], "withdrawn_at": withdrawn}
        db.session.add(Consent(purpose=purpose, **whose, **given))
    said = {"uid": "day@congress", "sequence": 0, "answered_at": OPEN}
    for number, answer in enumerate(("ACCEPTED", "DECLINED")):
        whose = {"registration_id": house.people[number], "answer": answer}
        db.session.add(CalendarReply(**whose, **said))
    db.session.commit()
    assert reached(house, audience) == [house.people[number] for number in found]


def test_how_people_take_part_and_their_priority_group_part_the_readers(house):
    """A group that is gone is nobody's, and not everybody's."""
    db.session.execute(update(Congress).values(rules={"mode": "hybrid", "priority": "Erste\nRest"}))
    one, two, three = house.people
    first = PriorityGroups.of("Erste\nRest").find("Erste")
    for number, values in ((one, {"mode": "online"}), (two, {"priority": first})):
        db.session.execute(update(Registration).filter_by(id=number).values(**values))
    db.session.commit()
    assert reached(house, Audience(mode=Mode.ONLINE)) == [one]
    assert reached(house, Audience(mode=Mode.ONSITE)) == [two, three]
    assert reached(house, Audience(priority="erste")) == [two]
    assert reached(house, Audience(priority="Rest", mode=Mode.ONSITE)) == [three]
    assert reached(house, Audience(priority="Verein")) == []


def known(house, name, *states: str):
    """Return the number of somebody who can be reached, with an answer to each of some parts."""
    person = builders.add(Person(name=name))
    builders.a_contribution(house.workshop, person, state=states[0])
    for state in states[1:]:
        builders.a_contribution(builders.an_item(house.congress), person, state=state)
    values = {"person_id": person.id, "email": f"{name}@example.org", "language": "de"}
    return builders.add(Contributor(congress_id=house.id, **values)).id


def test_who_declined_is_left_out_of_the_programme_unless_that_answer_is_chosen(house):
    yes, no = known(house, "Ada", "confirmed"), known(house, "Bea", "declined")
    both, open_ = known(house, "Cleo", "declined", "confirmed"), known(house, "Dora", "requested")
    mailing = found_in(house, house.write(Audience(to=To.PROGRAMME), text={"de": "Hallo"}))
    found = mailing_readers.recipients_of(mailing)
    assert [each.id for each in found.reached] == [yes, both, open_]
    assert [(each.id, why) for each, why in found.left_out] == [(no, LeftOut.DECLINED)]
    assert reached(house, Audience(to=To.PROGRAMME, answered="declined")) == [no, both]


def test_whoever_declines_after_it_began_gets_none_any_more(house):
    yes, later = known(house, "Ada", "confirmed"), known(house, "Bea", "requested")
    number = house.write(Audience(to=To.PROGRAMME), text={"de": "Hallo"})
    assert house.send(number) == 2
    hers = select(Contributor.person_id).where(Contributor.id == later)
    no = update(Contribution).where(Contribution.person_id.in_(hers)).values(state="declined")
    db.session.execute(no)
    db.session.commit()
    work()
    assert [each.recipient for each in letters()] == ["Ada@example.org"]
    told = mailing_readers.told(found_in(house, number), offset=0, limit=9)
    assert [(each.reader.id, each.mail is not None) for each in told.people] == [
        (yes, True),
        (later, False),
    ]


def differs(house, number):
    mailing = found_in(house, number)
    earlier = mailing_readers.earlier_of(mailing)
    if earlier is None:
        return None
    found = mailing_readers.recipients_of(mailing)
    difference = mailing_readers.difference_of(mailing, found, earlier)
    gone = {each.id: why for each, why in difference.gone}
    return earlier.id, set(difference.new), gone, difference.forgotten


def sent(house, audience, *, at=OPEN):
    number = house.write(audience, text={"de": "Hallo"})
    mailings.send(house.id, number, seen=house.seen(number), actor=ORGANISER, now=at)
    work(at)
    return number


def test_a_new_mail_is_compared_with_the_last_one_to_the_same_audience(house):
    confirmed = Audience(state=RegistrationState.CONFIRMED)
    assert differs(house, house.write(confirmed)) is None, "there is none yet"
    first = sent(house, confirmed)
    second = sent(house, confirmed, at=OPEN + timedelta(hours=1))
    sent(house, Audience(), at=OPEN + timedelta(hours=2))
    left, moved, merged = house.people
    changing.withdraw(left, actor=ORGANISER, now=OPEN)
    fourth = house.register(4)
    waits = update(Registration).where(Registration.id == moved)
    db.session.execute(waits.values(state=RegistrationState.WAITING))
    ended = update(Registration).where(Registration.id == merged)
    db.session.execute(ended.values(state=RegistrationState.CANCELLED, merged_into_id=fourth))
    db.session.commit()

    gone = {left: LeftOut.WITHDRAWN, moved: None, merged: LeftOut.MERGED}
    assert differs(house, house.write(confirmed)) == (second, {fourth}, gone, 0)
    copied = house.act(mailings.copy, first)
    assert differs(house, copied)[0] == first, "a copy is compared with what it was copied from"


def test_nothing_is_compared_with_whose_readers_are_not_stored(house):
    first = sent(house, Audience())
    second = sent(house, Audience(), at=OPEN + timedelta(hours=1))
    forget = update(Mailing).where(Mailing.id == second).values(readers=[])
    db.session.execute(forget)
    db.session.commit()
    assert differs(house, house.write())[0] == first


def test_a_copy_of_what_was_stopped_goes_to_those_it_did_not_reach(house, monkeypatch):
    monkeypatch.setattr(mailing_steps, "STEP", 1)
    number = house.write()
    house.send(number)
    mailing_steps.next_step(now=OPEN)
    builders.send_everything()
    house.act(mailings.pause, number)
    house.act(mailings.stop, number)
    had, *others = house.people

    assert differs(house, house.write()) is None, "it went to a part of them alone"
    copied = house.act(mailings.copy, number)
    assert differs(house, copied) == (number, set(others), {}, 0)
    states = [
        each.mail and each.mail.state
        for each in mailing_readers.told(found_in(house, number), offset=0, limit=9).people
    ]
    assert states == ["sent", None, None]
    row = db.session.get_one(Mailing, copied)
    row.audience = Audience(only_new=True).as_json()
    db.session.commit()
    found = mailing_readers.recipients_of(found_in(house, copied))
    assert [each.id for each in found.reached] == others
    assert [(each.id, why) for each, why in found.left_out] == [(had, LeftOut.HAD_BEFORE)]
    assert differs(house, copied) == (number, set(others), {}, 0), "he has not left"
