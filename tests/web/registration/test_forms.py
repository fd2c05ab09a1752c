import re
from urllib.parse import urlencode

import pytest

from tests.builders import a_congress
from tests.web import pages
from tests.web.registration.visitors import HOST, Visitor

pytestmark = pytest.mark.sqlite_only

LOCAL_400 = f"{'a' * 400}@example.org"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("given_name", "", "Bitte geben Sie Ihren Vornamen an."),
        ("given_name", " \u00a0\u200b ", "Bitte geben Sie Ihren Vornamen an."),
        ("given_name", "E\x00rika", "unsichtbare Steuerzeichen entfernt"),
        ("given_name", "Erika\r\nBcc: x@example.org", "Zeilenumbrüche"),
        ("given_name", "Erika\u202egro.elpmaxe", "unsichtbare Steuerzeichen"),
        ("given_name", "Erika\u2028Muster", "Zeilenumbrüche"),
        ("given_name", "Erika\ufffe", "unsichtbare Steuerzeichen"),
        ("given_name", "E" * 101, "auf höchstens 100 Zeichen; es sind 101"),
        ("family_name", "", "Bitte geben Sie Ihren Nachnamen an."),
        ("organisation", "O" * 201, "auf höchstens 200 Zeichen"),
        ("function", "F" * 121, "auf höchstens 120 Zeichen"),
        ("function", "Amt\x07", "unsichtbare Steuerzeichen"),
        ("question-1", "?" * 1001, "auf höchstens 1000 Zeichen"),
        ("question-1", "Was\x00?", "unsichtbare Steuerzeichen"),
        ("email", "", "Bitte geben Sie Ihre E-Mail-Adresse an"),
        ("email", LOCAL_400, "auf höchstens 254 Zeichen"),
        ("email", "erika.muster@example", "Es fehlt die Endung"),
        ("email", "erika.muster", "Die Adresse ist unvollständig"),
        ("email", "@example.org", "Die Adresse ist unvollständig"),
        ("email", "a@example.org,b@example.org", "genau eine Adresse"),
        ("email", "a@example.org; b@example.org", "genau eine Adresse"),
        ("email", "a b@example.org", "genau eine Adresse"),
        ("email", '"a@example.org" <b@example.org>', "nur die Adresse ohne Namen"),
        ("email", "Erika <a@example.org>", "nur die Adresse ohne Namen"),
        ("email", "a@example.org\nBcc: b@example.org", "Zeilenumbrüche"),
        ("email", "a@example.org\r\nBcc: b@example.org", "Zeilenumbrüche"),
        ("email", "a\x00@example.org", "Steuerzeichen"),
        ("email", "jürgen@example.org", "Umlauten"),
        ("email", "a..b@example.org", "keine gültige E-Mail-Adresse"),
        ("email", "a@-example.org", "keine gültige E-Mail-Adresse"),
        ("email", "a@[127.0.0.1]", "keine gültige E-Mail-Adresse"),
        ("privacy_notice", "", "Hinweise zum Datenschutz gelesen"),
        ("privacy_notice", "confirmed", "Hinweise zum Datenschutz gelesen"),
        ("slot-1", "", "Bitte wählen Sie einen Workshop"),
        ("slot-1", "unknown", "nicht mehr angeboten"),
        ("slot-1", "' OR 1=1 --", "nicht mehr angeboten"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence_that_helps(
    visitor: Visitor, congress, field, typed, sentence
):
    """SEC-28, SEC-31, A11Y-03: said at the field and on top, everything typed is kept."""
    form = visitor.fill_in(slot_1="workshop-1", given_name="Erika-Maria") | {field: typed}

    answer = visitor.send("/fachkongress/register", **form)

    assert answer.status_code == 422
    assert "<title>Fehler: " in answer.text
    assert sentence in answer.text
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}-err"' in answer.text
    if field != "family_name":
        assert 'value="Muster"' in answer.text
    if field != "slot-1":
        assert re.search(r'value="workshop-1"[^>]* checked>', answer.text)


def test_bytes_that_are_no_text_are_refused_and_shown(visitor, congress):
    """SEC-31: broken UTF-8 is never an error of ours."""
    body = urlencode(visitor.fill_in(given_name="")) + "&given_name=Erika%FF%FE"

    answer = visitor.client.post(
        "/fachkongress/register",
        data=body.replace("given_name=&", ""),
        content_type="application/x-www-form-urlencoded",
        base_url=HOST,
    )

    assert answer.status_code == 422
    assert "waren nicht lesbar" in answer.text
    assert 'value="Erika\ufffd\ufffd"' in answer.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("E\x00rika", "E rika"),
        ("Erika\r\nBcc: x@example.org", "Erika Bcc: x@example.org"),
        ("Eri\u00adka", "Erika"),
    ],
)
def test_the_page_shows_what_is_left_so_that_sending_again_is_enough(
    visitor, congress, typed, kept
):
    form = visitor.fill_in(given_name=typed, email="")

    answer = visitor.send("/fachkongress/register", **form)

    assert f'name="given_name" type="text" value="{kept}"' in answer.text


