"""What the texts of modules are called."""

from datetime import date

from congress.web.languages import gettext as _
from congress.web.organiser import frame


def names() -> dict[str, str]:
    """Return what each text of a module is called."""
    return {
        "title_de": _("Title (German)"),
        "title_en": _("Title (English)"),
        "place_de": _("Place (German)"),
        "place_en": _("Place (English)"),
    }


def label(called: str) -> str:
    """Return what a text is called in the form of all: with the day of its module."""
    name, _sign, day = called.partition("-")
    return f"{frame.dates().date(date.fromisoformat(day))}, {names()[name]}"
