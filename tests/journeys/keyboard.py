"""A person without a mouse, who has to see where the focus is."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

MOST_STEPS = 250

# Every focus must look different from no focus, and some part of it must not be covered.
FOCUSED = """() => {
  const each = document.activeElement;
  if (!each || each === document.body) return null;
  const looks = ["outlineStyle", "outlineWidth", "boxShadow", "borderTopColor", "borderTopWidth",
    "borderBottomWidth", "backgroundColor", "color", "textDecorationLine",
    "textDecorationThickness"];
  const near = [each, each.parentElement, each.labels?.[0]].filter(Boolean);
  const look = () => near.map(one => looks.map(name => getComputedStyle(one)[name]).join()).join();
  const box = each.getBoundingClientRect();
  const isSeen = [.1, .5, .9].some(part => {
    const top = document.elementFromPoint(
      box.left + box.width * part, box.top + box.height * part);
    return top && (each.contains(top) || top.contains(each)
      || [...each.labels ?? []].some(label => label.contains(top)));
  });
  const name = each.outerHTML.slice(0, 90);
  const focused = look();
  each.blur();
  const blurred = look();
  each.focus({preventScroll: true});
  return {name, isSeen, isMarked: focused !== blurred};
}"""

REACHABLE = """() => {
  const groups = new Set();
  return [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(each => {
      if (each.disabled || each.tabIndex < 0 || !each.checkVisibility()) return false;
      if (each.type !== "radio") return true;
      const group = each.name, isNew = !groups.has(group);
      groups.add(group);
      return isNew;
    }).length;
}"""


@dataclass
class Keyboard:
    """Presses keys and minds at every step that the focus can be seen."""

    page: Page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def go_to(self, target: Locator, key: str = "Tab") -> None:
        """Press a key until the focus is there."""
        for _step in range(MOST_STEPS):
            if target.evaluate("each => each === document.activeElement"):
                return
            self.step(key)
        raise AssertionError(f"{key} does not lead to {target}")

    def skip(self) -> None:
        """Go to the content, where a page has just been opened."""
        if self.page.evaluate("() => document.activeElement === document.body"):
            self.press("Tab", "Enter")

    def open(self, target: Locator) -> None:
        """Follow a link or press a button, and wait for the next page."""
        self.go_to(target.first)
        with self.page.expect_navigation():
            self.press("Enter")

    def step(self, key: str = "Tab") -> str | None:
        """Press a key; returns what has the focus, None when it left the page."""
        self.press(key)
        seen = self.page.evaluate(FOCUSED)
        if seen is None:
            return None
        assert seen["isMarked"], f"the focus is invisible at {seen['name']}"
        assert seen["isSeen"], f"the focus is covered at {seen['name']}"
        return str(seen["name"])

    def walk(self) -> int:
        """Go once through the whole page; returns how many places the focus had."""
        first = self.step()
        assert first is not None
        assert re.search('class="skip"', first)
        steps = 1
        while steps < MOST_STEPS and self.step() not in {None, first}:
            steps += 1
        return steps
