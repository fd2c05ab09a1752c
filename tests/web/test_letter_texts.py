"""What organisers put into the letters of a congress: read in a letter, saved, and sent so."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, message_from_string
from email.policy import default

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND, Role
from congress.extensions import db
from congress.models import OutboxMessage
from congress.services import registering
from congress.services.mails import delivering
from congress.services.planning import inviting
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

HERE = "/organiser/fachkongress"
PAGE = f"{HERE}/settings/mails"

pytestmark = pytest.mark.sqlite_only


def test_texts_are_read_in_a_letter_saved_and_sent_so(app):
    now = datetime.now(UTC)
    day = (now + timedelta(days=30), now + timedelta(days=30, hours=8))
    with app.app_context():
        congress = builders.a_congress(
            opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9), days=(day,)
        )
        number = congress.id
    for name in ("anna", "bernd"):
        an_organiser(app, f"{name}@example.org", {number: Role.ORGANISER})
    anna, bernd = (Browser(logged_in(app, f"{name}@example.org")) for name in ("anna", "bernd"))
    for browser in (anna, bernd):
        browser.load(f"{PAGE}?lang=de")

    anna.submit("Speichern", extra_de="Siehe http://example.org", reply_to="niemand")
    assert anna.status == 422
    assert "„http://example.org“ ist keine vollständige Adresse" in pages.words(anna.page)
    anna.submit("Speichern", sender="Büro\r\nBcc: x@example.org", extra_de="", reply_to="")
    assert anna.status == 422
    assert "„:“ kann nicht im Namen" in pages.words(anna.page)
    typed = {
        "sender": "Kongressbüro Grün",
        "greeting_de": "Moin",
        "closing_de": "Glück auf",
        "extra_de": "Zwei Zeilen\n<b>hier</b>",
    }
    anna.submit("Vorschau", reply_to="orga@example.org", **typed)
    [letter] = anna.page.iter("pre")
    said = letter.text or ""
    assert "Von: Kongressbüro Grün <congress@congress.test>" in pages.words(anna.page)
    assert "Moin [Name]!" in said
    assert "Glück auf" in said
    assert "Zwei Zeilen\n<b>hier</b>" in said
    bernd.load(f"{PAGE}?lang=de")
    assert pages.get(bernd.page, "input", name="greeting_de").get("value") == ""
    anna.submit("Speichern")
    assert "gespeichert" in pages.words(anna.page)
    bernd.submit("Speichern", closing_de="Bis bald", closing_en="See you")
    assert bernd.status == 409
    assert "Glück auf" in pages.words(bernd.page)
    bernd.submit("Speichern")

    with app.app_context():
        registering.register(number, builders.a_request(1), now=now)
        claimed = delivering.claim("worker", now=now + timedelta(minutes=1))
        mails = [delivering.prepare(each).raw.decode("latin-1") for each in claimed]
        kinds = db.session.scalars(select(OutboxMessage.kind)).all()
    confirmed = mails[kinds.index("confirmed")]
    sender = message_from_string(confirmed, policy=default)["From"].addresses[0]
    assert str(sender) == "Kongressbüro Grün <congress@congress.test>"
    assert "Reply-To: orga@example.org" in confirmed
    assert "Moin" in confirmed
    assert "Bis bald" in confirmed
    assert "&lt;b&gt;hier" in confirmed
    anna.load(f"{HERE}/log?lang=de")
    assert "Gruß am Ende (deutsch) „Glück auf“ → „Bis bald“" in pages.words(anna.page)


def test_every_mail_of_a_congress_has_the_name_and_calendars_keep_theirs(app):
    with app.app_context():
        congress = builders.a_congress(letters={"sender": "Kongressbüro Grün"})
        builders.an_organisation("Stadt Hamm", congress=congress)
        here, now = congress.id, builders.OPEN
        person = builders.a_contribution(builders.a_workshop(congress)).person.id
        inviting.set_address(here, person, "a@example.org", "de", actor=COMMAND, now=now)
        seen = inviting.preview(here, [person], now=now).seen
        inviting.invite(here, [person], seen=seen, actor=COMMAND, now=now)
        registering.register(here, builders.a_request(1), now=now)
        claimed = delivering.claim("worker", now=now + timedelta(minutes=1))
        mails = [delivering.prepare(each).raw for each in claimed]
    read = [message_from_bytes(each, policy=default) for each in mails]
    senders = [str(each["From"].addresses[0]) for each in read]
    assert senders == ["Kongressbüro Grün <congress@congress.test>"] * len(mails)
    objects = [
        part for each in read for part in each.walk() if "calendar" in part.get_content_type()
    ]
    said = [str(each.get_content()).replace("\r\n ", "") for each in objects]
    assert len(mails) >= 2
    assert said
    assert all('ORGANIZER;CN="Stadt Hamm":mailto:congress@congress.test' in each for each in said)
