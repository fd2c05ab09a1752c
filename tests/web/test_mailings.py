"""Info mails as organisers write them: kept whatever is wrong, looked at, tested, sent, paused."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from sqlalchemy import select, update

from congress import worker
from congress.domain.access import COMMAND, Role
from congress.domain.mails import mailings as domain
from congress.extensions import db
from congress.models import Mailing, MailingFile, OutboxMessage, Registration
from congress.services.mails import mailing_steps
from congress.services.planning import releasing
from tests.builders import OPEN
from tests.web import pages
from tests.web.mailing_pages import (
    HERE,
    TYPED,
    an_organiser_of_two,
    looked_at,
    sent,
    the_congress,
    words,
    written,
)
from tests.web.organisers import an_organiser, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

PDF = b"%PDF-1.7 x"


@pytest.fixture
def client(app):
    with time_machine.travel(OPEN, tick=False):
        yield an_organiser_of_two(app)


def test_it_is_written_looked_at_and_sent_to_each_once(app, client):
    one = written(client)
    page = words(client, one)
    assert "2 Personen" in page
    assert "Hallo Erika" in page

    seen = looked_at(client, one)
    assert sent(client, f"{one}/send", seen=seen).status_code == 303
    words(client, one)
    assert sent(client, f"{one}/send", seen=seen).status_code == 303, "in a second window"
    gone = "Diese Info-Mail ging schon hinaus, am Mittwoch, 30. September"
    said = words(client, one).replace("\xa0", " ")
    assert gone in said
    assert "an 2 Personen" in said.partition(gone)[2]
    for address, typed in (("/schedule", {"day": "1.10.2015", "clock": "9:00"}), ("/edit", TYPED)):
        late = sent(client, f"{one}{address}", seen=seen, **typed)
        assert late.status_code == 409
        assert gone in pages.words(pages.read(late)).replace("\xa0", " ")
    assert TYPED["text"].splitlines()[-1] in late.text, "nothing typed is lost"
    with app.app_context():
        while mailing_steps.next_step(now=OPEN):
            pass
        of_kind = db.session.query(OutboxMessage).filter_by(kind="info_mail")
        assert of_kind.count() == 2
    assert "2 von 2 geschrieben" in words(client, one)
    assert "0 von 2" in words(client)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "Hallo {vorname}"}, "{vorname} steht hier für nichts"),
        ({"subject": "{Link}"}, "{Link} steht hier für nichts"),
        ({"text": "Ihre: {Workshops}"}, "{Workshops} ist eine Liste"),
        ({"text": "{Workshops}", "to": "programme"}, "{Workshops} steht hier für nichts"),
        ({"subject": ""}, "worum es in der Mail geht"),
        ({"text_en": "Hello"}, "Bitte füllen Sie beide englischen Felder aus"),
        ({"to": "everybody"}, "Bitte wählen Sie"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, changes, sentence):
    answer = sent(client, "/new", **TYPED | {"search": "Muster"} | changes)
    page = pages.read(answer)
    assert answer.status_code == 422
    assert sentence in pages.words(pages.get(page, "main"))
    assert pages.get(page, "input", id="search").get("value") == "Muster"
    assert (TYPED | changes)["text"].splitlines()[0] in answer.text


def test_two_who_edit_see_both_texts(client):
    one = written(client)
    assert (
        sent(client, f"{one}/edit", **TYPED | {"version": "1", "text": "Von Anna"}).status_code
        == 303
    )
    answer = sent(client, f"{one}/edit", **TYPED | {"version": "1", "text": "Von Bernd"})
    assert answer.status_code == 409
    assert "Von Anna" in answer.text
    assert "Von Bernd" in answer.text
    again = {"version": "2", "text": "Von Bernd"}
    assert sent(client, f"{one}/edit", **TYPED | again).status_code == 303


def test_what_was_typed_into_one_that_has_begun_meanwhile_is_not_lost(client):
    one = written(client)
    sent(client, f"{one}/send", seen=looked_at(client, one))

    answer = sent(client, f"{one}/edit", **TYPED | {"version": "1", "text": "Lange getippt"})

    assert answer.status_code == 409
    assert "Lange getippt" in answer.text
    assert "ging schon hinaus" in pages.words(pages.get(pages.read(answer), "main"))
    assert client.get(f"{HERE}{one}/edit").status_code == 303


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.exe", b"MZ", "Anhänge sind PDF, PNG, JPEG"),
        ("bild.pdf", b"\x89PNG\r\n\x1a\n", "Anhänge sind PDF, PNG, JPEG"),
        ("makro.docm", b"PK\x03\x04", "Anhänge sind PDF, PNG, JPEG"),
        ("groß.pdf", b"%PDF-" + b"x" * 2_000, "Ein Anhang darf 5 MB haben"),
        ("", b"", "Bitte wählen Sie eine Datei"),
    ],
)
def test_an_attachment_that_cannot_go_out_gets_a_sentence(
    client, monkeypatch, name, content, sentence
):
    monkeypatch.setattr(domain, "LARGEST_FILE", 1_000)
    one = written(client)
    answer = sent(client, f"{one}/files", file=(BytesIO(content), name))
    assert answer.status_code == 422
    assert sentence in pages.words(pages.get(pages.read(answer), "main"))


def test_an_upload_of_50_mb_is_not_even_read(client):
    one = written(client)
    page = token(client, HERE)
    answer = client.post(
        f"{HERE}{one}/files?lang=de",
        headers={"X-CSRFToken": page},
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": "50000000"},
        input_stream=BytesIO(b"--b"),
    )
    assert answer.status_code == 413
    assert "zu groß" in answer.text
    assert "So geht es" in words(client, one)


def test_attachments_are_added_and_removed(app, client):
    one = written(client)
    assert sent(client, f"{one}/files", file=(BytesIO(PDF), "../Plan Ä.pdf")).status_code == 303
    assert "Plan Ä.pdf" in words(client, one)
    with app.app_context():
        number = db.session.query(MailingFile).one().id
    assert sent(client, f"{one}/files/{number}/remove").status_code == 303
    assert "Plan Ä.pdf" not in words(client, one).replace("„../Plan Ä.pdf“", "")


def test_a_moment_is_set_and_taken_back(client):
    one = written(client)
    seen = looked_at(client, one)
    late = (OPEN + timedelta(days=1)).strftime("%d.%m.%Y")
    past = sent(client, f"{one}/schedule", seen=seen, day="1.9.2015", clock="9:00")
    assert past.status_code == 409
    assert "Diese Zeit ist vorbei" in past.text
    assert sent(client, f"{one}/schedule", seen=seen, day="bald", clock="9:00").status_code == 422
    assert sent(client, f"{one}/schedule", seen=seen, day=late, clock="9:00").status_code == 303
    assert "Geplant" in words(client, one)
    dates = pages.section(pages.read(client.get("/organiser/fachkongress?lang=de")), "coming")
    assert "Info-Mail um 9.00 Uhr: „So geht es“" in pages.words(dates).replace("\xa0", " ")
    assert sent(client, f"{one}/unschedule").status_code == 303
    assert "Entwurf" in words(client, one)
    overview = pages.read(client.get("/organiser/fachkongress?lang=de"))
    assert "Info-Mail" not in pages.words(pages.section(overview, "coming"))


def test_a_test_goes_to_oneself(app, client):
    one = written(client)
    assert sent(client, f"{one}/test").status_code == 303
    with app.app_context():
        mail = db.session.query(OutboxMessage).filter_by(kind="info_mail").one()
        assert (mail.recipient, mail.registration_id) == ("organisation@example.org", None)


def test_a_test_goes_to_oneself_while_nobody_would_get_it_and_the_page_says_why_not_more(
    app, client
):
    one = written(client, search="Niemand", text="Hallo {Name}\n\n{Workshops}")
    page = words(client, one)
    assert "Mir einen Test senden" in page
    assert "Solange sie niemand bekäme, steht im Test Ihr eigener Name." in page
    assert "Sie kann noch nicht gesendet oder geplant werden, weil sie niemand bekäme." in page
    assert "Jetzt an" not in page

    assert sent(client, f"{one}/test").status_code == 303
    with app.app_context():
        worker.deliver()
        mail = db.session.query(OutboxMessage).filter_by(kind="info_mail").one()
        assert (mail.recipient, mail.state) == ("organisation@example.org", "sent")
        assert b"Hallo" in (mail.content or b"")


def test_what_is_planned_can_be_taken_back_when_nobody_is_left(app, client):
    one = written(client)
    late = (OPEN + timedelta(days=1)).strftime("%d.%m.%Y")
    sent(client, f"{one}/schedule", seen=looked_at(client, one), day=late, clock="9:00")
    with app.app_context():
        db.session.execute(update(Registration).values(state="cancelled"))
        db.session.commit()
    page = words(client, one)
    assert "Nicht von selbst senden" in page
    assert "weil sie niemand bekäme" in page


def test_everybody_is_named_and_can_be_looked_at(client):
    one = written(client, search="Muster-2")
    assert "1 Person" in words(client, one)
    page = words(client, f"{one}/readers")
    assert "Erika Muster-2" in page


def test_pause_resume_stop_copy_and_delete(app, client):
    one = written(client)
    sent(client, f"{one}/send", seen=looked_at(client, one))
    for act in ("pause", "resume", "pause", "stop"):
        assert sent(client, f"{one}/{act}").status_code == 303
    assert sent(client, f"{one}/resume").status_code == 409
    assert "Abgebrochen" in words(client, one)
    assert sent(client, f"{one}/remove").status_code == 409

    copied = sent(client, f"{one}/copy").location.partition("/mailings")[2].removesuffix("/edit")
    assert sent(client, f"{copied.partition('/edit')[0]}/remove").status_code == 303
    with app.app_context():
        assert db.session.query(Mailing).count() == 1


def test_the_list_leads_to_an_info_mail_with_its_filters(client):
    page = client.get("/organiser/fachkongress/attendees/write?workshop=ws1&lang=de").text
    found = re.search(r'href="(/organiser/fachkongress/mailings/new\?[^"]*)"', page)[1]
    form = client.get(found.replace("&amp;", "&")).text
    assert 'value="ws1" selected' in form


def test_people_marked_one_by_one_are_no_audience(client):
    here = "/organiser/fachkongress/attendees/write"
    assert "/mailings/new" in client.get(f"{here}?came=no").text
    for filters in ("ids=1,2", "address=none", "calendar=declined"):
        assert "/mailings/new" not in client.get(f"{here}?{filters}").text
    form = client.get(f"{HERE}/new?came=no").text
    assert 'value="no" selected' in form


def test_the_test_is_the_letter_that_is_shown(app, client):
    one = written(client)
    with app.app_context():
        *_others, second = db.session.scalars(select(Registration.id).order_by(Registration.id))
        name = db.session.get_one(Registration, second).given_name
    page = client.get(f"{HERE}{one}?reader={second}").text
    reader = re.search(r'name="reader" value="(\d+)"', page)[1]
    assert sent(client, f"{one}/test", reader=reader).status_code == 303
    with app.app_context():
        [mail] = db.session.query(OutboxMessage).filter_by(kind="info_mail")
        assert mail.facts["given_name"] == name


def test_addresses_of_the_programme_are_for_who_edits_it(app, client):
    """SEC-02: the list of those who registered does not open the list of the speakers."""
    one = written(client, to="programme", text="Liebe Runde")
    an_organiser(app, "list@example.org", {the_congress(app): Role.ATTENDEE_LIST})
    colleague = logged_in(app, "list@example.org")
    assert colleague.get(HERE).status_code == 200
    assert f"{HERE}{one}" not in colleague.get(HERE).text
    for page in ("", "/edit", "/readers"):
        assert colleague.get(f"{HERE}{one}{page}").status_code == 403
    assert 'value="programme"' not in colleague.get(f"{HERE}/new").text
    answer = sent(colleague, "/new", **TYPED | {"to": "programme", "text": "Liebe Runde"})
    assert answer.status_code == 422


def test_whoever_may_not_change_registrations_writes_none(app, client):
    an_organiser(app, "reader@example.org", {the_congress(app): Role.READER})
    assert logged_in(app, "reader@example.org").get(HERE).status_code == 403


def test_what_is_not_there_cannot_be_sent(client):
    assert post(client, f"{HERE}/99/send", HERE) == 404


def test_one_that_a_cancelled_event_has_stopped_says_so_and_cannot_go_on(app, client):
    address = written(client)
    sent(client, f"{address}/send", seen=looked_at(client, address))
    with app.app_context():
        releasing.call_off(the_congress(app), actor=COMMAND, now=OPEN)
    page = words(client, address)
    assert "Der Kongress wurde abgesagt, bevor diese Mail an alle hinausgegangen war" in page
    assert "Endgültig abbrechen" in page
    assert "Fortsetzen" not in page
    answer = sent(client, f"{address}/resume")
    assert answer.status_code == 409
    assert "abgesagt" in answer.text
    overview = pages.words(pages.read(client.get("/organiser/fachkongress?lang=de")))
    assert "1 Info-Mail ging nicht zu ihrer Zeit oder nicht an alle hinaus" in overview
    assert sent(client, f"{address}/stop").status_code == 303
    assert "bevor diese Mail an alle" not in words(client, address)


def test_a_title_says_once_that_something_is_wrong(client):
    one = written(client)
    for answer in (sent(client, "/new", **TYPED | {"text": ""}), sent(client, f"{one}/files")):
        assert answer.status_code == 422
        assert pages.words(pages.get(pages.read(answer), "title")).count("Fehler") == 1
