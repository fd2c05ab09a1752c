"""One word, one meaning: what is registering, what is logging in; counts count what they name."""

import re

import pytest
import time_machine
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from config import ROOT
from congress.domain.access import Role
from congress.formats.catalogue import catalogue
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

VIEWS = "/organiser/fachkongress/attendees"
CATALOGUE = ROOT / "congress" / "translations" / "de" / "LC_MESSAGES" / "messages.po"
# Examples and characters; all else in quotation marks stands on a button or beside a field.
QUOTED = {"N. N.", "�", ".org", "volunteer coordinator", "Ehrenamtskoordination", "finished"}
QUOTED |= {"Room: …", "Speaker: …", "Raum: …", "Referentin: …"}  # what to write into a cell
QUOTED |= {"German / English", "Deutsch / Englisch", "Schirmherrschaft / Patronage"}
QUOTED |= {"Photo:", "Foto:", "Anna Beispiel, smiling, in front of the town hall"}
QUOTED |= {"Anna Beispiel, lächelnd, vor dem Rathaus", "Laptop"}
QUOTED |= {"Minutes", "Slides of the introduction", "Protokoll", "Präsentation zur Einführung"}
QUOTED |= {"Eight people at a round table, in front of a wall of cards"}
QUOTED |= {"Acht Personen an einem runden Tisch, dahinter eine Wand mit Karten"}
QUOTED |= {"1-12, 15", "all except 4, 17", "alle außer 4, 17", "all", "keine"}  # to type
QUOTED |= {"Neukirchen (Nordfriesland)", "Anna Albers, Stadt Rheine"}
QUOTED |= {"Ministry of Labour", "all towns", "Arbeitsministerium", "alle Kommunen"}
QUOTED |= {"1 to 12 in the hall, 13 to 20 in the foyer", "A room for 30 people on Saturdays"}
QUOTED |= {"1 bis 12 im Saal, 13 bis 20 im Foyer", "Ein Raum für 30 Personen am Samstag"}
QUOTED |= {"Ten people with a van for one day", "Zehn Leute mit Transporter für einen Tag"}
QUOTED |= {"Staatskanzlei, Referat II B 1"}
QUOTED |= {"vielleicht"}  # on a button of calendar programs
FOR_ATTENDEES = (
    "templates/registration",
    "templates/public",
    "templates/mail",
    "congress/web/registration",
    "congress/web/public",
    "congress/web/calendar",
)
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.jinja", "jinja2")]
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2)}


@pytest.mark.parametrize(
    ("sentence", "german"),
    [
        ("Register", "Anmelden"),
        ("Cancel my registration", "Abmelden"),
        ("Log in", "Einloggen"),
        ("Log out", "Ausloggen"),
        ("My registration", "Meine Anmeldung"),
        ("Demo mailbox", "Postfach der Demo"),
    ],
)
def test_words_have_one_meaning(sentence, german):
    assert catalogue("de").gettext(sentence) == german


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ("benachrichtig", "informieren"),
        ("per E-Mail", "per Mail"),
        ("E-Mails", "Mails"),
        ("Diese E-Mail ", "Diese Mail "),
        ("Brief", "Mail"),
        ("Veranstalterin", "Veranstaltende"),
        ("Einverständnis", "Einwilligung"),
        ("Tagungshaus", "Veranstaltungsort"),
        ("Anmeldename", "Konto"),
        ("Anmeldung beende", "abmelden"),
        ("Teilnehmendenliste", "Liste der Teilnehmenden"),
        ("Check-in", "Einlass"),
        ("as Protokoll ", "Verlauf"),  # with an article: minutes are handed in without one
        ("(Deutsch)", "(deutsch)"),
    ],
)
def test_one_thing_has_one_word(other, word):
    sentences = german()

    assert any(word in each for each in sentences)
    assert [each for each in sentences if other in each] == []


