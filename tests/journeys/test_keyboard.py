"""The whole job without a mouse, the focus always in sight (A11Y-02, A11Y-03)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.house import PASSWORD
from tests.journeys.inspection import window_of
from tests.journeys.keyboard import REACHABLE, Keyboard
from tests.journeys.scenes import WORK
from tests.journeys.stage import UNBROKEN

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def test_somebody_registers_by_keyboard(stage, page):
    keyboard = Keyboard(page)
    page.goto(stage.url)
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    keyboard.go_to(skip)
    expect(skip).to_be_in_viewport()
    keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keyboard.open(page.locator(f"main a[href='/{stage.open}']"))
    keyboard.open(page.get_by_role("link", name="Jetzt anmelden").first)

    submit = page.get_by_role("button", name="Verbindlich anmelden")
    keyboard.open(submit)
    summary = page.locator("#fehlerliste")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Fehler: "))
    keyboard.go_to(summary.get_by_role("link").nth(1))
    keyboard.press("Enter")
    given = page.get_by_label("Vorname")
    expect(given).to_be_focused()
    expect(given).to_have_attribute("aria-invalid", "true")
    errors = given.get_attribute("aria-describedby")
    expect(page.locator(f"#{errors}")).to_contain_text("Namen")

    keyboard.type("Tasta")
    for label, words in (("Nachname", "Tur-Beispiel"), ("E-Mail", "tasta@example.org")):
        keyboard.go_to(page.get_by_label(label))
        keyboard.type(words)
    radios = page.locator("main input[type=radio]:enabled")
    keyboard.go_to(radios.first)
    keyboard.press("Space")
    keyboard.go_to(radios.nth(1), "ArrowDown")
    expect(radios.nth(1)).to_be_checked()
    keyboard.go_to(page.locator("textarea:visible").first)
    keyboard.type("Wie fängt man an?")
    keyboard.go_to(page.get_by_label("Hinweise zum Datenschutz"))
    keyboard.press("Space")
    keyboard.open(submit)
    expect(page).to_have_url(re.compile("/registration/"))
    expect(page.locator("h1")).to_contain_text("Sie sind dabei")
    expect(page.locator("main")).to_contain_text("Wie fängt man an?")


def test_an_organiser_works_by_keyboard(stage, page):
    keyboard = Keyboard(page)
    page.goto(f"{stage.url}/login")
    keyboard.go_to(page.get_by_label("E-Mail"))
    keyboard.type("organiser@example.org")
    keyboard.go_to(page.get_by_label("Passwort"))
    keyboard.type(PASSWORD)
    with page.expect_navigation():
        keyboard.press("Enter")
    keyboard.open(page.locator(f"main a[href='/organiser/{stage.open}']"))
    keyboard.open(page.get_by_role("link", name="Anmeldungen").first)
    keyboard.go_to(page.get_by_role("searchbox", name="Suche"))
    keyboard.type("Confirmed")
    with page.expect_navigation():
        keyboard.press("Enter")
    person = page.locator("main tbody a:not(.correct)")
    expect(person).to_have_count(1)
    export = page.locator("a[href*='attendees.csv']").first
    keyboard.go_to(export)
    with page.expect_download() as download:
        keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")
    page.reload()
    keyboard.open(person)
    expect(page.locator("h1")).to_contain_text(f"Confirmed {UNBROKEN}")


class Desk(Keyboard):
    """The workspace without a mouse: from the content on, not each time through the head."""

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def fill(self, **words: str) -> None:
        """Write into fields, by their ids and in their order."""
        self.skip()
        for name, each in words.items():
            self.go_to(self.page.locator(f"#{name}"))
            self.type(each)

    def send(self, name: str) -> None:
        self.skip()
        buttons = self.page.get_by_role("button", name=name, exact=True)
        self.open(buttons.locator("visible=true"))

    def follow(self, name: str) -> None:
        self.skip()
        self.open(self.main.get_by_role("link", name=name))

    def turn_to(self, name: str) -> None:
        """Go to another part of the workspace."""
        self.open(self.page.get_by_role("navigation").get_by_role("link", name=name))


def test_a_day_of_an_organiser_by_keyboard(stage, organiser):
    with window_of(organiser) as (page, witness):
        desk = Desk(page)
        page.goto(f"{stage.url}/organiser/")
        make_and_publish_a_congress(desk)
        add_and_move_an_item_and_tell_of_it(desk)
        enter_and_correct_who_phoned(desk)
        give_a_place_and_write(desk)
        desk.turn_to("Verlauf")
        expect(desk.main).to_contain_text("Anreise")
        assert witness.faults == []


def make_and_publish_a_congress(desk: Desk) -> None:
    desk.follow("Neuer Kongress")
    desk.fill(
        title="Netzwerktag ohne Maus",
        day="4.3.2099",
        starts="9.30",
        ends="16.30",
        town="Unna",
        deadline="1.3.2099",
        host="Stadt Unna",
        rows="10-11;Begrüßung;Plenum;Saal;;;\n11-12;Tasten;Workshop;Raum 1;2;Anna Muster",
    )
    desk.send("Anlegen")
    expect(desk.main).to_contain_text("Tasten")
    desk.send("Veröffentlichen")
    expect(desk.main).to_contain_text("Netzwerktag ohne Maus")


def add_and_move_an_item_and_tell_of_it(desk: Desk) -> None:
    desk.turn_to("Programm")
    desk.follow("Programmpunkt")
    desk.fill(kind="Vortrag", title_de="Impuls", starts="12:30", ends="13:00")
    desk.send("Speichern")
    desk.follow("Raumplan")
    desk.skip()
    desk.go_to(desk.main.locator("[id^=item-]").filter(has_text="Impuls"))
    desk.press("m", "ArrowDown")
    with desk.page.expect_navigation():
        desk.press("Enter")
    expect(desk.main).to_contain_text("12.35 bis 13.05 Uhr")
    desk.send("Rückgängig")
    expect(desk.main).to_contain_text("12.30 bis 13.00 Uhr")
    desk.follow("Ansehen und veröffentlichen")
    desk.send("Veröffentlichen")


def enter_and_correct_who_phoned(desk: Desk) -> None:
    desk.turn_to("Anmeldungen")
    desk.follow("Person anmelden")
    desk.fill(given_name="Thea", family_name="Telefon", email="thea@example.org")
    desk.send("Anmelden")
    expect(desk.main).to_contain_text("Thea Telefon")
    desk.turn_to("Anmeldungen")
    desk.skip()
    desk.go_to(desk.main.get_by_role("link", name="Organisation berichtigen"))
    desk.press("Enter")
    expect(desk.page.locator(".in-place input:focus")).to_be_visible()
    desk.type("Stadt Lünen")
    desk.press("Enter")
    expect(desk.main.locator("tbody")).to_contain_text("Stadt Lünen")


def give_a_place_and_write(desk: Desk) -> None:
    desk.follow("Mit der einen Person der Liste")
    desk.send("Platz geben …")
    desk.send("Jetzt ausführen")
    expect(desk.main.locator("tbody")).to_contain_text("Tasten")
    desk.follow("An diese Personen schreiben")
    desk.fill(subject="Anreise", text="Der Saal ist im ersten Stock.")
    desk.send("Mail ansehen")
    desk.send("Jetzt senden")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    "address", ["/", "/{open}", "/{open}/register", "/registration/{waiting}", "/login"]
)
def test_the_focus_reaches_everything_and_is_seen(stage, page, address, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(stage.url + address.format_map(stage.names))
    assert Keyboard(page).walk() == page.evaluate(REACHABLE)


@pytest.mark.parametrize(
    "address",
    ["", "/attendees?state=cancelled", "/programme", "/programme/workshop-1/edit", "/outbox"],
)
def test_the_focus_reaches_everything_of_an_organiser(stage, organiser, address):
    page = organiser.new_page()
    page.set_viewport_size({"width": 1280, "height": 640})
    page.goto(stage.url + (WORK + address).format_map(stage.names))
    assert Keyboard(page).walk() == page.evaluate(REACHABLE)
    page.close()
