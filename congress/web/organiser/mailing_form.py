"""The form of an info mail: whom it is for, subject and text in German and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from congress.domain.fields import ANSWERS
from congress.domain.mails.mailings import BLOCKS, NAMES_OF_VALUES, Audience, To, unknown_in
from congress.domain.programme import PersonState, ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.texts import written
from congress.formats import own_words
from congress.queries.mailings import WrittenMailing
from congress.services.mails.mailings import Content
from congress.web.entries import TICKED, Entry, read_id, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser import placeholder_words
from congress.web.organiser.circular_form import LONGEST_SUBJECT
from congress.web.organiser.filters import CAME, member

LONGEST_TEXT, LONGEST_LINE = 10_000, 100
LANGUAGES = ("de", "en")


def _entry(name: str, label: str, *, required: bool = False) -> Entry:
    return Entry(name, label, required=required)


@dataclass
class MailingForm:
    """Everything on the page, as typed; `version` is that of what the form was opened with."""

    version: int = 0
    subject: Entry = field(default_factory=lambda: _entry("subject", _("Subject"), required=True))
    text: Entry = field(default_factory=lambda: _entry("text", _("Text"), required=True))
    subject_en: Entry = field(default_factory=lambda: _entry("subject_en", _("Subject (English)")))
    text_en: Entry = field(default_factory=lambda: _entry("text_en", _("Text (English)")))
    to: Entry = field(default_factory=lambda: _entry("to", _("To"), required=True))
    search: Entry = field(default_factory=lambda: _entry("search", _("Name or organisation")))
    state: Entry = field(default_factory=lambda: _entry("state", _("Status")))
    workshop: Entry = field(default_factory=lambda: _entry("workshop", _("Has a place in")))
    waiting: Entry = field(default_factory=lambda: _entry("waiting", _("Waiting for")))
    came: Entry = field(default_factory=lambda: _entry("came", _("Was there")))
    answer_to: Entry = field(default_factory=lambda: _entry("answer_to", _("Answered")))
    answer: Entry = field(default_factory=lambda: _entry("answer", _("with")))
    role: Entry = field(default_factory=lambda: _entry("role", _("Role")))
    answered: Entry = field(default_factory=lambda: _entry("answered", _("Answer")))
    only_new: bool = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (*self.audience_entries, self.subject, self.text, self.subject_en, self.text_en)

    @property
    def audience_entries(self) -> tuple[Entry, ...]:
        return (
            *(self.to, self.search, self.state, self.workshop, self.waiting, self.came),
            *(self.answer_to, self.answer, self.role, self.answered),
        )

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: the id of the field to go to, and a sentence."""
        return [error for entry in self.entries for error in told(entry)]

    def read(self, posted: Mapping[str, str]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with."""
        self.version = read_id(posted.get("version", "")) or 0
        for entry in self.audience_entries:
            read_line(entry, posted.get(entry.name, ""), most=LONGEST_LINE)
        for entry in (self.subject, self.subject_en):
            read_line(entry, posted.get(entry.name, ""), most=LONGEST_SUBJECT)
        for entry in (self.text, self.text_en):
            read_text(entry, posted.get(entry.name, ""), most=LONGEST_TEXT)
        self.only_new = posted.get("only_new") == TICKED
        self._check()
        return not self.errors

    def fill(self, mailing: WrittenMailing, workshops: Sequence[ProgrammeItem]) -> None:
        """Show what is stored."""
        codes = {item.id: item.code for item in workshops}
        audience = mailing.audience
        self.version = mailing.version
        self.subject.value, self.text.value = mailing.subject["de"], mailing.text["de"]
        self.subject_en.value = mailing.subject.get("en", "")
        self.text_en.value = mailing.text.get("en", "")
        self.to.value, self.search.value = audience.to, audience.search
        self.state.value = audience.state or ""
        self.workshop.value = codes.get(audience.workshop_id or 0, "")
        self.waiting.value = codes.get(audience.waiting_for_id or 0, "")
        self.came.value = next((each for each in CAME if CAME[each] is audience.has_come), "")
        self.answer_to.value, self.answer.value = audience.answer_to, audience.answer
        self.role.value, self.answered.value = audience.role, audience.answered
        self.only_new = audience.only_new

    def to_content(self, workshops: Sequence[ProgrammeItem]) -> Content:
        """Return the checked contents."""
        ids = {item.code: item.id for item in workshops}
        to = To(self.to.value)
        of_attendees: dict[str, Any] = {
            "state": member(RegistrationState, self.state.value),
            "workshop_id": ids.get(self.workshop.value),
            "waiting_for_id": ids.get(self.waiting.value),
            "has_come": CAME.get(self.came.value),
            "answer_to": self.answer_to.value if self._asks_known else "",
            "answer": self.answer.value if self._asks_known else "",
        }
        answered = member(PersonState, self.answered.value)
        named = {"search": self.search.value}
        of_programme = {"role": self.role.value, "answered": str(answered or "")}
        chosen: Mapping[To, dict[str, Any]] = {
            To.ATTENDEES: of_attendees | named,
            To.PROGRAMME: of_programme | named,
            To.NEWSLETTER: {},
        }
        return Content(
            subject=written({"de": self.subject.value, "en": self.subject_en.value}),
            text=written({"de": self.text.value, "en": self.text_en.value}),
            audience=Audience(
                to=to,
                only_new=self.only_new,
                **chosen[to],
            ),
        )

    @property
    def _asks_known(self) -> bool:
        return self.answer_to.value in {each.name for each in ANSWERS}

    def _check(self) -> None:
        _ask_for(self.subject, _("Please enter what the email is about."))
        _ask_for(self.text, _("Please enter what you want to write."))
        if self.subject_en.value or self.text_en.value:
            both = _("Please fill in both English fields, or leave both empty.")
            _ask_for(self.subject_en, both)
            _ask_for(self.text_en, both)
        if member(To, self.to.value) is None:
            self.to.errors.append(_("Please choose one of these."))
            return
        for subject, text in ((self.subject, self.text), (self.subject_en, self.text_en)):
            self._check_placeholders(subject, text)

    def _check_placeholders(self, subject: Entry, text: Entry) -> None:
        to = To(self.to.value)
        for entry, wrong in (
            (subject, unknown_in(subject.value, "", to)),
            (text, unknown_in("", text.value, to)),
        ):
            if wrong:
                entry.errors.append(placeholder_words.unknown(wrong))
        names = [name for value in BLOCKS for name in NAMES_OF_VALUES[value]]
        if misplaced := own_words.misplaced(text.value, names):
            text.errors.append(
                _(
                    "%(names)s is a list: please put it in a paragraph of its own, with an empty "
                    "line before and after it.",
                    names=placeholder_words.braced(misplaced),
                )
            )


def _ask_for(entry: Entry, sentence: str) -> None:
    if not entry.value and not entry.errors:
        entry.errors.append(sentence)