def test_attendees_read_of_an_event_whatever_its_kind():
    """Organisers work on a "Kongress"; a training course would not be one to its attendees."""
    found: set[str] = set()
    for folder in FOR_ATTENDEES:
        for _file, _line, message, *_ in extract_from_dir(
            ROOT / folder, METHODS, keywords=KEYWORDS, directory_filter=lambda _: True
        ):
            found.update([message] if isinstance(message, str) else message)
    said = {catalogue("de").gettext(each) for each in found}

    assert len(said) > 200
    assert [each for each in said if re.search(r"\bKongress(es)?\b", each)] == []


def german() -> set[str]:
    """Return every German sentence."""
    found: set[str] = set()
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            words = message.string
            found.update([words] if isinstance(words, str) else words or ())
    return found


@pytest.mark.parametrize(("language", "quoted"), [("en", "“([^”]+)”"), ("de", "„([^“]+)“")])
def test_what_a_sentence_quotes_is_written_so_on_the_page(language, quoted):
    sentences: set[str] = set()
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            words = message.id if language == "en" else message.string
            sentences.update([words] if isinstance(words, str) else words or ())

    found = {each for sentence in sentences for each in re.findall(quoted, sentence)}
    labels = {each for each in found if "%(" not in each}

    assert len(labels) > 5
    assert labels - QUOTED <= sentences


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("waiting", "said"), [(0, "Ausgebucht, Warteliste offen"), (1, "Warteliste (1)")]
)
def test_an_empty_waiting_list_has_no_number(app, client, waiting, said):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_workshop(congress, code="ws", capacity=0, waiting=waiting)

    with time_machine.travel(builders.OPEN, tick=False):
        page = pages.read(client.get("/fachkongress/programme/ws?lang=de"))

    assert said in pages.words(page)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("state", "counts"), [("confirmed", []), ("waiting", [1])])
def test_the_view_of_a_waiting_list_counts_what_it_names(app, state, counts):
    """Somebody waits for a workshop: that is not the waiting list of the congress."""
    with app.app_context():
        congress = builders.a_congress()
        workshop = builders.a_workshop(congress, capacity=0)
        builders.a_booking(
            builders.a_registration(congress, state=state), workshop, state="waiting"
        )
    an_organiser(app, "organisation@example.org", {congress.id: Role.ORGANISER})
    page = pages.read(logged_in(app, "organisation@example.org").get(VIEWS))
    views = pages.find_all(page, "a", href=f"{VIEWS}?state=waiting")

    assert [pages.numbers(each)[0] for each in views] == counts


@pytest.mark.sqlite_only
def test_excel_users_are_told_which_file_keeps_leading_zeros(app):
    with app.app_context():
        congress = builders.a_congress()
    an_organiser(app, "organisation@example.org", {congress.id: Role.ORGANISER})
    page = pages.read(logged_in(app, "organisation@example.org").get(f"{VIEWS}?lang=de"))

    assert "verliert" in pages.words(pages.section(page, "files"))


SENT_ALREADY = re.compile(
    r"\bwe have (sent|emailed)\b(?! to this address)|(?<!no one )has been (sent|emailed|notified)"
    r"|(?<!this )(email|confirmation)\b[^.]* on its way",
    re.IGNORECASE,
)


def test_no_page_says_that_a_mail_has_gone_out_which_only_just_was_written():
    """The worker sends it in a moment, and may be held; until then it may be taken back."""
    pages_of = ("registration", "organiser", "account", "public")
    folders = [f"{part}/{name}" for part in ("templates", "congress/web") for name in pages_of]
    found = {
        message if isinstance(message, str) else message[0]
        for folder in (*folders, "congress/web")
        for _file, _line, message, *_ in extract_from_dir(
            ROOT / folder, METHODS, keywords=KEYWORDS, directory_filter=lambda _: True
        )
    }

    assert len(found) > 400
    assert [each for each in found if SENT_ALREADY.search(each)] == []
    assert SENT_ALREADY.search("We have sent you an email about it.")
