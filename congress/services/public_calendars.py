"""The entry of a congress as its public calendars state it: one in feed, file and mail."""

from congress import links
from congress.domain.calendars.calendar import Entry
from congress.domain.calendars.public_calendar import Wording, congress_entry
from congress.domain.congresses import Congress
from congress.domain.programme import ProgrammeItem
from congress.formats.calendar_words import wording


def in_words(language: str) -> Wording:
    """Return what calendars in this language are worded with."""
    return wording(language, congress_url=_congress_url, item_url=_item_url)


def saved_date(congress: Congress, language: str) -> Entry:
    """Return the date of a congress to be saved: its own entry, which binds nobody."""
    return congress_entry(congress, in_words(language))


def _congress_url(congress: Congress) -> str:
    return links.congress(congress.slug)


def _item_url(congress: Congress, item: ProgrammeItem) -> str:
    return links.programme_item(congress.slug, item.code)
