"""Consents on both databases: given and taken back, whole."""

from threading import Barrier, Thread

from sqlalchemy import select

from config import ROOT
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


def test_the_version_stands_beside_the_notice(session, settings):
    """GDPR-03: an operator who replaces the notice replaces its version."""
    first, second = (a_registration(a_congress(slug=slug)) for slug in ("erster", "zweiter"))
    consenting.set_consent(first.id, "photos", given=True, actor=ATTENDEE, now=OPEN)
    folder = settings.var_dir / "templates" / "public"
    folder.mkdir(parents=True)
    (folder / "privacy.version").write_text("Stadt Lünen, 3\n")
    consenting.set_consent(second.id, "photos", given=True, actor=ATTENDEE, now=OPEN)

    versions = session.scalars(select(Consent.text_version).order_by(Consent.id)).all()
    ours = (ROOT / "templates" / "public" / "privacy.version").read_text().strip()
    of_words, of_congress = zip(*(each.rsplit(".", 1) for each in versions), strict=True)
    assert of_words == (ours, "Stadt Lünen, 3")
    assert len(set(of_congress)) == 1  # both ask the same, on the same day
