"""The form of a contact person: typed, checked, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congress import extensions
from congress.domain.letter_texts import LANGUAGES
from congress.domain.network.contacts import Contact, ContactDetails
from congress.domain.network.terms import ContactRole, Term
from congress.domain.own_questions import read_date
from congress.queries.network import register
from congress.web.entries import TICKED, Entry, read_address, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser.filters import member

LONGEST_NAME, LONGEST_PHONE = 100, 50


@dataclass
class ContactForm:
    """All entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    is_told: bool = True
    version: str = ""

    def read(self, posted: Mapping[str, str]) -> tuple[ContactDetails, Term] | None:
        """Take over what was typed; nothing where it cannot be used."""
        self.version = posted.get("version", "")[:16]
        self.is_told = posted.get("is_told") == TICKED
        details, starts_on = self.read_details(posted), self.read_day("starts_on", posted)
        ends_on = self.read_day("ends_on", posted)
        if starts_on and ends_on and ends_on < starts_on:
            self.entries["ends_on"].errors.append(
                _("The last day lies before the first one. Please enter a later day.")
            )
        if self.errors or details is None or starts_on is None:
            return None
        return details, Term(starts_on, ends_on)

    def read_details(self, posted: Mapping[str, str]) -> ContactDetails | None:
        """Take over who it is."""
        missing = {"given_name": _("Please enter the given name.")}
        missing["family_name"] = _("Please enter the family name.")
        for name in ("given_name", "family_name", "function", "phone"):
            most = LONGEST_PHONE if name == "phone" else LONGEST_NAME
            said = posted.get(name, "")
            read_line(self.entries[name], said, most=most, missing=missing.get(name, ""))
        is_demo = extensions.settings().is_demo
        absent = _("Please enter the email address, for example name@example.org.")
        email = read_address(
            self.entries["email"], posted.get("email", ""), is_demo=is_demo, missing=absent
        )
        role = member(ContactRole, posted.get("role", "")) or ContactRole.CONTACT
        language = posted.get("language", "")
        language = language if language in LANGUAGES else LANGUAGES[0]
        self.entries["role"].value, self.entries["language"].value = role, language
        if self.errors:
            return None
        value = {name: entry.value for name, entry in self.entries.items()}
        return ContactDetails(
            role,
            value["given_name"],
            value["family_name"],
            email,
            value["function"],
            value["phone"],
            language,
        )

    def read_day(self, name: str, posted: Mapping[str, str]) -> date | None:
        """Take over a day; none where it is empty or no day, and then it says so."""
        entry = self.entries[name]
        missing = _("Please enter a day, for example 21.10.2026.")
        read_line(entry, posted.get(name, ""), most=20, missing=missing)
        if not entry.value or entry.errors:
            return None
        day = read_date(entry.value)
        if day is None:
            entry.errors.append(missing)
            return None
        return date.fromisoformat(day)

    def read_organisation(self, posted: Mapping[str, str]) -> int | None:
        """Take over for which organisation of the register somebody speaks."""
        entry = self.entries["organisation"]
        missing = _("Please enter the name of an organisation of the register.")
        read_line(entry, posted.get("organisation", ""), most=200, missing=missing)
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
        return found.id

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]


def contact_form(contact: Contact | None = None, *, organisation: str = "") -> ContactForm:
    """Return the form: empty, or with what is known of somebody."""
    said = contact.details if contact else None
    term = contact.term if contact else None
    entries = [
        Entry("organisation", _("Organisation"), organisation, required=True),
        Entry("role", _("As"), said.role if said else ContactRole.CONTACT, required=True),
        Entry("given_name", _("First name"), said.given_name if said else "", required=True),
        Entry("family_name", _("Family name"), said.family_name if said else "", required=True),
        Entry("email", _("Email address"), said.email if said else "", required=True),
        Entry("function", _("Job title"), said.function if said else ""),
        Entry("phone", _("Telephone"), said.phone if said else ""),
        Entry("language", _("Language"), said.language if said else "de", required=True),
        Entry("starts_on", _("First day"), _typed(term.starts_on if term else None), required=True),
        Entry("ends_on", _("Last day"), _typed(term.ends_on if term else None)),
    ]
    version = contact.version if contact else ""
    return ContactForm({each.name: each for each in entries}, version=version)


def _typed(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
