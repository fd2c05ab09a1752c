"""The words for what a congress says of itself: what each of it is called, and says."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _

from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.congresses import Colour
from congress.domain.fields import FieldUse
from congress.domain.texts import Texts, in_one_line
from congress.formats.field_words import field_words
from congress.web import languages
from congress.web.languages import gettext
from congress.web.organiser import frame
from congress.web.registration.occasion import KINDS

LABELS = {
    "title": _("Title"),
    "lead": _("Introduction"),
    "description": _("Description"),
    "kind": _("Kind of event"),
    "colour": _("Colour"),
    "town": _("Town"),
    "venue": _("Venue"),
    "address": _("Postal address of the venue"),
    "online_link": _("Online link"),
    "directions": _("Getting there"),
    "accessibility": _("Accessibility"),
    "cost": _("Cost"),
    "contact_email": _("Email for questions"),
    "opens_at": _("Registration opens"),
    "closes_at": _("Registration deadline"),
    "changes_until": _("Last day for changes"),
    "withdrawals_until": _("Last day to cancel"),
    "capacity": _("Places in total"),
    "waiting_list": _("With a waiting list"),
    "fields": _("Questions on the form"),
    "one_mail": _("Confirmation and calendar entry in one email"),
    "reminder": _("Reminder in calendars"),
    "confirm_hours": _("Hours to confirm the address"),
}
LETTERS = {
    "sender": _("Name of the sender"),
    "reply_to": _("Replies go to"),
    "greeting_de": _("Greeting (German)"),
    "greeting_en": _("Greeting (English)"),
    "closing_de": _("Closing (German)"),
    "closing_en": _("Closing (English)"),
    "extra_de": _("Paragraph in the confirmation (German)"),
    "extra_en": _("Paragraph in the confirmation (English)"),
}
LOOK = {
    "primary": _("Band behind the title"),
    "accent": _("Lines and edges"),
}
COLOURS = {
    Colour.BLUE: _("Blue"),
    Colour.PETROL: _("Petrol"),
    Colour.GREEN: _("Green"),
    Colour.VIOLET: _("Violet"),
    Colour.WINE: _("Burgundy"),
    Colour.BROWN: _("Brown"),
    Colour.GREY: _("Grey"),
}
USES = {
    FieldUse.REQUIRED: _("required"),
    FieldUse.OPTIONAL: _("optional"),
    FieldUse.OFF: _("not asked"),
}
REMINDERS = {
    CalendarAlarm.NONE: _("No reminder"),
    CalendarAlarm.HALF_AN_HOUR: _("30 minutes before"),
    CalendarAlarm.TWO_HOURS: _("2 hours before"),
    CalendarAlarm.ONE_DAY: _("1 day before"),
}


def label(name: str) -> str:
    """Return what one of the particulars is called."""
    return str(LABELS[name])


def said(name: str, value: Any) -> str:  # noqa: ANN401 - as the particulars have it, or the log
    """Return the value of one of the particulars in words."""
    if name in WORDS:
        return str(WORDS[name](value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return text_of(value) or gettext("none")


def text_of(value: Texts | str) -> str:
    """Return a text in the language of the page, in one line."""
    return in_one_line(languages.text(value) if isinstance(value, Mapping) else value)


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _until(value: datetime | str | None) -> str:
    return frame.dates().deadline(_moment(value)) if value else ""


def _places(value: int | None) -> str:
    return gettext("no limit") if value is None else str(value)


def _uses(uses: Mapping[str, FieldUse]) -> str:
    words = field_words(languages.current())
    return ", ".join(f"{words[name].label}: {USES[use]}" for name, use in uses.items())


WORDS: Mapping[str, Callable[[Any], object]] = {
    "kind": KINDS.__getitem__,
    "colour": COLOURS.__getitem__,
    "opens_at": lambda value: frame.dates().moment(_moment(value)),
    "closes_at": lambda value: frame.dates().deadline(_moment(value)),
    "changes_until": lambda value: _until(value) or gettext("like the registration deadline"),
    "withdrawals_until": lambda value: _until(value) or gettext("until the event starts"),
    "capacity": _places,
    "fields": _uses,
    "reminder": REMINDERS.__getitem__,
    "confirm_hours": lambda hours: str(hours) if hours else gettext("none"),
}
