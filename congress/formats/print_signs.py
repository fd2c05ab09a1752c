"""Signs: what takes place behind a door on a day, and who sits at a table."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from congress.domain.congresses import Congress
from congress.domain.on_paper import OnSign
from congress.domain.programme import ProgrammeItem
from congress.domain.texts import in_language
from congress.formats import print_heading
from congress.formats.catalogue import catalogue
from congress.formats.contribution_words import role_name
from congress.formats.dates import Dates
from congress.formats.printing import Printed


def door_signs(
    congress: Congress,
    day: date,
    rooms: Mapping[str, Sequence[ProgrammeItem]],
    *,
    language: str,
    now: datetime,
) -> Printed:
    """Return a sheet for each door: the room, the day, and what takes place there when."""
    _, dates = catalogue(language).gettext, Dates(language, congress.zone)
    return Printed(
        "door_signs.typ",
        title=print_heading.titled(_("Door signs"), dates.date(day)),
        language=language,
        created=now,
        data={
            "heading": print_heading.heading(congress, language),
            "day": dates.day(day),
            "words": {"time": _("Time"), "title": _("Title")},
            "rooms": [
                {
                    "name": room,
                    "items": [
                        {
                            "time": dates.range(each.slot),
                            "over": print_heading.item_over(each, language),
                            "title": in_language(each.face.title, language),
                            "people": [one.name for one in each.face.people if one.name],
                        }
                        for each in items
                    ],
                }
                for room, items in rooms.items()
            ],
        },
    )


def table_signs(
    congress: Congress, people: Sequence[OnSign], *, language: str, now: datetime
) -> Printed:
    """Return a sheet for each person that is folded in the middle and read from both sides."""
    _ = catalogue(language).gettext
    heading = print_heading.heading(congress, language)
    return Printed(
        "table_signs.typ",
        title=print_heading.titled(_("Table signs"), heading["congress"]),
        language=language,
        created=now,
        data={
            "heading": heading,
            "people": [
                {
                    "name": each.name,
                    "affiliation": in_language(each.affiliation, language),
                    "role": " · ".join(role_name(role, language) for role in each.roles),
                }
                for each in people
            ],
        },
    )
