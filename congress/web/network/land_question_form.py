"""The forms of a question to the Land: as a municipality asks it, as the office has it, answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from congress.domain.network.land_questions import (
    LONGEST_ANSWER,
    LONGEST_SOURCE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Answer,
    Audience,
    QuestionFacts,
)
from congress.queries.network import land_questions, register
from congress.queries.network.land_questions import Meeting, Question
from congress.queries.network.register import Named
from congress.web import languages
from congress.web.entries import TICKED, Entry, read_id, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.network.frame import dates
from congress.web.organiser.filters import member
from congress.web.organiser.readers import day_of, texts_of

LONGEST_CHOICE = 64
Choices = list[tuple[str, str]]


@dataclass
class QuestionForm:
    """All entries by name, as typed; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    before: QuestionFacts
    meetings: Sequence[Meeting]
    version: str = ""
    organisation: Named | None = field(default=None)

    def read(self, posted: Mapping[str, str]) -> QuestionFacts | None:
        """Take over what was typed; nothing where it cannot be used."""
        self.version = posted.get("version", "")[:16]
        given = self.entries
        missing = _("Please enter the question in a few words.")
        for name in ("title", "title_en"):
            if name in given:
                typed, needed = posted.get(name, ""), missing if name == "title" else ""
                read_line(given[name], typed, most=LONGEST_TITLE, missing=needed)
        for name in ("text", "text_en"):
            if name in given:
                read_text(given[name], posted.get(name, ""), most=LONGEST_TEXT)
        if "text_en" in given and given["text_en"].value and not given["text"].value:
            given["text"].errors.append(_("Please fill this in in German as well."))
        given["meeting"].value = posted.get("meeting", "")[:LONGEST_CHOICE]
        given["is_named"].value = TICKED if posted.get("is_named") else ""
        if "organisation" in given:
            self.organisation = _organisation(given["organisation"], posted)
        return None if self.errors else self._facts()

    def _facts(self) -> QuestionFacts:
        given, named = self.entries, bool(self.entries["is_named"].value)
        if "title_en" not in given:
            return self.before.asked_anew(
                given["title"].value, given["text"].value, self._meeting(), is_named=named
            )
        return QuestionFacts(
            texts_of(self.before.title, given["title"], given["title_en"]),
            texts_of(self.before.text, given["text"], given["text_en"]),
            self._meeting(),
            named,
        )

    def _meeting(self) -> int | None:
        number = read_id(self.entries["meeting"].value)
        known = {each.id for each in self.meetings} | {self.before.meeting_id}
        return number if number in known else None

    @property
    def choices(self) -> Choices:
        """The meetings one can choose from, with their days."""
        return meeting_choices(self.meetings)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]


@dataclass
class AnswerForm:
    """What the Land says, as typed."""

    answer_de: Entry
    answer_en: Entry
    answered_by: Entry
    answered_on: Entry
    audience: Entry
    before: Answer
    version: str

    def read(self, posted: Mapping[str, str], *, today: date) -> Answer | None:
        """Take over what was typed; nothing where it cannot be used."""
        self.version = posted.get("version", "")[:16]
        for entry in (self.answer_de, self.answer_en):
            read_text(entry, posted.get(entry.name, ""), most=LONGEST_ANSWER)
        if not self.answer_de.value and not self.answer_de.errors:
            self.answer_de.errors.append(_("Please enter the answer in German."))
        typed, missing = posted.get("answered_by", ""), _("Please enter which office answers.")
        read_line(self.answered_by, typed, most=LONGEST_SOURCE, missing=missing)
        missing = _("Please enter a day, for example 21.10.2026.")
        typed = posted.get("answered_on", "")
        read_line(self.answered_on, typed, most=LONGEST_CHOICE, missing=missing)
        day = day_of(self.answered_on) if self.answered_on.value else None
        if day is not None and day > today:
            self.answered_on.errors.append(
                _("This day has not come yet. Please enter the day of the answer.")
            )
        self.audience.value = posted.get("audience", "")[:LONGEST_CHOICE]
        audience = member(Audience, self.audience.value)
        if audience is None:
            self.audience.errors.append(_("Please choose who may read the answer."))
        if self.errors or audience is None:
            return None
        texts = texts_of(self.before.answer, self.answer_de, self.answer_en)
        return Answer(texts, self.answered_by.value, day, audience)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        entries = (self.answer_de, self.answer_en, self.answered_by)
        return [
            error for each in (*entries, self.answered_on, self.audience) for error in told(each)
        ]


def own_form(found: Question | None = None) -> QuestionForm:
    """Return the form of whoever asks: empty, or with an own question."""
    return _form(_entries(found.facts if found else QuestionFacts({})), found)


def office_form(found: Question | None = None) -> QuestionForm:
    """Return the form of the office: with English, and of a new one whose question it is."""
    shown = found.facts if found else QuestionFacts({})
    entries = _entries(shown)
    asked = Entry("organisation", _("Who asks"), required=True)
    english = {
        "title_en": Entry("title_en", _("Question (English)"), shown.title.get("en", "")),
        "text_en": Entry("text_en", _("More about it (English)"), shown.text.get("en", "")),
    }
    return _form(({} if found else {"organisation": asked}) | entries | english, found)


def answer_form(found: Question, *, today: date) -> AnswerForm:
    """Return the form of an answer: empty, or with what is or was answered."""
    before = found.answer
    day = before.answered_on or today
    return AnswerForm(
        Entry("answer_de", _("Answer (German)"), before.answer.get("de", ""), required=True),
        Entry("answer_en", _("Answer (English)"), before.answer.get("en", "")),
        Entry("answered_by", _("Answered by"), before.answered_by, required=True),
        Entry("answered_on", _("Day of the answer"), f"{day:%d.%m.%Y}", required=True),
        Entry("audience", _("Who may read it"), before.audience, required=True),
        before,
        found.version,
    )


def meeting_choices(meetings: Sequence[Meeting]) -> Choices:
    """Return meetings as choices, by their day and title."""
    return [
        (str(each.id), f"{dates().date(each.day)}, {languages.text(each.title)}")
        for each in meetings
    ]


def _form(entries: dict[str, Entry], found: Question | None) -> QuestionForm:
    before = found.facts if found else QuestionFacts({})
    version = found.version if found else ""
    return QuestionForm(entries, before, land_questions.meetings(), version)


def _entries(shown: QuestionFacts) -> dict[str, Entry]:
    meeting = str(shown.meeting_id or "")
    return {
        "title": Entry("title", _("Question"), shown.title.get("de", ""), required=True),
        "text": Entry("text", _("More about it"), shown.text.get("de", "")),
        "meeting": Entry("meeting", _("Network meeting"), meeting),
        "is_named": Entry(
            "is_named",
            _("Others may read which municipality asks."),
            TICKED if shown.is_named else "",
        ),
    }


def _organisation(entry: Entry, posted: Mapping[str, str]) -> Named | None:
    missing = _("Please enter an organisation.")
    typed = posted.get("organisation", "")
    name = read_line(entry, typed, most=LONGEST_TITLE, missing=missing)
    found = register.find_named(name) if name and not entry.errors else None
    if name and found is None and not entry.errors:
        entry.errors.append(
            _(
                "The register has no organisation “%(name)s”. Please enter its name or "
                "official key.",
                name=name,
            )
        )
    return found
