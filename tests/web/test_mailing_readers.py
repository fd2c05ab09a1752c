"""Who gets an info mail, by name: what differs from the last one, and where each mail stands."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from congress.domain.access import ATTENDEE, Role
from congress.extensions import db
from congress.models import Congress, Mailing, OutboxMessage, Registration
from congress.services import changing, registering
from congress.services.mails import forgetting, mailing_steps
from tests import builders
from tests.builders import ENDS, OPEN, a_request, send_everything
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, token

pytestmark = pytest.mark.sqlite_only

WORK = "/organiser/fachkongress"
HERE = f"{WORK}/mailings"
LOOKED_AT = re.compile(r'name="seen" value="([0-9a-f]{64})"')
TYPED = {"to": "attendees", "subject": "So geht es", "text": "Hallo {Vorname}"}


@pytest.fixture
def client(app):
    with time_machine.travel(OPEN, tick=False):
        with app.app_context():
            congress_id = builders.a_congress().id
            for number in (1, 2):
                registering.register(congress_id, a_request(number), now=OPEN)
            send_everything()
        an_organiser(app, "organisation@example.org", {congress_id: Role.ORGANISER})
        yield logged_in(app, "organisation@example.org")


def sent(client, address, **fields: str):
    data = {"csrf_token": token(client, HERE)} | fields
    return client.post(f"{HERE}{address}?lang=de", data=data)


def written(client, **fields: str):
    answer = sent(client, "/new", **TYPED | fields)
    assert answer.status_code == 303
    return answer.location.partition("/mailings")[2].partition("?")[0]


def main(client, address, **query: str):
    page = pages.read(client.get(address, query_string=query | {"lang": "de"}))
    return pages.get(page, "main")


def words(client, address):
    return pages.words(main(client, f"{HERE}{address}"))


def outbox(client, **query: str):
    return pages.words(main(client, f"{WORK}/outbox", **query))


def again(client, **fields: str) -> str:
    """Send what failed again; returns where that leads."""
    fields |= {"csrf_token": token(client, f"{WORK}/outbox")}
    return str(client.post(f"{WORK}/outbox/again", data=fields).headers["Location"])


def a_sent_one(app, client, **fields: str):
    one = written(client, **fields)
    seen = LOOKED_AT.search(client.get(f"{HERE}{one}").text)[1]
    assert sent(client, f"{one}/send", seen=seen).status_code == 303
    with app.app_context():
        while mailing_steps.next_step(now=OPEN):
            pass
    return one


def one_goes_and_one_comes(app):
    with app.app_context():
        congress_id = db.session.scalars(select(Congress.id)).one()
        first = db.session.scalars(select(func.min(Registration.id))).one()
        changing.withdraw(first, actor=ATTENDEE, now=OPEN)
        registering.register(congress_id, a_request(3), now=OPEN)


def test_a_new_mail_names_who_came_and_who_went_since_the_last_one(app, client):
    last = a_sent_one(app, client)
    one_goes_and_one_comes(app)
    other = written(client, answer_to="function", answer="Leitung")
    assert "Verglichen" not in words(client, other), "it is for others"

    one = written(client)
    page = words(client, one)
    assert "Verglichen mit „So geht es“ vom" in page
    assert "1 neu, 1 nicht mehr dabei" in page
    listed = main(client, f"{HERE}{one}/readers")
    assert pages.get(listed, "a", href=f"{HERE}{last}?lang=de") is not None
    named = {
        section.get("aria-labelledby"): pages.words(section)
        for section in pages.find_all(listed, "section")
    }
    assert "Erika Muster-3" in named["new"]
    assert "Erika Muster-1 – abgemeldet" in named["gone"]
    assert "Erika Muster-2" in named["reached"]
    assert "left" not in named, "who has gone stands there once"


def test_after_sending_the_page_shows_those_it_went_to_and_where_their_mails_stand(app, client):
    one = a_sent_one(app, client)
    with app.app_context():
        first = select(Registration.id).order_by(Registration.id).limit(1).scalar_subquery()
        failed = update(OutboxMessage).where(
            OutboxMessage.kind == "info_mail", OutboxMessage.registration_id == first
        )
        db.session.execute(failed.values(state="failed", last_error="550 no"))
        db.session.commit()
    one_goes_and_one_comes(app)
    assert f"{one}/readers" in client.get(f"{HERE}{one}").text
    listed = main(client, f"{HERE}{one}/readers")
    rows = [pages.words(row) for row in pages.find_all(listed, "tr")[1:]]
    assert [row[: len("Erika Muster-1")] for row in rows] == ["Erika Muster-1", "Erika Muster-2"]
    assert "Fehlgeschlagen" in rows[0]
    assert "Wartet" in rows[1]

    with app.app_context():
        db.session.execute(update(Mailing).values(readers=[], told_up_to=0))
        db.session.commit()
    gone = words(client, f"{one}/readers")
    assert "Wer das war, ist nicht mehr gespeichert" in gone
    assert "Muster" not in gone


def test_the_outbox_shows_the_mails_of_one_info_mail(app, client):
    one, two = a_sent_one(app, client), a_sent_one(app, client, search="Muster-2")
    number = two.removeprefix("/")
    with app.app_context():
        of_kind = OutboxMessage.kind == "info_mail"
        db.session.execute(update(OutboxMessage).where(of_kind).values(state="failed"))
        db.session.commit()
    link = f"{WORK}/outbox?state=failed&amp;mailing={number}"
    assert link in client.get(f"{HERE}{two}").text
    page = outbox(client, state="failed", mailing=number)
    assert "1 Mail in dieser Ansicht" in page
    assert "Info-Mail: So geht es" in page
    assert "2 Mails in dieser Ansicht" in outbox(client, mailing=one[1:])
    text = client.get(f"{WORK}/outbox?mailing={number}&lang=de").text
    assert f'name="mailing" value="{number}"' in text, "searching stays with it"
    for unknown in ("99", "x", "-1"):
        assert "Info-Mail: So" not in outbox(client, mailing=unknown)


def test_what_failed_of_one_info_mail_is_sent_again_by_itself(app, client):
    one, two = a_sent_one(app, client), a_sent_one(app, client, search="Muster-2")
    number = two.removeprefix("/")
    with app.app_context():
        db.session.execute(update(OutboxMessage).values(state="failed"))
        db.session.commit()
    assert "1 Mail dieser Info-Mail ließ sich nicht zustellen" in outbox(client, mailing=number)

    assert again(client, mailing=number).endswith(f"/outbox?mailing={number}")
    assert "nicht zustellen" not in outbox(client, mailing=number)
    with app.app_context():
        queued = select(OutboxMessage.mailing_id).where(OutboxMessage.state == "queued")
        assert db.session.scalars(queued).all() == [int(number)]
    assert "2 Mails dieser Info-Mail" in outbox(client, mailing=one[1:])


def test_whoever_sees_no_outbox_is_not_led_there(app, client):
    one = a_sent_one(app, client)
    with app.app_context():
        db.session.execute(update(OutboxMessage).values(state="failed"))
        db.session.commit()
        congress_id = db.session.scalars(select(Congress.id)).one()
    an_organiser(app, "list@example.org", {congress_id: Role.ATTENDEE_LIST})
    colleague = logged_in(app, "list@example.org")
    for page in ("", "/readers"):
        assert "/outbox" not in colleague.get(f"{HERE}{one}{page}").text


def test_the_filters_are_kept_with_what_was_typed(app, client):
    with app.app_context():
        congress = db.session.scalars(select(Congress)).one()
        builders.a_registration(congress, organisation="Stadt Essen")
        builders.a_registration(congress, organisation="Hessen")
    typed = {"organisation": "stadt  essen", "consent": "-photos", "calendar": "nothing"}
    refused = sent(client, "/new", **TYPED | typed | {"subject": ""})
    assert refused.status_code == 422
    assert '<option value="-photos" selected>Fotos: nein' in refused.text
    assert '<option value="Stadt Essen">' in refused.text

    one = written(client, **typed)
    page = words(client, one)
    assert "1 Person" in page
    assert "Fotos: nein; Keine Antwort vom Kalender" in page
    assert "Organisation: stadt essen" in page
    again = client.get(f"{HERE}{one}/edit?lang=de").text
    assert '<option value="-photos" selected>' in again
    assert '<option value="nothing" selected>' in again
    nonsense = written(client, consent="privacy_notice", calendar="x")
    assert "Personen" in words(client, nonsense)


def test_where_the_search_was_forgotten_the_pages_ask_for_whom_it_is(app, client):
    one = written(client, search="Muster-2")
    seen = LOOKED_AT.search(client.get(f"{HERE}{one}").text)[1]
    sent(client, f"{one}/schedule", seen=seen, day="1.1.2030", clock="9:00")
    with app.app_context():
        assert forgetting.forget_readers(now=ENDS + timedelta(days=31)) == 1

    assert "geht nicht mehr von selbst hinaus" in words(client, "")
    assert "1 Info-Mail" in pages.words(main(client, WORK))
    page = words(client, one)
    assert "wonach sonst gesucht wurde, ist nicht mehr gespeichert" in page
    assert "So bekäme sie niemand." in page
    assert "Jetzt an" not in page
    assert "Bitte wählen Sie neu, für wen die Mail ist" in words(client, f"{one}/edit")

    data = TYPED | {"version": "1", "search": "Muster-1"}
    assert sent(client, f"{one}/edit", **data).status_code == 303
    assert "ist nicht mehr gespeichert" not in words(client, one)
    assert "Jetzt an 1 Person senden" in words(client, one)
