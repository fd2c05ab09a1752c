"""Where people are counted who hear of something, those without an address are named."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import COMMAND, Role
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import Congress, ProgrammeItem
from congress.queries import dead_mailboxes
from congress.services import changing, entering, registering
from congress.services.entering import Entering
from tests import builders
from tests.returned_mails import a_dead_mailbox
from tests.web import pages
from tests.web.organisers import an_organiser, change_state, logged_in, post, publish

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
RELEASE = f"{HERE}/programme/release?lang=en"
NOW = datetime.now(UTC)
LATER = (NOW + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)


@pytest.fixture
def without(app):
    """A workshop with somebody who has an address and somebody who has none; a third left."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=LATER - timedelta(days=90),
            closes_at=LATER - timedelta(days=7),
            days=((LATER, LATER + timedelta(hours=8)),),
        )
        workshop = builders.a_workshop(congress, number=1, capacity=None, starts_at=LATER)
        registering.register(congress.id, builders.a_request(1, workshop), now=NOW)
        some, left = (
            entering.enter(
                congress.id,
                builders.a_request(number, workshop, email="", given_name=name),
                Entering(ByHand()),
                actor=COMMAND,
                now=NOW,
            )
            for number, name in ((2, "Anna"), (3, "Bert"))
        )
        changing.withdraw(left, actor=COMMAND, now=NOW)
        builders.send_everything()
        db.session.execute(update(ProgrammeItem).values(title={"de": "Neu", "en": "New"}))
        db.session.commit()
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        an_organiser(app, "programme@example.org", {congress.id: Role.PROGRAMME})
    return some


def warned(page, address):
    """Whether a page says whom no mail reaches, and leads there."""
    notes = pages.find_all(page, "p", class_="note note--warn")
    found = [link.get("href", "") for note in notes for link in note.iter("a")]
    return [each.partition("?lang=")[0] for each in found if address in each]


def test_who_has_no_address_is_linked_before_and_after_publishing(app, without):
    organiser = logged_in(app, "organiser@example.org")
    person = f"{HERE}/attendees/{without}"
    asked = pages.read(organiser.get(RELEASE))

    assert pages.numbers(pages.get(asked, class_="lead")) == [1]
    assert "calendar" not in pages.words(pages.get(asked, class_="lead"))
    assert warned(asked, person) == [person]
    assert publish(organiser, HERE) == 303
    told = pages.read(organiser.get(f"{HERE}/programme?lang=en"))
    assert pages.numbers(pages.get(told, role="status")) == [1, 1]
    assert warned(told, person) == [person]
    assert warned(pages.read(organiser.get(f"{HERE}/programme")), person) == []  # said once


def test_who_may_not_see_the_list_reads_only_how_many(app, without):
    page = pages.read(logged_in(app, "programme@example.org").get(RELEASE))

    assert warned(page, "/attendees") == []
    [note] = pages.find_all(page, "p", class_="note note--warn")
    assert pages.numbers(note) == [1]
    assert "Anna" not in pages.words(page)


def test_calling_off_and_taking_it_back_say_it_too(app, without):
    organiser = logged_in(app, "organiser@example.org")
    person = f"{HERE}/attendees/{without}"
    for state in ("cancelled", "published"):
        asked = pages.read(organiser.get(f"{HERE}/state?to={state}&lang=en"))
        assert warned(asked, person) == [person]
        assert pages.numbers(pages.get(asked, class_="lead")) == [1]
        assert change_state(organiser, HERE, state) == 303
        with app.app_context():
            builders.send_everything()
        told = pages.read(organiser.get(HERE))
        assert pages.numbers(pages.get(told, role="status")) == [1]
        assert warned(told, person) == [person]


def test_whose_address_takes_no_mail_is_said_apart_and_not_counted(app, without):
    organiser = logged_in(app, "organiser@example.org")
    with app.app_context():
        workshop = db.session.scalars(select(ProgrammeItem)).one()
        request = builders.a_request(4, workshop)
        gone = registering.register(workshop.congress_id, request, now=NOW).registration_id
        builders.send_everything()
        a_dead_mailbox(gone)
    person = f"{HERE}/attendees/{gone}"

    for page in (RELEASE, f"{HERE}/state?to=cancelled&lang=en"):
        asked = pages.read(organiser.get(page))
        assert pages.numbers(pages.get(asked, class_="lead")) == [1]
        note = pages.get(asked, data_dead="")
        assert [each.get("href", "").partition("?")[0] for each in note.iter("a")] == [person]
    assert publish(organiser, HERE) == 303
    told = pages.read(organiser.get(f"{HERE}/programme?lang=en"))
    assert pages.numbers(pages.get(told, role="status")) == [1, 1]
    assert warned(told, person) == [person]
    line = pages.words(pages.read(organiser.get(f"{HERE}/log?lang=en")))
    assert "The email address of 1 person takes no email." in line

    change = f"{person}/workshops?lang=en"
    assert "takes no email" in pages.words(
        pages.get(pages.read(organiser.get(change)), class_="lead")
    )
    asked = pages.read(organiser.get(f"{person}/cancel?lang=en"))
    assert "notified by email" not in pages.words(asked)
    assert post(organiser, f"{person}/cancel", f"{person}/cancel") == 303
    done = pages.get(pages.read(organiser.get(f"{person}?lang=en")), role="status")
    assert "weil die Adresse keine annimmt" in pages.words(done)


def test_many_are_a_list_of_their_own(app, without):
    organiser = logged_in(app, "organiser@example.org")
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        for _each in range(5):
            builders.a_registration(congress, email="")
        assert len(dead_mailboxes.reach_of_everybody(congress.id).unreached) == 6
    asked = pages.read(organiser.get(f"{HERE}/state?to=cancelled"))

    [address] = warned(asked, "/attendees")
    assert address == f"{HERE}/attendees?address=none"
    listed = pages.read(organiser.get(address))
    [table] = pages.find_all(listed, "table")
    assert (
        len({link.get("href") for link in table.iter("a") if "?" not in link.get("href", "")}) == 6
    )
    assert pages.has(listed, "input", type="hidden", name="address", value="none")
    assert pages.has(listed, "a", class_="chip chip--on")
