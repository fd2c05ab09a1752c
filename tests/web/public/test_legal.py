"""GDPR-05 and the pages of BGG § 12b and DDG § 5, in one click from everywhere."""

from dataclasses import replace
from functools import partial

import pytest
from flask import render_template
from sqlalchemy import select

from congress.domain.fields import FIELDS
from congress.domain.legal import months_later
from congress.extensions import db
from congress.formats.field_words import field_words, listed
from congress.models import Consent
from congress.queries import congresses
from congress.services import consenting, registering
from tests import builders
from tests.web import pages

pytestmark = pytest.mark.sqlite_only

PAGES = ["/accessibility", "/privacy", "/imprint"]


@pytest.mark.parametrize("path", ["/", "/fachkongress", "/login", "/nowhere", *PAGES])
def test_every_page_leads_to_them(app, client, path):
    with app.app_context():
        builders.a_congress()

    html = client.get(path).text

    own = "/fachkongress" if path == "/fachkongress" else ""
    for page in PAGES:
        assert f'href="{own}{page}"' in html


@pytest.mark.parametrize(
    ("path", "german", "english"),
    [
        ("/accessibility", "schlichtungsstelle-bgg.de", "Arbitration"),
        ("/privacy", "Aufsichtsbehörde", "supervisory authority"),
        ("/privacy", "Dialogpartnerinnen", "dialogue partners"),
        ("/imprint", "§ 5 des Digitale-Dienste-Gesetzes", "DDG"),
    ],
)
def test_they_say_what_the_law_asks_for(client, path, german, english):
    assert german in client.get(path).text
    assert english in client.get(f"{path}?lang=en").text


def test_they_name_the_hosts_with_their_address(app, client):
    with app.app_context():
        congress = builders.a_congress(contact_email="fachkongress@example.org")
        for name in ("Zentrum", "Ämterverbund", "Forum"):
            builders.an_organisation(name, congress=congress)

    for page in PAGES:
        text = client.get(page).text
        assert 'href="mailto:fachkongress@example.org"' in text
        places = [text.index(name) for name in ("Ämterverbund", "Forum", "Zentrum")]
        assert places == sorted(places)


def test_an_operator_replaces_a_text_with_a_file(app, client, settings):
    folder = settings.var_dir / "templates" / "public"
    folder.mkdir(parents=True)
    (folder / "imprint.de.html").write_text("<p>Stadt Lünen, Willy-Brandt-Platz</p>")

    assert "Willy-Brandt-Platz" in client.get("/imprint").text


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_privacy_notice_names_every_field(client, language):
    """GDPR-05."""
    page = client.get(f"/privacy?lang={language}").text.casefold()

    for words in field_words(language).values():
        assert words.label.casefold() in page


@pytest.mark.parametrize(
    ("language", "asked", "sooner"),
    [
        (
            "de",
            "Organisation und Funktion, wenn die Veranstaltung danach fragt.",
            "Funktion: höchstens 3 Monate nach ihrem Ende.",
        ),
        (
            "en",
            "Organisation and job title, if the event asks for them.",
            "Job title: at most 3 months after its end.",
        ),
    ],
)
def test_the_privacy_notice_says_what_is_asked_and_what_goes_sooner(app, language, asked, sooner):
    """GDPR-05: both follow the declaration of the fields."""
    organisation, function = (each for each in FIELDS if each.name in {"organisation", "function"})
    fields = [*FIELDS[:3], organisation, replace(function, months_kept=3)]
    with app.test_request_context(f"/privacy?lang={language}"):
        page = render_template(
            f"public/privacy.{language}.html",
            contacts=(),
            legal=None,
            fields=fields,
            listed=partial(listed, language=language),
        )

    assert f"<li>{asked}</li>" in page
    assert f"<li>{sooner}</li>" in page
    assert page.count(sooner.partition(":")[2]) == 1


TEXTS = {
    "name": "Stadt Lünen, Der Bürgermeister",
    "address": "Willy-Brandt-Platz 1\n44532 Lünen",
    "officer": "Erika Beispiel",
    "authority": "LDI NRW\nhttps://www.ldi.nrw.de",
    "arbitration": "Ombudsstelle NRW",
}


def test_those_of_a_congress_state_what_its_host_wrote_and_what_it_asks(app, client):
    """GDPR-05: who is responsible there, each field with its day, and the version that is kept."""
    with app.app_context():
        congress = builders.a_congress(fields={"function": "off", "organisation": "required"})
        host = builders.an_organisation(congress=congress)
        assert "Wer verantwortlich ist" in client.get("/fachkongress/privacy").text
        host.legal = TEXTS
        db.session.commit()
        version = consenting.notice_version(congresses.get_congress(congress.id))
        registering.register(congress.id, builders.a_request(1), now=builders.OPEN)
        kept = set(db.session.scalars(select(Consent.text_version)))
        builders.a_congress(slug="entwurf", state="draft")

    privacy = client.get("/fachkongress/privacy").text
    page = pages.read(client.get("/fachkongress/privacy"))
    asked = [pages.words(each) for each in pages.get(page, "ul", id="asked")]
    assert [each.split(" (")[0] for each in asked[:-2]] == [
        *("Vorname", "Nachname", "E-Mail", "Organisation")
    ]
    assert "Vorname (Vor- oder Nachname ist nötig): für Ihren Platz" in asked[0]
    assert "Anmeldungen löscht das Programm nicht von selbst" in privacy
    assert "gelöscht spätestens" not in privacy
    assert "Organisation (Pflichtfeld): für die Veranstaltung" in asked[3]
    assert "gelesen nur von denen, die Anmeldungen bearbeiten" in asked[2]
    until = months_later(builders.ENDS.astimezone(builders.BERLIN), 12).date().isoformat()
    assert privacy.count(f'data-until="{until}"') == 4
    assert "Ihre Unterschrift" in asked[-1]
    assert privacy.count('data-until="2020-12-31"') == 1
    assert kept == {version}
    assert f"Fassung dieser Hinweise: {version}" in privacy
    assert "Erika Beispiel" in privacy
    assert "note--warn" not in privacy.partition("Aufsichtsbehörde")[0]
    assert "Wer verantwortlich ist" not in privacy
    assert "Willy-Brandt-Platz 1<br>44532" in client.get("/fachkongress/imprint").text
    assert "Ombudsstelle NRW" in client.get("/fachkongress/accessibility").text
    assert "Data protection officer" in client.get("/fachkongress/privacy?lang=en").text
    assert client.get("/entwurf/privacy").status_code == 404
