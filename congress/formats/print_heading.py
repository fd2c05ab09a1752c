"""What sheets of a congress say alike: its name, when and where, its funders, what items are."""

from dataclasses import replace

from congress.domain.congresses import Congress, OrganisationRole
from congress.domain.errors import Refused
from congress.domain.on_paper import Logo
from congress.domain.programme import ProgrammeItem
from congress.domain.texts import in_language
from congress.domain.times.time_slots import TimeSlot
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.kind_words import kind_name, numbered
from congress.formats.logos import read_logo
from congress.formats.printing import Printed
from congress.formats.typography import listed

LOGO = "logo.png"


def heading(congress: Congress, language: str) -> dict[str, str]:
    """Return what stands above and below every sheet; what is not known is empty."""
    dates = Dates(language, congress.zone)
    return {
        "congress": in_language(congress.title, language),
        "when": dates.period(congress.starts_at, congress.ends_at),
        "where": place(congress, language),
        "hosts": listed(_named(congress, OrganisationRole.HOST), language),
        "funder": funder(congress, language),
    }


def with_logo(printed: Printed, logo: Logo | None) -> Printed:
    """Return the same sheets with the logo of the host, for those that have room for it.

    One that cannot be drawn, such as a file that was cut off, fails no sheet.
    """
    if logo is None:
        return printed
    try:
        drawn = read_logo(logo.content)
    except Refused:
        return printed
    shown = {"name": LOGO, "alt": in_language(logo.alt, printed.language)}
    pictures = {**printed.pictures, LOGO: drawn.content}
    return replace(printed, data={**printed.data, "logo": shown}, pictures=pictures)


def titled(sheet: str, of: str) -> str:
    """Return the title of a file: what it is, and of what."""
    return f"{sheet}: {of}"


def place(congress: Congress, language: str) -> str:
    """Return venue and town on one line."""
    return ", ".join(filter(None, (in_language(congress.venue, language), congress.town)))


def funder(congress: Congress, language: str) -> str:
    """Return the line about the funding: the organisers' own, else the names of the funders."""
    own, names = congress.paper.funder, _named(congress, OrganisationRole.FUNDER)
    if own or not names:
        return in_language(own, language)
    words = catalogue(language).gettext("Funded by {names}")
    return words.format(names=listed(names, language))


def item_name(item: ProgrammeItem, language: str) -> str:
    """Return "Workshop 3: Junges Engagement", or the title where an item has no number."""
    title = in_language(item.face.title, language)
    over = item_over(item, language)
    return f"{over}: {title}" if over else title


def item_over(item: ProgrammeItem, language: str) -> str:
    """Return what stands above the title of an item: its number, or its kind if that says more."""
    if item.bookable and item.number is not None:
        return numbered(item.kind, item.number, language)
    kind = kind_name(item.kind, language)
    begins = in_language(item.face.title, language).casefold().startswith(kind.casefold())
    return "" if begins else kind


def moment(congress: Congress, slot: TimeSlot, language: str) -> str:
    """Return "Mittwoch, 21. Oktober 2015, 13.15 bis 15.15 Uhr"."""
    dates = Dates(language, congress.zone)
    return f"{dates.day(slot.starts_at)}, {dates.range(slot)}"


def _named(congress: Congress, role: OrganisationRole) -> list[str]:
    return [each.name for each in congress.named(role)]
