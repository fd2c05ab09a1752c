"""The form of a task of a module."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congress.domain.module_tasks import LONGEST_TEXT, LONGEST_TITLE, TaskFacts, Whose
from congress.domain.own_questions import read_date
from congress.domain.texts import written
from congress.web.entries import Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.filters import member
from congress.web.organiser.readers import texts_of

LONGEST_DAY = 20


@dataclass
class TaskForm:
    """All entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    days: Sequence[date]
    version: str = ""

    def read(self, posted: Mapping[str, str], before: TaskFacts | None = None) -> TaskFacts | None:
        """Take over what was typed; nothing where it cannot be used."""
        self.version = posted.get("version", "")[:16]
        missing = {
            "title_de": _("Please enter what is to be done."),
            "due_on": _("Please enter a day, for example 21.10.2026."),
        }
        for name, entry in self.entries.items():
            typed = posted.get(name, "")
            if name.startswith("text"):
                read_text(entry, typed, most=LONGEST_TEXT)
            elif name.startswith("title"):
                read_line(entry, typed, most=LONGEST_TITLE, missing=missing.get(name, ""))
            else:
                read_line(entry, typed, most=LONGEST_DAY, missing=missing.get(name, ""))
        day, due_on = self._module(), self._due_on()
        if self.errors or day is None or due_on is None:
            return None
        return TaskFacts(
            day=day,
            title=self._texts("title", before.title if before else {}),
            due_on=due_on,
            text=self._texts("text", before.text if before else {}),
            whose=member(Whose, self.entries["whose"].value) or Whose.PERSON,
        )

    def _texts(self, name: str, before: Mapping[str, str]) -> dict[str, str]:
        german, english = (self.entries[f"{name}_{language}"] for language in ("de", "en"))
        return dict(written(texts_of(dict(before), german, english)))

    def _module(self) -> date | None:
        entry = self.entries["day"]
        found = next((day for day in self.days if day.isoformat() == entry.value), None)
        if found is None and not entry.errors:
            entry.errors.append(_("Please choose a module."))
        return found

    def _due_on(self) -> date | None:
        entry = self.entries["due_on"]
        if entry.errors:
            return None
        said = read_date(entry.value)
        if said is None:
            entry.errors.append(_("Please enter a day, for example 21.10.2026."))
        return date.fromisoformat(said) if said else None

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]


def task_form(days: Sequence[date], facts: TaskFacts | None = None) -> TaskForm:
    """Return the form, empty or with what a task says."""
    title, text = (facts.title, facts.text) if facts else ({}, {})
    entries = [
        Entry("day", _("Module"), facts.day.isoformat() if facts else "", required=True),
        Entry("title_de", _("Task (German)"), title.get("de", ""), required=True),
        Entry("title_en", _("Task (English)"), title.get("en", "")),
        Entry("text_de", _("Details (German)"), text.get("de", "")),
        Entry("text_en", _("Details (English)"), text.get("en", "")),
        Entry("due_on", _("Due on"), f"{facts.due_on:%d.%m.%Y}" if facts else "", required=True),
        Entry("whose", _("Who does it"), facts.whose if facts else Whose.PERSON, required=True),
    ]
    return TaskForm({each.name: each for each in entries}, days, facts.version if facts else "")
