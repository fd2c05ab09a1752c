"""What is bound is told before anybody chooses, refused with both names, explained in queues."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from congress import clock, worker
from congress.domain.access import Actor, ActorKind, Role
from congress.extensions import db
from congress.models import Booking, Congress, OutboxMessage, ProgrammeItem, Registration
from congress.queries.invariants import list_broken
from congress.queries.planning import scheduling
from congress.services.planning import releasing
from congress.services.planning import scheduling as services
from tests.builders import WORKSHOPS_START, a_workshop
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only  # what pages say
FORM = "/fachkongress/register"
LATER = WORKSHOPS_START + timedelta(hours=2)
HERE = "/organiser/fachkongress/programme"


@pytest.fixture
def bound(app, congress):
    """Workshop 4, later, goes only with workshop 2; of 5 and 3 one can have one."""
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        a_workshop(row, number=4, title="Teil zwei", starts_at=LATER, only_with="workshop-2")
        a_workshop(row, number=5, title="Danach", starts_at=LATER, one_of="workshop-3")
    return congress


def test_the_form_says_it_before_and_refuses_with_both_names(visitor, bound):
    page = pages.words(pages.read(visitor.open(FORM)))
    assert "Nur zusammen mit Workshop 2." in page
    assert "Jede Person kann diesen oder einen der anderen haben: Workshop 3." in page

    answer = visitor.register(slot_1="workshop-1", slot_2="workshop-4")
    assert answer.status_code == 422
    said = pages.words(pages.read(answer))
    assert "„Teil zwei“ geht nur zusammen mit „Sozialraum“" in said
    assert 'value="Erika"' in answer.text
    answer = visitor.register(slot_1="workshop-3", slot_2="workshop-5")
    assert "Nur eines von beiden kann man wählen" in pages.words(pages.read(answer))
    assert visitor.register(slot_1="workshop-2", slot_2="workshop-4").status_code == 303


def test_giving_up_what_is_needed_is_refused_and_waiting_is_explained(app, visitor, bound):
    own = visitor.own_page(slot_1="workshop-2", slot_2="workshop-4")
    answer = visitor.act(own, "workshops", slot_1="workshop-1")
    assert answer.status_code == 422
    assert "Bitte geben Sie zuerst „Teil zwei“ zurück" in pages.words(pages.read(answer))

    other = visitor.own_page(
        slot_1="workshop-2", safe_1="workshop-1", slot_2="workshop-4", email="b@example.org"
    )
    waits = pages.words(pages.section(pages.read(visitor.open(other)), "warten"))
    assert "dort haben Sie noch keinen Platz" in waits
    with app.app_context():
        assert list_broken() == []


def test_an_organiser_binds_two_and_hears_of_what_nobody_could_have(app, bound):
    an_organiser(app, "o@example.org", {bound: Role.ORGANISER})
    browser = Browser(logged_in(app, "o@example.org"))
    browser.load(f"{HERE}/workshop-1/edit?lang=de")
    browser.submit("Speichern", only_with="workshop-3")
    assert browser.status == 409
    [error] = [each for each in browser.page.iter("a") if each.get("href") == "#only_with"]
    assert "Niemand könnte beides haben" in pages.words(error)
    browser.submit("Speichern", only_with="workshop-5")
    assert browser.status == 200
    with app.app_context():
        row = db.session.scalars(select(ProgrammeItem).filter_by(code="workshop-1")).one()
        assert row.only_with == "workshop-5"

    browser.load(f"{HERE}/workshop-5/edit?lang=de")
    assert not pages.has(browser.page, "select", name="only_with")  # no chains


def test_what_goes_only_with_what_is_called_off_stays_and_all_that_is_said(app, visitor, bound):
    own = visitor.own_page(slot_1="workshop-2", slot_2="workshop-4")
    an_organiser(app, "o@example.org", {bound: Role.ORGANISER})
    browser = Browser(logged_in(app, "o@example.org"))
    browser.load(f"{HERE}/workshop-2/call-off?lang=de")
    browser.submit("Absagen und 1 Person informieren")
    assert browser.status == 200

    stays = "Ihren Platz in „Workshop 4: Teil zwei“ behalten Sie."
    with app.app_context():
        worker.deliver()
        mails = db.session.scalars(select(OutboxMessage).filter_by(kind="programme_changed")).all()
        raw = message_from_bytes(mails[-1].content or b"", policy=policy.default)
        assert stays in " ".join(raw.get_body(("plain",)).get_content().split())
        assert list_broken() == []
    words = pages.words(pages.read(visitor.open(own)))
    assert "Das geht nur zusammen mit Workshop 2, und das fällt aus." in words
    # Nobody is bound to what does not take place, and nothing is said of it.
    page = pages.words(pages.read(visitor.open(FORM)))
    assert "Nur zusammen mit" not in page
    another = visitor.own_page(slot_1="workshop-1", slot_2="workshop-4", email="b@example.org")
    assert another != own

    with app.app_context():
        item = db.session.scalars(select(ProgrammeItem).filter_by(code="workshop-2")).one()
        plan, actor = scheduling.get_edited(item.id).plan, Actor(ActorKind.ORGANISER, user_id=1)
        again, now = replace(plan, cancelled=False), clock.now()
        services.edit_item(item.id, again, version=plan.version, actor=actor, now=now)
        releasing.release(bound, actor=actor, now=now)
        assert list_broken() == []
    page = pages.words(pages.read(visitor.open(FORM)))
    assert "Nur zusammen mit Workshop 2." in page
    answer = visitor.register(slot_1="workshop-1", slot_2="workshop-4", email="c@example.org")
    assert answer.status_code == 422
    assert "You keep" not in pages.words(pages.read(visitor.open(own)))


def test_an_organiser_is_asked_before_somebody_has_it_without_the_other(app, visitor, bound):
    """From the form, and moving up; the log says so each time."""
    visitor.own_page(slot_1="workshop-1", slot_2="none")
    an_organiser(app, "o@example.org", {bound: Role.ORGANISER})
    browser = Browser(logged_in(app, "o@example.org"))
    with app.app_context():
        person = db.session.scalars(select(Registration.id)).one()
    here = f"/organiser/fachkongress/attendees/{person}"
    browser.load(f"{here}/workshops?lang=de")
    assert not pages.has(browser.page, "input", name="alone-workshop-4")
    browser.submit("Speichern", **{"slot-2": "workshop-4", "full-2": "beyond"})
    assert browser.status == 422
    assert "geht nur zusammen mit" in pages.words(browser.page)
    with app.app_context():
        assert not in_part_two()
    browser.submit("Speichern", **{"alone-workshop-4": "y"})
    assert browser.status == 200
    with app.app_context():
        assert in_part_two() == [person]
    browser.load(f"{here}?lang=de")
    assert "Ohne den Programmpunkt, mit dem es nur zusammen geht" in pages.words(browser.page)


def in_part_two():
    item = db.session.scalars(select(ProgrammeItem).filter_by(code="workshop-4")).one()
    booked = select(Booking.registration_id).filter_by(item_id=item.id, state="confirmed")
    return list(db.session.scalars(booked))


def test_moving_up_by_hand_without_the_other_is_asked_again(app, visitor, bound):
    visitor.own_page(slot_1="workshop-2", slot_2="none", email="first@example.org")
    visitor.own_page(slot_1="workshop-2", safe_1="workshop-1", slot_2="workshop-4")
    an_organiser(app, "o@example.org", {bound: Role.ORGANISER})
    browser = Browser(logged_in(app, "o@example.org"))
    with app.app_context():
        person, waits = db.session.execute(
            select(Booking.registration_id, Booking.id)
            .join(ProgrammeItem, ProgrammeItem.id == Booking.item_id)
            .where(ProgrammeItem.code == "workshop-4")
        ).one()
    here = f"/organiser/fachkongress/attendees/{person}"
    browser.load(f"{here}?lang=de")
    promote = f"{here}/bookings/{waits}/promote"
    form = next(each for each in browser.page.iter("form") if promote in each.get("action", ""))
    sent = {each.get("name"): each.get("value") for each in form.iter("input")}
    answer = browser.client.post(promote, data=sent)
    assert answer.status_code == 409
    browser.page = pages.read(answer)
    assert "geht nur zusammen mit" in pages.words(browser.page)
    browser.submit("Trotzdem nachrücken lassen")
    assert browser.status == 200
    with app.app_context():
        assert in_part_two() == [person]
    assert "Ohne den Programmpunkt, mit dem es nur zusammen geht" in pages.words(browser.page)


def test_calling_the_other_off_names_those_who_keep_the_bound_place(app, visitor, bound):
    visitor.own_page(slot_1="workshop-2", slot_2="workshop-4")
    an_organiser(app, "o@example.org", {bound: Role.ORGANISER})
    page = logged_in(app, "o@example.org").get(f"{HERE}/workshop-2/call-off?lang=de")
    words = pages.words(pages.get(pages.read(page), "p", **{"data-bound": "workshop-4"}))
    said = "„4 Teil zwei“ geht nur zusammen damit. Bis es wieder stattfindet"
    assert words.startswith(said)
    assert "1 Person behält dort den Platz." in words

    browser = Browser(logged_in(app, "o@example.org"))
    browser.load(f"{HERE}/workshop-2/edit?lang=de")
    browser.submit("Speichern", cancelled="y")
    browser.load(f"{HERE}/release?lang=de")
    assert said in pages.words(browser.page)
    browser.submit("1 Person informieren und veröffentlichen")
    browser.load(f"{HERE}/workshop-2/edit?lang=de")
    browser.submit("Speichern", cancelled="")
    browser.load(f"{HERE}/release?lang=de")
    assert "„4 Teil zwei“ geht wieder nur zusammen damit" in pages.words(browser.page)


def test_programme_and_item_pages_say_it_with_a_way_to_the_other(visitor, bound):
    programme = pages.read(visitor.open("/fachkongress?lang=de"))
    assert "Nur zusammen mit Workshop 2." in pages.words(programme)
    page = pages.read(visitor.open("/fachkongress/programme/workshop-4?lang=de"))
    assert "Nur zusammen mit: Workshop 2: Sozialraum" in pages.words(page)
    assert any("workshop-2" in each.get("href", "") for each in page.iter("a"))
    words = pages.words(pages.read(visitor.open("/fachkongress/programme/workshop-5?lang=de")))
    assert "Sie können diesen oder einen der anderen haben: Workshop 3: Vernetzung" in words


def test_what_is_new_is_bound_in_the_form_that_adds_it(app, bound):
    an_organiser(app, "o@example.org", {bound: Role.ORGANISER})
    browser = Browser(logged_in(app, "o@example.org"))
    browser.load(f"{HERE}/new?lang=de")
    times = {"day": "2015-10-21", "starts": "15.30", "ends": "16.00"}
    browser.submit(
        "Speichern", title_de="Teil drei", kind="workshop", only_with="workshop-1", **times
    )
    assert browser.status == 200
    with app.app_context():
        found = select(ProgrammeItem.only_with).where(ProgrammeItem.only_with != "")
        assert sorted(db.session.scalars(found)) == ["workshop-1", "workshop-2"]
