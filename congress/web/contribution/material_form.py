"""The form for a document, a photo or a link that remains of a workshop or a congress."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import FileStorage, MultiDict

from congress.domain.errors import Refused
from congress.domain.planning.materials import (
    LARGEST_MATERIAL,
    LONGEST_CREDIT,
    LONGEST_TITLE,
    PRINTED,
    Described,
    Material,
    MaterialAudience,
    MaterialFile,
)
from congress.formats.materials import read_material
from congress.web import refusals
from congress.web.contribution.results_form import read_link
from congress.web.entries import TICKED, Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.organiser.readers import texts_of

ENDPOINTS = frozenset(
    {
        "contribution.hand_in",
        "organiser.add_material",
        "organiser.add_congress_material",
        "network.add_project_document",
    }
)
YEAR = re.compile("(?:19|20)[0-9]{2}")
LONGEST_CHOICE = 64
LARGEST_FORM = LARGEST_MATERIAL + 4 * 1024 * 1024


@dataclass
class MaterialForm:
    """A file or a link, and what is said of it."""

    title_de: Entry
    title_en: Entry
    file: Entry
    link: Entry
    credit: Entry
    may_publish: Entry
    more: dict[str, Entry] = field(default_factory=dict)  # of the event itself: PRINTED, module
    days: Sequence[date] = ()
    audience: Entry | None = None  # of the office alone
    minutes: Entry | None = None

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        entries = (self.title_de, self.title_en, self.file, self.link, self.credit)
        more = (self.may_publish, *([self.audience] if self.audience else []), *self.more.values())
        return [error for entry in (*entries, *more) for error in told(entry)]

    def read(
        self, sent: MultiDict[str, str], file: FileStorage | None
    ) -> tuple[Described, MaterialFile | None] | None:
        """Return what was sent, or None when something in it has to be corrected."""
        content, name = _content(file)
        self._read_words(sent, is_file=bool(content))
        if content and self.link.value:
            self.link.errors.append(_("Please choose either a file or a link, and add the other."))
        elif not content and not self.link.value:
            self.file.errors.append(_("Please choose a file, or enter a link."))
        self.may_publish.value = TICKED if sent.get("may_publish") else ""
        if content and not self.may_publish.value:
            self.may_publish.errors.append(_("Without this we cannot take the file."))
        kept = self._file(name, content) if content else None
        if self.errors:
            return None
        return self._described({}, self.link.value), kept

    def read_words(self, sent: MultiDict[str, str], before: Material) -> Described | None:
        """Return what is said of something that is there already, or None."""
        self._read_words(sent, is_file=not before.is_link)
        if before.is_link and not self.link.value and not self.link.errors:
            self.link.errors.append(_("Please enter the link."))
        if self.errors:
            return None
        link = self.link.value if before.is_link else ""
        return self._described(dict(before.described.title), link)

    def _described(self, title: dict[str, str], link: str) -> Described:
        said = {name: self.more[name].value for name in PRINTED if name in self.more}
        module = self.more["module"].value if "module" in self.more else ""
        day = next((each for each in self.days if each.isoformat() == module), None)
        return Described(
            texts_of(title, self.title_de, self.title_en),
            self.credit.value,
            link,
            **said,
            day=day,
            audience=MaterialAudience(self.audience.value)
            if self.audience
            else MaterialAudience.PUBLIC,
            is_minutes=bool(self.minutes and self.minutes.value),
        )

    def _read_more(self, sent: MultiDict[str, str]) -> None:
        for name, entry in self.more.items():
            read_line(entry, sent.get(name, ""), most=LONGEST_CREDIT)
        year, editors = self.more.get("year"), self.more.get("editors")
        if year and year.value and not YEAR.fullmatch(year.value):
            year.errors.append(_("Please enter a year with four digits, for example 2016."))
        if (
            editors
            and not editors.value
            and (self.more["publisher"].value or (year and year.value))
        ):
            editors.errors.append(_("Please enter who edited it, or leave publisher and year out."))

    def _read_words(self, sent: MultiDict[str, str], *, is_file: bool) -> None:
        missing = _("Please say what it is; of a photo, what it shows.")
        read_line(self.title_de, sent.get("title_de", ""), most=LONGEST_TITLE, missing=missing)
        read_line(self.title_en, sent.get("title_en", ""), most=LONGEST_TITLE)
        read_link(self.link, sent.get("link", ""))
        read_line(self.credit, sent.get("credit", ""), most=LONGEST_CREDIT)
        self._read_more(sent)
        if self.audience is not None:
            self.audience.value = sent.get("audience", self.audience.value)[:LONGEST_CHOICE]
            if self.audience.value not in set(MaterialAudience):
                self.audience.errors.append(_("Please choose who will see it."))
        if self.minutes is not None:
            self.minutes.value = TICKED if sent.get("minutes") else ""
        if is_file and not self.credit.value and not self.credit.errors:
            self.credit.errors.append(_("Please enter who made it."))

    def _file(self, name: str, content: bytes) -> MaterialFile | None:
        try:
            return read_material(name, content)
        except Refused as refusal:
            self.file.errors.append(refusals.text(refusal))
            return None


def material_form(
    material: Material | None = None, *, is_of_event: bool = False, days: Sequence[date] = ()
) -> MaterialForm:
    """Return the form, with what is said of something already.

    What is of an event itself may be a publication, or of one of the modules on these days.
    """
    said = material.described if material else Described({})
    more = {}
    if is_of_event:
        more = {
            "editors": Entry("editors", _("Editors"), said.editors),
            "publisher": Entry("publisher", _("Published by"), said.publisher),
            "year": Entry("year", _("Year"), said.year),
        }
        if days:
            day = said.day.isoformat() if said.day else ""
            more["module"] = Entry("module", _("Module"), day)
    title = said.title
    return MaterialForm(
        title_de=Entry(
            "title_de", _("What it is (German)"), value=title.get("de", ""), required=True
        ),
        title_en=Entry("title_en", _("What it is (English)"), value=title.get("en", "")),
        file=Entry("file", _("File")),
        link=Entry("link", _("Link"), value=said.url),
        credit=Entry("credit", _("Who made it"), value=said.credit),
        may_publish=Entry(
            "may_publish",
            _("The file may be published here: whoever made it and whoever it shows agree."),
        ),
        more=more,
        days=days,
    )


def office_form(
    material: Material | None = None, *, is_of_event: bool = False, days: Sequence[date] = ()
) -> MaterialForm:
    """Return the form of the office, which also says who will see it, and what are minutes."""
    form = material_form(material, is_of_event=is_of_event, days=days)
    said = material.described if material else Described({})
    form.audience = Entry("audience", _("Who will see it"), said.audience, required=True)
    form.minutes = Entry(
        "minutes", _("These are minutes."), TICKED if material and material.is_minutes else ""
    )
    return form


def _content(file: FileStorage | None) -> tuple[bytes, str]:
    if file is None:
        return b"", ""
    content = file.stream.read(LARGEST_MATERIAL + 1)
    file.close()
    return content, file.filename or ""
