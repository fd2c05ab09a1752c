"""The rules of registration: chosen on one page, checked against each other, saved and logged."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress
from congress.queries.congresses import get_congress
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

HERE = "/organiser/fachkongress"
PAGE = f"{HERE}/settings/rules"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def congress(app):
    now = datetime.now(UTC)
    day = (now + timedelta(days=30), now + timedelta(days=30, hours=8))
    with app.app_context():
        return builders.a_congress(
            opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9), days=(day,)
        ).id


@pytest.fixture
def organisers(app, congress):
    for name in ("anna", "bernd"):
        an_organiser(app, f"{name}@example.org", {congress: Role.ORGANISER})
    return [Browser(logged_in(app, f"{name}@example.org")) for name in ("anna", "bernd")]


def rules(app, congress):
    with app.app_context():
        return get_congress(congress).rules


def test_a_rule_is_chosen_and_the_log_says_so(app, congress, organisers):
    anna, bernd = organisers
    for browser in organisers:
        browser.load(f"{PAGE}?lang=de")
    anna.submit("Speichern", late="y")
    assert "Regeln sind gespeichert" in pages.words(anna.page)
    assert rules(app, congress).late
    bernd.submit("Speichern", late="y")  # the same, from a form opened before
    assert "Regeln sind gespeichert" in pages.words(bernd.page)
    bernd.load(PAGE)
    bernd.submit("Speichern")
    assert "Es wurde nichts geändert" in pages.words(bernd.page)
    anna.load(f"{HERE}/log?lang=de")
    assert "Nachmeldung nein → ja" in pages.words(anna.page)


def test_what_contradicts_is_said_beside_the_rule_and_kept(app, congress, organisers):
    anna, _ = organisers
    starts_at = datetime.now(UTC) + timedelta(days=30)
    with app.app_context():
        db.session.get_one(Congress, congress).closes_at = starts_at + timedelta(hours=1)
        db.session.commit()
    anna.load(f"{PAGE}?lang=de")
    anna.submit("Speichern", late="y")
    assert anna.status == 422
    assert "nichts zu spät kommen" in pages.words(anna.page)
    assert pages.get(anna.page, "input", name="late").get("checked") is not None
    assert not rules(app, congress).late
