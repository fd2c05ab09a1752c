"""Wishes as people have them: ranked by keyboard, met by the worker, explained to everybody."""

import re
from collections.abc import Iterator

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from congress import clock
from congress.domain.ranking import Wishes
from tests.journeys.conftest import log_in
from tests.journeys.house import House, open_house, patiently
from tests.journeys.inspection import AXE, Witness, inspect
from tests.journeys.keyboard import Keyboard
from tests.journeys.stage import application
from tests.journeys.wish_stage import an_event_by_wishes, rank

pytestmark = pytest.mark.browser

TASTA, OHNE, CARLA = "tasta@example.org", "ohne@example.org", "carla@example.org"
AT_WORK = 60_000  # milliseconds in which a run is through


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with an event by wishes, where Carla wishes for the first workshop alone."""
    folder = tmp_path_factory.mktemp("house")
    with open_house(folder) as house:
        with application(folder):
            now = clock.now()
            congress_id, (first, *_others) = an_event_by_wishes("ideen", now=now)
            rank(congress_id, "Carla", {first: Wishes((first,))}, now=now)
        yield house


def test_from_wishes_to_places(house: House, browser: Browser) -> None:
    """Rank without a mouse, assign, decide by hand, release; withdraw, and the next moves up."""
    tasta, ohne = (
        browser.new_context(locale="de-DE", java_script_enabled=scripts).new_page()
        for scripts in (True, False)
    )
    for page, name in ((tasta, "Tasta"), (ohne, "Ohne")):
        register_and_rank(page, house, name)
        rank_one_more(page)

    organiser = log_in(browser, house.url).new_page()
    organiser.goto(f"{house.url}/organiser/ideen/assignment")
    assign(organiser, "Zuteilung berechnen")
    expect(organiser.locator("#filled + table")).to_contain_text("Vereine stärken")
    expect(organiser.locator("#compare ~ table").first).to_contain_text("2. Wunsch")
    give_the_first_workshop(organiser, "Tasta Muster")
    assign(organiser, "Zuteilung neu berechnen")
    organiser.locator("a[href*='/without']").click()
    expect(organiser.get_by_role("main")).to_contain_text("Carla Muster")
    organiser.go_back()
    organiser.get_by_role("link", name="Freigeben …").click()
    assert faults(organiser.context.new_page(), organiser.url) == []
    organiser.get_by_role("button", name="Jetzt freigeben").click()
    expect(organiser.get_by_role("status").first).to_be_visible()

    assert "Junges Engagement" in entry(house, TASTA, sequence=1)
    assert "Nachbarschaftshilfe" in entry(house, OHNE, sequence=1)
    ohne.reload()
    expect(ohne.locator("[data-outcome]").first).to_contain_text("auf 1 Platz")
    expect(ohne.get_by_role("main")).to_contain_text("Warteliste, Platz 2 von 2")
    for own_page in (tasta.url, ohne.url):
        assert faults(tasta.context.new_page(), own_page) == []

    tasta.reload()
    tasta.get_by_role("link", name="Abmelden").click()
    tasta.get_by_role("button", name="Abmelden").click()
    assert "Junges Engagement" in entry(house, CARLA, sequence=1)
    ohne.reload()
    expect(ohne.get_by_role("main")).to_contain_text("Warteliste, Platz 1 von 1")


def register_and_rank(page: Page, house: House, name: str) -> None:
    """Fill the form in without a mouse: the first workshop most of all, then the second."""
    keyboard = Keyboard(page)
    page.goto(f"{house.url}/ideen/register")
    keyboard.skip()
    for label, words in (
        ("Vorname", name),
        ("Nachname", "Muster"),
        ("E-Mail", f"{name.lower()}@example.org"),
    ):
        keyboard.go_to(page.get_by_label(label))
        keyboard.type(words)
    first, second, _third, other, _last = page.locator("select[name^=wish-]").all()
    keyboard.go_to(first)
    keyboard.type("1")
    keyboard.go_to(second)
    keyboard.press("ArrowDown", "ArrowDown")
    expect(second).to_have_value("2")
    keyboard.go_to(other)
    keyboard.go_to(page.get_by_role("radio", checked=True).nth(1))
    keyboard.press("ArrowDown")
    keyboard.go_to(page.get_by_label("Hinweise zum Datenschutz"))
    keyboard.press("Space")
    keyboard.open(page.get_by_role("button", name="Verbindlich anmelden"))
    expect(page).to_have_url(re.compile("/registration/"))
    expect(page.locator("[data-wishes] li")).to_have_count(2)


def rank_one_more(page: Page) -> None:
    """Wish for a third workshop as well, behind the link of the own page."""
    keyboard = Keyboard(page)
    keyboard.skip()
    keyboard.open(page.get_by_role("link", name="Meine Wünsche ändern"))
    keyboard.skip()
    third = page.locator("select[name^=wish-]").nth(2)
    keyboard.go_to(third)
    keyboard.type("3")
    keyboard.open(page.get_by_role("button", name="Meine Wünsche speichern"))
    expect(page.locator("[data-wishes] li")).to_have_count(3)


def faults(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page for anybody, as `test_accessibility` looks at all others."""
    if not AXE.exists():
        return []
    witness = Witness(page)
    page.goto(address)
    return inspect(page) + witness.faults


def assign(page: Page, button: str) -> None:
    """Ask the worker for an assignment, and follow how far it is until it is through."""
    page.get_by_role("button", name=button).click()
    expect(page.locator("#jobs:not([data-running]) #shares")).to_be_visible(timeout=AT_WORK)
    page.reload()


def give_the_first_workshop(page: Page, name: str) -> None:
    """Decide by hand that somebody has the first workshop; go back to the assignment."""
    assignment = page.url
    page.locator("#filled + table").get_by_role("link", name="Nachbarschaftshilfe").click()
    page.get_by_role("link", name=name).click()
    page.get_by_label("Von Hand festlegen").first.select_option(index=1)
    page.get_by_role("button", name="Festlegen").first.click()
    expect(page.get_by_role("main")).to_contain_text("Von Hand")
    page.goto(assignment)
    expect(page.locator("#since")).to_be_visible()


def entry(house: House, address: str, *, sequence: int) -> str:
    """Return what the entry in somebody's calendar says, once that revision of it is there."""

    def found() -> str | None:
        for part in (part for mail in house.inbox.to(address) for part in mail.walk()):
            if part.get_content_type() == "text/calendar":
                octets = part.get_payload(decode=True)
                assert isinstance(octets, bytes)
                [event] = Calendar.from_ical(octets).events
                if int(str(event["SEQUENCE"])) == sequence:
                    return str(event["DESCRIPTION"])
        return None

    return patiently(found)
