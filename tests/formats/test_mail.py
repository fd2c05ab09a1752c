from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from congress.domain.mails.kinds import KINDS, Carries, MessageKind
from congress.domain.mails.masking import without_secrets
from congress.formats.mail import MailToRender, display_name, render
from tests.mail_facts import (
    ACCOUNT_KINDS,
    BASE,
    CALENDAR_KINDS,
    CONGRESS,
    ENTRY,
    NETWORKS,
    TOKEN,
    a_mail,
)

LETTERS = [kind for kind in MessageKind if kind not in CALENDAR_KINDS]
NAMELESS = {Carries.NEWSLETTER, Carries.OPENING}
NAMING = [kind for kind in LETTERS if KINDS[kind].carries not in NAMELESS]
INJECTION = "{manage_url} {{7*7}} {event.__class__} %(x)s ${x} {% if 1 %}"


def read(letter: MailToRender) -> EmailMessage:
    mail = message_from_bytes(render(letter).raw, policy=policy.default)
    assert mail.defects == []
    return mail


def text_of(letter: MailToRender) -> str:
    """The plain part on one line: where lines break is not the matter of most tests."""
    part = read(letter).get_body(("plain",))
    assert part
    return " ".join(part.get_content().split())


def html_of(letter: MailToRender) -> str:
    part = read(letter).get_body(("html",))
    assert part
    html: str = part.get_content()
    return html


