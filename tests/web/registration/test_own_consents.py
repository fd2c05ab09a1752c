"""Consents on the own page."""

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import Consent
from tests.web import pages


def test_consents_are_taken_back_as_easily_as_given(visitor, app, congress):
    """GDPR-03: one button each; what was given and taken back keeps its lines."""
    page = visitor.own_page(attendee_list="y")

    visitor.act(page, "consents", purpose="attendee_list", answer="withdrawn")
    visitor.act(page, "consents", purpose="photos", answer="given")

    with app.app_context():
        rows = db.session.execute(select(Consent.purpose, Consent.withdrawn_at)).all()
    assert {purpose: at is None for purpose, at in rows} == {
        "privacy_notice": True,
        "attendee_list": False,
        "photos": True,
    }
    assert pages.consents_offered(pages.read(visitor.open(page))) == {
        "attendee_list": "given",
        "photos": "withdrawn",
    }
    assert visitor.act(page, "consents", purpose="privacy_notice").status_code == 400


@pytest.mark.sqlite_only
def test_who_withdrew_can_take_consents_back_but_give_none(visitor, app, congress):
    """GDPR-03: also from a page that was opened before."""
    page = visitor.own_page(photos="y")
    visitor.act(page, "withdraw")

    given = visitor.act(page, "consents", purpose="attendee_list", answer="given")
    taken = visitor.act(page, "consents", purpose="photos", answer="withdrawn")

    assert (given.status_code, taken.status_code) == (422, 303)
    with app.app_context():
        left = select(Consent.purpose).where(Consent.withdrawn_at.is_(None))
        assert db.session.scalars(left).all() == ["privacy_notice"]
