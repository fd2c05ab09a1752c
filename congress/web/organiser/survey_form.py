"""The forms of a survey: how it asks, and each of its questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from flask_babel import lazy_gettext

from congress.domain.feedback.survey import (
    ENDS_OF_SCALE,
    LONGEST_LABEL,
    LONGEST_OPTION,
    MOST_DAYS,
    MOST_OPTIONS,
    Option,
    Part,
    Question,
    QuestionKind,
    Survey,
)
from congress.domain.slugs import is_code
from congress.web.entries import TICKED, Entry, read_line, read_number, told
from congress.web.languages import gettext as _
from congress.web.organiser.filters import member
from congress.web.organiser.readers import texts_of, told_by_row

SPARE = 2  # empty rows for further options
FEWEST = {QuestionKind.SCALE: ENDS_OF_SCALE, QuestionKind.ONE: 2, QuestionKind.SEVERAL: 1}
LONGEST_NUMBER, LONGEST_VERSION = 4, 200
FEWEST_DAYS = 1  # that it is open
KINDS = {
    QuestionKind.SCALE: lazy_gettext("A number from 1 to 5"),
    QuestionKind.ONE: lazy_gettext("One of several options"),
    QuestionKind.SEVERAL: lazy_gettext("Several options"),
    QuestionKind.TEXT: lazy_gettext("Longer text"),
}


@dataclass
class SurveyForm:
    """How it asks, as typed."""

    is_on: Entry
    asks_all: Entry
    days_after: Entry
    days_open: Entry
    reminder_days: Entry

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.is_on, self.asks_all, self.days_after, self.days_open, self.reminder_days)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for each in self.entries for error in told(each)]

    def read(self, posted: Mapping[str, str]) -> None:
        """Take over what was sent."""
        for box in (self.is_on, self.asks_all):
            box.value = TICKED if posted.get(box.name) == TICKED else ""
        fewest = {self.days_open.name: FEWEST_DAYS}
        for entry in (self.days_after, self.days_open, self.reminder_days):
            typed = read_line(entry, posted.get(entry.name, entry.value), most=LONGEST_NUMBER)
            number, least = read_number(typed, most=MOST_DAYS), fewest.get(entry.name, 0)
            if not entry.errors and (number is None or number < least):
                entry.errors.append(
                    _(
                        "Please enter a number from %(least)d to %(most)d.",
                        least=least,
                        most=MOST_DAYS,
                    )
                )
        if not self.errors and int(self.reminder_days.value) > int(self.days_open.value):
            self.reminder_days.errors.append(
                _("The reminder would come after the last day. Please enter fewer days.")
            )

    @property
    def wanted(self) -> Survey:
        """What was typed, once nothing is wrong with it."""
        return Survey(
            is_on=bool(self.is_on.value),
            asks_all=bool(self.asks_all.value),
            days_after=int(self.days_after.value),
            days_open=int(self.days_open.value),
            reminder_days=int(self.reminder_days.value),
        )


def survey_form(survey: Survey) -> SurveyForm:
    """Return the form with what is stored."""
    return SurveyForm(
        Entry("is_on", _("Ask for feedback"), TICKED if survey.is_on else ""),
        Entry(
            "asks_all",
            _("Ask everyone with a place, also where it is known who came"),
            TICKED if survey.asks_all else "",
        ),
        Entry(
            "days_after", _("Days after the event until people are asked"), _n(survey.days_after)
        ),
        Entry("days_open", _("Days to answer"), _n(survey.days_open), required=True),
        Entry("reminder_days", _("Days until the reminder"), _n(survey.reminder_days)),
    )


def _n(number: int) -> str:
    return str(number)


@dataclass
class OptionRow:
    """One option as typed; without a key it is new, without words it is none."""

    key: str
    de: Entry
    en: Entry


@dataclass
class SurveyQuestionForm:
    """One question, as typed; `version` is that of what it was opened with."""

    label_de: Entry
    label_en: Entry
    kind: Entry
    version: str = ""
    rows: list[OptionRow] = field(default_factory=list)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        found = [
            error for each in (self.label_de, self.label_en, self.kind) for error in told(each)
        ]
        names = [_("Option %(number)d", number=at) for at in range(1, len(self.rows) + 1)]
        return found + told_by_row(((row.de, row.en) for row in self.rows), names)

    def add_rows(self) -> None:
        """Make room for further options."""
        first = len(self.rows)
        self.rows += [_row(at) for at in range(first, min(first + SPARE, MOST_OPTIONS))]


def question_form(question: Question | None) -> SurveyQuestionForm:
    """Return the form with a question as it is stored, or of a new one."""
    label = question.label if question else {}
    form = SurveyQuestionForm(
        Entry("label_de", _("Question (German)"), label.get("de", ""), required=True),
        Entry("label_en", _("Question (English)"), label.get("en", "")),
        Entry("kind", _("Kind of answer"), question.kind if question else "", required=True),
        question.version if question else "",
    )
    for at, each in enumerate(question.options if question else ()):
        words = each.label.get("de", ""), each.label.get("en", "")
        form.rows.append(_row(at, each.key, *words))
    form.add_rows()
    return form


def typed(sent: Mapping[str, str]) -> SurveyQuestionForm:
    """Return the form with what was sent, and what is wrong with each entry by itself."""
    form = question_form(None)
    form.version = sent.get("version", "")[:LONGEST_VERSION]
    missing = _("Please enter the question in German.")
    read_line(form.label_de, sent.get("label_de", ""), most=LONGEST_LABEL, missing=missing)
    read_line(form.label_en, sent.get("label_en", ""), most=LONGEST_LABEL)
    read_line(form.kind, sent.get("kind", ""), most=LONGEST_OPTION)
    form.rows = []
    for at in takewhile(lambda at: f"option-{at}-de" in sent, range(MOST_OPTIONS)):
        key = sent.get(f"option-{at}-key", "")
        row = _row(at, key if is_code(key) else "")
        for entry in (row.de, row.en):
            read_line(entry, sent.get(entry.name, ""), most=LONGEST_OPTION)
        form.rows.append(row)
    return form


def read(form: SurveyQuestionForm, before: Question | None, part: Part) -> Question | None:
    """Return the question that the form means, or None when something has to be corrected."""
    kind = member(QuestionKind, form.kind.value)
    if kind is None:
        form.kind.errors.append(_("Please choose one of these."))
    options = _options(form, before)
    if kind is not None:
        _require_options(form, kind, len(options))
    if form.errors or kind is None:
        return None
    return Question(
        key=before.key if before else "",
        kind=kind,
        part=part,
        label=texts_of(before.label if before else {}, form.label_de, form.label_en),
        options=options,
    )


def _options(form: SurveyQuestionForm, before: Question | None) -> tuple[Option, ...]:
    known = {each.key: each.label for each in before.options} if before else {}
    found: list[Option] = []
    names: set[str] = set()
    for row in form.rows:
        if not row.de.value:
            if row.en.value:
                row.de.errors.append(_("Please enter the option in German."))
            continue
        if row.de.value.casefold() in names:
            row.de.errors.append(_("Another option has these words already."))
        names.add(row.de.value.casefold())
        key = row.key if row.key in known else ""
        found.append(Option(key, texts_of(known.get(key, {}), row.de, row.en)))
    return tuple(found)


def _require_options(form: SurveyQuestionForm, kind: QuestionKind, many: int) -> None:
    first = form.rows[0].de if form.rows else form.kind
    if kind is QuestionKind.SCALE and many != ENDS_OF_SCALE:
        first.errors.append(_("Please enter two options: what 1 means, and what 5 means."))
    elif kind is QuestionKind.TEXT and many:
        first.errors.append(
            _("A longer text has no options. Please clear them, or choose another kind.")
        )
    elif many < FEWEST.get(kind, 0):
        first.errors.append(_("Please enter the options from which people choose."))


def _row(at: int, key: str = "", de: str = "", en: str = "") -> OptionRow:
    return OptionRow(
        key,
        Entry(f"option-{at}-de", _("Option (German)"), de),
        Entry(f"option-{at}-en", _("Option (English)"), en),
    )