@pytest.mark.parametrize(
    "name",
    [
        "{manage_url} {{7*7}} {event.__class__} %(x)s ${x}",
        "<a href=http://evil.example>Klick</a>",
        "[x](http://evil.example)",
        "=HYPERLINK(1)",
        "O’Brien-Łukasiewicz",
        "Şebnem",
        "Zoë",
        "100%",
        "%C3%BC",
    ],
)
def test_odd_names_are_names_and_appear_as_typed(visitor, congress, name):
    """SEC-05, SEC-06: nothing is filled in, nothing becomes a link."""
    page = visitor.open(visitor.own_page(given_name=name))

    escaped = name.replace("<", "&lt;").replace(">", "&gt;")
    assert f"<dd>{escaped} Muster</dd>" in page.text
    heading = pages.words(pages.get(pages.read(page), "h1"))
    assert f"{name} Muster" in heading


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Erika.Muster@Example.ORG ", "Erika.Muster@example.org"),
        ("erika@müller-stiftung.de", "erika@xn--mller-stiftung-gsb.de"),
        ("\u200berika@example.org", "erika@example.org"),
    ],
)
def test_an_address_is_kept_as_mail_servers_want_it(visitor, congress, typed, kept):
    page = visitor.open(visitor.own_page(email=typed))

    assert f"<dd>{kept}</dd>" in page.text.replace("<wbr>", "")


def test_the_congress_says_which_fields_are_asked(visitor, app, congress):
    """GDPR-01: name and address are required, everything else only if the organiser says so."""
    assert 'name="organisation"' in visitor.open("/fachkongress/register").text
    assert visitor.register(organisation="").status_code == 303

    with app.app_context():
        a_congress(slug="streng", fields={"organisation": "required", "function": "off"})
    page = visitor.open("/streng/register").text

    assert 'name="function"' not in page
    refused = visitor.register("/streng/register", organisation="")
    fault = pages.get(pages.read(refused), id="fehlerliste")
    assert [each.get("href") for each in fault.iter("a")] == ["#formular", "#organisation"]


def test_consents_are_unticked_and_not_coupled_to_taking_part(visitor, congress):
    """GDPR-03: two of the three boxes can stay empty; none is ticked beforehand."""
    page = visitor.open("/fachkongress/register").text

    assert page.count('type="checkbox"') == 3
    assert " checked" not in page
    own = pages.read(visitor.open(visitor.own_page(photos="y")))
    assert pages.consents_offered(own) == {
        "attendee_list": "given",
        "photos": "withdrawn",
    }


def test_the_labels_are_those_of_the_interface(visitor, congress):
    page = visitor.open("/fachkongress/register").text

    for name, label in (
        ("given_name", "Vorname"),
        ("family_name", "Nachname"),
        ("email", "E-Mail"),
        ("organisation", "Organisation"),
        ("function", "Funktion"),
    ):
        assert f'<label class="kern-label" for="{name}">{label}' in page


def test_fields_tell_browsers_what_belongs_into_them(visitor, congress):
    """A11Y-07."""
    page = visitor.open("/fachkongress/register").text

    for value in ("given-name", "family-name", "email", "organization", "organization-title"):
        assert f'autocomplete="{value}"' in page


def test_the_form_speaks_english(visitor, congress):
    page = visitor.open("/fachkongress/register?lang=en").text

    assert '<html lang="en">' in page
    assert "Given name" in page
    assert '<span lang="de">Junges Engagement</span>' in page  # A11Y-08: only written in German


def test_what_robots_fill_in_is_hidden_from_everybody_else(visitor, congress):
    """SEC-30: from eyes, screen readers and the keyboard alike; a person loses nothing."""
    form = visitor.fill_in()
    page = visitor.open("/fachkongress/register").text

    assert '<div hidden><label for="homepage">' in page
    refused = visitor.send("/fachkongress/register", **form | {"homepage": "http://x.example"})
    assert refused.status_code == 422
    assert "wie Programme es tun" in refused.text
    assert 'value="Erika"' in refused.text
    assert visitor.send("/fachkongress/register", **form).status_code == 303
