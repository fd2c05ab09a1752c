"""The form of a note in the contact log: one field is enough, the day of today stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from congress.domain.network.contact_notes import ContactKind, NoteFacts
from congress.domain.own_questions import read_date
from congress.queries.network import contact_log, contacts, register
from congress.queries.network.register import Named
from congress.web.entries import Entry, read_id, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.network import contact_log_words as words
from congress.web.organiser.filters import member

LONGEST_LINE, LONGEST_TEXT = 200, 4000
FIRST_YEAR = 1990


@dataclass
class NoteForm:
    """All entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    organisation: Named | None  # whose page one came from, or whose note it is
    accounts: dict[int, str]  # who may follow up
    contacts: dict[int, str]  # who speaks for the organisation
    version: str = ""

    def read(self, posted: Mapping[str, str], *, today: date) -> NoteFacts | None:
        """Take over what was typed; nothing where it cannot be used."""
        self.version = posted.get("version", "")[:16]
        missing = {
            "topic": _("Please enter in a few words what it was about."),
            "organisation": _("Please enter whom you were in contact with."),
        }
        for name, entry in self.entries.items():
            typed = posted.get(name, "")
            if name == "text":
                read_text(entry, typed, most=LONGEST_TEXT)
            else:
                read_line(entry, typed, most=LONGEST_LINE, missing=missing.get(name, ""))
        organisation = self._organisation()
        day, follows_on = self._contact_day(today), self._day("follow_up_on")
        if follows_on is not None and follows_on < day:
            sentence = _("This day lies before the contact. Please enter a later day.")
            self._refuse("follow_up_on", sentence)
        facts = NoteFacts(
            organisation_id=organisation.id if organisation else 0,
            kind=member(ContactKind, self.entries["kind"].value) or ContactKind.CALL,
            day=day,
            topic=self.entries["topic"].value,
            at=self._time(),
            text=self.entries["text"].value,
            contact_id=self._chosen("contact", self.contacts),
            follow_up_on=follows_on,
            # Nobody is responsible for what nobody has to do.
            follow_up_for=self._chosen("follow_up_for", self.accounts) if follows_on else None,
        )
        return None if self.errors else facts

    def _organisation(self) -> Named | None:
        entry = self.entries["organisation"]
        if self.organisation or entry.errors or not entry.value:
            return self.organisation
        found = register.find_named(entry.value)
        if found is None:
            self._refuse(
                "organisation",
                _(
                    "The register has no organisation “%(name)s”. Please enter its name or "
                    "official key.",
                    name=entry.value,
                ),
            )
        return found

    def _day(self, name: str) -> date | None:
        entry = self.entries[name]
        if not entry.value or entry.errors:
            return None
        found = read_date(entry.value)
        if found is None:
            self._refuse(name, _("Please enter a day, for example 21.10.2026."))
            return None
        return date.fromisoformat(found)

    def _contact_day(self, today: date) -> date:
        day = self._day("day") or today
        if day > today:
            self._refuse(
                "day", _("This day has not come yet. Please enter the day of the contact.")
            )
        elif day.year < FIRST_YEAR:
            self._refuse("day", _("Please enter a day, for example 21.10.2026."))
        return day

    def _time(self) -> time | None:
        entry = self.entries["at"]
        if not entry.value or entry.errors:
            return None
        hour, _colon, minute = entry.value.replace(".", ":").partition(":")
        try:
            return time(int(hour), int(minute or "0"))
        except ValueError:
            self._refuse("at", _("Please enter a time, for example 14:30."))
            return None

    def _chosen(self, name: str, choices: Mapping[int, str]) -> int | None:
        number = read_id(self.entries[name].value)
        return number if number in choices else None

    def _refuse(self, name: str, sentence: str) -> None:
        if not self.entries[name].errors:
            self.entries[name].errors.append(sentence)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]


def note_form(
    today: date,
    account: int,
    *,
    organisation: Named | None = None,
    facts: NoteFacts | None = None,
) -> NoteForm:
    """Return the form: with the day of today and oneself, or with what a note says."""
    waits = facts is not None and facts.follow_up_on is not None
    follows = facts.follow_up_for if facts and waits else account  # nobody stays nobody
    typed = {
        "organisation": "",
        "topic": facts.topic if facts else "",
        "day": f"{facts.day if facts else today:%d.%m.%Y}",
        "at": f"{facts.at:%H:%M}" if facts and facts.at else "",
        "kind": facts.kind if facts else ContactKind.CALL,
        "contact": str(facts.contact_id or "") if facts else "",
        "text": facts.text if facts else "",
        "follow_up_on": f"{facts.follow_up_on:%d.%m.%Y}" if facts and facts.follow_up_on else "",
        "follow_up_for": str(follows or ""),
    }
    entries = {name: Entry(name, str(label), typed[name]) for name, label in words.FIELDS.items()}
    entries["topic"].required = True
    entries["organisation"].required = organisation is None
    people = contacts.of_organisation(organisation.id) if organisation else []
    return NoteForm(
        entries,
        organisation,
        contact_log.responsible(),
        {each.id: each.name for each in people},
        facts.version if facts else "",
    )
