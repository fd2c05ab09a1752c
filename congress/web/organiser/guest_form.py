"""Whom an invitation is for, in a form: typed, checked, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from congress import extensions
from congress.domain.fields import FIELDS, NAMES
from congress.domain.invitations import MOST_PLACES, Guest
from congress.domain.kinds import PersonKind
from congress.domain.names import says_nothing
from congress.formats.field_words import field_words
from congress.web import languages
from congress.web.entries import Entry, read_address, read_line, read_number, told
from congress.web.languages import gettext as _
from congress.web.organiser.entry_form import LANGUAGES
from congress.web.organiser.filters import member

LINES = ("given_name", "family_name", "organisation")
MOST = {each.name: each.most for each in FIELDS}


@dataclass
class GuestForm:
    """All entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    version: str = ""

    def read(self, posted: Mapping[str, str]) -> Guest | None:
        """Take over what was typed; nothing where it cannot be used."""
        self.version = posted.get("version", "")[:16]
        for name in LINES:
            entry = self.entries[name]
            value = read_line(entry, posted.get(name, ""), most=MOST[name])
            if name in NAMES and says_nothing(value):
                entry.value = ""
        email, language, places = (self.entries[name] for name in ("email", "language", "places"))
        is_demo = extensions.settings().is_demo
        address = read_address(email, posted.get("email", ""), is_demo=is_demo)
        language.value = posted.get("language", "")
        if language.value not in LANGUAGES:
            language.errors.append(_("Please choose one of the languages."))
        kind = self._read_kind(posted.get("kind", PersonKind.ATTENDEE))
        count = read_places(places, posted.get("places", ""))
        self._require_somebody(count)
        if self.errors:
            return None
        lines = {name: self.entries[name].value for name in LINES}
        return Guest(address, language=language.value, places=count, kind=kind, **lines)

    def _read_kind(self, sent: str) -> PersonKind:
        entry, kind = self.entries["kind"], member(PersonKind, sent)
        entry.value = sent if kind else ""
        if kind is None:
            entry.errors.append(_("Please choose one of these."))
        return kind or PersonKind.ATTENDEE

    def _require_somebody(self, places: int) -> None:
        """An organisation needs its name; whoever comes as one person has one of their own."""
        if self.entries["organisation"].value:
            return
        if places > 1:
            self.entries["organisation"].errors.append(several_need_organisation())
        elif not any(self.entries[name].value for name in NAMES):
            self.entries["given_name"].errors.append(_("Please enter a name or an organisation."))

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]


def several_need_organisation() -> str:
    """Say what an invitation for several people lacks."""
    return _("Please enter the organisation: several people can only come for one.")


def read_places(entry: Entry, typed: str) -> int:
    """Return how many people an invitation is for; nothing typed is one."""
    value = read_line(entry, typed, most=12) or "1"
    count = read_number(value, most=MOST_PLACES)
    if not count and not entry.errors:
        entry.errors.append(_("Please enter a number from 1 to %(most)d.", most=MOST_PLACES))
    return count or 1


def guest_form(guest: Guest | None = None) -> GuestForm:
    """Return the form: empty, or with whom an invitation is for."""
    words = field_words(languages.current())
    shown = guest or Guest("")
    entries = {
        name: Entry(name, words[name].label, getattr(shown, name))
        for name in (*LINES[:2], "email", LINES[2])
    }
    entries["email"].required = True
    entries["places"] = Entry("places", _("Places"), str(shown.places))
    entries["kind"] = Entry("kind", _("Attending as"), shown.kind, True)
    entries["language"] = Entry("language", _("Language of the emails"), shown.language, True)
    return GuestForm(entries, guest.version if guest else "")
