"""The form of an info mail: whom it is for, subject and text in German and English."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from congress.domain.fields import ANSWERS, FIELDS
from congress.domain.kinds import PersonKind
from congress.domain.mails.mailings import (
    NAMES_OF_BLOCKS,
    Audience,
    CalendarSaid,
    To,
    unknown_in,
)
from congress.domain.modes import Mode
from congress.domain.programme import PersonState, ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import VOLUNTARY
from congress.domain.texts import written
from congress.formats import own_words
from congress.queries.mailings import WrittenMailing
from congress.services.mails.mailings import Content
from congress.web.entries import TICKED, Entry, read_id, read_line
from congress.web.languages import gettext as _
from congress.web.organiser import mailing_words, placeholder_words
from congress.web.organiser.circular_form import WordsForm
from congress.web.organiser.filters import CAME, member

LONGEST_TEXT, LONGEST_LINE = 10_000, 100
LONGEST_NAME = next(each.most for each in FIELDS if each.name == "organisation")


@dataclass
class MailingForm(WordsForm):
    """Everything on the page, as typed; `version` is that of what the form was opened with."""

    version: int = 0
    to: Entry = field(default_factory=lambda: Entry("to", _("To"), required=True))
    search: Entry = field(default_factory=lambda: Entry("search", _("Name or organisation")))
    organisation: Entry = field(default_factory=lambda: Entry("organisation", _("Organisation")))
    state: Entry = field(default_factory=lambda: Entry("state", _("Status")))
    workshop: Entry = field(default_factory=lambda: Entry("workshop", _("Has a place in")))
    waiting: Entry = field(default_factory=lambda: Entry("waiting", _("Waiting for")))
    came: Entry = field(default_factory=lambda: Entry("came", _("Was there")))
    was_in: Entry = field(default_factory=lambda: Entry("was_in", _("Was in")))
    missed: Entry = field(
        default_factory=lambda: Entry("missed", _("Had a place and was not there"))
    )
    kind: Entry = field(default_factory=lambda: Entry("kind", _("Attending as")))
    mode: Entry = field(default_factory=lambda: Entry("mode", _("Takes part")))
    priority: Entry = field(default_factory=lambda: Entry("priority", _("Priority group")))
    silent: Entry = field(default_factory=lambda: Entry("silent", _("No wishes given")))
    answer_to: Entry = field(default_factory=lambda: Entry("answer_to", _("Answered")))
    answer: Entry = field(default_factory=lambda: Entry("answer", _("with")))
    consent: Entry = field(default_factory=lambda: Entry("consent", _("Consents")))
    calendar: Entry = field(
        default_factory=lambda: Entry("calendar", _("Answer from their calendar"))
    )
    role: Entry = field(default_factory=lambda: Entry("role", _("Role")))
    answered: Entry = field(default_factory=lambda: Entry("answered", _("Answer")))
    only_new: bool = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (*self.audience_entries, *super().entries)

    @property
    def audience_entries(self) -> tuple[Entry, ...]:
        return (
            *(self.to, self.search, self.organisation, self.state),
            *(self.workshop, self.waiting, self.came, self.was_in, self.missed),
            *(self.kind, self.mode, self.priority, self.silent),
            *(self.answer_to, self.answer),
            *(self.consent, self.calendar, self.role, self.answered),
        )

    def read(self, posted: Mapping[str, str], audiences: Collection[To]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with.

        `audiences` are those that may be chosen.
        """
        self.version = read_id(posted.get("version", "")) or 0
        for entry in self.audience_entries:
            most = LONGEST_NAME if entry is self.organisation else LONGEST_LINE
            read_line(entry, posted.get(entry.name, ""), most=most)
        self.read_words(posted, most=LONGEST_TEXT)
        self.only_new = posted.get("only_new") == TICKED
        self._check(audiences)
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
        self.organisation.value = audience.organisation
        self.consent.value = mailing_words.consent_of(audience)
        self.calendar.value = audience.calendar or ""
        self.state.value, self.kind.value = audience.state or "", audience.kind or ""
        self.mode.value, self.priority.value = audience.mode or "", audience.priority
        self.workshop.value = codes.get(audience.workshop_id or 0, "")
        self.waiting.value = codes.get(audience.waiting_for_id or 0, "")
        self.was_in.value = codes.get(audience.was_in_id or 0, "")
        self.missed.value = codes.get(audience.missed_id or 0, "")
        self.came.value = next((each for each in CAME if CAME[each] is audience.has_come), "")
        self.silent.value = mailing_words.silent_of(audience)
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
            "was_in_id": ids.get(self.was_in.value),
            "missed_id": ids.get(self.missed.value),
            "kind": member(PersonKind, self.kind.value),
            "mode": member(Mode, self.mode.value),
            "priority": self.priority.value,
            "is_silent": bool(self.silent.value),
            "silent_id": read_id(self.silent.value),
            "answer_to": self.answer_to.value if self._asks_known else "",
            "answer": self.answer.value if self._asks_known else "",
            "organisation": self.organisation.value,
            "calendar": member(CalendarSaid, self.calendar.value),
            **self._consent(),
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

    def _consent(self) -> dict[str, Any]:
        purpose = self.consent.value.removeprefix(mailing_words.WITHOUT)
        if purpose not in VOLUNTARY:
            return {}
        return {"consent": purpose, "without_consent": purpose != self.consent.value}

    @property
    def _asks_known(self) -> bool:
        asked = (each.column for each in mailing_words.questions())
        return self.answer_to.value in {*(each.name for each in ANSWERS), *asked}

    def _check(self, audiences: Collection[To]) -> None:
        if member(To, self.to.value) not in audiences:
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
        if misplaced := own_words.misplaced(text.value, NAMES_OF_BLOCKS):
            text.errors.append(placeholder_words.within_a_sentence(misplaced))
