"""Pages as tests read them: by their marks (ids, states, names, addresses), not by their words.

Whole sentences are tried in one place, tests/web/test_words.py; elsewhere they may be reworded.
"""

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder
from zoneinfo import ZoneInfo

from flask import Flask
from werkzeug.test import TestResponse

from congress.domain.errors import Refused
from congress.web import refusals

BERLIN = ZoneInfo("Europe/Berlin")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


class _Reader(HTMLParser):
    """Makes a tree of a page; whatever is not closed in its order is a fault of the template."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.tree.data(data)


def read(answer: TestResponse) -> Element:
    """Return the page of an answer as a tree."""
    reader = _Reader()
    reader.feed(answer.text)
    reader.close()
    assert reader.open == []
    return reader.tree.close()


def find_all(part: Element, tag: str = "*", **marks: str | None) -> list[Element]:
    """Return what bears all these marks; `aria_label` stands for `aria-label`.

    A mark of None must be missing; one of "" only has to be there.
    """
    wanted = {name.strip("_").replace("_", "-"): value for name, value in marks.items()}
    return [each for each in part.iter(None if tag == "*" else tag) if _bears(each, wanted)]


def _bears(element: Element, wanted: dict[str, str | None]) -> bool:
    return all(
        element.get(name) == value if value else (element.get(name) is None) is (value is None)
        for name, value in wanted.items()
    )


def has(part: Element, tag: str = "*", **marks: str | None) -> bool:
    """Whether anything bears these marks."""
    return bool(find_all(part, tag, **marks))


def get(part: Element, tag: str = "*", **marks: str | None) -> Element:
    """Return the only thing that bears these marks."""
    found = find_all(part, tag, **marks)
    assert len(found) == 1, (tag, marks, len(found))
    return found[0]


def section(page: Element, heading: str) -> Element:
    """Return the part of a page under the heading with an id."""
    return get(page, aria_labelledby=heading)


def words(part: Element) -> str:
    """Return what a part says, without soft hyphens and unusual spaces."""
    return " ".join("".join(part.itertext()).replace("\u00ad", "").split())


def titles(part: Element) -> list[str]:
    """Return what the entries of a part are called, in their order."""
    return [words(each) for each in part.iter("h3")]


def numbers(part: Element) -> list[int]:
    """Return the numbers that a part names, in whatever words."""
    return [int(each) for each in re.findall(r"[0-9]+", words(part))]


def card_state(page: Element, value: str) -> str:
    """Return the kind of state on the card with which the form offers something."""
    card = get(page, "input", type="radio", value=value)
    state = get(get(page, id=f"{card.get('id')}-s"), "span")
    return state.get("class", "").removeprefix("state ")


def state_of_registration(own_page: str) -> str:
    """Return what one's own page says of the registration, which need not be what is stored."""
    return str(*re.findall(r'data-state="([a-z]+)"', own_page))


def waiting_positions(own_page: Element) -> dict[str, list[int]]:
    """Return what somebody waits for, with position and length of the queue."""
    return {
        words(get(each, "h3")): numbers(get(each, class_="state state--wait"))
        for each in section(own_page, "warten").iter("article")
    }


def places_left(congress_page: Element) -> list[int]:
    """Return the number of places that the ticket of a congress names, if it names any."""
    return numbers(get(section(congress_page, "auf-einen-blick"), "b"))


def consents_offered(own_page: Element) -> dict[str | None, str | None]:
    """Return for each consent what its button does: "given" where there is none yet."""
    return {
        get(form, name="purpose").get("value"): get(form, name="answer").get("value")
        for form in own_page.iter("form")
        if has(form, name="purpose")
    }


def faults(page: Element) -> list[str]:
    """Return the sentences of everything that is said to be wrong."""
    summaries = find_all(page, id="fehlerliste")
    return [words(item) for summary in summaries for item in summary.iter("li")]


def sentence(app: Flask, refusal: Refused, zone: ZoneInfo = BERLIN) -> str:
    """Return what a German page has to say of a refusal below its heading, with its facts."""
    with app.test_request_context("/?lang=de"):
        return " ".join(refusals.reason(refusal, zone).replace("\u00ad", "").split())


def refusal_heading(page: Element) -> str:
    """Return what the box of errors says it is about."""
    return words(get(page, "h2", id="fehler"))
