"""The form of a ballot: questions about the event, and the same set about each workshop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from congress.domain.feedback.counting import LONGEST_TEXT, Answers
from congress.domain.feedback.survey import Part, Question, QuestionKind, Survey
from congress.domain.programme import ProgrammeItem
from congress.domain.texts import language_of
from congress.web import languages
from congress.web.entries import TICKED, Entry, read_text, told
from congress.web.languages import gettext as _


@dataclass
class Pick:
    """One answer that can be chosen: a button of several of one name, or a box of its own."""

    name: str
    value: str
    label: str
    lang: str
    meaning: str = ""  # of a number
    is_chosen: bool = False

    @property
    def id(self) -> str:
        return f"{self.name}--{self.value or 'none'}"


@dataclass
class Asked:
    """One question with what was typed or chosen."""

    question: Question
    entry: Entry
    picks: Sequence[Pick]
    hint: str  # what the ends of a scale mean
    lang: str

    @property
    def type(self) -> str:
        """What kind of control it has."""
        return "checkbox" if self.question.kind is QuestionKind.SEVERAL else "radio"

    @property
    def is_scale(self) -> bool:
        return self.question.kind is QuestionKind.SCALE

    def read(self, posted: Mapping[str, str]) -> tuple[str, ...]:
        """Take over what was sent, and return what was answered."""
        if not self.picks:
            typed = read_text(self.entry, posted.get(self.entry.name, ""), most=LONGEST_TEXT)
            return (typed,) if typed else ()
        for each in self.picks:
            each.is_chosen = posted.get(each.name, "") == each.value
        return tuple(_key(each) for each in self.picks if each.is_chosen and each.value)


@dataclass
class About:
    """The questions about one subject: the event, or the workshop of this number."""

    workshop: int | None
    title: str
    lang: str
    rows: Sequence[Asked]

    @property
    def id(self) -> str:
        return f"about-{self.workshop or 'event'}"


@dataclass
class BallotForm:
    """Everything on the page, as typed."""

    parts: Sequence[About]

    def read(self, posted: Mapping[str, str]) -> dict[int | None, Answers]:
        """Take over what was sent, and return it by subject."""
        return {
            part.workshop: {each.question.key: each.read(posted) for each in part.rows}
            for part in self.parts
        }

    @property
    def texts(self) -> list[str]:
        """What was written, for a form that is taken no more, so that somebody can keep it."""
        rows = (each for part in self.parts for each in part.rows if not each.picks)
        return [each.entry.value for each in rows if each.entry.value]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for part in self.parts for each in part.rows for error in told(each.entry)]


def ballot_form(survey: Survey, workshops: Iterable[ProgrammeItem]) -> BallotForm:
    """Return an empty ballot for somebody who was in these workshops."""
    parts = [About(None, _("The event"), languages.current(), _rows(survey, Part.EVENT, "event"))]
    for item in workshops:
        title = languages.item_name(item)
        rows = _rows(survey, Part.WORKSHOP, f"workshop-{item.id}")
        lang = language_of(item.face.title, languages.current())
        parts.append(About(item.id, title, lang, rows))
    return BallotForm([each for each in parts if each.rows])


def _rows(survey: Survey, part: Part, prefix: str) -> list[Asked]:
    return [_asked(each, f"{prefix}-{each.key}") for each in survey.of_part(part)]


def _asked(question: Question, name: str) -> Asked:
    picks = [_pick(question, name, key) for key in question.choices]
    if picks and question.kind is not QuestionKind.SEVERAL:
        picks.append(Pick(name, "", _("No answer"), languages.current(), is_chosen=True))
    return Asked(
        question,
        Entry(name, languages.text(question.label)),
        picks,
        ends_of(question),
        language_of(question.label, languages.current()),
    )


def _pick(question: Question, name: str, key: str) -> Pick:
    words, language = question.words_of(key), languages.current()
    if question.kind is QuestionKind.SCALE:
        return Pick(name, key, key, language, languages.text(words))
    if question.kind is QuestionKind.ONE:
        return Pick(name, key, languages.text(words), language_of(words, language))
    box = f"{name}--{key}"
    return Pick(box, TICKED, languages.text(words), language_of(words, language))


def _key(pick: Pick) -> str:
    """Return what was chosen: a box sends that it is ticked, and has its key in its name."""
    return pick.name.rpartition("--")[2] if pick.value == TICKED else pick.value


def ends_of(question: Question) -> str:
    """Return what the ends of a scale mean; nothing for other questions."""
    if question.kind is not QuestionKind.SCALE:
        return ""
    return _(
        "1 is “%(lowest)s”, 5 is “%(highest)s”.",
        lowest=languages.text(question.words_of("1")),
        highest=languages.text(question.words_of("5")),
    )
