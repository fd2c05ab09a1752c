"""The page on which organisers invite whoever speaks for a member."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, Invitation, OutboxMessage, User
from tests import builders
from tests.network import a_contact, a_membership, an_organisation
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only

LIST = "/organiser/fachkongress/invitations"
HERE = f"{LIST}/delegates"
ENTER = "1 Einladung eintragen"
LATER = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)


@pytest.fixture
def congress(app):
    with app.app_context():
        return builders.a_congress(
            opens_at=LATER - timedelta(days=90),
            closes_at=LATER - timedelta(days=7),
            days=((LATER, LATER + timedelta(hours=8)),),
            rules={"access": "members"},
        ).id


@pytest.fixture
def town(app, congress):
    with app.app_context():
        found = an_organisation("Stadt Rheine")
        a_membership(found)
        a_contact(found)
        a_contact(found, "Bert", "Bauer", ends_on=LATER.date() - timedelta(days=1))
        return found.id


def organiser(app, congress, network_role="coordination"):
    number = an_organiser(app, "organiser@example.org", {congress: Role.ORGANISER})
    with app.app_context():
        row = db.session.get(User, number)
        row.network_role = network_role
        db.session.commit()
    return Browser(logged_in(app, "organiser@example.org"))


def test_one_sees_who_is_invited_and_who_not_and_sends_as_ever(app, congress, town):
    browser = organiser(app, congress)
    browser.load(LIST)
    assert pages.has(browser.page, "a", href=HERE)
    browser.load(f"{HERE}?lang=de")
    main = pages.words(pages.get(browser.page, "main"))
    assert "Anna Albers" in main
    assert "Amtszeit am Tag der Veranstaltung vorbei" in main
    browser.submit(ENTER)
    assert browser.address.startswith(f"{LIST}/send")
    with app.app_context():
        assert db.session.scalars(select(OutboxMessage)).all() == []
    browser.submit("Jetzt senden")
    with app.app_context():
        assert list(db.session.scalars(select(OutboxMessage.recipient))) == [
            "anna.albers@example.org"
        ]


def test_whom_one_has_not_seen_one_does_not_invite(app, congress, town):
    browser = organiser(app, congress)
    browser.load(f"{HERE}?lang=de")
    with app.app_context():
        a_contact(an_organisation("Stadt Rheine"), "Cem", "Celik")
    browser.submit(ENTER)
    assert browser.status == 409
    assert "Cem Celik" in pages.words(pages.get(browser.page, "main"))
    with app.app_context():
        assert db.session.scalars(select(Invitation)).all() == []


def test_who_may_not_see_the_register_finds_no_button_and_no_page(app, congress, town):
    browser = organiser(app, congress, None)
    browser.load(LIST)
    assert not pages.has(browser.page, "a", href=HERE)
    browser.load(HERE)
    assert browser.status == 403


def test_elsewhere_the_page_says_which_rule_to_change(app, congress, town):
    browser = organiser(app, congress)
    with app.app_context():
        db.session.get(Congress, congress).rules = {}
        db.session.commit()
    browser.load(f"{HERE}?lang=de")
    assert "Wer sich anmelden kann" in pages.words(pages.get(browser.page, "main"))
    assert not pages.has(browser.page, "form", action=HERE)


def test_the_form_says_for_whom_it_is_and_keeps_what_a_stranger_typed(app, congress, town):
    browser = Browser(app.test_client())
    browser.load("/fachkongress/register?lang=de")
    assert pages.has(browser.page, "div", id="members")
    fields = {"given_name": "Max", "family_name": "Muster", "email": "max@example.org"}
    browser.submit("Verbindlich anmelden", **fields, privacy_notice="y")
    assert browser.status == 422
    said = pages.words(pages.get(browser.page, "main"))
    assert "Anmelden können sich nur Delegierte der Mitglieder" in said
    assert pages.has(browser.page, "input", name="family_name", value="Muster")
