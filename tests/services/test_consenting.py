"""Consents on both databases: given and taken back, whole."""

from threading import Barrier, Thread

from sqlalchemy import select

from congress.domain.access import ATTENDEE
from congress.extensions import db
from congress.models import AuditLine, Consent, Registration
from congress.services import consenting
from tests.builders import LATE, OPEN, a_congress, a_registration, add


def test_a_double_click_gives_one_consent(app):
    """GDPR-03."""
    with app.app_context():
        registration_id = a_registration(a_congress()).id
    together = Barrier(2)

    def click() -> None:
        with app.app_context():
            db.session.scalars(select(Registration.id)).all()  # the page is loaded first
            together.wait()
            consenting.set_consent(registration_id, "photos", given=True, actor=ATTENDEE, now=OPEN)

    clicks = [Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    with app.app_context():
        assert db.session.scalars(select(Consent.purpose)).all() == ["photos"]
        assert db.session.scalars(select(AuditLine.verb)).all() == ["consent_given"]


def test_a_consent_that_stands_twice_is_taken_back_whole(session):
    """GDPR-03: withdrawing takes effect, whatever came before."""
    registration = a_registration(a_congress())
    for _ in range(2):
        add(
            Consent(
                registration_id=registration.id,
                purpose="photos",
                text_version="1",
                channel="form",
                given_at=OPEN,
                withdrawn_at=None,
            )
        )

    consenting.set_consent(registration.id, "photos", given=False, actor=ATTENDEE, now=LATE)

    assert session.scalars(select(Consent.withdrawn_at)).all() == [LATE, LATE]
