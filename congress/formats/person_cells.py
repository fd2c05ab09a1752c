"""What a file says of people, column by column: each is settled once, and read of many at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from operator import attrgetter
from zoneinfo import ZoneInfo

from congress.domain.attendee_files import Several
from congress.domain.attendee_list import MODE, PER_SLOT, PRIORITY, WAS_IN
from congress.domain.attendee_parts import ListedPart
from congress.domain.fields import ANSWERS
from congress.domain.modes import Mode
from congress.domain.own_questions import COLUMN, OwnQuestion, QuestionKind
from congress.domain.priority import PriorityGroups
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import VOLUNTARY
from congress.formats import answer_words
from congress.formats.attendee_list import (
    DAY,
    NO,
    YES,
    headings,
    invited_as,
    kinds,
    numbered,
    states,
)
from congress.formats.catalogue import catalogue
from congress.formats.table import Cell, Heading, Kind

Reader = Callable[[ListedPart], Sequence[Cell]]
OF_ANSWERS = frozenset(each.name for each in ANSWERS)
KINDS = {"registered_at": Kind.MOMENT}


@dataclass(frozen=True)
class Column:
    """A column about people: what programs call it, what stands above it and in its cells."""

    name: str
    heading: Heading
    read: Reader


@dataclass(frozen=True)
class PersonCells:
    """How people of one congress are written: which answers there are, language, time zone."""

    language: str
    zone: ZoneInfo
    questions: Sequence[OwnQuestion]
    groups: PriorityGroups
    days: Sequence[date]  # on which one could be there
    several: Several
    workshops: Mapping[int, str]  # what each is called

    def columns(self, chosen: Sequence[str]) -> list[Column]:
        """Return the columns about a person among those chosen, in their order."""
        return [column for name in chosen if name not in PER_SLOT for column in self._of(name)]

    def state_words(self, part: ListedPart) -> list[str]:
        """Return in which state everybody is, without a position."""
        asked, on_reserve, words = self._states
        return [
            asked if is_unconfirmed else on_reserve if reserve else words[state]
            for state, is_unconfirmed, reserve in zip(
                part.state, part.is_unconfirmed, part.reserve, strict=True
            )
        ]

    @cached_property
    def _states(self) -> tuple[str, str, dict[RegistrationState, str]]:
        _ = catalogue(self.language).gettext
        return _("Not confirmed"), _("Reserve list"), states(self.language)

    def _of(self, name: str) -> Iterator[Column]:
        words, width = headings(self.language, self.questions)[name]
        question = next((each for each in self.questions if each.column == name), None)
        if name == "came":
            for day in self.days:
                title = f"{words} {day.strftime(DAY[self.language])}"
                yield Column(f"{name}_{day}", Heading(title, width), partial(self._came, day))
        elif question is not None and self._is_apart(question):
            for option in question.options:
                title = f"{words}: {answer_words.choice(question, option.key, self.language)}"
                chose = partial(self._chose, question.key, option.key)
                yield Column(f"{name}_{option.key}", Heading(title, width), chose)
        elif question is not None:
            kind = Kind.DAY if question.kind is QuestionKind.DATE else Kind.TEXT
            yield Column(name, Heading(words, width, kind), partial(self._said, question))
        else:
            kind = KINDS.get(name, Kind.TEXT)
            yield Column(name, Heading(words, width, kind), self._reader(name))

    def _is_apart(self, question: OwnQuestion) -> bool:
        return self.several is Several.APART and question.kind is QuestionKind.SEVERAL

    def _came(self, day: date, part: ListedPart) -> list[str]:
        """Say nothing of whoever was not there: nobody may have ticked people off that day."""
        yes = YES[self.language]
        return [yes if day in days else "" for days in part.days]

    def _chose(self, key: str, option: str, part: ListedPart) -> list[str]:
        """Say nothing of whoever did not answer: they may not have been asked."""
        yes, no = YES[self.language], NO[self.language]
        answers = (said.get(key) for said in part.said)
        return [(yes if option in answer else no) if answer else "" for answer in answers]

    def _said(self, question: OwnQuestion, part: ListedPart) -> list[Cell]:
        """Say what was answered; most leave most questions out."""
        answers = (said.get(question.key) for said in part.said)
        language, none = self.language, answer_words.value(question, self.language, ())
        return [answer_words.value(question, language, each) if each else none for each in answers]

    def _reader(self, column: str) -> Reader:
        if column in VOLUNTARY:
            return partial(self._agreed, column)
        if column in OF_ANSWERS or column.startswith(COLUMN):
            return lambda part: [answers.get(column, "") for answers in part.answers]
        called: Mapping[str, str] = {str(kind): word for kind, word in kinds(self.language).items()}
        named = catalogue(self.language).gettext
        ways: Mapping[str, str] = {Mode.ONSITE: named("on site"), Mode.ONLINE: named("online")}
        of_people: dict[str, Reader] = {
            "state": self._state,
            "registered_at": self._registered_at,
            WAS_IN: self._was_in,
            "invitation": lambda part: [
                invited_as(each, self.language) for each in part.invitation
            ],
            "kind": lambda part: [called[each] for each in part.kind],
            PRIORITY: lambda part: [self.groups.name_of(each) for each in part.priority],
            MODE: lambda part: [ways[each] for each in part.mode],
        }
        return of_people.get(column) or attrgetter(column)

    def _state(self, part: ListedPart) -> list[str]:
        said = zip(self.state_words(part), part.reserve, part.position, strict=True)
        return [
            numbered(words, reserve or position, self.language) if reserve or position else words
            for words, reserve, position in said
        ]

    def _registered_at(self, part: ListedPart) -> list[Cell]:
        zone = self.zone
        return [
            moment.astimezone(zone).replace(microsecond=0, tzinfo=None)
            for moment in part.created_at
        ]

    def _agreed(self, purpose: str, part: ListedPart) -> list[str]:
        yes, no = YES[self.language], NO[self.language]
        return [yes if purpose in consents else no for consents in part.consents]

    def _was_in(self, part: ListedPart) -> list[str]:
        called = self.workshops
        return [
            ", ".join(called[each] for each in was_in if each in called) if was_in else ""
            for was_in in part.was_in
        ]
