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
        ("given_name", "E\x00rika", "unsichtbare Steuerzeichen entfernt"),
        ("given_name", "Erika\r\nBcc: x@example.org", "Zeilenumbrüche"),
        ("given_name", "Erika\u202egro.elpmaxe", "unsichtbare Steuerzeichen"),
        ("given_name", "Erika\u2028Muster", "Zeilenumbrüche"),
        ("given_name", "Eri\ufffeka", "unsichtbare Steuerzeichen"),
        ("given_name", "E" * 101, "auf höchstens 100 Zeichen; es sind 101"),
        ("given_name", "evil.example", "sieht wie die Adresse einer Internetseite aus"),
        ("given_name", "Koordinator.in", "sieht wie die Adresse einer Internetseite aus"),
        ("given_name", "<a href=http://evil.example>Klick</a>", "einer Internetseite"),
        ("given_name", "[x](http://evil.example)", "einer Internetseite"),
        ("family_name", "WWW.evil", "sieht wie die Adresse einer Internetseite aus"),
        ("organisation", "evil．com", "„evil.com“ sieht wie die Adresse"),
        ("function", "http://evil/x", "„http://evil/x“ sieht wie die Adresse"),
        ("question-1", "Gewinnen Sie: t.me/x!", "„t.me/x!“ sieht wie die Adresse"),
        ("organisation", "O" * 201, "auf höchstens 200 Zeichen"),
        ("function", "F" * 121, "auf höchstens 120 Zeichen"),
        ("function", "Am\x07t", "unsichtbare Steuerzeichen"),
        ("question-1", "?" * 1001, "auf höchstens 1.000 Zeichen"),
        ("question-1", "Wa\x00s?", "unsichtbare Steuerzeichen"),
        ("email", "", "Bitte geben Sie eine E-Mail-Adresse an"),
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
        "<a href=javascript:alert(1)>Klick</a>",
        "=HYPERLINK(1)",
        "J. R.",
        "J.R.",
        "Prof. Dr. h. c. Anna-Maria",
        "D’Arcy",
        "A" * 60,
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


@pytest.mark.parametrize("missing", ["", " \u00a0\u200b ", "-", "–", ".", "\u3164"])
def test_a_name_is_needed_and_a_stroke_is_none(visitor, congress, missing):
    form = visitor.fill_in(given_name=missing, family_name=missing)

    answer = visitor.send("/fachkongress/register", **form)

    assert answer.status_code == 422
    assert answer.text.count("Bitte geben Sie Ihren Namen an.") == 2  # on top and at the field
    assert '<a href="#given_name">' in answer.text


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [
        ("Ada", "", "Ada"),
        ("", "Sukarno", "Sukarno"),
        ("-", "Sukarno", "Sukarno"),
        ("Ada", " – ", "Ada"),
        ("Prof. Dr. Jan", "von der O’Hara", "Prof. Dr. Jan von der O’Hara"),
    ],
)
def test_one_name_is_enough(visitor, congress, given, family, name):
    page = visitor.open(visitor.own_page(given_name=given, family_name=family))

    assert f"<dd>{name}</dd>" in page.text
    heading = pages.words(pages.get(pages.read(page), "h1"))
    assert heading == f"Sie sind dabei, {name}."


def test_neither_name_is_called_optional(visitor, congress):
    form = pages.read(visitor.open("/fachkongress/register"))

    for name in ("given_name", "family_name"):
        [label] = [each for each in form.iter("label") if each.get("for") == name]
        assert "freiwillig" not in pages.words(label)
        assert pages.get(form, id=name).get("required") is None
    assert "genügt eines der beiden Felder" in visitor.open("/fachkongress/register").text


@pytest.mark.parametrize(
    "typed",
    [
        "mailto:erika@example.org",
        "MAILTO:erika@example.org?subject=Anmeldung",
        "erika@example.org.",
        "<erika@example.org>",
        "(erika@example.org)",
        "[mailto:erika@example.org];",
        "„erika@example.org“,",
        "<mailto:erika@example.org>.\u2028",
    ],
)
def test_what_stands_around_an_address_is_left_out_and_said_so(visitor, congress, typed):
    address = visitor.own_page(email=typed)

    page = visitor.open(address)
    assert "<dd>erika@example.org</dd>" in page.text.replace("<wbr>", "")
    assert "um Ihre E-Mail-Adresse herum stand" in page.text
    again = visitor.fill_in(email=typed, given_name="", family_name="")
    refused = visitor.send("/fachkongress/register", **again).text
    assert 'value="erika@example.org"' in refused
    assert 'id="email-hint">Wir haben weggelassen, was um die Adresse herum stand' in refused


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
    assert "First name" in page
    assert '<span lang="de">Junges Engagement</span>' in page  # A11Y-08: only written in German


def test_what_robots_fill_in_is_hidden_from_everybody_else(visitor, congress):
    """SEC-30: from eyes, screen readers and the keyboard alike; a person loses nothing."""
    form = visitor.fill_in()
    page = visitor.open("/fachkongress/register").text

    assert '<div hidden><label for="homepage">' in page
    refused = visitor.send("/fachkongress/register", **form | {"homepage": "http://x.example"})
    assert refused.status_code == 422
    assert pages.refusal_heading(pages.read(refused)) == "Bitte senden Sie das Formular noch einmal"
    assert "von einem Programm, das Formulare für Sie ausfüllt" in refused.text
    assert 'value="Erika"' in refused.text
    assert visitor.send("/fachkongress/register", **form).status_code == 303
