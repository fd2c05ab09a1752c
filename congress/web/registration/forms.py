"""The registration form: who comes, one choice per time slot, consents.

Only what is wrong with the entries themselves is said here; who gets a place is decided by the
rules, at the moment of registering.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from congress.domain import allocation
from congress.domain.assistance import is_asked
from congress.domain.congresses import Congress
from congress.domain.programme import ProgrammeItem
from congress.domain.registration_request import (
    PRIVACY_NOTICE,
    VOLUNTARY,
    Details,
    RegistrationRequest,
    WishedWorkshop,
)
from congress.domain.slots import Slot, in_slots
from congress.domain.workshops import Availability
from congress.web.entries import TICKED, Entry, read_text, told
from congress.web.languages import gettext as _
from congress.web.registration import choice_words
from congress.web.registration.assistance_form import AssistanceForm, assistance_form
from congress.web.registration.form_tokens import FormToken
from congress.web.registration.mode_form import ModeForm, mode_form
from congress.web.registration.obstacles import Obstacle, no_longer_ranked, obstacles_of
from congress.web.registration.occasion import occasion
from congress.web.registration.person import PersonForm, person_form, refuse_web_address
from congress.web.registration.questions_form import Asking, QuestionsForm, questions_form
from congress.web.registration.ranking_form import (
    RankingForm,
    is_ranked,
    offering,
    ranking_form,
    timed,
)

LONGEST_QUESTION = 1000

NOTHING = "none"  # a choice: no workshop at this time, or no safe place
SLOT = re.compile(r"slot-[0-9]+")
Errors = list[tuple[str | None, str]]  # the field to go to, and what is wrong


@dataclass
class SlotChoice:
    """The choice in one time slot, from 1: a workshop, what to hold while waiting, a question.

    `waited_for` are the workshops that were full when the form was shown: only for them was a
    safe place asked for. Whoever loses the last place to somebody faster is not sent back for one.
    """

    number: int
    slot: Slot
    choice: Entry
    safe: Entry
    question: Entry
    waited_for: frozenset[str]
    wish: WishedWorkshop | None = None
    times: str = ""  # where another choice is called the same: which of them it is

    @property
    def items(self) -> tuple[ProgrammeItem, ...]:
        return tuple(item for item in self.slot.workshops if takes_place(item))

    @property
    def has_question(self) -> bool:
        """Whether there is somebody to ask: those who carry a workshop."""
        return any(item.is_workshop for item in self.items)

    @property
    def safe_items(self) -> list[ProgrammeItem]:
        """The workshops of this slot in which one can have a place at once."""
        return [item for item in self.items if item.places.has_free_place]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        entries = (self.choice, self.safe, self.question)
        return timed(self.times, [error for entry in entries for error in told(entry)])

    def find(self, code: str) -> ProgrammeItem | None:
        return next((item for item in self.items if item.code == code), None)

    def read(self, posted: Mapping[str, str], *, must_choose: bool) -> None:
        """Take over what was chosen; without `must_choose` an untouched slot stays as it is."""
        code = self.choice.value = posted.get(self.choice.name, "")
        self.safe.value = posted.get(self.safe.name, "")
        question = read_text(
            self.question, posted.get(self.question.name, ""), most=LONGEST_QUESTION
        )
        refuse_web_address(self.question)
        item = self.find(code)
        if item is not None:
            self.wish = WishedWorkshop(item.id, self._read_safe(item, posted), question)
        elif not code and must_choose:
            self.choice.errors.append(choice_words.please_choose(self.slot))
        elif code not in {"", NOTHING}:
            self.choice.value = ""
            self.choice.errors.append(choice_words.not_offered(self.slot))

    def _read_safe(self, wanted: ProgrammeItem, posted: Mapping[str, str]) -> int | None:
        code = self.safe.value
        safe = self.find(code)
        if code in {NOTHING, wanted.code}:
            return None
        if safe is not None:
            return safe.id
        shown_as_full = posted.get(f"waited-{self.number}", "").split()
        if code or (wanted.code in shown_as_full and self.safe_items):
            self.safe.errors.append(choice_words.please_keep_one(self.slot))
        return None


@dataclass
class RegistrationForm:
    """Everything on the page, as typed; `errors` has what is wrong, in the order of the page."""

    token: FormToken
    person: PersonForm
    privacy: Entry
    slots: list[SlotChoice]
    rankings: RankingForm
    assistance: AssistanceForm
    mode: ModeForm
    questions: QuestionsForm
    consents: set[str] = field(default_factory=set)
    obstacles: list[Obstacle] = field(default_factory=list)

    def read(self, posted: Mapping[str, str]) -> bool:
        """Take over a form that was sent; returns whether it can be worked with."""
        self.person.read(posted)
        self.mode.read(posted)
        for slot in self.slots:
            slot.read(posted, must_choose=True)
        self.rankings.read(posted)
        self.questions.read(posted, self.chosen)
        self.assistance.read(posted)
        self.consents = {name for name in VOLUNTARY if posted.get(name) == TICKED}
        if posted.get(PRIVACY_NOTICE) == TICKED:
            self.privacy.value = TICKED
        else:
            self.privacy.errors.append(
                _(
                    "Please confirm that you have read the privacy notice. Otherwise we "
                    "cannot accept your registration."
                )
            )
        if asks_no_more(self.slots, posted):
            self.obstacles.append(Obstacle(_("The programme has changed"), check_choices()))
        if self.rankings.asks_no_more(posted):
            self.obstacles.append(no_longer_ranked())
        self.obstacles += obstacles_of(self.token, posted)
        return not self.errors

    @property
    def chosen(self) -> set[str]:
        """The workshops that are wanted, by their codes."""
        return {slot.choice.value for slot in self.slots if slot.wish}

    @property
    def blank(self) -> tuple[tuple[str, bool], ...] | None:
        """What the form asks, as long as nothing was sent; then it reads alike for everybody."""
        if self.person.checked or self.person.before:
            return None
        entries = self.person.entries
        return tuple((field.name, entry.required) for field, entry in entries.items())

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong: the id of the field to go to, and a sentence that names the field."""
        listed: list[tuple[str | None, str]] = [(None, each.advice) for each in self.obstacles]
        listed += self.person.errors + self.mode.errors
        for slot in self.slots:
            listed += slot.errors
        return (
            listed
            + self.rankings.errors
            + self.questions.errors
            + self.assistance.errors
            + told(self.privacy)
        )

    @property
    def heading(self) -> str | None:
        """What it is that stands in the way, unless entries are to be put right too."""
        return self.obstacles[0].heading if len(self.obstacles) == len(self.errors) > 0 else None

    def to_request(self, language: str) -> RegistrationRequest:
        """Return the checked contents."""
        return RegistrationRequest(
            **vars(Details.of(self.person.checked)),
            language=language,
            choices=tuple(slot.wish for slot in self.slots if slot.wish is not None),
            wishes=self.rankings.wishes,
            consents=(PRIVACY_NOTICE, *(name for name in VOLUNTARY if name in self.consents)),
            form_key=self.token.key,
            is_repaired=self.person.is_repaired,
            needs=self.assistance.needs,
            own_answers=self.questions.given,
            files=self.questions.files,
            mode=self.mode.mode,
        )


