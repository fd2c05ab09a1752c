"""Organisers give a mail their own words: looked at, checked, saved, used, and taken back."""

from email import message_from_bytes, policy

import pytest

from congress import worker
from congress.domain.access import Role
from congress.domain.mails.templates import WITH_TEMPLATE, usual_body
from congress.extensions import db
from congress.models import MailTemplate, OutboxMessage
from congress.services import newsletters, registering
from tests import builders
from tests.builders import OPEN, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, token

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/settings/mails/templates"
BODY = "Hallo {Vorname}!\n\n{Nachricht}\n\nEigenes.\n\n{Angaben}\n\n{Knopf}"


@pytest.fixture
def congress(app):
    with app.app_context():
        found = builders.a_congress()
        builders.a_workshop(found, number=1)
        number = found.id
    an_organiser(app, "organisation@example.org", {number: Role.ORGANISER})
    return number


@pytest.fixture
def client(app, congress):
    return logged_in(app, "organisation@example.org")


def send(client, kind, **typed: str):
    page = f"{HERE}/{kind}"
    about = {"csrf_token": token(client, page), "version": hidden(client, page, "version")}
    usual = {"body_de": usual_body("de"), "body_en": usual_body("en")}
    return client.post(f"{page}?lang=de", data=about | usual | typed)


def words(answer):
    return pages.words(pages.get(pages.read(answer), "main"))


@pytest.mark.parametrize("kind", WITH_TEMPLATE)
def test_every_mail_is_shown_with_the_programme_of_the_congress(client, kind):
    answer = client.get(f"{HERE}/{kind}?lang=de")
    assert answer.status_code == 200
    assert words(answer).count("So liest sie sich") == 2


@pytest.mark.parametrize(
    ("language", "label", "heading"),
    [("de", "Text (englisch)", "(Englisch)"), ("en", "Text (German)", "(German)")],
)
def test_languages_are_named_in_the_language_of_the_page(client, language, label, heading):
    shown = words(client.get(f"{HERE}/confirmed?lang={language}"))
    assert label in shown
    assert heading in shown


def test_the_usual_subject_is_named_in_the_language_of_each_mail(client):
    page = pages.read(client.get(f"{HERE}/confirmed?lang=de"))
    for language, name in (("de", "{Betreff}"), ("en", "{subject}")):
        hint = pages.words(pages.get(page, "p", id=f"subject_{language}-hint"))
        assert hint == f"Leer: wie üblich. {name} steht für den üblichen Betreff."


def test_words_are_looked_at_saved_used_and_taken_back(app, client, congress):
    typed = {"subject_de": "Ja! {Betreff}", "body_de": BODY}
    looked_at = words(send(client, "confirmed", preview="y", **typed))
    assert "Ja! Anmeldung bestätigt" in looked_at
    assert "Hallo Erika!" in looked_at
    with app.app_context():
        assert db.session.query(MailTemplate).count() == 0

    assert send(client, "confirmed", save="y", **typed).status_code == 303
    assert "in Ihren Worten" in words(client.get(f"{HERE}?lang=de"))
    with app.app_context():
        registering.register(congress, a_request(1), now=OPEN)
    listed = words(client.get("/organiser/fachkongress/outbox?lang=de"))
    assert "Ja! Anmeldung bestätigt" in listed, "also before it went out"
    with app.app_context():
        worker.deliver()
        [mail] = db.session.query(OutboxMessage).filter_by(kind="confirmed").all()
        raw = message_from_bytes(mail.content or b"", policy=policy.default)
        assert raw["Subject"].startswith("Ja! Anmeldung bestätigt")
        assert "Eigenes." in raw.get_body(("plain",)).get_content()

    page = pages.read(client.get(f"{HERE}/confirmed?lang=de"))
    assert any(pages.has(fold, "button", name="reset") for fold in page.iter("details")), "it asks"
    assert send(client, "confirmed", reset="y").status_code == 303
    again = words(client.get(f"{HERE}/confirmed?lang=de"))
    assert "Die Mail ist wieder so, wie das Programm sie schreibt." in again
    with app.app_context():
        assert db.session.query(MailTemplate).count() == 0
    log = words(client.get("/organiser/fachkongress/log?lang=de"))
    assert "Die Worte der Mail „Bestätigung“ wurden geändert" in log
    assert "Die Mail „Bestätigung“ ist wieder so, wie das Programm sie schreibt." in log


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("confirmed", {"body_de": "Hallo {vorname}"}, "{vorname} steht hier für nichts"),
        ("confirmed", {"body_de": "Hallo"}, "Bitte lassen Sie {Angaben}, {Knopf} stehen"),
        ("programme_changed", {"subject_de": "Neues"}, "Bitte lassen Sie {Betreff} stehen"),
        ("programme_changed", {"subject_en": "News"}, "Bitte lassen Sie {subject} stehen"),
        ("confirmed", {"body_en": "Hello"}, "Bitte lassen Sie {details}, {button} stehen"),
        ("confirmed", {"body_de": "Hier: {Angaben}\n\n{Knopf}"}, "Bitte setzen Sie {Angaben} in"),
        ("confirmed", {"body_de": f"{BODY}\n\nhttp://a.example"}, "„http://a.example“ ist keine"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, kind, typed, sentence):
    answer = send(client, kind, save="y", **typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert next(iter(typed.values())).splitlines()[0] in answer.get_data(as_text=True)


def test_the_question_of_a_newsletter_keeps_its_sentence_and_its_link(app, client, congress):
    """SEC-24: whatever the words around them, what is agreed to and the link stay."""
    page = words(client.get(f"{HERE}/newsletter_asked?lang=de"))
    assert "{Titel}" in page
    assert "{Vorname}" not in page, "a newsletter knows nobody's name"
    refused = words(send(client, "newsletter_asked", save="y", body_de="Hallo!\n\n{Knopf}"))
    assert "Bitte lassen Sie {Nachricht} stehen" in refused

    body = "Schön, dass Sie lesen!\n\n{Nachricht}\n\n{Knopf}"
    assert send(client, "newsletter_asked", save="y", body_de=body).status_code == 303
    with app.app_context():
        newsletters.ask(congress, "eva@example.org", "de", now=OPEN)
        worker.deliver()
        [mail] = db.session.query(OutboxMessage).filter_by(kind="newsletter_asked").all()
        raw = message_from_bytes(mail.content or b"", policy=policy.default)
        text = " ".join(raw.get_body(("plain",)).get_content().split())
    assert text.startswith("Schön, dass Sie lesen!")
    assert "Bitte bestätigen Sie, dass Sie ihn möchten" in text
    assert "/newsletter/" in text


def test_two_who_edit_see_both(client):
    first = hidden(client, f"{HERE}/confirmed", "version")
    send(client, "confirmed", save="y", body_de=BODY)
    other = BODY.replace("Eigenes", "Anderes")
    answer = send(client, "confirmed", save="y", version=first, body_de=other)
    assert answer.status_code == 409
    assert "Eigenes." in words(answer)
    assert "Anderes." in answer.text


def test_a_mail_that_is_none_of_a_congress_is_unknown(client):
    assert client.get(f"{HERE}/password_reset").status_code == 404
    assert client.get(f"{HERE}/nonsense").status_code == 404
