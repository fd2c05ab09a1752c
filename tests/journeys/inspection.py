"""What is looked at on a page in Chromium; every function returns what is wrong, in words."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, ViewportSize

AXE = Path(__file__).parents[1] / "foreign/node_modules/axe-core/axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "EN-301-549")
ALL_RULES = (*WCAG, "best-practice")
COLOUR_RULES = ("cat.color",)
NARROW = (640, 320)  # zoomed to 200 % and 400 % on a screen of 1280
USUAL: ViewportSize = {"width": 1280, "height": 720}  # as Playwright opens a window
WIDE: ViewportSize = {"width": 1280, "height": 900}

STRUCTURE = """language => {
  const faults = [], root = document.documentElement;
  if (root.lang !== language) faults.push(`lang="${root.lang}" instead of ${language}`);
  if (!document.title.trim()) faults.push("no title");
  const shown = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(each => each.checkVisibility());
  const levels = shown.map(each => Number(each.tagName[1]));
  if (levels.filter(level => level === 1).length !== 1) faults.push("not exactly one h1");
  shown.forEach((each, at) => {
    if (levels[at] > (levels[at - 1] ?? 0) + 1) faults.push(`heading gap at "${each.innerText}"`);
  });
  if (document.querySelector("[tabindex]:not([tabindex='0'], [tabindex='-1'])"))
    faults.push("positive tabindex");
  for (const each of document.querySelectorAll("*")) for (const {name} of each.attributes)
    if (name === "style" || name.startsWith("on")) faults.push(`${name} at ${each.tagName}`);
  if (document.querySelector("script:not([src])")) faults.push("inline script");
  for (const form of document.forms)
    if (!form.querySelector("button:not([type=button], [type=reset])"))
      faults.push(`no button that sends ${form.action}`);
  return faults;
}"""

OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - room;
  if (over <= 1) return [];
  const wide = [...document.body.querySelectorAll("*")]
    .find(each => each.getBoundingClientRect().right > room + 1);
  return [`${over} px of sideways scrolling at ${room} px: ${wide?.outerHTML.slice(0, 80)}`];
}"""

# The distances of WCAG 1.4.12, set where no style of the page is stronger.
SPACING = """() => {
  const distances = {"line-height": "1.5", "letter-spacing": ".12em", "word-spacing": ".16em"};
  for (const each of document.body.querySelectorAll("*")) {
    for (const [name, value] of Object.entries(distances))
      each.style.setProperty(name, value, "important");
    if (each.tagName === "P") each.style.setProperty("margin-bottom", "2em", "important");
  }
}"""
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter(each => {
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  if (box.width < 5 || box.height < 5 || !each.innerText?.trim()) return false;
  if (/^(TEXTAREA|SELECT|INPUT|OPTION)$/.test(each.tagName)) return false;
  return /hidden|clip/.test(style.overflowY) && each.scrollHeight > each.clientHeight + 2
    || /hidden|clip/.test(style.overflowX) && each.scrollWidth > each.clientWidth + 2;
}).map(each => `cut off when spaced: ${each.outerHTML.slice(0, 80)}`)"""

MOTION = """() => {
  const seconds = list => Math.max(...list.split(",").map(each =>
    parseFloat(each) * (each.trim().endsWith("ms") ? .001 : 1)));
  const moving = [...document.querySelectorAll("*")].filter(each => {
    const style = getComputedStyle(each);
    return style.scrollBehavior === "smooth" || seconds(style.transitionDuration) > .1
      || style.animationName !== "none" && seconds(style.animationDuration) > .1;
  });
  return moving.slice(0, 3).map(each => `moves although unwanted: ${each.outerHTML.slice(0, 80)}`);
}"""


class Witness:
    """Notes what a page should not do while it is open: errors, violations, foreign requests."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        self._own_host = ""
        self._page = page
        self._listeners: dict[str, Callable[..., None]] = {
            "console": self._hear,
            "pageerror": lambda error: self.faults.append(f"script error: {error}"),
            "request": self._see,
            "dialog": lambda dialog: self.faults.append(f"dialog: {dialog.message}"),
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)  # type: ignore[call-overload] # one overload per event

    def leave(self) -> None:
        """Note nothing from now on."""
        for event, listener in self._listeners.items():
            self._page.remove_listener(event, listener)

    def _hear(self, message: ConsoleMessage) -> None:
        # That a page of errors has the status of an error is no fault of the page.
        if message.type in {"error", "warning"} and "responded with a status" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _see(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"}:
            self._own_host = self._own_host or address.netloc
            if address.netloc != self._own_host:
                self.faults.append(f"request to {address.netloc}")


@contextmanager
def window_of(context: BrowserContext) -> Iterator[tuple[Page, Witness]]:
    """Give somebody's window, and who watches what is opened in it.

    It stays open for the next test: a new one is a new process, as would be one that was empty
    in between, and that is half of all the work.
    """
    page = context.pages[0] if context.pages else context.new_page()
    page.set_viewport_size(USUAL)
    page.emulate_media(color_scheme="null", reduced_motion="null")
    witness = Witness(page)
    yield page, witness
    witness.leave()


def inspect(page: Page, *, language: str = "de", is_mail: bool = False) -> list[str]:
    """Look at the page as it stands; it is of no further use afterwards.

    A mail brings its styles inside, as mail programs want it, and may do so under its own policy.
    """
    page.wait_for_load_state()  # a click returns before what it has sent for is there
    found = [] if is_mail else page.evaluate(STRUCTURE, language)
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found += page.evaluate(MOTION)
    found += violations(page, ALL_RULES)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {fault}" for fault in violations(page, COLOUR_RULES)]
    page.emulate_media(color_scheme="light")
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        found += page.evaluate(OVERFLOW)
    page.evaluate(SPACING)
    found += page.evaluate(CUT_OFF) + page.evaluate(OVERFLOW)
    page.set_viewport_size(WIDE)
    found += page.evaluate(CUT_OFF)
    return list(map(str, found))


def violations(page: Page, rules: tuple[str, ...]) -> list[str]:
    """Ask axe-core; it comes in by the debugger, as the policy of our pages allows no stranger."""
    debugger = page.context.new_cdp_session(page)

    def evaluate(expression: str) -> Any:  # noqa: ANN401 - whatever comes out
        how = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer: dict[str, Any] = debugger.send("Runtime.evaluate", how)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    if evaluate("!globalThis.axe"):
        evaluate(f"{_axe()}; undefined")
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = evaluate(
        f"axe.run(document, {json.dumps(options)}).then(r => r.violations.map("
        "v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target).join(' and ')}`))"
    )
    debugger.detach()
    return list(found)


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
