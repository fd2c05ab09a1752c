"""Agreements of a marketplace: the sheet that both sign, and all of them as a workbook."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from babel.numbers import format_currency, format_decimal

from congress.domain.congresses import Congress
from congress.domain.market import Agreement, Market, Party
from congress.domain.network.organisations import Sector
from congress.domain.texts import in_language
from congress.formats import print_heading
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.printing import Printed
from congress.formats.table import Heading
from congress.formats.xlsx import Workbook

NARROW, WIDE = 12, 40


def printed(
    congress: Congress, market: Market, agreement: Agreement, dates: Dates, *, now: datetime
) -> Printed:
    """Return the sheet of one agreement, with lines for two signatures."""
    language = dates.language
    _ = catalogue(language).gettext
    facts = agreement.facts
    heading = print_heading.heading(congress, language)
    title = _("Agreement %(number)d") % {"number": agreement.number}
    rows = [
        (_("Who gives"), _called(agreement.giver, language)),
        (_("Who receives"), _called(agreement.taker, language)),
        (_("Category"), in_language(market.title_of(facts.category), language)),
        (_("What is agreed on"), facts.what),
        (_("Hours, about"), format_decimal(facts.hours, locale=language) if facts.hours else ""),
        (
            _("Worth in euros, about"),
            format_currency(facts.euros, "EUR", "#,##0 ¤", locale=language, currency_digits=False)
            if facts.euros
            else "",
        ),
    ]
    return Printed(
        "market_agreement.typ",
        title=print_heading.titled(title, heading["congress"]),
        language=language,
        created=now,
        data={
            "heading": heading,
            "title": title,
            "day": dates.date(agreement.agreed_at),
            "rows": [
                {"label": label, "lines": words.splitlines()} for label, words in rows if words
            ],
            "note": _("Both give what they can, and no money. What it is worth is an estimate."),
            "signatures": [
                {"name": each.facts.name, "label": _("Date, name and signature")}
                for each in (agreement.giver, agreement.taker)
            ],
            "witness": _("Entered at the table of the marketplace"),
        },
    )


def write_workbook(
    agreements: Sequence[Agreement],
    market: Market,
    dates: Dates,
    file: BinaryIO,
    *,
    title: str,
    created: datetime,
) -> None:
    """Write a sheet with a row for each agreement."""
    language = dates.language
    _ = catalogue(language).gettext
    headings = [
        Heading(_("Number"), NARROW),
        Heading(_("Who gives"), WIDE),
        Heading(_("Sector of who gives"), WIDE),
        Heading(_("Who receives"), WIDE),
        Heading(_("Sector of who receives"), WIDE),
        Heading(_("Category"), WIDE),
        Heading(_("What is agreed on"), WIDE),
        Heading(_("Hours, about"), NARROW),
        Heading(_("Worth in euros, about"), NARROW),
    ]
    rows = [
        (
            each.number,
            each.giver.facts.name,
            sector_name(each.giver.facts.sector, language),
            each.taker.facts.name,
            sector_name(each.taker.facts.sector, language),
            in_language(market.title_of(each.facts.category), language),
            each.facts.what,
            each.facts.hours,
            each.facts.euros,
        )
        for each in agreements
    ]
    with Workbook(file, title=title, created=created) as book:
        book.add_sheet(_("Agreements"), headings, rows)


def sector_name(sector: str, language: str) -> str:
    """Return what a sector is called; nothing where it is not known."""
    _ = catalogue(language).gettext
    names: dict[str, str] = {
        Sector.PUBLIC: _("Public sector"),
        Sector.CIVIL: _("Civil society"),
        Sector.BUSINESS: _("Business"),
    }
    return names.get(sector, "")


def _called(party: Party, language: str) -> str:
    sector = sector_name(party.facts.sector, language)
    return f"{party.facts.name} ({sector})" if sector else party.facts.name
