"""What public pages say where places are given by wishes: until when, and not how many are free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain import allocation
from congress.domain.congresses import Congress
from congress.domain.programme import ProgrammeItem
from congress.web import languages
from congress.web.languages import gettext as _


@dataclass(frozen=True)
class ByWishes:
    """Where nobody takes a place yet, by number; `words` stand in the place of free ones."""

    workshops: frozenset[int]
    words: str
    is_open: bool  # wishes are ranked still
    last_day: str


def by_wishes(congress: Congress, items: Sequence[ProgrammeItem], now: datetime) -> ByWishes:
    """Return which of these it concerns, and what is said of them."""
    closes_at = congress.wishes_close_at
    day = languages.dates(congress.zone).last_day(closes_at)
    is_open = now < closes_at
    words = _("Places are being assigned by wishes")
    if is_open:
        words = _("Places by wishes, up to and including %(day)s", day=day)
    return ByWishes(allocation.unassigned(items, congress.rules.allocation), words, is_open, day)
