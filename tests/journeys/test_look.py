"""How organisers' pages look where words alone do not show it, on the desktop and the phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390, 320)
LONGEST = "28.10.2026, 20.48 Uhr"
LINES = """(element, said) => {
  element.textContent = said;
  const words = document.createRange();
  words.selectNodeContents(element);
  return new Set([...words.getClientRects()].map(line => line.top)).size;
}"""


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, organiser: BrowserContext) -> Iterator[Page]:
    page = organiser.new_page()
    page.set_viewport_size(ViewportSize(width=request.param, height=900))
    yield page
    page.close()


@pytest.mark.parametrize("part", ["", "/log"])
def test_the_time_of_a_line_of_the_log_stays_on_one_line(page: Page, stage: Stage, part: str):
    page.goto(f"{stage.url}/organiser/{stage.open}{part}")
    times = page.locator(".log time").all()

    assert times
    assert {time.evaluate(LINES, LONGEST) for time in times} == {1}


def test_short_answers_have_short_fields(page: Page, stage: Stage):
    page.goto(f"{stage.url}/organiser/{stage.open}/programme/{stage.full}/edit")
    widths = {name: page.locator(f"#{name}").bounding_box() for name in ("starts", "capacity")}
    title = page.locator("#title_de").bounding_box()

    assert title
    assert all(box and box["width"] < 0.6 * title["width"] for box in widths.values())
