"""When something comes again and again, in words."""

from datetime import time

from congress.domain.list_mails import Rhythm
from congress.formats.catalogue import catalogue


def days(language: str) -> dict[int | None, str]:
    """Return the days on which something can come: every day, then those of the week."""
    _ = catalogue(language).gettext
    return {
        None: _("every day"),
        0: _("every Monday"),
        1: _("every Tuesday"),
        2: _("every Wednesday"),
        3: _("every Thursday"),
        4: _("every Friday"),
        5: _("every Saturday"),
        6: _("every Sunday"),
    }


def clock(hour: int, language: str) -> str:
    """Return a full hour as the clock of a congress shows it: "7.00 Uhr" or "7:00"."""
    return f"{hour}.00 Uhr" if language == "de" else f"{time(hour):%H:%M}"


def in_words(rhythm: Rhythm, language: str) -> str:
    """Return "every Monday at 07:00"."""
    _ = catalogue(language).gettext
    said = {"day": days(language)[rhythm.weekday], "time": clock(rhythm.hour, language)}
    return _("%(day)s at %(time)s") % said
