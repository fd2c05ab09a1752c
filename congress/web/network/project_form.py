"""The forms of a project: what is said of it, and an organisation that takes part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congress.domain.network.projects import (
    LONGEST_CONTACT,
    LONGEST_PERSON,
    LONGEST_RESULTS,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    Part,
    PartFacts,
    ProjectFacts,
    ProjectKind,
)
from congress.extensions import settings
from congress.queries.network import register
from congress.queries.network.register import Named
from congress.web.entries import TICKED, Entry, read_address, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.filters import member
from congress.web.organiser.readers import day_of, texts_of

LONGEST_CHOICE = 64
LONGEST_TEXTS = {"summary": LONGEST_SUMMARY, "results": LONGEST_RESULTS}


@dataclass
class ProjectForm:
    """All entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    before: ProjectFacts
    version: str = ""

    def read(self, posted: Mapping[str, str]) -> ProjectFacts | None:
        """Take over what was typed; nothing where it cannot be used."""
        self.version = posted.get("version", "")[:16]
        given = self.entries
        given["kind"].value = posted.get("kind", "")[:LONGEST_CHOICE]
        kind = member(ProjectKind, given["kind"].value)
        if kind is None:
            given["kind"].errors.append(_("Please choose one of these."))
        missing = _("Please enter a title.")
        for name in ("title_de", "title_en"):
            read_line(given[name], posted.get(name, ""), most=LONGEST_TITLE, missing=missing)
        for part, most in LONGEST_TEXTS.items():
            self._read_texts(part, posted, most)
        first, last = self._day("starts_on", posted), self._day("ends_on", posted)
        if first and last and last < first:
            given["ends_on"].errors.append(
                _("The last day lies before the first one. Please enter a later day.")
            )
        contact = self._contact(posted)
        if self.errors or kind is None:
            return None
        return ProjectFacts(
            kind,
            texts_of(self.before.title, given["title_de"], given["title_en"]),
            texts_of(self.before.summary, given["summary_de"], given["summary_en"]),
            self._results(),
            first,
            last,
            contact,
        )

    def _read_texts(self, part: str, posted: Mapping[str, str], most: int) -> None:
        german, english = self.entries.get(f"{part}_de"), self.entries.get(f"{part}_en")
        if german is None or english is None:
            return
        for entry in (german, english):
            read_text(entry, posted.get(entry.name, ""), most=most)
        if english.value and not german.value:
            german.errors.append(_("Please fill this in in German as well."))

    def _results(self) -> dict[str, str]:
        if "results_de" not in self.entries:
            return dict(self.before.results)
        german, english = self.entries["results_de"], self.entries["results_en"]
        return texts_of(self.before.results, german, english)

    def _day(self, name: str, posted: Mapping[str, str]) -> date | None:
        entry = self.entries[name]
        read_line(entry, posted.get(name, ""), most=LONGEST_CHOICE)
        return day_of(entry) if entry.value else None

    def _contact(self, posted: Mapping[str, str]) -> str:
        if "contact" not in self.entries:
            return self.before.contact
        contact, agreed = self.entries["contact"], self.entries["agreed"]
        read_line(contact, posted.get("contact", ""), most=LONGEST_CONTACT)
        agreed.value = TICKED if posted.get("agreed") else ""
        if contact.value and not agreed.value:
            agreed.errors.append(_("Everybody can read this name, so please ask the person first."))
        return contact.value

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]


@dataclass
class PartForm:
    """An organisation that takes part, and who for it."""

    organisation: Entry
    part: Entry
    person: Entry
    email: Entry

    def read(self, posted: Mapping[str, str]) -> tuple[Named, PartFacts] | None:
        """Take over what was typed; nothing where it cannot be used."""
        missing = _("Please enter an organisation.")
        name = read_line(
            self.organisation,
            posted.get("organisation", ""),
            most=LONGEST_TITLE,
            missing=missing,
        )
        found = register.find_named(name) if name and not self.organisation.errors else None
        if name and found is None and not self.organisation.errors:
            self.organisation.errors.append(
                _(
                    "The register has no organisation “%(name)s”. Please enter its name or "
                    "official key.",
                    name=name,
                )
            )
        self.part.value = posted.get("part", "")[:LONGEST_CHOICE]
        part = member(Part, self.part.value)
        if part is None:
            self.part.errors.append(_("Please choose one of these."))
        read_line(self.person, posted.get("person", ""), most=LONGEST_PERSON)
        is_demo = settings().is_demo
        address = read_address(self.email, posted.get("email", ""), is_demo=is_demo)
        if self.errors or found is None or part is None:
            return None
        return found, PartFacts(part, self.person.value, address)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        entries = (self.organisation, self.part, self.person, self.email)
        return [error for entry in entries for error in told(entry)]


def project_form(facts: ProjectFacts | None = None) -> ProjectForm:
    """Return the form of the office: empty, or with what is said of a project."""
    shown = facts or ProjectFacts(ProjectKind.WORKING_GROUP, {})
    entries = proposal_entries(shown) | {
        "results_de": Entry("results_de", _("Results (German)"), shown.results.get("de", "")),
        "results_en": Entry("results_en", _("Results (English)"), shown.results.get("en", "")),
        "contact": Entry("contact", _("Contact for everybody"), shown.contact),
        "agreed": Entry(
            "agreed",
            _("The person agrees to be named on public pages."),
            TICKED if shown.contact else "",
        ),
    }
    return ProjectForm(entries, shown, facts.version if facts else "")


def proposal_form(facts: ProjectFacts | None = None) -> ProjectForm:
    """Return the form of whoever proposes a project: empty, or with what is said of it."""
    shown = facts or ProjectFacts(ProjectKind.WORKING_GROUP, {})
    return ProjectForm(proposal_entries(shown), shown, facts.version if facts else "")


def part_form() -> PartForm:
    """Return the empty form for an organisation that takes part."""
    return PartForm(
        Entry("organisation", _("Organisation"), required=True),
        Entry("part", _("How it takes part"), Part.PARTICIPANT, required=True),
        Entry("person", _("Who for it")),
        Entry("email", _("Email address")),
    )


def proposal_entries(shown: ProjectFacts) -> dict[str, Entry]:
    """Return the entries that whoever proposes a project fills in as well."""
    return {
        "kind": Entry("kind", _("Kind of project"), shown.kind, required=True),
        "title_de": Entry(
            "title_de", _("Title (German)"), shown.title.get("de", ""), required=True
        ),
        "title_en": Entry("title_en", _("Title (English)"), shown.title.get("en", "")),
        "summary_de": Entry(
            "summary_de", _("What it is about (German)"), shown.summary.get("de", "")
        ),
        "summary_en": Entry(
            "summary_en", _("What it is about (English)"), shown.summary.get("en", "")
        ),
        "starts_on": Entry("starts_on", _("First day"), _typed(shown.starts_on)),
        "ends_on": Entry("ends_on", _("Last day"), _typed(shown.ends_on)),
    }


def _typed(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
