"""The words of the public calendars in one language."""

from collections.abc import Callable, Sequence
from functools import partial

from congress.domain.calendars.public_calendar import Wording
from congress.domain.congresses import Congress
from congress.domain.programme import (
    UNNAMED,
    ProgrammeItem,
    PublicPerson,
    dialogue_partners,
    others,
)
from congress.domain.texts import in_language
from congress.domain.times.time_slots import TimeSlot
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates


def wording(
    language: str,
    *,
    congress_url: Callable[[Congress], str],
    item_url: Callable[[Congress, ProgrammeItem], str],
) -> Wording:
    """Return what calendars in this language are worded with, and lead to."""
    return Wording(
        language=language,
        cancelled=catalogue(language).gettext("Cancelled:"),
        online=catalogue(language).gettext("Online"),
        people=partial(_people, language),
        hours=partial(_hours, language),
        congress_url=congress_url,
        item_url=item_url,
    )


def _hours(language: str, congress: Congress, day: TimeSlot) -> str:
    dates = Dates(language, congress.zone)
    return f"{dates.day(day.starts_at)}, {dates.range(day)}"


def _people(language: str, item: ProgrammeItem) -> str:
    _ = catalogue(language).gettext
    lines = []
    if names := _names(language, others(item)):
        lines.append(_("With {names}").format(names=names))
    if names := _names(language, dialogue_partners(item)):
        lines.append(_("Dialogue partners: {names}").format(names=names))
    return "\n".join(lines)


def _names(language: str, people: Sequence[PublicPerson]) -> str:
    return "; ".join(
        ", ".join(filter(None, [each.name or UNNAMED, in_language(each.affiliation, language)]))
        for each in people
    )
