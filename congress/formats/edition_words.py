"""What is to be looked at in a new edition, in words: for pages, and for the command line."""

from datetime import UTC

from congress.domain.planning.cautions import Caution, Warned
from congress.domain.planning.remnants import Remnant, Trace
from congress.domain.programme import short_name
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.typography import listed


def caution(found: Caution, language: str) -> str:
    """Return a warning about a day of a congress, or about its deadline."""
    dates = Dates(language, UTC)
    facts = {
        "day": dates.date(found.day),
        "name": found.name,
        "until": dates.date(found.until) if found.until else "",
    }
    pattern = _of_deadline if found.is_deadline else _of_day
    return pattern(found.kind, language) % facts


def _of_day(kind: Warned, language: str) -> str:
    _ = catalogue(language).gettext
    return {
        Warned.WEEKEND: _("%(day)s falls on a weekend."),
        Warned.PUBLIC_HOLIDAY: _("%(day)s is a public holiday: %(name)s."),
        Warned.SCHOOL_HOLIDAYS: _(
            "%(day)s is in the school holidays of North Rhine-Westphalia (%(name)s, until "
            "%(until)s)."
        ),
        Warned.SCHOOL_UNKNOWN: _school_unknown(language),
        Warned.CLOCKS_CHANGE: _(
            "The clocks change on %(day)s. Please check what takes place at night."
        ),
    }[kind]


def _of_deadline(kind: Warned, language: str) -> str:
    _ = catalogue(language).gettext
    return {
        Warned.WEEKEND: _("The deadline %(day)s falls on a weekend."),
        Warned.PUBLIC_HOLIDAY: _("The deadline %(day)s is a public holiday: %(name)s."),
        Warned.SCHOOL_HOLIDAYS: _(
            "The deadline %(day)s is in the school holidays of North Rhine-Westphalia (%(name)s, "
            "until %(until)s)."
        ),
        Warned.SCHOOL_UNKNOWN: _school_unknown(language),
        Warned.OVER: _("The deadline %(day)s has passed, so no one could register."),
    }[kind]


def _school_unknown(language: str) -> str:
    _ = catalogue(language).gettext
    return _(
        "School holidays are known here only until %(until)s. Please look up whether %(day)s is in "
        "the holidays."
    )


def remnant(found: Remnant, language: str) -> str:
    """Return what a text still says of the last edition, after where it says it."""
    return f"{place(found, language)}: {named(found, language)}"


def place(found: Remnant, language: str) -> str:
    """Return which text it is: "Description", or the name of an item."""
    _ = catalogue(language).gettext
    if found.item is not None:
        return short_name(found.item.number, found.item, language)
    return {
        "title": _("Title"),
        "lead": _("Introduction"),
        "description": _("Description"),
        "cost": _("Cost"),
        "directions": _("Getting there"),
        "accessibility": _("Accessibility"),
        "rooms": _("Rooms"),
        "questions": _("Additional questions"),
    }[found.field]


def named(found: Remnant, language: str) -> str:
    """Return what the text still names."""
    words = catalogue(language)
    _, ngettext = words.gettext, words.ngettext
    pattern = {
        Trace.DATE: _("still mentions %(words)s"),
        Trace.PRICE: _("gives the price as %(words)s"),
        Trace.VENUE: _("mentions the last venue, %(words)s"),
        Trace.PERSON: ngettext(
            "mentions %(words)s by name, who has not agreed yet",
            "mentions %(words)s by name, who have not agreed yet",
            len(found.words),
        ),
    }[found.trace]
    return pattern % {"words": listed(found.words, language)}