class Tags(HTMLParser):
    """The elements of a document with their attributes, and what stands between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", MessageKind)
def test_every_kind_is_a_whole_mail_in_every_language(kind, language):
    """ICS-10: one of each header; the text part is complete on its own."""
    mail = read(a_mail(kind, language))
    for header in ("From", "To", "Subject", "Date", "Message-ID"):
        assert len(mail.get_all(header, [])) == 1
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == language
    assert mail["Date"].datetime == datetime(2015, 9, 1, 8, 0, 5, tzinfo=UTC)
    assert mail["From"].addresses[0].addr_spec == "kongress@kongress.example.org"
    assert [each.addr_spec for each in mail["To"].addresses] == ["erika@example.org"]
    text, html = text_of(a_mail(kind, language)), html_of(a_mail(kind, language))
    assert mail["Subject"]
    assert f'<html lang="{language}">' in html
    assert f"{BASE}/imprint" in text
    tags = Tags(html).found
    assert [tag for tag, _ in tags].count("h1") == 1
    assert {tag for tag, _ in tags} & {"img", "script", "link", "iframe", "form"} == set()
    for tag, attributes in tags:
        assert not {"style", "src", "onclick", "background"} & attributes.keys()
        if tag == "a":
            assert str(attributes["href"]).startswith(BASE)


@pytest.mark.parametrize("kind", MessageKind)
def test_the_bytes_depend_on_the_facts_alone(kind):
    """REL-10: a mail repeated after a crash is the same mail."""
    assert render(a_mail(kind)).raw == render(a_mail(kind)).raw
    other = replace(a_mail(kind), message_id="<other@kongress.example.org>")
    assert render(other).raw != render(a_mail(kind)).raw


@pytest.mark.parametrize("kind", MessageKind)
def test_it_travels_over_every_relay(kind):
    raw = render(a_mail(kind, cost="ü" * 3000)).raw
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998  # RFC 5322, section 2.1.1
    unfolded = b"List-Unsubscribe: "  # some programs read no folded address
    assert max(len(line) for line in lines if not line.startswith(unfolded)) <= 78


def test_the_subject_says_it_all():
    german = read(a_mail("confirmed"))["Subject"]
    assert german == "Anmeldung bestätigt: Fachkongress am 21. Oktober 2015 in Lünen"
    english = read(a_mail("confirmed", "en"))["Subject"]
    assert english == ("Registration confirmed: Conference on 21 October 2015 in Lünen")
    two_days = [
        *CONGRESS["days"],
        {"starts_at": "2015-10-22T07:30:00+00:00", "ends_at": "2015-10-22T14:30:00+00:00"},
    ]
    long = a_mail("confirmed", congress=CONGRESS | {"days": two_days, "town": ""})
    assert read(long)["Subject"] == "Anmeldung bestätigt: Fachkongress vom 21. bis 22. Oktober 2015"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("confirmed", "Guten Tag Erika Muster! Wir freuen uns auf Sie."),
        ("confirmed", "Wann Mittwoch, 21. Oktober 2015, 9.30 bis 16.30 Uhr"),
        ("confirmed", "Wo Lünen. Den Veranstaltungsort nennen wir Ihnen, sobald er bestätigt ist."),
        ("confirmed", "Ihr Workshop Workshop 3: Regionale Vernetzung"),
        ("confirmed", "13.15 bis 15.15 Uhr, Raum 3"),
        ("confirmed", "Sie sind auf Platz 3. Wird ein Platz frei, tauschen wir"),
        ("confirmed", "Kosten Die Teilnahme ist kostenfrei."),
        ("confirmed", "bis einschließlich 7. Oktober 2015, 24.00 Uhr (MESZ)"),
        ("confirmed", f"Ihre Anmeldung ansehen und ändern: {BASE}/registration/{TOKEN}"),
        ("confirmed", "Der Kalendereintrag kommt in einer eigenen Mail."),
        ("waiting", "Sie sind auf Platz 12 der Warteliste."),
        ("waiting", "Einen Kalendereintrag bekommen Sie, sobald Sie einen Platz haben."),
        ("place_gained", "Sie haben jetzt einen Platz in „Workshop 2: Die Kommune"),
        ("place_gained", "Ihren bisherigen Platz in „Regionale Vernetzung"),
        ("withdrawn", "Sie sind abgemeldet. Das war Ihre Anmeldung beim Fachkongress"),
        ("cancelled_by_organiser", "Die Veranstaltenden haben Sie abgemeldet. Sie sind"),
        ("reinstated", "Ihre Anmeldung gilt wieder. Wir hatten Ihnen geschrieben, dass"),
        ("congress_cancelled", "Die Veranstaltung findet nicht statt. Sie waren beim Fachkongress"),
        ("already_registered", "Ihre Anmeldung gilt weiter. Jemand hat das"),
        ("link", f"Anmeldung von Max Muster: {BASE}/registration/{TOKEN[::-1]}"),
        ("calendar_request", "Hinweis Ihr Workshop: Workshop 3: Vernetzung, 13.15 bis 15.15 Uhr"),
        ("organiser_invited", "Gültig bis Donnerstag, 3. September 2015, 10.00 Uhr"),
        ("password_reset", "Ihr Passwort bleibt, wie es ist."),
    ],
)
def test_a_letter_says_what_one_needs_to_know(kind, sentence):
    assert sentence in text_of(a_mail(kind))


@pytest.mark.parametrize(
    ("kind", "comes"),
    [
        *[(kind, True) for kind in ("confirmed", "waiting", "link", "confirm_address")],
        *[(kind, False) for kind in ("withdrawn", "cancelled_by_organiser")],
        *[(kind, False) for kind in ("congress_cancelled", "address_left")],
    ],
)
def test_news_of_the_venue_are_promised_to_whoever_comes(kind, comes):
    assert ("Den Veranstaltungsort nennen wir Ihnen" in text_of(a_mail(kind))) is comes


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", ["changed", "programme_changed", "held_after_all"])
def test_whoever_waits_for_the_congress_is_not_called_registered(kind, language):
    has_place, waits = a_mail(kind, language), a_mail(kind, language, position=7, confirmed=[])
    sentence = {"de": "auf Platz 7 der Warteliste:", "en": "You are number 7 on the waiting list"}
    registered = {"de": ("angemeldet:", "Ihre Anmeldung beim"), "en": ("Your registration for",)}
    here = (*registered[language], "This is now your registration")

    assert not any(each in text_of(waits) for each in here)
    assert sentence[language] in text_of(waits)
    assert any(each in text_of(has_place) for each in here)


@pytest.mark.parametrize("others", [True, False])
def test_others_wait_for_a_place_only_where_they_do(others):
    text = text_of(a_mail("place_gained", others_wait=others))
    assert ("andere warten darauf" in text) is others


def test_after_the_deadline_nobody_is_told_to_change_something():
    late = replace(a_mail("place_gained"), created_at=datetime(2015, 10, 8, 9, tzinfo=UTC))
    assert "bis einschließlich" not in text_of(late)


def test_without_its_key_a_letter_shows_the_way_to_a_new_link():
    letter = a_mail("confirmed")
    public = {name: url for name, url in letter.links.items() if name != "manage"}
    text = text_of(replace(letter, links=public))
    assert f"Den Link zu Ihrer Anmeldung fordern Sie hier neu an: {BASE}/fachkongress-2015" in text
    assert "gehört nur Ihnen" not in text


@pytest.mark.parametrize("kind", sorted({*LETTERS} - {"waiting", "opening_noted"}))
def test_a_letter_alone_has_no_calendar_part(kind):
    assert read(a_mail(kind)).get_content_type() == "multipart/alternative"


def test_nobody_is_invited_by_themselves():
    """ICS-08."""
    mailbox = a_mail("calendar_request").sender
    own = replace(a_mail("calendar_request"), recipient=mailbox.upper())
    calendar = _calendar_of(own)
    assert "mailto:kongress+calendar@kongress.example.org" in calendar
    invitation = _calendar_of(a_mail("calendar_request"))
    (organizer,) = [line for line in invitation.splitlines() if line.startswith("ORGANIZER")]
    assert "Forum für soziale Innovation gGmbH" in organizer
    assert organizer.endswith(f":mailto:{mailbox}")


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [
        ("Ada", "", "Ada"),
        ("", "Sukarno", "Sukarno"),
        ("Dr. Jan", "von der O’Hara", "Dr. Jan von der O’Hara"),
        ("A" * 60, "B" * 60, f"{'A' * 60} {'B' * 60}"),
    ],
)
def test_whoever_has_one_name_is_greeted_and_invited_by_it(given, family, name):
    names = {"given_name": given, "family_name": family}

    assert f"Guten Tag {name}! " in text_of(a_mail("confirmed", **names))
    assert f"<p>Guten Tag {name}!</p>" in html_of(a_mail("confirmed", **names)).replace("\xa0", " ")
    calendar = _calendar_of(replace(a_mail("calendar_request", **names), recipient_name=name))
    assert f";CN={name};" in calendar.replace('"', "")


@pytest.mark.parametrize("kind", NAMING)
def test_placeholders_in_a_name_arrive_as_they_are(kind):
    """SEC-05: what people type is a value and never a template."""
    letter = a_mail(kind, given_name=INJECTION, names=[INJECTION, "Max"], name=INJECTION)
    assert INJECTION in text_of(letter)
    assert INJECTION in Tags(html_of(letter)).words


def test_placeholders_arrive_in_subject_and_calendar_too():
    title = {"title": INJECTION, "town": INJECTION}
    letter = a_mail("confirmed", congress=CONGRESS | title)
    assert INJECTION in read(letter)["Subject"]
    content = ENTRY["content"] | {"summary": INJECTION}
    calendar = _calendar_of(a_mail("calendar_request", entry=ENTRY | {"content": content}))
    assert INJECTION in calendar


@pytest.mark.parametrize(
    "name",
    [
        "<a href=http://evil.example>Klick</a>",
        "[x](http://evil.example)",
        "http://evil.example",
        "evil.example",
        "<img src=x onerror=alert(1)>",
        '"><script>alert(1)</script>',
        "<style>body{display:none}</style>",
    ],
)
@pytest.mark.parametrize("kind", NAMING)
def test_a_name_becomes_neither_link_nor_markup(kind, name):
    """SEC-06."""
    plain = Tags(html_of(a_mail(kind))).found
    names = {"given_name": name, "names": [name, "Max Muster"], "name": name}
    workshop = NETWORKS | {"title": name, "room": name}
    hostile = {**names, "confirmed": [workshop], "waiting": [], "gained": [name]}
    found = Tags(html_of(a_mail(kind, **hostile)))
    assert name in found.words
    links = [attributes["href"] for tag, attributes in found.found if tag == "a"]
    assert links == [attributes["href"] for tag, attributes in plain if tag == "a"]
    assert {tag for tag, _ in found.found} <= {tag for tag, _ in plain} | {"span", "br"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Erika Muster", "Erika Muster"),
        ("Erika\r\nBcc: v@x.example", "Erika Bcc v x.example"),
        ("Erika\x00\u202eretsuM\u2066", "Erika retsuM"),
        ('"chef@example.org" <a@b.de>, x', "chef example.org a b.de x"),
        ("Ärztin für Köln", "Ärztin für Köln"),
        ("x" * 400, "x" * 201),
        (f"{'x' * 60} {'y' * 60}", f"{'x' * 60} {'y' * 60}"),
        ("@:,", ""),
        ("../../x Muster", "../../x Muster"),
        ("Dr. Erika B. Muster", "Dr. Erika B. Muster"),
        ("=?utf-8?q?chef=40example=2Eorg?=", "=?utf-8?q?chef=40example=2Eorg?="),
    ],
)
def test_a_name_before_an_address_can_do_nothing(name, shown):
    """SEC-28."""
    assert display_name(name) == shown
    mail = read(replace(a_mail("confirmed"), recipient_name=name, sender_name=name))
    for header in ("To", "From"):
        (address,) = mail[header].addresses
        assert address.display_name == shown
    assert "Bcc" not in mail
    assert mail["To"].addresses[0].addr_spec == "erika@example.org"


def test_a_name_with_a_dot_is_quoted():
    """RFC 5322, 3.2.3: unquoted, some programs cannot read the header at all."""
    mail = render(replace(a_mail("confirmed"), recipient_name="Dr. Erika Muster"))

    assert b'To: "Dr. Erika Muster"\r\n <erika@example.org>\r\n' in mail.raw


def test_a_title_adds_no_header():
    """SEC-28."""
    town = "Lünen\r\nBcc: v@x.example\r\n\r\nText\x85\u2028mehr"
    mail = read(a_mail("confirmed", congress=CONGRESS | {"town": town}))
    assert mail["Subject"].endswith("in Lünen Bcc: v@x.example Text mehr")
    assert "Bcc" not in mail
    assert len(mail.keys()) == len(read(a_mail("confirmed")).keys())


def test_an_address_with_an_umlaut_domain_is_written_in_ascii():
    mail = read(replace(a_mail("confirmed"), recipient="erika@lünen.example"))
    assert mail["To"].addresses[0].addr_spec == "erika@xn--lnen-0ra.example"


@pytest.mark.parametrize("kind", [*LETTERS, *ACCOUNT_KINDS])
def test_secrets_can_be_masked_without_touching_anything_else(kind):
    """SEC-27: also where quoted-printable breaks the line inside a token."""
    raw = render(a_mail(kind)).raw
    masked = without_secrets(raw, BASE)
    assert len(masked) == len(raw)
    text = render(a_mail(kind)).raw.replace(b"=\r\n", b"")
    tokens = [token.encode() for token in (TOKEN, TOKEN[::-1]) if token.encode() in text]
    expected = text
    for token in tokens:
        expected = expected.replace(token, b"x" * len(token))
    assert masked.replace(b"=\r\n", b"") == expected
    assert without_secrets(masked, BASE) == masked


def test_a_slug_is_no_secret():
    slug = f"{BASE}/buergerschaftliches-engagement-2015 {BASE}/registration/{TOKEN}".encode()
    masked = without_secrets(slug, BASE)
    assert masked.startswith(f"{BASE}/buergerschaftliches-engagement-2015 ".encode())
    assert TOKEN.encode() not in masked


def _calendar_of(letter: MailToRender) -> str:
    (part,) = [each for each in read(letter).walk() if each.get_content_type() == "text/calendar"]
    content: str = part.get_content()
    return content.replace("\r\n", "\n").replace("\n ", "")
