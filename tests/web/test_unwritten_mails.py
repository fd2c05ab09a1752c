"""Mails that could not be written: what organisers read, who mends it, that they go out then."""

import pytest
from sqlalchemy import delete, insert, select, update

from congress import clock, worker
from congress.base import table_of
from congress.domain.access import Role
from congress.extensions import db
from congress.models import MailingFile, MailTemplate, OutboxMessage
from congress.services.mails import mailings
from tests.builders import OPEN, add
from tests.services.mailing_house import ORGANISER, PDF, House, letters, work
from tests.services.waiting_mails import a_message
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
OWN_WORDS = f"{HERE}/settings/mails/templates/confirmed"
FILES = table_of(MailingFile)


@pytest.fixture(autouse=True)
def before_the_event(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: OPEN)


@pytest.fixture
def house(app):
    with app.app_context():
        found = House()
    an_organiser(app, "organisation@example.org", {found.id: Role.ORGANISER})
    an_organiser(app, "chef@example.org", {}, is_administrator=True)
    return found


def main(client, address, language="de"):
    return pages.get(pages.read(client.get(f"{HERE}{address}?lang={language}")), "main")


def targets(element):
    return [each.get("href", "").partition("?")[0] for each in pages.find_all(element, "a")]


def test_a_mail_that_could_not_be_written_says_so_and_goes_out_once_it_is_mended(app, house):
    with app.app_context():
        good = a_message(congress_id=house.id)
        facts = good.facts
        broken = a_message(congress_id=house.id, facts={"congress": {}}).id
        worker.deliver()
    client = logged_in(app, "organisation@example.org")
    page = main(client, f"/outbox/{broken}")
    said = pages.words(page)
    assert "Diese Mail konnte nicht geschrieben werden" in said
    assert "„Bestätigung“" in said
    assert "Bitte sagen Sie es denen" in said
    assert "Antwort des Mailservers" not in said
    assert "Mailserver nicht" not in said
    assert "noch nicht ausformuliert" not in said
    assert "mail_not_rendered" not in said
    assert "This email could not be written" in pages.words(main(client, f"/outbox/{broken}", "en"))
    assert "Diese Mail konnte nicht geschrieben werden" in pages.words(main(client, "/outbox"))
    assert OWN_WORDS not in targets(page)

    with app.app_context():
        number = db.session.get_one(OutboxMessage, broken).last_error
        words = {"subject": "", "body": "{Angaben}\n\n{Knopf}"}
        add(MailTemplate(congress_id=house.id, kind="confirmed", language="de", **words))
    assert OWN_WORDS in targets(main(client, f"/outbox/{broken}"))
    operator = logged_in(app, "chef@example.org")
    assert f"mail_not_rendered mit der Nummer {number}" in pages.words(
        main(operator, f"/outbox/{broken}")
    )

    with app.app_context():
        mended = update(OutboxMessage).where(OutboxMessage.id == broken).values(facts=facts)
        db.session.execute(mended)
        db.session.commit()
    assert post(client, f"{HERE}/outbox/{broken}/again", f"{HERE}/outbox/{broken}") == 303
    assert "konnte nicht geschrieben werden" not in pages.words(main(client, f"/outbox/{broken}"))
    with app.app_context():
        assert worker.deliver().sent == 1
    assert "Gesendet" in pages.words(main(client, f"/outbox/{broken}"))


def test_an_attachment_that_is_gone_is_named_as_the_reason(app, house):
    with app.app_context():
        number = house.write()
        mailings.attach(house.id, number, "Plan.pdf", PDF, actor=ORGANISER, now=OPEN)
        house.send(number)
        work()
        [kept] = db.session.execute(select(FILES)).mappings().all()
        db.session.execute(delete(FILES))
        db.session.commit()
        assert worker.deliver().failed == 3
        first = letters()[0].id
    client = logged_in(app, "organisation@example.org")
    page = main(client, f"/outbox/{first}")
    assert "Ein Anhang ist nicht mehr gespeichert" in pages.words(page)
    assert f"{HERE}/mailings/{number}" in targets(page)
    assert "mail_not_rendered" not in pages.words(page)

    with app.app_context():
        db.session.execute(insert(FILES).values(**kept))
        db.session.commit()
    assert post(client, f"{HERE}/outbox/again", f"{HERE}/outbox") == 303
    with app.app_context():
        assert worker.deliver().sent == 3
    page = main(client, f"/outbox/{first}")
    assert "Anhänge: Plan.pdf. Sie liegen bei der Info-Mail" in pages.words(page)
    assert f"{HERE}/mailings/{number}" in targets(page)