def registration_form(
    congress: Congress,
    items: Sequence[ProgrammeItem],
    token: FormToken,
    before: Details | None = None,
    *,
    now: datetime,
    with_files: bool = False,
) -> RegistrationForm:
    """Return the form of a congress: empty, or with what is known of whoever is invited.

    What is asked of whoever has some workshop is not asked where nobody has one yet.
    """
    workshops = [item for item in items if item.bookable]
    questions = questions_form(congress, workshops, with_files=with_files)
    rankings = ranking_form(congress, items, now=now)
    questions.rows = asked_now(questions, rankings)
    return RegistrationForm(
        token=token,
        person=person_form(congress, before),
        privacy=Entry(PRIVACY_NOTICE, _("Privacy notice"), required=True),
        slots=choices_in(congress, items),
        rankings=rankings,
        assistance=assistance_form(is_asked=is_asked(congress.fields)),
        mode=mode_form(congress),
        questions=questions,
    )


def asked_now(questions: QuestionsForm, rankings: RankingForm) -> list[Asking]:
    """Return the questions that are asked while nobody has what is ranked."""
    codes = rankings.codes
    asked = ((row, row.question.asked_if) for row in questions.rows)
    return [row for row, about in asked if about is None or about.workshop not in codes]


def choices_in(congress: Congress, items: Sequence[ProgrammeItem]) -> list[SlotChoice]:
    """Return an empty choice for every time slot in which one takes a place by oneself."""
    slots = in_slots(items)
    found = slot_choices(slots, allocation.unassigned(items, congress.rules.allocation))
    for each in found:
        if choice_words.has_namesake(each.slot, offering(slots)):
            each.times = occasion(congress).times(each.slot.time)
    return found


def slot_choices(slots: Sequence[Slot], ranked: Collection[int] = ()) -> list[SlotChoice]:
    """Return an empty choice for every time slot with workshops, full ones included.

    Those that are `ranked` are left out. The numbers change with the programme only, so a form
    that lay open still fits.
    """
    return [
        SlotChoice(
            number=number,
            slot=slot,
            choice=Entry(f"slot-{number}", choice_words.name(slot)),
            safe=Entry(f"safe-{number}", _("Backup place"), required=True),
            question=Entry(f"question-{number}", _("Question")),
            waited_for=frozenset(
                item.code
                for item in slot.workshops
                if item.places.availability is Availability.WAITING
            ),
        )
        for number, slot in enumerate(offering(slots), start=1)
        if not is_ranked(slot, ranked)
    ]


def asks_no_more(choices: Sequence[SlotChoice], posted: Mapping[str, str]) -> bool:
    """Return whether a form that lay open answers a question that is not asked any more."""
    asked = {choice.choice.name for choice in choices}
    return any(
        SLOT.fullmatch(name) and name not in asked and value not in {"", NOTHING}
        for name, value in posted.items()
    )


def check_choices() -> str:
    """Return what to do then."""
    return _("Different items now overlap. Please check your choice.")


def read_choices(choices: Sequence[SlotChoice], posted: Mapping[str, str]) -> Errors:
    """Take over what was chosen of what one may choose; returns what is wrong with it."""
    for each in choices:
        each.read(posted, must_choose=False)
    errors = [error for each in choices for error in each.errors]
    return [*errors, (None, check_choices())] if asks_no_more(choices, posted) else errors


def wishes_of(choices: Sequence[SlotChoice]) -> list[WishedWorkshop]:
    """Return what is wanted by what was chosen."""
    return [each.wish for each in choices if each.wish is not None]


def nothing_chosen(choices: Sequence[SlotChoice], sentence: str) -> Errors:
    """Return what is wrong where none of the choices was answered, at the first of them."""
    if wishes_of(choices):
        return []
    return [(choices[0].choice.id if choices else None, sentence)]


def takes_place(item: ProgrammeItem) -> bool:
    """Return whether a workshop is shown in the form; full ones are, with the reason."""
    return not item.face.cancelled
