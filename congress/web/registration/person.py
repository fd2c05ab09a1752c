"""The part of a form that says who comes: asked when registering and when correcting oneself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from congress import extensions
from congress.domain.congresses import Congress
from congress.domain.fields import FIELDS, NAMES, Field, FieldKind, FieldUse
from congress.domain.names import says_nothing, web_address_in
from congress.domain.registration_request import Details
from congress.formats.field_words import field_words
from congress.web import languages
from congress.web.entries import Entry, read_address, read_line, told
from congress.web.languages import gettext as _

LONGEST_VERSION = 64


@dataclass
class PersonForm:
    """One entry for each field that a congress asks for, as typed and as checked.

    Addresses of web pages are refused unless an organiser types them, or they stand already.
    """

    entries: dict[Field, Entry]
    before: Mapping[str, str] = field(default_factory=dict)
    is_trusted: bool = False
    checked: dict[str, str] = field(default_factory=dict)

    def read(self, posted: Mapping[str, str]) -> None:
        """Take over what was typed."""
        is_demo = extensions.settings().is_demo
        words = field_words(languages.current())
        for each, entry in self.entries.items():
            typed = posted.get(each.name, "")
            if each.kind is FieldKind.EMAIL:
                stays = _("An address can be changed, but not removed.") if self.is_trusted else ""
                value = read_address(entry, typed, is_demo=is_demo, missing=stays)
            else:
                missing = words[each.name].missing
                if self.is_trusted:  # they are not the one whose details these are
                    missing = _("Please fill in this field.")
                value = read_line(entry, typed, most=each.most, missing=missing)
                if each.name in NAMES and says_nothing(value):
                    value = entry.value = ""
                if not self.is_trusted and value != self.before.get(each.name):
                    refuse_web_address(entry, is_name=each.name in NAMES)
            self.checked[each.name] = value
        self._require_name()

    def _require_name(self) -> None:
        names = [entry for each, entry in self.entries.items() if each.name in NAMES]
        if not any(entry.value or entry.errors for entry in names):
            missing = field_words(languages.current())[names[0].name].missing
            names[0].errors.append(_("Please enter a name.") if self.is_trusted else missing)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the entries."""
        return [error for entry in self.entries.values() for error in told(entry)]

    @property
    def is_repaired(self) -> bool:
        """Whether something was taken over not quite as typed."""
        return any(entry.is_repaired for entry in self.entries.values())


def person_form(
    congress: Congress, before: Details | None = None, *, is_trusted: bool = False
) -> PersonForm:
    """Return an entry for each field that a congress asks for: empty, or with what stands.

    Of somebody else an organiser may know no address; one that stands is not taken away.
    """
    may_lack = is_trusted and not (before and before.email)
    hints = {FieldKind.EMAIL: _no_mails()} if may_lack else {}
    said = before.said if before else {}
    words = field_words(languages.current())
    used = {each: congress.fields.get(each.name, each.use) for each in FIELDS}
    return PersonForm(
        {
            each: Entry(
                each.name,
                words[each.name].label,
                value=said.get(each.name, ""),
                required=use is FieldUse.REQUIRED and each.kind not in hints,
                description=hints.get(each.kind, "") if is_trusted else words[each.name].hint,
            )
            for each, use in used.items()
            if use is not FieldUse.OFF
        },
        said,
        is_trusted,
    )


def _no_mails() -> str:
    return _("Leave it empty if there is none: then no emails are sent.")


def stands_now(form: PersonForm, stored: Details) -> list[tuple[str | None, str]]:
    """Return what is stored where a form says something else, each with the way to its entry."""
    return [
        (
            entry.id,
            _("%(field)s: now “%(said)s”", field=entry.label, said=stored.said[each.name])
            if stored.said[each.name]
            else _("%(field)s: now empty", field=entry.label),
        )
        for each, entry in form.entries.items()
        if form.checked[each.name] != stored.said[each.name]
    ]


def refuse_web_address(entry: Entry, *, is_name: bool = False) -> None:
    """Say what is wrong with an entry that would advertise a page in our mails."""
    found = "" if entry.errors else web_address_in(entry.value, is_name=is_name)
    if found:
        entry.errors.append(
            _(
                "“%(address)s” looks like a web address, which we do not include in our "
                "emails. Please remove it; if it is not one, add a space after the dot.",
                address=found,
            )
        )
