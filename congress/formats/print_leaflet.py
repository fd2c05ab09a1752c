"""The programme on paper: what everybody may see of it, by day and time."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from congress.domain.congresses import Congress, CongressState
from congress.domain.programme import (
    DIALOGUE_PARTNER,
    UNNAMED,
    ItemKind,
    ProgrammeItem,
    PublicPerson,
    dialogue_partners,
    others,
)
from congress.domain.slots import Slot, in_slots
from congress.domain.texts import in_language
from congress.formats import print_heading, printing
from congress.formats.catalogue import catalogue
from congress.formats.contribution_words import role_name
from congress.formats.dates import Dates
from congress.formats.printing import Printed

QUIET = frozenset({ItemKind.BREAK, ItemKind.MEAL})
NEEDS_NO_WORD = frozenset({"speaker", DIALOGUE_PARTNER})
INK = "#1d2034"  # where a congress has no colour of its own


def printed(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    address: str,
    *,
    language: str,
    now: datetime,
) -> Printed:
    """Return the leaflet; `address` is that of the public page."""
    _, dates = catalogue(language).gettext, Dates(language, congress.zone)
    is_off = congress.state is CongressState.CANCELLED
    heading = print_heading.heading(congress, language)
    return Printed(
        "leaflet.typ",
        title=print_heading.titled(_("Programme"), heading["congress"]),
        language=language,
        created=now,
        data={
            "heading": heading,
            "colour": congress.look.primary if congress.look else INK,
            "off": _("This event has been cancelled.") if is_off else "",
            "lead": in_language(congress.lead, language),
            "hosts": _("Host: {names}").format(names=heading["hosts"]) if heading["hosts"] else "",
            "stand": _("As of {day}. What holds today: {address}").format(
                day=dates.date(congress.revised_at), address=address
            ),
            "contact": congress.contact_email,
            "words": {"programme": _("Programme"), "cancelled": _("Cancelled")},
            "days": [
                {
                    "name": dates.day(day),
                    "slots": [_slot(each, congress, language) for each in slots],
                }
                for day, slots in groupby(
                    in_slots(items),
                    lambda each: each.time.starts_at.astimezone(congress.zone).date(),
                )
            ],
        },
    )


def _slot(slot: Slot, congress: Congress, language: str) -> dict[str, printing.Value]:
    dates = Dates(language, congress.zone)
    return {
        "time": dates.range(slot.time),
        "items": [
            {
                "over": print_heading.item_over(each, language),
                "title": in_language(each.face.title, language),
                "time": "" if each.slot == slot.time else dates.range(each.slot),
                "room": in_language(each.face.room, language),
                "people": [
                    _person(one, language) for one in (*others(each), *dialogue_partners(each))
                ],
                "quiet": each.kind in QUIET,
                "cancelled": each.face.cancelled,
            }
            for each in slot.items
        ],
    }


def _person(person: PublicPerson, language: str) -> str:
    """Return "Anna Beispiel, Stadt Lünen (Moderation)"."""
    said = ", ".join(
        filter(None, (person.name or UNNAMED, in_language(person.affiliation, language)))
    )
    return said if person.role in NEEDS_NO_WORD else f"{said} ({role_name(person.role, language)})"
