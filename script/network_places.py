"""Where those pages of the network are that pictures show, and the way in of a contact person.

Numbers and names differ from demo to demo, so they are read off the pages that lead there. A
contact person gets in as in life: the office sends the link, and a mail brings the code.
"""

import re
import time

from playwright.sync_api import Browser, Page

OFFICE = "/organiser/network"
TOWN, MAILBOX = "Stadt Rheine", "rheine@"  # whose contact person is seen
# Of the demo's year, events and a project, and what the pictures call them.
EVENTS = {
    "course": "entwicklungswerkstatt-2015",
    "topic_workshop": "themenworkshop-asyl-2016",
    "market": "marktplatz-2016",
    "steering_group": "steuerungsgruppe-des-netzwerks",
}
PATIENCE = 60  # seconds until a mail must have arrived
# The name of an address, the page that leads there, and how the address looks there.
LEADS = (
    ("organisation", f"{OFFICE}/organisations?q={TOWN}", rf"{OFFICE}/organisations/\d+"),
    ("contact", f"{OFFICE}/contacts?q={MAILBOX}", rf"{OFFICE}/contacts/\d+"),
    ("topics", f"{OFFICE}/meetings", rf"{OFFICE}/meetings/[\w-]+/topics"),
    ("project", f"{OFFICE}/projects", rf"{OFFICE}/projects/\d+"),
    ("public_project", "/network/projects", r"/network/projects/[\w-]+"),
    ("text", "/network/texts", r"/network/texts/[\w-]+"),
    ("asks_for_partners", "/network", r"/themenworkshop-\d{4}-\d\d"),
    ("social_day", "/", r"/social-day-[\d-]+"),
    ("to_apply_for", "/network/trainings?is_open=y", r"/entwicklungswerkstatt-\d{4}-[\d-]+"),
)


def find(office: Page, base: str) -> dict[str, str]:
    """Return the addresses by their names, as somebody of the office finds them."""
    found = dict(EVENTS)
    for name, lead, looks in LEADS:
        office.goto(base + lead)
        link = re.search(rf'href="({looks})["?#]', office.locator("main").inner_html())
        if link is None:
            raise SystemExit(f"{lead} leads to no {name}.")
        found[name] = link[1]
    found["meeting"] = found["topics"].split("/")[-2]
    return found


def enter(browser: Browser, office: Page, base: str, contact: str) -> tuple[str, str]:
    """Let a contact person get link and code; return the own view and the session's cookie."""
    office.goto(base + contact)
    before = _mails(office, base)
    office.goto(base + contact)
    office.locator("form[action$='/link'] button").click()
    own = re.search(r"/municipality/[\w-]+", _next_mail(office, base, before))
    if own is None:
        raise SystemExit("The letter to the contact person brings no link.")
    page = browser.new_context(locale="de-DE").new_page()
    before = _mails(office, base)
    page.goto(f"{base}{own[0]}/login")
    page.locator("button[name=step][value=send]").click()
    code = re.search(r"\b\d{3} ?\d{3}\b", _next_mail(office, base, before))
    if code is None:
        raise SystemExit("The letter to the contact person brings no code.")
    page.locator("#code").fill(code[0])
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(re.compile(rf"{own[0]}$"))
    session = next(each for each in page.context.cookies() if each["name"] == "session")
    page.context.close()
    return own[0], session["value"]


def _mails(page: Page, base: str) -> set[str]:
    page.goto(f"{base}/demo/mailbox")
    links = page.locator("main a[href^='/demo/mailbox/']").all()
    return {str(each.get_attribute("href")) for each in links}


def _next_mail(page: Page, base: str, before: set[str]) -> str:
    """Return the text of the mail that comes next."""
    for _ in range(PATIENCE):
        if new := _mails(page, base) - before:
            page.goto(base + new.pop())
            return str(page.locator("main").inner_text())
        time.sleep(1)
    raise SystemExit("No mail has arrived in the demo's mailbox.")
