"""What a file says of a person, column by column; each is settled once, not once per line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from operator import itemgetter
from zoneinfo import ZoneInfo

from congress.domain.attendee_files import Several
from congress.domain.attendee_list import MODE, PER_SLOT, PRIORITY, WAS_IN, ListedAttendee
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

Reader = Callable[[ListedAttendee], Cell]
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

    def state_words(self, line: ListedAttendee) -> str:
        """Return in which state somebody is, without a position."""
        asked, reserve, words = self._states
        if line.is_unconfirmed:
            return asked
        return reserve if line.reserve else words[line.state]

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
            read = partial(answer_words.value, question, self.language)
            yield Column(name, Heading(words, width, kind), read)
        else:
            kind = KINDS.get(name, Kind.TEXT)
            yield Column(name, Heading(words, width, kind), self._reader(name))

    def _is_apart(self, question: OwnQuestion) -> bool:
        return self.several is Several.APART and question.kind is QuestionKind.SEVERAL

    def _came(self, day: date, line: ListedAttendee) -> str:
        """Say nothing of whoever was not there: nobody may have ticked people off that day."""
        return YES[self.language] if day in line.days else ""

    def _chose(self, key: str, option: str, line: ListedAttendee) -> str:
        """Say nothing of whoever did not answer: they may not have been asked."""
        answer = line.said.get(key)
        if not answer:
            return ""
        return YES[self.language] if option in answer else NO[self.language]

    def _reader(self, column: str) -> Reader:
        if column == "state":
            return lambda line: numbered(
                self.state_words(line), line.reserve or line.position, self.language
            )
        if column == "registered_at":
            return lambda line: line.created_at.astimezone(self.zone).replace(
                microsecond=0, tzinfo=None
            )
        if column in VOLUNTARY:
            yes, no = YES[self.language], NO[self.language]
            return lambda line: yes if column in line.consents else no
        if column in OF_ANSWERS or column.startswith(COLUMN):
            return lambda line: line.answers.get(column, "")
        called: Mapping[str, str] = {str(kind): word for kind, word in kinds(self.language).items()}
        named = catalogue(self.language).gettext
        ways = {Mode.ONSITE: named("on site"), Mode.ONLINE: named("online")}
        of_person: dict[str, Reader] = {
            WAS_IN: self._was_in,
            "invitation": lambda line: invited_as(line, self.language),
            "kind": lambda line: called[line.kind],
            PRIORITY: lambda line: self.groups.name_of(line.priority),
            MODE: lambda line: ways[line.mode],
        }
        return of_person.get(column, itemgetter(ListedAttendee._fields.index(column)))

    def _was_in(self, line: ListedAttendee) -> str:
        if not line.was_in:
            return ""
        return ", ".join(self.workshops[each] for each in line.was_in if each in self.workshops)
