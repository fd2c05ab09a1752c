"""The words for what stands on printed sheets: what each of it is called, and says."""

from datetime import date

from flask_babel import lazy_gettext as _

from congress.domain.paper import Meal
from congress.formats.meal_words import meal_names
from congress.web import languages
from congress.web.organiser import frame

LABELS = {
    "funder_de": _("Line about the funding (German)"),
    "funder_en": _("Line about the funding (English)"),
}


def label(name: str) -> str:
    """Return what one of the values is called; meals are called by their day."""
    return str(LABELS[name]) if name in LABELS else frame.dates().date(date.fromisoformat(name))


def said(name: str, value: str) -> str:
    """Return one of the values in words."""
    if name in LABELS:
        return value
    words = meal_names(languages.current())
    return ", ".join(words[Meal(each)] for each in value.split())
