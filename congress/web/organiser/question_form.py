"""The form of one question that an event asks on its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from congress.domain.access import Right
from congress.domain.own_questions import (
    LONGEST_HINT,
    LONGEST_LABEL,
    LONGEST_PURPOSE,
    MOST_MONTHS,
    MOST_OPTIONS,
    MOST_PER_OPTION,
    READERS,
    USUAL_MONTHS,
    WITH_OPTIONS,
    Option,
    OwnQuestion,
    QuestionKind,
)
from congress.domain.question_changes import version_of
from congress.domain.slugs import is_code
from congress.web.entries import TICKED, Entry, read_line, read_number, told
from congress.web.languages import gettext as _
from congress.web.organiser.filters import member
from congress.web.organiser.question_words import code_of, from_code
from congress.web.organiser.readers import texts_of

SPARE = 3  # empty rows for further options
LONGEST_VERSION = 16
TEXTS = {
    **{f"label_{language}": LONGEST_LABEL for language in ("de", "en")},
    **{f"hint_{language}": LONGEST_HINT for language in ("de", "en")},
    **{f"purpose_{language}": LONGEST_PURPOSE for language in ("de", "en")},
}


@dataclass
class OptionRow:
    """One option as typed; without a key it is new, without words it is none."""

    key: str
    de: Entry
    en: Entry
    most: Entry

    @property
    def entries(self) -> tuple[Entry, Entry, Entry]:
        return self.de, self.en, self.most


@dataclass
class QuestionForm:
    """Everything on the page, as typed; `version` is that of what it was opened with."""

    entries: dict[str, Entry]
    version: str = ""
    rows: list[OptionRow] = field(default_factory=list)

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        found = [error for each in self.entries.values() for error in told(each)]
        for number, row in enumerate(self.rows, start=1):
            name = _("Option %(number)d", number=number)
            found += [(at, f"{name}, {what}") for each in row.entries for at, what in told(each)]
        return found

    def add_rows(self) -> None:
        """Make room for further options."""
        first = len(self.rows)
        self.rows += [_row(at) for at in range(first, min(first + SPARE, MOST_OPTIONS))]


def empty() -> QuestionForm:
    """Return the form of a new question."""
    form = QuestionForm(_entries())
    form["months"].value = str(USUAL_MONTHS)
    form["right"].value = Right.SEE_ATTENDEES
    form.add_rows()
    return form


def filled(question: OwnQuestion) -> QuestionForm:
    """Return the form with a question as it is stored."""
    form = QuestionForm(_entries(), version_of(question))
    for name in TEXTS:
        part, _under, language = name.partition("_")
        form[name].value = getattr(question, part).get(language, "")
    form["kind"].value = question.kind
    form["is_required"].value = TICKED if question.is_required else ""
    form["asked_if"].value = code_of(question.asked_if)
    form["right"].value = question.right
    form["months"].value = str(question.months)
    form.rows = [_row_of(at, each) for at, each in enumerate(question.offered)]
    form.add_rows()
    return form


def typed(sent: Mapping[str, str]) -> QuestionForm:
    """Return the form with what was sent, and what is wrong with each entry by itself."""
    form = QuestionForm(_entries(), sent.get("version", "")[:LONGEST_VERSION])
    for name, most in TEXTS.items():
        missing = {
            "label_de": _("Please enter the question in German."),
            "purpose_de": _("Please say what the answer is needed for; people read it."),
        }
        read_line(form[name], sent.get(name, ""), most=most, missing=missing.get(name, ""))
    for name in ("kind", "asked_if", "right", "months"):
        read_line(form[name], sent.get(name, ""), most=LONGEST_LABEL)
    form["is_required"].value = TICKED if sent.get("is_required") == TICKED else ""
    for at in takewhile(lambda at: f"option-{at}-de" in sent, range(MOST_OPTIONS)):
        key = sent.get(f"option-{at}-key", "")
        row = _row(at, key if is_code(key) else "")
        for entry in row.entries:
            read_line(entry, sent.get(entry.name, ""), most=LONGEST_LABEL)
        form.rows.append(row)
    return form


def read(
    form: QuestionForm, before: OwnQuestion | None, conditions: Sequence[str]
) -> OwnQuestion | None:
    """Return the question that the form means, or None when something has to be corrected."""
    kind = member(QuestionKind, form["kind"].value)
    right = member(Right, form["right"].value)
    months = read_number(form["months"].value, most=MOST_MONTHS)
    choose = _("Please choose one of these.")
    if kind is None:
        form["kind"].errors.append(choose)
    if right not in READERS:
        form["right"].errors.append(choose)
    if form["asked_if"].value not in conditions:
        form["asked_if"].errors.append(choose)
    if months is None:
        form["months"].errors.append(
            _("Please enter a number of months from 0 to %(most)d.", most=MOST_MONTHS)
        )
    options = _options(form, kind, before)
    if form.errors or kind is None or right is None or months is None:
        return None
    return OwnQuestion(
        key=before.key if before else "",
        kind=kind,
        options=options,
        is_required=form["is_required"].value == TICKED,
        asked_if=from_code(form["asked_if"].value),
        right=right,
        months=months,
        label=_texts(form, before, "label"),
        hint=_texts(form, before, "hint"),
        purpose=_texts(form, before, "purpose"),
    )


def _texts(form: QuestionForm, before: OwnQuestion | None, part: str) -> dict[str, str]:
    was = getattr(before, part) if before else {}
    return texts_of(was, form[f"{part}_de"], form[f"{part}_en"])


def _options(
    form: QuestionForm, kind: QuestionKind | None, before: OwnQuestion | None
) -> tuple[Option, ...]:
    known = {each.key: each for each in before.options} if before else {}
    found, names = [], set()
    for row in form.rows:
        if not row.de.value:
            if row.en.value or row.most.value:
                row.de.errors.append(_("Please enter the option in German."))
            continue
        if row.de.value.casefold() in names:
            row.de.errors.append(_("Another option has these words already."))
        names.add(row.de.value.casefold())
        most = read_number(row.most.value, most=MOST_PER_OPTION) if row.most.value else None
        if row.most.value and most is None:
            row.most.errors.append(
                _("Please enter the number in figures, or leave the field empty for no limit.")
            )
        was = known[row.key].label if row.key in known else {}
        key = row.key if row.key in known else ""
        found.append(Option(key, texts_of(was, row.de, row.en), most))
    first = form.rows[0].de if form.rows else form["kind"]
    if kind in WITH_OPTIONS and len(found) < (2 if kind is QuestionKind.ONE else 1):
        first.errors.append(_("Please enter the options from which people choose."))
    elif kind is not None and kind not in WITH_OPTIONS and found:
        first.errors.append(
            _(
                "Options belong to “One of several options” and “Several options”: choose that "
                "kind, or clear them."
            )
        )
    return tuple(found)


def _entries() -> dict[str, Entry]:
    entries = (
        Entry("label_de", _("Question (German)"), required=True),
        Entry("label_en", _("Question (English)")),
        Entry("kind", _("Kind of answer"), required=True),
        Entry("hint_de", _("Explanation (German)")),
        Entry("hint_en", _("Explanation (English)")),
        Entry("purpose_de", _("What for (German)"), required=True),
        Entry("purpose_en", _("What for (English)")),
        Entry("is_required", _("Has to be answered")),
        Entry("asked_if", _("Asked of"), required=True),
        Entry("right", _("Read by"), required=True),
        Entry("months", _("Months after the event until answers are deleted"), required=True),
    )
    return {each.name: each for each in entries}


def _row_of(at: int, option: Option) -> OptionRow:
    most = "" if option.most is None else str(option.most)
    return _row(at, option.key, option.label.get("de", ""), option.label.get("en", ""), most)


def _row(at: int, key: str = "", de: str = "", en: str = "", most: str = "") -> OptionRow:
    return OptionRow(
        key,
        Entry(f"option-{at}-de", _("Option (German)"), de),
        Entry(f"option-{at}-en", _("Option (English)"), en),
        Entry(f"option-{at}-most", _("At most"), most),
    )
