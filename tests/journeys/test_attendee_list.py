"""The attendee list in a browser: a line a row, a head that stays, the rest folded on a phone."""

from statistics import median
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.scenes import WORK

pytestmark = pytest.mark.browser

LINE, TWO_LINES = 50, 70  # pixels, with some to spare
LONG = [  # 60 characters each, or a little more
    "Maximiliane-Charlotte Friederike von Hohenlohe-Waldenburg-Ost",
    "Kommunales Integrationszentrum im Landkreis Musterburg-Nordwest",
    "2 Die Kommune als Motor, 6 Engagement entwickeln im Sozialraum",
]
FILL = """long => document.querySelectorAll('.tbl--lines tbody tr').forEach(row => {
    [row.querySelector('a'), row.cells[1], row.cells[2]].forEach(
        (cell, at) => { cell.textContent = long[at] })
})"""
HEAD = "() => document.querySelector('.tbl--lines thead th').getBoundingClientRect().bottom"
TOP_OF_FOCUS = "() => document.activeElement.getBoundingClientRect().top"
HEIGHTS = """() => [...document.querySelectorAll('.tbl--lines tbody tr')].map(
    row => row.getBoundingClientRect().height)"""
TOO_WIDE = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def page(stage, organiser):
    page = organiser.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(stage.url + f"{WORK}/attendees".format_map(stage.names))
    yield page
    page.close()


def test_each_row_is_a_line_and_two_where_everything_in_it_is_long(page):
    assert median(page.evaluate(HEIGHTS)) < LINE
    page.evaluate(FILL, LONG)

    assert LINE < max(page.evaluate(HEIGHTS)) < TWO_LINES
    for width in (1000, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) <= 0


def test_the_head_stays_and_hides_nothing_that_has_the_focus(page):
    page.set_viewport_size({"width": 1280, "height": 240})
    page.locator(".tbl--lines tbody a").last.focus()
    page.evaluate("() => scrollBy(0, 120)")
    assert 0 < page.evaluate(HEAD) < 60

    people = page.locator(".tbl--lines tbody a").count()
    for _ in range(people - 1):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(TOP_OF_FOCUS) >= page.evaluate(HEAD) - 1


@pytest.mark.parametrize("width", [320, 390, 800])
def test_on_a_phone_the_rest_is_folded(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    row = page.locator(".tbl--lines tbody tr").first
    rest = row.locator("dl")
    organisation = row.locator("td[aria-colindex='2']")

    assert row.get_by_role("link").is_visible()
    assert not rest.is_visible()
    assert not organisation.is_visible()
    row.locator("summary").press("Enter")
    assert rest.is_visible()
    assert page.evaluate(TOO_WIDE) <= 0
    heads = page.locator(".tbl--lines thead a")
    assert all(each.is_visible() for each in heads.all())


def test_the_list_follows_while_somebody_types(page):
    rows = page.locator(".tbl--lines tbody tr")
    everybody = rows.count()
    name = rows.first.locator("a").first.inner_text()
    search = page.get_by_role("searchbox")

    search.press_sequentially(name[:-1])
    page.wait_for_url(lambda address: searched_in(address) == name[:-1])  # not half of it

    assert 0 < rows.count() < everybody
    assert rows.first.locator("a").first.inner_text() == name
    assert page.locator("#found").inner_text().startswith(str(rows.count()))
    assert search.input_value() == name[:-1]
    assert page.evaluate("() => document.activeElement.id") == "q"
    write = page.locator("#acts a").first  # to these people, and no others
    assert write.get_attribute("href").endswith(f"/write?{page.url.partition('?')[2]}")
    search.fill("")
    page.wait_for_url(lambda address: "q=" not in address)
    assert rows.count() == everybody


def test_a_cell_is_corrected_where_it_stands(page, stage):
    """By keyboard: Escape leaves, Enter saves; what came of it is shown and spoken."""
    page.get_by_role("searchbox").fill("Stadt")
    page.wait_for_url("**q=Stadt")
    row = page.locator("tbody tr").first
    cell = row.locator("td.of-organisation")
    before, link = cell.inner_text().partition("\n")[0], cell.locator("a.correct")
    field = cell.locator("input[type=text]")

    link.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value(before)
    assert "erfährt es per Mail" in cell.inner_text()
    field.press("Escape")
    expect(link).to_be_focused()
    assert cell.inner_text().startswith(before)

    link.press("Enter")
    rival = page.context.new_page()  # a colleague corrects the same meanwhile
    rival.goto(stage.url + link_of(cell))
    rival.get_by_label("Vorname").fill("Rivalin")
    rival.get_by_role("button", name="Speichern").click()
    rival.close()
    field.fill("Stadt Neustadt")
    field.press("Enter")
    expect(cell.get_by_role("alert")).to_contain_text("Vorname: jetzt „Rivalin“")
    expect(field).to_have_value("Stadt Neustadt")
    field.press("Enter")

    expect(row.locator("th a").first).to_contain_text("Rivalin")
    expect(cell).to_contain_text("Stadt Neustadt")
    expect(link).to_be_focused()
    assert "berichtigt" in page.locator("#found").inner_text()
    assert page.url.endswith("q=Stadt")


def link_of(cell):
    return cell.locator("form").get_attribute("action").partition("?")[0]


def searched_in(address):
    return parse_qs(urlsplit(address).query).get("q", [""])[0]
