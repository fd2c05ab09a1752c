"""An info mail of a training reaches exactly its participants; its page says who offers it."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import ATTENDEE, Role
from congress.domain.programme import PublicPerson
from congress.extensions import db
from congress.models import CongressOrganisation, OutboxMessage
from congress.services import changing, registering
from congress.services.mails import mailing_steps
from tests import builders
from tests.builders import OPEN, a_request, send_everything
from tests.courses import DAYS
from tests.network import an_organisation
from tests.web import pages
from tests.web.mailing_pages import LOOKED_AT, sent, written
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only
HERE = "/organiser/fachkongress/mailings"


@pytest.fixture
def office(app):
    """A year with two people, one who left and one who waits; another year beside it."""
    with time_machine.travel(OPEN, tick=False):
        with app.app_context():
            year = builders.a_congress(kind="training", days=DAYS, capacity=3)
            other = builders.a_congress(kind="training", days=DAYS, slug="anderer-jahrgang")
            item = builders.an_item(year, title="Engagement verstehen")
            builders.a_contribution(item, "Tina Trainer", role="trainer", state="confirmed")
            for number in (1, 2, 3):
                done = registering.register(year.id, a_request(number), now=OPEN)
            registering.register(year.id, a_request(4), now=OPEN)  # waits
            registering.register(other.id, a_request(5), now=OPEN)
            changing.withdraw(done.registration_id, actor=ATTENDEE, now=OPEN)
            send_everything()
            number = year.id
        an_organiser(app, "organisation@example.org", {number: Role.ORGANISER})
        yield logged_in(app, "organisation@example.org")


def test_an_info_mail_goes_to_the_people_of_its_year(app, office):
    one = written(office)
    seen = LOOKED_AT.search(office.get(f"{HERE}{one}").text)[1]
    assert sent(office, f"{one}/send", seen=seen).status_code == 303
    with app.app_context():
        while mailing_steps.next_step(now=OPEN):
            pass
        mails = select(OutboxMessage.recipient).where(OutboxMessage.mailing_id.is_not(None))
        # The fourth moved up when the third left.
        wanted = [a_request(number).email for number in (1, 2, 4)]
        assert sorted(db.session.scalars(mails)) == sorted(wanted)


def test_the_public_page_names_who_offers_a_training_and_who_teaches(app):
    with app.app_context():
        year = builders.a_congress(kind="training", days=DAYS)
        school = an_organisation("Kommunale Schule für Innovation")
        role = {"role": "carrier", "position": 0}
        builders.add(CongressOrganisation(congress_id=year.id, organisation_id=school.id, **role))
        tina = PublicPerson("Tina Trainer", {"de": "KSI"}, "trainer")
        builders.an_item(year, title="Engagement verstehen", people=(tina,))
    page = pages.words(pages.read(app.test_client().get("/fachkongress?lang=de")))
    assert "Träger Kommunale Schule für Innovation" in page
    assert "Tina Trainer (Trainerin, Trainer), KSI" in page
