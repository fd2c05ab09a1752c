"""Sheets of badges: the data of their template, and the pictures of their codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.badges import Badge, BadgeSheet
from congress.domain.congresses import Congress
from congress.domain.kinds import PersonKind
from congress.domain.programme import ProgrammeItem, short_name
from congress.domain.texts import in_language
from congress.formats import codes as codes_of
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.printing import Data, Printed


@dataclass(frozen=True)
class Paper:
    """On what badges are printed: which sheet, from which place of the first one on."""

    sheet: BadgeSheet
    start: int = 1
    right: int = 0  # millimetres by which all of it is moved, where a printer is out
    down: int = 0
    with_lines: bool = False  # along which one cuts


def roles(language: str) -> dict[PersonKind, str]:
    """Return what a badge says of people of each kind, whoever wears it."""
    pgettext = catalogue(language).pgettext
    words = (
        pgettext("on a badge", "Attendee"),
        pgettext("on a badge", "Contributor"),
        pgettext("on a badge", "Guest"),
        pgettext("on a badge", "Press"),
        pgettext("on a badge", "Team"),
    )
    return dict(zip(PersonKind, map(str, words), strict=True))


def sheets_of(
    badges: Sequence[Badge],
    paper: Paper,
    congress: Congress,
    codes: Mapping[str, str],
    *,
    language: str,
    created: datetime,
) -> Printed:
    """Return the sheets of some badges; `codes` are those that the door reads, by holder."""
    _ = catalogue(language).gettext
    title = in_language(congress.title, language)
    pictures = {f"{holder}.svg": codes_of.svg_file(code) for holder, code in codes.items()}
    words, says = roles(language), _Says(congress, language)
    data: Data = {
        "paper": _measures(paper),
        "congress": title,
        "badges": [
            {
                "name": each.name,
                "organisation": in_language(each.organisation, language),
                "kind": str(each.kind),
                "role": words[each.kind],
                "photos": _("No photos") if each.without_photos else "",
                "code": f"{each.holder}.svg" if each.holder in codes else "",
                "code_of": _("Check-in code of %(person)s") % {"person": each.name},
                "workshops": [says.item(item) for item in each.workshops],
            }
            for each in badges
        ],
    }
    return Printed(
        "badges.typ",
        _("Badges: %(event)s") % {"event": title},
        language,
        created,
        data,
        pictures,
    )


def _measures(paper: Paper) -> Data:
    sheet = paper.sheet
    return {
        "width": sheet.paper[0],
        "height": sheet.paper[1],
        "columns": sheet.columns,
        "rows": sheet.rows,
        "badge_width": sheet.badge[0],
        "badge_height": sheet.badge[1],
        "left": sheet.left + paper.right,
        "top": sheet.top + paper.down,
        "between_columns": sheet.between_columns,
        "between_rows": sheet.between_rows,
        "start": paper.start,
        "lines": paper.with_lines,
    }


class _Says:
    """What a badge says of a workshop."""

    def __init__(self, congress: Congress, language: str) -> None:
        self._language, self._several = language, len(congress.days) > 1
        self._dates = Dates(language, congress.zone)

    def item(self, item: ProgrammeItem) -> str:
        start = item.slot.starts_at
        day = f"{self._dates.date(start)}, " if self._several else ""
        name = short_name(item.number, item.face, self._language)
        room = in_language(item.face.room, self._language)
        said = f"{day}{self._dates.bare_time(start)}: {name}"
        return f"{said} ({room})" if room else said
