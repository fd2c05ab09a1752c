"""The form of a next edition: its first day, its name in the address, its title."""

from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from congress.domain.congress_file.plan import CongressPlan
from congress.domain.planning.next_edition import suggest_title
from congress.domain.programme import LONGEST_LINE
from congress.domain.texts import REQUIRED_LANGUAGE, Texts
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _


@dataclass
class EditionForm:
    """All fields; there is a title in every language in which the last edition has one."""

    starting: Entry
    slug: Entry
    titles: dict[str, Entry]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        entries = [self.starting, self.slug, *self.titles.values()]
        return [error for entry in entries for error in told(entry)]

    @property
    def title(self) -> Texts:
        return {language: entry.value for language, entry in self.titles.items() if entry.value}


def filled(last: CongressPlan, starting: date, slug: str) -> EditionForm:
    """Return the form with what is proposed."""
    form = _empty(last)
    form.starting.value = f"{starting.day}.{starting.month}.{starting.year}"
    form.slug.value = slug
    for language, text in suggest_title(last.title, last.first_day, starting).items():
        form.titles[language].value = text
    return form


def typed(sent: MultiDict[str, str], last: CongressPlan) -> EditionForm:
    """Return the form with what was sent, and what is wrong with single fields."""
    form = _empty(last)
    missing = _("Please enter the first day, for example 21.10.2026.")
    read_line(form.starting, sent.get("starting", ""), most=LONGEST_LINE, missing=missing)
    missing = _("Please enter a short name, for example congress-2027.")
    read_line(form.slug, sent.get("slug", ""), most=LONGEST_LINE, missing=missing)
    missing = _("Please enter a title.")
    for entry in form.titles.values():
        read_line(entry, sent.get(entry.name, ""), most=LONGEST_LINE, missing=missing)
    return form


def _empty(last: CongressPlan) -> EditionForm:
    return EditionForm(
        starting=Entry("starting", _("First day"), required=True),
        slug=Entry("slug", _("Short name in the address"), required=True),
        titles={
            language: Entry(
                f"title_{language}",
                _label(language, alone=len(last.title) == 1),
                required=language == REQUIRED_LANGUAGE,
            )
            for language in last.title
        },
    )


def _label(language: str, *, alone: bool) -> str:
    if alone:
        return _("Title")
    known = {"de": _("Title (German)"), "en": _("Title (English)")}
    return known.get(language) or _("Title (%(language)s)", language=language)
