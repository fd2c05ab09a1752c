"""A browser without JavaScript: it loads pages, fills in the forms found in them, and counts."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.web import pages

SEE_OTHER = 303


@dataclass
class Browser:
    """One person at work; a redirect that is followed is a load like any other."""

    client: FlaskClient
    loads: int = 0
    submits: int = 0
    address: str = ""
    status: int = 0
    page: Element = field(default_factory=lambda: Element("html"))

    def load(self, address: str) -> None:
        answer = self.client.get(address)
        self.loads += 1
        self.address, self.status, self.page = address, answer.status_code, pages.read(answer)

    def submit(self, button: str, **entries: str) -> None:
        """Fill in the form with this button and press it; every entry must be one of its fields."""
        form = next(each for each in self.page.iter("form") if _button(each, button) is not None)
        fields = _fields(form)
        known = {name for name in (each.get("name") for each in form.iter()) if name}
        assert set(entries) <= known, set(entries) - known
        fields.update(entries)
        pressed = _button(form, button)
        if pressed is not None and pressed.get("name"):
            fields[str(pressed.get("name"))] = str(pressed.get("value"))
        answer = self.client.post(form.get("action") or self.address, data=fields)
        self.submits += 1
        if answer.status_code == SEE_OTHER:
            self.load(answer.location)
        else:
            self.loads += 1
            self.status, self.page = answer.status_code, pages.read(answer)


def _button(form: Element, words: str) -> Element | None:
    return next((each for each in form.iter("button") if pages.words(each) == words), None)


def _fields(form: Element) -> dict[str, str]:
    """Return what a form sends as it stands."""
    fields: dict[str, str] = {}
    for each in form.iter():
        name, kind = each.get("name"), each.get("type")
        if not name or each.tag == "button":
            continue
        if each.tag == "select":
            chosen = [
                option for option in each.iter("option") if option.get("selected") is not None
            ]
            fields[name] = (chosen or list(each.iter("option")))[0].get("value", "")
        elif each.tag == "textarea":
            fields[name] = (each.text or "").removeprefix("\n")
        elif kind not in {"checkbox", "radio"} or each.get("checked") is not None:
            fields[name] = each.get("value", "")
    return fields
