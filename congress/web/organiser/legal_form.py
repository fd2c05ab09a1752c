"""The form of the legal texts of a host."""

from collections.abc import Mapping
from dataclasses import dataclass

from congress import extensions
from congress.domain.legal import NAMES, REQUIRED, LegalTexts
from congress.domain.programme import LONGEST_LINE
from congress.formats.congress_file_values import LEAD
from congress.web.entries import Entry, read_address, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.legal_words import label

LONGEST_VERSION = 200
BLOCKS = frozenset(
    {"address", "represented_by", "supervised_by"}
    | {"controller", "officer", "authority", "arbitration"}
)


@dataclass
class LegalForm:
    """All entries by name; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    version: str = ""

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]


def filled(texts: Mapping[str, str], version: str) -> LegalForm:
    """Return the form with these texts."""
    form = _empty(version)
    for name, text in texts.items():
        form[name].value = text
    return form


def typed(sent: Mapping[str, str]) -> tuple[LegalForm, LegalTexts | None]:
    """Return the form with what was sent and what it says; None where something is wrong."""
    form = _empty(sent.get("version", "")[:LONGEST_VERSION])
    for name in NAMES:
        entry, said = form[name], sent.get(name, "")
        if name == "email":
            _read_email(entry, said)
        elif name in BLOCKS:
            read_text(entry, said, most=LEAD)
        else:
            read_line(entry, said, most=LONGEST_LINE)
    if form.errors:
        return form, None
    return form, LegalTexts.of({name: form[name].value for name in NAMES})


def _read_email(entry: Entry, said: str) -> None:
    address = read_address(entry, said, is_demo=extensions.settings().is_demo)
    entry.value = address or entry.value


def _empty(version: str) -> LegalForm:
    """Nothing has to be filled in at once; what the law asks for is not called optional."""
    entries = {name: Entry(name, label(name)) for name in NAMES}
    for name in REQUIRED:
        entries[name].description = _("The law asks for it.")
    return LegalForm(entries, version)
