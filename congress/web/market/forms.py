"""The forms of a marketplace: its layout, who takes part, an entry, an agreement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import request

from congress.domain.market import (
    LONGEST_CATEGORY,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_CATEGORIES,
    MOST_EUROS,
    MOST_HOURS,
    MOST_STANDS,
    Agreement,
    AgreementFacts,
    Category,
    EntryFacts,
    Market,
    Party,
    PartyFacts,
    Side,
    Wanted,
)
from congress.domain.market import Entry as MarketEntry
from congress.domain.network.organisations import Sector
from congress.domain.slugs import free_code
from congress.web.entries import Entry, read_id, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.languages import number
from congress.web.organiser.filters import member
from congress.web.organiser.readers import day_of, texts_of

LONGEST_CHOICE = 64
VERSION = 16


@dataclass
class _Form:
    """All entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    version: str = ""

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        return [error for entry in self.entries.values() for error in told(entry)]

    def _line(self, name: str, posted: Mapping[str, str], most: int, missing: str = "") -> str:
        return read_line(self.entries[name], posted.get(name, ""), most=most, missing=missing)

    def _text(self, posted: Mapping[str, str]) -> str:
        return read_text(self.entries["text"], posted.get("text", ""), most=LONGEST_TEXT)

    def _choice(self, name: str, posted: Mapping[str, str], known: Collection[str]) -> str:
        entry = self.entries[name]
        entry.value = posted.get(name, "")[:LONGEST_CHOICE]
        if entry.value not in known:
            entry.errors.append(_("Please choose one of these."))
        return entry.value

    def _number(self, name: str, posted: Mapping[str, str], most: int) -> int | None:
        entry = self.entries[name]
        typed = read_line(entry, posted.get(name, ""), most=LONGEST_CHOICE)
        found = read_number(typed, most=most) if typed else None
        if typed and not found and not entry.errors:
            entry.errors.append(
                _("Please enter a whole number from 1 to %(most)s.", most=number(most))
            )
        return found

    def _read_version(self, posted: Mapping[str, str]) -> None:
        self.version = posted.get("version", "")[:VERSION]


