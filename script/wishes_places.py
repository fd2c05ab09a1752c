"""The event of the demo whose places are given by wishes, for its pictures.

Somebody ranks in the form, the worker finds an assignment, and an organiser releases it.
"""

import re
import time

from playwright.sync_api import Browser, Page

PATIENCE = 120  # seconds until an assignment must have been worked out
# What is dearest comes first: the morning's are wanted by more people than there are places.
RANKED = (
    ("beteiligung-vormittag", "quartier", "anerkennung"),
    ("unternehmen", "verwaltung"),
)


def find(page: Page, base: str) -> dict[str, str]:
    """Return the address of the event."""
    page.goto(base)
    link = re.search(r'href="/(ideenwerkstatt-[\d-]+)["?#]', page.locator("main").inner_html())
    if link is None:
        raise SystemExit("The front page leads to no event with wishes.")
    return {"wishes": link[1]}


def register(browser: Browser, base: str, event: str) -> dict[str, str]:
    """Rank workshops in the form as Erika Mustermann; return her own page."""
    page = browser.new_context(locale="de-DE").new_page()
    page.goto(f"{base}/{event}/register")
    page.get_by_label("Vorname").fill("Erika")
    page.get_by_label("Nachname").fill("Mustermann")
    page.get_by_label("E-Mail").first.fill("erika.mustermann@example.org")
    page.get_by_label("Organisation").first.fill("Stadt Lünen")
    for codes in RANKED:
        for number, code in enumerate(codes, start=1):
            page.locator(f"#wish-{code}").select_option(str(number))
    page.locator("form input[type=checkbox]").first.check(force=True)
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url("**/registration/**")
    own_page = page.url.removeprefix(base)
    page.context.close()
    return {"wisher": own_page}


def assign(office: Page, base: str, event: str) -> None:
    """Let an assignment be worked out, and what one place more would bring."""
    here = f"{base}/organiser/{event}/assignment"
    office.goto(here)
    office.locator("form[action$='/ask'] button").first.click()
    _wait_for(office, here, "form[action$='/one-more'] button")
    office.locator("form[action$='/one-more'] button").click()
    _wait_for(office, here, "th:has-text('Was ein Platz mehr brächte')")


def release(office: Page, base: str, event: str) -> None:
    """Let the places be given."""
    office.goto(f"{base}/organiser/{event}/assignment")
    office.locator("a[href$='/release']").click()
    office.locator("form[action$='/release'] button").click()


def _wait_for(page: Page, address: str, there: str) -> None:
    for _ in range(PATIENCE):
        page.goto(address)
        if page.locator(there).count():
            return
        time.sleep(1)
    raise SystemExit(f"{address} does not come to {there}.")
