"""The main job as people do it: in a real browser, with mails over real SMTP."""

import csv
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.calendar_readers import read_with, read_with_libical
from tests.journeys.house import PASSWORD, House, open_house

pytestmark = pytest.mark.browser

ERIKA, ALI = "erika.muster@example.org", "ali.beispiel@example.org"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.mark.parametrize(
    ("scripts", "code", "workshop"),
    [
        (True, "workshop-4", "Junges Engagement fördern"),
        (False, "workshop-5", "Netzwerke erfolgreich gestalten"),
    ],
    ids=["with scripts", "without scripts"],
)
def test_from_the_programme_to_the_list(house, browser, scripts, code, workshop):
    """Register, read the mails, change, withdraw, see the next move up, export and read back."""
    house.inbox.mails.clear()
    suffix = "js" if scripts else "plain"
    erika, ali = f"{suffix}.{ERIKA}", f"{suffix}.{ALI}"
    organiser = visitor(browser, scripts)
    slug = log_in(organiser, house)
    set_places(organiser, house, slug, code, 1)

    first = visitor(browser, scripts)
    register(first, house, "Erika", f"Muster-{suffix}", erika, workshop)
    expect(first.get_by_role("heading", level=1)).to_contain_text("Sie sind dabei")
    house.inbox.wait_for(erika, 2)
    [letter], [invitation] = letters(house, erika), calendar_mails(house, erika)
    assert letter["Subject"].startswith("Anmeldung bestätigt: Fachkongress am ")
    assert own_link(letter) == path_of(first.url)
    entry = only_event(invitation, "REQUEST")
    assert workshop in entry["description"]

    second = visitor(browser, scripts)
    register(second, house, "Ali", f"Beispiel-{suffix}", ali, workshop, safe=1)
    expect(second.get_by_role("main")).to_contain_text("Warteliste")
    house.inbox.wait_for(ali, 2)

    change_workshop(first, "Bürgerschaftliches Engagement im Sozialraum")
    house.inbox.wait_for(erika, 3)
    changed = only_event(calendar_mails(house, erika)[1], "REQUEST")
    assert changed["uid"] == entry["uid"]
    assert "Sozialraum" in changed["description"]
    house.inbox.wait_for(ali, 3)
    assert any("Sie haben jetzt einen Platz" in text_of(mail) for mail in house.inbox.to(ali))
    second.reload()
    expect(second.get_by_role("main")).to_contain_text("im Workshop ist bestätigt")

    withdraw(first)
    house.inbox.wait_for(erika, 4)
    messages = calendar_mails(house, erika)
    assert only_event(messages[2], "CANCEL")["uid"] == entry["uid"]
    assert [sequence_of(mail) for mail in messages] == [0, 1, 2]

    assert states_in_csv(organiser, house, slug, suffix) == {
        "Muster": "Abgemeldet",
        "Beispiel": "Bestätigt",
    }
    assert names_in_xlsx(organiser, house, slug, suffix) == {"Muster", "Beispiel"}


def visitor(browser: Browser, scripts: bool) -> Page:
    context: BrowserContext = browser.new_context(locale="de-DE", java_script_enabled=scripts)
    return context.new_page()


def log_in(page: Page, house: House) -> str:
    """Log in as the demo's organiser; returns the slug of the congress that is open."""
    page.goto(f"{house.url}/login")
    page.get_by_label("E-Mail").fill("organiser@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Einloggen").click()
    page.wait_for_url("**/organiser/**")
    page.goto(house.url)
    return path_of(page.get_by_role("link", name="Bürgerschaftliches").first.get_attribute("href"))[
        1:
    ]


def set_places(page: Page, house: House, slug: str, code: str, places: int) -> None:
    page.goto(f"{house.url}/organiser/{slug}/programme/{code}/edit")
    page.get_by_label("Plätze", exact=False).first.fill(str(places))
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_load_state()
    assert "Fehler" not in page.title()


def register(
    page: Page, house: House, given: str, family: str, address: str, workshop: str, safe: int = 0
) -> None:
    page.goto(house.url)
    page.get_by_role("link", name="Bürgerschaftliches").first.click()
    page.get_by_role("link", name="Jetzt anmelden").click()
    page.get_by_label("Vorname").fill(given)
    page.get_by_label("Nachname").fill(family)
    page.get_by_label("E-Mail").fill(address)
    page.get_by_label(re.compile("^Organisation")).fill("Stadt Lünen")
    page.get_by_role("radio", name=re.compile(workshop.replace(" ", "."))).check()
    if safe:
        page.get_by_label("Ihr sicherer Platz").select_option(index=safe)
    page.get_by_label("Hinweise zum Datenschutz").check()
    page.get_by_role("button", name="Verbindlich anmelden").click()
    page.wait_for_url("**/registration/**")


def change_workshop(page: Page, workshop: str) -> None:
    page.get_by_text("Etwas ändern").click()
    page.get_by_role("radio", name=re.compile(workshop.replace(" ", "."))).check()
    page.get_by_role("button", name="Workshop wechseln").click()
    page.wait_for_load_state()


def withdraw(page: Page) -> None:
    page.get_by_role("link", name="Abmelden").click()
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/registration/**")


def letters(house: House, address: str) -> list[EmailMessage]:
    return [mail for mail in house.inbox.to(address) if not has_calendar(mail)]


def calendar_mails(house: House, address: str) -> list[EmailMessage]:
    """The mails with an object, in the order of its revisions; they may arrive in any."""
    mails = [mail for mail in house.inbox.to(address) if has_calendar(mail)]
    return sorted(mails, key=sequence_of)


def has_calendar(mail: EmailMessage) -> bool:
    return any(part.get_content_type() == "text/calendar" for part in mail.walk())


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content())


def calendar_of(mail: EmailMessage, method: str) -> bytes:
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == method
    return bytes(part.get_payload(decode=True))


def only_event(mail: EmailMessage, method: str) -> dict:
    """The event as libical reads it, if ical.js reads the same UID."""
    calendar = calendar_of(mail, method)
    [event] = read_with_libical(calendar)
    [[same]] = read_with("ical.js", calendar)
    assert same["uid"] == event["uid"]
    return event


def sequence_of(mail: EmailMessage) -> int:
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return int(re.search(rb"SEQUENCE:(\d+)", bytes(part.get_payload(decode=True)))[1])


def own_link(letter: EmailMessage) -> str:
    return path_of(re.search(r"http\S+/registration/\S+", text_of(letter))[0])


def path_of(address: str | None) -> str:
    return re.sub(r"^https?://[^/]+", "", address or "").partition("?")[0]


def states_in_csv(page: Page, house: House, slug: str, suffix: str) -> dict[str, str]:
    answer = page.request.get(f"{house.url}/organiser/{slug}/attendees.csv?q={suffix}")
    rows = csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";")
    return {row["Nachname"].partition("-")[0]: row["Stand"] for row in rows}


def names_in_xlsx(page: Page, house: House, slug: str, suffix: str) -> set[str]:
    answer = page.request.get(f"{house.url}/organiser/{slug}/attendees.xlsx?q={suffix}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body())).active
    heading, *rows = sheet.iter_rows(values_only=True)
    column = heading.index("Nachname")
    return {str(row[column]).partition("-")[0] for row in rows}