@dataclass
class LayoutForm(_Form):
    """The categories, where the stands are, and the last day for entries."""

    before: Market = field(default_factory=Market)

    def read(self, posted: Mapping[str, str]) -> Market | None:
        """Take over what was typed; nothing where it cannot be used."""
        self._read_version(posted)
        found = [each for at in range(MOST_CATEGORIES) if (each := self._category(at, posted))]
        if not found and not self.errors:
            self.entries["de_0"].errors.append(_("Please enter at least one category."))
        for name in ("layout_de", "layout_en"):
            self._line(name, posted, LONGEST_NAME)
        until = self._day(posted)
        if self.errors:
            return None
        german, english = self.entries["layout_de"], self.entries["layout_en"]
        keys: list[str] = [key for key, _title in found if key]
        categories = []
        for key, title in found:
            name = key or free_code(title["de"], keys)
            keys.append(name)
            categories.append(Category(name, title))
        layout = texts_of(self.before.layout, german, english)
        return Market(tuple(categories), layout, until)

    def _category(self, at: int, posted: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
        german, english = self.entries[f"de_{at}"], self.entries[f"en_{at}"]
        for entry in (german, english):
            self._line(entry.name, posted, LONGEST_CATEGORY)
        if english.value and not german.value:
            german.errors.append(_("Please fill this in in German as well."))
        known = self.before.categories
        before = known[at] if at < len(known) else Category("", {})
        title = texts_of(before.title, german, english)
        return (before.key, title) if german.value else None

    def _day(self, posted: Mapping[str, str]) -> date | None:
        typed = self._line("entries_until", posted, LONGEST_CHOICE)
        return day_of(self.entries["entries_until"]) if typed else None


@dataclass
class PartyForm(_Form):
    """Who takes part; on a page of one's own without the number of the stand."""

    def read(self, posted: Mapping[str, str]) -> PartyFacts | None:
        """Take over what was typed; nothing where it cannot be used."""
        self._read_version(posted)
        missing = _("Please enter the name of the organisation.")
        name = self._line("name", posted, LONGEST_NAME, missing)
        sector = self._choice("sector", posted, {*Sector, ""})
        stand = self._number("stand", posted, MOST_STANDS) if "stand" in self.entries else None
        text = self._text(posted)
        return None if self.errors else PartyFacts(name, sector, stand, text)


@dataclass
class EntryForm(_Form):
    """An offer or a demand; at the office with whose it is."""

    market: Market = field(default_factory=Market)
    parties: Collection[str] = ()

    def read(self, posted: Mapping[str, str]) -> tuple[int, EntryFacts] | None:
        """Take over what was typed; nothing where it cannot be used."""
        self._read_version(posted)
        party = 0  # of whoever enters it themselves
        if "party" in self.entries:
            party = read_id(self._choice("party", posted, self.parties)) or 0
        side = member(Side, self._choice("side", posted, set(Side)))
        category = self._choice("category", posted, {each.key for each in self.market.categories})
        missing = _("Please say in a few words what it is.")
        title = self._line("title", posted, LONGEST_TITLE, missing)
        text = self._text(posted)
        if self.errors or side is None:
            return None
        return party, EntryFacts(side, category, title, text)


@dataclass
class AgreementForm(_Form):
    """What two have agreed on."""

    market: Market = field(default_factory=Market)
    parties: Collection[str] = ()

    def read(self, posted: Mapping[str, str]) -> AgreementFacts | None:
        """Take over what was typed; nothing where it cannot be used."""
        self._read_version(posted)
        giver, taker = (
            read_id(self._choice(name, posted, self.parties)) for name in ("giver", "taker")
        )
        category = self._choice("category", posted, {each.key for each in self.market.categories})
        text = self._text(posted)
        if not text and not self.entries["text"].errors:
            self.entries["text"].errors.append(_("Please say in a few words what it is."))
        hours = self._number("hours", posted, MOST_HOURS)
        euros = self._number("euros", posted, MOST_EUROS)
        if self.errors or giver is None or taker is None:
            return None
        return AgreementFacts(giver, taker, category, text, hours, euros)


def layout_form(market: Market) -> LayoutForm:
    """Return the form with how a market is laid out."""
    entries = {}
    for at in range(MOST_CATEGORIES):
        known = market.categories[at].title if at < len(market.categories) else {}
        place = at + 1
        german = _("Category %(number)d (German)", number=place)
        english = _("Category %(number)d (English)", number=place)
        entries[f"de_{at}"] = Entry(f"de_{at}", german, known.get("de", ""))
        entries[f"en_{at}"] = Entry(f"en_{at}", english, known.get("en", ""))
    until = market.entries_until
    entries["layout_de"] = Entry(
        "layout_de", _("Where the stands are (German)"), market.layout.get("de", "")
    )
    entries["layout_en"] = Entry(
        "layout_en", _("Where the stands are (English)"), market.layout.get("en", "")
    )
    entries["entries_until"] = Entry(
        "entries_until", _("Last day for entries"), f"{until:%d.%m.%Y}" if until else ""
    )
    return LayoutForm(entries, market.version, market)


def party_form(facts: PartyFacts, *, with_stand: bool) -> PartyForm:
    """Return the form with what is said of somebody who takes part."""
    entries = {
        "name": Entry("name", _("Organisation"), facts.name, required=True),
        "sector": Entry("sector", _("Sector"), facts.sector),
    }
    if with_stand:
        stand = str(facts.stand) if facts.stand else ""
        entries["stand"] = Entry("stand", _("Number of the stand"), stand)
    entries["text"] = Entry("text", _("What the organisation does"), facts.text)
    return PartyForm(entries, facts.version)


def entry_form(
    market: Market, entry: MarketEntry | None = None, parties: Collection[Party] | None = None
) -> EntryForm:
    """Return the form of an offer or a demand; with `parties` it asks whose it is."""
    facts = entry.facts if entry else EntryFacts(Side.OFFER, "", "")
    entries = {}
    if parties is not None:
        whose = str(entry.party.id) if entry else ""
        entries["party"] = Entry("party", _("Organisation"), whose, required=True)
    entries |= {
        "side": Entry("side", _("What it is"), facts.side, required=True),
        "category": Entry("category", _("Category"), facts.category, required=True),
        "title": Entry("title", _("In a few words"), facts.title, required=True),
        "text": Entry("text", _("More about it"), facts.text),
    }
    known = [str(each.id) for each in parties or ()]
    return EntryForm(entries, facts.version if entry else "", market, known)


def agreement_form(
    market: Market,
    parties: Collection[Party],
    agreement: Agreement | None = None,
    beforehand: Mapping[str, str] | None = None,
) -> AgreementForm:
    """Return the form of an agreement, with what is known of it beforehand."""
    said = dict(beforehand or {})
    if agreement:
        facts = agreement.facts
        said = {
            "giver": str(facts.giver_id),
            "taker": str(facts.taker_id),
            "category": facts.category,
            "text": facts.what,
            "hours": str(facts.hours or ""),
            "euros": str(facts.euros or ""),
        }
    labels = {
        "giver": _("Who gives"),
        "taker": _("Who receives"),
        "category": _("Category"),
        "text": _("What is agreed on"),
        "hours": _("Hours, about"),
        "euros": _("Worth in euros, about"),
    }
    optional = {"hours", "euros"}
    entries = {
        name: Entry(name, label, said.get(name, "")[:LONGEST_TEXT], required=name not in optional)
        for name, label in labels.items()
    }
    known = [str(each.id) for each in parties]
    return AgreementForm(entries, agreement.facts.version if agreement else "", market, known)


def wanted_of_address() -> Wanted:
    """Return what the address asks for among the entries."""
    return Wanted(
        request.args.get("q", "")[:LONGEST_TITLE],
        request.args.get("category", "")[:LONGEST_TITLE],
        member(Side, request.args.get("side", "")),
    )
