"""The form of an organisation: typed, checked, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congress.domain.network import keys
from congress.domain.network.keys import KeyFault
from congress.domain.network.organisations import (
    MOST_INHABITANTS,
    SECTOR_OF,
    OrganisationFacts,
)
from congress.domain.own_questions import read_date
from congress.formats.register_table import is_link
from congress.queries.network import register
from congress.web.entries import TICKED, Entry, read_line, read_number, told
from congress.web.languages import gettext as _
from congress.web.network import register_words as words

LONGEST_NAME, LONGEST_LINK = 200, 500


@dataclass
class OrganisationForm:
    """All entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    suggested: bool
    version: str = ""

    def read(self, posted: Mapping[str, str], *, besides: int | None) -> OrganisationFacts | None:
        """Take over what was typed; nothing where it cannot be used."""
        self.version = posted.get("version", "")[:16]
        self.suggested = posted.get("suggested") == TICKED
        for name, entry in self.entries.items():
            missing = _("Please enter a name.") if name == "name" else ""
            most = LONGEST_LINK if name == "website" else LONGEST_NAME
            read_line(entry, posted.get(name, ""), most=most, missing=missing)
        value = {name: entry.value for name, entry in self.entries.items()}
        facts = OrganisationFacts(
            name=value["name"],
            short_name=value["short_name"],
            kind=value["kind"],
            ags=self._key(),
            district=value["district"] or None,
            sector=value["sector"] or SECTOR_OF.get(value["kind"], ""),
            inhabitants=self._inhabitants(),
            valid_from=self._day("valid_from"),
            valid_until=self._day("valid_until"),
            successor_id=self._successor(besides),
            website=self._website(),
            suggested=self.suggested,
        )
        self._check(facts)
        return None if self.errors else facts

    def _key(self) -> str | None:
        entry = self.entries["ags"]
        if not entry.value or entry.errors:
            return None
        found = keys.read_key(entry.value)
        if isinstance(found, KeyFault):
            entry.errors.append(str(words.KEY_FAULTS[found]))
            return None
        entry.value = found.text
        return found.text

    def _inhabitants(self) -> int | None:
        entry = self.entries["inhabitants"]
        figures = "".join(entry.value.replace(".", "").split())
        if not figures or entry.errors:
            return None
        count = read_number(figures, most=MOST_INHABITANTS)
        if count is None:
            entry.errors.append(_("Please enter a number in figures, for example 12."))
        return count

    def _day(self, name: str) -> date | None:
        entry = self.entries[name]
        if not entry.value or entry.errors:
            return None
        day = read_date(entry.value)
        if day is None:
            entry.errors.append(_("Please enter a day, for example 21.10.2026."))
            return None
        return date.fromisoformat(day)

    def _successor(self, besides: int | None) -> int | None:
        entry = self.entries["successor_id"]
        if not entry.value or entry.errors:
            return None
        found = register.find_named(entry.value)
        if found is None:
            entry.errors.append(
                _(
                    "The register has no organisation “%(name)s”. Please enter its name or "
                    "official key.",
                    name=entry.value,
                )
            )
            return None
        if found.id == besides:
            entry.errors.append(_("An organisation cannot be merged into itself."))
            return None
        return found.id

    def _website(self) -> str:
        entry = self.entries["website"]
        if entry.value and not entry.errors and not is_link(entry.value):
            entry.errors.append(
                _("Please enter the whole address of the website, for example https://example.org.")
            )
        return entry.value

    def _check(self, facts: OrganisationFacts) -> None:
        first, last = facts.valid_from, facts.valid_until
        if first and last and last < first:
            self.entries["valid_until"].errors.append(
                _("The last day lies before the first one. Please enter a later day.")
            )
        if facts.successor_id is not None and last is None:
            self.entries["valid_until"].errors.append(
                _("Please enter the last day before the merger.")
            )

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]


def organisation_form(
    facts: OrganisationFacts | None = None, successor: str = ""
) -> OrganisationForm:
    """Return the form: empty, or with what is known of an organisation."""
    shown = facts or OrganisationFacts("")
    typed = {name: _as_typed(value) for name, value in vars(shown).items()}
    typed["successor_id"] = successor
    entries = {
        name: Entry(name, str(label), typed[name])
        for name, label in words.FIELDS.items()
        if name != "suggested"
    }
    entries["name"].required = True
    return OrganisationForm(entries, shown.suggested, facts.version if facts else "")


def _as_typed(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value)
