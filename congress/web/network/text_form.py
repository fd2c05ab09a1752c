"""The forms of a text of the network: what it is, what a version says, days, answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congress.domain.network.network_texts import (
    LONGEST_ANSWER,
    LONGEST_BODY,
    LONGEST_CHANGES,
    LONGEST_PERIOD,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Adoption,
    Answer,
    TextKind,
    VersionFacts,
)
from congress.domain.texts import Texts
from congress.web.entries import Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser.filters import member
from congress.web.organiser.readers import day_of, texts_of

LONGEST_CHOICE = 64
VERSION_PARTS = {"body": LONGEST_TEXT, "changes": LONGEST_CHANGES}


@dataclass
class Form:
    """Entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    version: str = ""

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]


def description(kind: TextKind | None = None, title: Texts | None = None) -> dict[str, Entry]:
    """Return the entries that say what a text is."""
    title = title or {}
    return {
        "kind": Entry("kind", _("Kind of text"), str(kind or ""), required=True),
        "title_de": Entry("title_de", _("Title (German)"), title.get("de", ""), required=True),
        "title_en": Entry("title_en", _("Title (English)"), title.get("en", "")),
    }


def wording(facts: VersionFacts | None = None) -> dict[str, Entry]:
    """Return the entries of what a version says."""
    shown = facts or VersionFacts({})
    body, changes = shown.body, shown.changes
    return {
        "body_de": Entry("body_de", _("Text (German)"), body.get("de", ""), required=True),
        "body_en": Entry("body_en", _("Text (English)"), body.get("en", "")),
        "changes_de": Entry("changes_de", _("What changed (German)"), changes.get("de", "")),
        "changes_en": Entry("changes_en", _("What changed (English)"), changes.get("en", "")),
    }


def read_description(
    form: Form, posted: Mapping[str, str], before: Texts
) -> tuple[TextKind, Texts] | None:
    """Take over what a text is; nothing where it cannot be used."""
    form["kind"].value = posted.get("kind", "")[:LONGEST_CHOICE]
    kind = member(TextKind, form["kind"].value)
    if kind is None:
        form["kind"].errors.append(_("Please choose one of these."))
    for name in ("title_de", "title_en"):
        missing = _("Please enter a title.")
        read_line(form[name], posted.get(name, ""), most=LONGEST_TITLE, missing=missing)
    if kind is None or form["title_de"].errors or form["title_en"].errors:
        return None
    return kind, texts_of(before, form["title_de"], form["title_en"])


def read_wording(
    form: Form, posted: Mapping[str, str], before: VersionFacts
) -> VersionFacts | None:
    """Take over what a version says; nothing where it cannot be used."""
    form.version = posted.get("version", "")[:16]
    for part, most in VERSION_PARTS.items():
        german, english = form[f"{part}_de"], form[f"{part}_en"]
        for entry in (german, english):
            read_text(entry, posted.get(entry.name, ""), most=most)
        if not german.value and not german.errors and (german.required or english.value):
            german.errors.append(
                _("Please enter the text.")
                if german.required
                else _("Please fill this in in German as well.")
            )
    names = [f"{part}_{language}" for part in VERSION_PARTS for language in ("de", "en")]
    if any(form[name].errors for name in names):
        return None
    return VersionFacts(
        texts_of(before.body, form["body_de"], form["body_en"]),
        texts_of(before.changes, form["changes_de"], form["changes_en"]),
    )


def until_form(until: str = "") -> Form:
    """Return the form for the last day of comments."""
    return Form({"until": Entry("until", _("Last day for comments"), until, required=True)})


def read_until(form: Form, posted: Mapping[str, str], today: date) -> date | None:
    """Take over the last day for comments: today at the earliest, within a year."""
    entry = form["until"]
    missing = _("Please enter the last day, for example 21.10.2026.")
    read_line(entry, posted.get("until", ""), most=LONGEST_CHOICE, missing=missing)
    day = day_of(entry) if entry.value else None
    if day is not None and not today <= day <= today + LONGEST_PERIOD:
        entry.errors.append(_("Please enter a day from today on, within one year."))
    return None if entry.errors else day


def adoption_form() -> Form:
    """Return the form that puts a version in force."""
    return Form(
        {
            "day": Entry("day", _("Adopted on"), required=True),
            "by": Entry("by", _("Adopted by"), required=True),
        }
    )


def read_adoption(form: Form, posted: Mapping[str, str], today: date) -> Adoption | None:
    """Take over when a version was adopted, and by whom."""
    missing = _("Please enter the day, for example 21.10.2026.")
    read_line(form["day"], posted.get("day", ""), most=LONGEST_CHOICE, missing=missing)
    day = day_of(form["day"]) if form["day"].value else None
    if day is not None and day > today:
        form["day"].errors.append(_("This day is still to come. Please adopt the version then."))
    missing = _("Please enter who adopted it, such as a network meeting.")
    read_line(form["by"], posted.get("by", ""), most=LONGEST_BODY, missing=missing)
    return Adoption(day, form["by"].value) if day is not None and not form.errors else None


def answer_form(given: Answer | None = None, words: str = "") -> Form:
    """Return the form that answers a comment."""
    return Form(
        {
            "answer": Entry("answer", _("What becomes of it"), str(given or ""), required=True),
            "words": Entry("words", _("Answer"), words, required=True),
        }
    )


def read_answer(form: Form, posted: Mapping[str, str]) -> tuple[Answer, str] | None:
    """Take over the answer to a comment; a sentence belongs to each."""
    form["answer"].value = posted.get("answer", "")[:LONGEST_CHOICE]
    given = member(Answer, form["answer"].value)
    if given is None:
        form["answer"].errors.append(_("Please choose one of these."))
    read_text(form["words"], posted.get("words", ""), most=LONGEST_ANSWER)
    if not form["words"].value and not form["words"].errors:
        form["words"].errors.append(_("Please give the reason in a sentence."))
    return (given, form["words"].value) if given is not None and not form.errors else None
