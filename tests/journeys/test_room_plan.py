"""Items are moved in the plan of rooms, with the mouse and by keyboard, each step said."""

import pytest
from playwright.sync_api import expect

from tests.journeys.inspection import window_of
from tests.journeys.keyboard import Keyboard
from tests.journeys.scenes import WORK

pytestmark = pytest.mark.browser


def test_an_item_is_dragged_and_steered_to_another_place(stage, organiser):
    with window_of(organiser) as (page, witness):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(stage.url + f"{WORK}/programme?view=rooms".format_map(stage.names))
        item, said = page.locator("#item-workshop-1"), page.locator("#moving-now")
        notice = page.locator(".note--ok")
        keyboard = Keyboard(page)

        item.focus()
        keyboard.press("m")
        expect(said).to_contain_text("angehoben")
        keyboard.press("ArrowDown", "ArrowDown", "ArrowUp")
        expect(said).to_contain_text("13.20 bis 15.20 Uhr")
        keyboard.press("Escape")
        expect(said).to_contain_text("13.15")
        expect(item).to_be_focused()
        assert page.url.endswith("?view=rooms")

        room = item.get_attribute("data-room")
        keyboard.press("m", "ArrowRight")
        with page.expect_navigation():
            keyboard.press("ArrowUp", "Enter")
        expect(notice).to_contain_text("ist verschoben")
        expect(notice).to_contain_text("13.10 bis 15.10 Uhr")
        expect(item).to_be_focused()
        assert item.get_attribute("data-room") != room

        # Straight up to the row of another time: it stays in its room.
        room = item.get_attribute("data-room")
        target = page.locator(".rooms tbody tr").nth(1)
        box, row = item.bounding_box(), target.bounding_box()
        assert box
        assert row
        across = box["x"] + box["width"] / 2
        page.mouse.move(across, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(across, row["y"] + 2, steps=2)
        keyboard.press("Escape")
        page.mouse.move(across, box["y"] + 10)
        page.mouse.up()
        expect(page.locator(".is-lifted")).to_have_count(0)
        assert page.url.endswith("#item-workshop-1")  # it is not opened either

        page.mouse.down()
        page.mouse.move(across, row["y"] + 2, steps=4)
        expect(page.locator(".is-target")).to_have_count(1)
        with page.expect_navigation():
            page.mouse.up()
        expect(notice).to_contain_text("ist verschoben")
        assert item.get_attribute("data-room") == room
        starts = target.locator("th").text_content()
        expect(notice).to_contain_text(f" {starts} bis ")
        assert witness.faults == []
