"""What a new colleague is invited to, in words that fit whoever only reads."""

import pytest

from congress.formats.mail import render
from tests.formats.test_mail import text_of
from tests.mail_facts import a_mail


@pytest.mark.parametrize(
    ("language", "subject", "role"),
    [
        ("de", "Einladung ins Team: Fachkongress", "Ihre Rolle Lesen (Kongress"),
        ("en", "Invitation to the team: Fachkongress", "Your role Lesen (Kongress"),
    ],
)
def test_an_invitation_names_its_congress_and_what_one_may_there(language, subject, role):
    invited = {"title": "Fachkongress", "roles": ["Lesen (Kongress und Anmeldungen sehen)"]}
    mail = a_mail("organiser_invited", language, **invited)
    text = text_of(mail)

    assert render(mail).subject == subject
    assert role in text
    assert not any(word in text for word in ("bearbeiten", "organis"))
