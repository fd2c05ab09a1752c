"""The table of the pages where places are given by wishes, and how to get there."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.scenes import Scene, send_nothing


def rank_two_alike(page: Page) -> None:
    """Give one number twice, as it can be done without scripts; the form comes back with it."""
    for field in page.locator("main select[name^=wish-]").all()[:2]:
        field.evaluate("each => each.value = '1'")
    page.locator("main form button.kern-btn--big").click()
    expect(page.locator("#fehlerliste")).to_be_focused()


def forget_the_day(page: Page) -> None:
    """Save a last day that there is not."""
    page.locator("#until").fill("30.2.")
    page.get_by_role("button", name="Speichern").click()
    expect(page).to_have_title(re.compile("^Fehler: "))


def give_otherwise(page: Page) -> None:
    """Let whoever comes first have the places: what that does is asked about."""
    page.locator("main input[type=radio][value=first_come]").first.check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("#foreseen")).to_be_visible()


AT_WORK = "/organiser/wishing"

OF_ATTENDEES = (
    ("event by wishes", "/wishing", None),
    ("register and rank", "/wishing/register", None),
    ("register and rank, with errors", "/wishing/register", send_nothing),
    ("register and rank, two alike", "/wishing/register", rank_two_alike),
    ("own page, wishes", "/registration/{wishing_Adam}", None),
    ("own page, nothing said", "/registration/{wishing_Silvia}", None),
    ("own wishes", "/registration/{wishing_Adam}/wishes", None),
    ("own wishes, two alike", "/registration/{wishing_Adam}/wishes", rank_two_alike),
    ("own page, wishes closed", "/registration/{wishes-over_Adam}", None),
    ("own wishes, closed", "/registration/{wishes-over_Adam}/wishes", None),
    ("register, wishes closed", "/wishes-over/register", None),
)
OF_ORGANISERS = (
    ("wishes", f"{AT_WORK}/wishes", None),
    ("wishes with errors", f"{AT_WORK}/wishes", forget_the_day),
    ("wishes, asked", f"{AT_WORK}/wishes", give_otherwise),
    ("wishes of somebody", f"{AT_WORK}/attendees/{{wishing_Adam_id}}/wishes", None),
    ("attendee with wishes", f"{AT_WORK}/attendees/{{wishing_Adam_id}}", None),
)

WISHES = (
    *(Scene(name, address, act) for name, address, act in OF_ATTENDEES),
    *(Scene(name, address, act, is_organiser=True) for name, address, act in OF_ORGANISERS),
    Scene("register and rank", "/wishing/register?lang=en", language="en"),
)
