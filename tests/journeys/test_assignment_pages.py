"""The organiser's pages of an assignment in all their states, in Chromium, for everybody."""

from threading import Thread

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from congress import worker
from tests.concurrency.servers import free_port
from tests.journeys.inspection import AXE, Witness, inspect
from tests.web.assignment_house import HERE, House
from tests.web.organisers import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/foreign"),
]


@pytest.fixture
def house(app):
    return House(app)


@pytest.fixture
def url(app, house):
    port = free_port()
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser, url):
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(f"{url}/login")
    page.get_by_label("E-Mail").fill("organiser@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Einloggen").click()
    page.wait_for_url("**/organiser/**")
    yield page
    context.close()


def faults(page: Page, address: str) -> list[str]:
    """Open a page with everything folded out, and look at it."""
    witness = Witness(page)
    page.goto(address)
    page.locator("main details").evaluate_all("all => all.forEach(each => each.open = true)")
    found = inspect(page) + witness.faults
    witness.leave()
    return found


def test_whatever_came_of_a_run_is_for_everybody(house, url, page):
    contradictions = [
        {"fault": "TooMany", "workshop": house.one, "places": 1, "people": 3},
        {"fault": "TooFew", "workshop": house.two, "least": 8, "people": 5},
        {"fault": "NotBoth", "person": house.people[0], "first": house.one, "second": house.two},
    ]
    assert faults(page, url + HERE) == []
    earlier = house.worked_out()
    newest = house.run(state="contradiction", levels=None, contradictions=contradictions)
    runs = [f"/runs/{earlier}", f"/runs/{earlier}/without", f"/runs/{newest}"]
    for part in ("", *runs):
        assert faults(page, url + HERE + part) == [], part
    house.run(state="running", stage="unmet", share=40, levels=None)
    assert faults(page, url + HERE) == []


def test_the_preview_and_everything_behind_it_are_for_everybody(app, house, url, page):
    page.goto(url + HERE)
    page.get_by_role("button", name="Zuteilung berechnen").click()
    page.locator("progress").wait_for()
    with app.app_context():
        worker.assign()
    parts = ["", "/without", "/decisions", "/workshops/ws-1", f"/people/{house.people[0]}"]
    assert {part: faults(page, url + HERE + part) for part in parts} == {part: [] for part in parts}
