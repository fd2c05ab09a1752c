"""Mails in organisers' words: their words, the program's parts, and nothing that was not said."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from congress.domain.mails.templates import WITH_TEMPLATE, Template, usual_body
from congress.formats import letters
from congress.formats.mail import render
from tests.mail_facts import TOKEN, a_mail

OWN = Template(
    "{Vorname}: {Betreff}",
    "Liebe Menschen,\n\n{Nachricht}\n\n**Eigenes** für {Name}.\n\n{Angaben}\n\n{Knopf}",
)
OWN_EN = Template("{given name}: {subject}", "Dear all,\n\n{message}\n\n{details}\n\n{button}")


def said(mail):
    raw = message_from_bytes(render(mail).raw, policy=policy.default)
    parts = (raw.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return (raw["Subject"], *(" ".join(part.split()) for part in parts))


@pytest.mark.parametrize("kind", WITH_TEMPLATE)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_can_be_said_in_other_words(kind, language):
    mail = a_mail(kind, language)
    usual = said(mail)
    own = replace(mail, template=OWN if language == "de" else OWN_EN)
    subject, text, html = said(own)
    name = mail.facts.get("given_name", "")
    assert subject == f"{name}: {usual[0]}".strip()
    begins = "Liebe Menschen," if language == "de" else "Dear all,"
    assert text.startswith(begins)
    assert begins in html
    assert (TOKEN in usual[1]) == (TOKEN in text)
    assert letters.subject(kind, language, mail.facts, own.template) == subject
    assert html.count("<h1>") == 1


@pytest.mark.parametrize("kind", WITH_TEMPLATE)
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_programs_own_template_says_what_the_program_says(kind, language):
    mail = a_mail(kind, language)
    usual = said(mail)
    again = said(replace(mail, template=Template(body=usual_body(language))))
    assert again[:2] == usual[:2]


def test_without_the_message_nothing_of_it_is_left():
    mail = a_mail("confirmed")
    own = replace(mail, template=Template(body="Willkommen!\n\n{Angaben}\n\n{Knopf}"))
    _subject, text, html = said(own)
    assert "Wir freuen uns auf Sie" not in text + html
    assert text.startswith("Willkommen! Wann")


def test_a_name_stays_a_name():
    """SEC-05, SEC-06."""
    name = "{Betreff} [x](http://evil.example) <b>"
    mail = replace(a_mail("confirmed", given_name=name), template=OWN)
    subject, text, html = said(mail)
    assert subject.startswith("{Betreff} [x](http://evil.example) <b>: Anmeldung bestätigt")
    assert "http://evil.example" in text
    assert 'href="http://evil.example' not in html
    assert "<b>" not in html
