"""What an event asks on its own: the list of its questions, and the form of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.own_questions import OwnQuestion, QuestionKind
from congress.domain.programme import ProgrammeItem
from congress.domain.question_changes import QuestionsEditedMeanwhile, version_of
from congress.domain.rules import Access
from congress.queries import congresses, own_answers, programme
from congress.services.planning import questioning
from congress.web import access, languages, refusals
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.organiser import frame, question_form
from congress.web.organiser.question_form import QuestionForm
from congress.web.organiser.question_words import KINDS, READERS, code_of, conditions
from congress.web.registration.questions_form import goes_at, questions_form

REFUSED, ANOTHER = 422, 409
PAGE = "/settings/questions"


@dataclass(frozen=True)
class Line:
    """A question as the list shows it."""

    question: OwnQuestion
    kind: str
    asked_of: str
    read_by: str
    options: Sequence[tuple[str, int, int | None, bool]]  # words, chosen by, at most, retired
    answers: int
    until: str


def questions() -> str:
    """Show what is asked, in the order of the form, and how the form looks."""
    return _show()


def new_question() -> ResponseReturnValue:
    """Show the form of a new question, or add it at the end."""
    return _edit(None)


def edit_question(key: str) -> ResponseReturnValue:
    """Show the form of a question, or change it for whoever answers from now on."""
    return _edit(_find(key))


def move_question(key: str) -> ResponseReturnValue:
    """Put a question before or behind its neighbour."""
    by = -1 if request.form.get("to") == "up" else 1
    try:
        questioning.move(
            access.workspace().id, _find(key).key, by, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _show(refusal), ANOTHER
    return frame.done(_("The questions have another order now."), PAGE)


def retire_question(key: str) -> ResponseReturnValue:
    """Ask a question no more, or again."""
    is_retired = request.form.get("asked") != "y"
    try:
        questioning.retire(
            access.workspace().id,
            _find(key).key,
            is_retired=is_retired,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(refusal), ANOTHER
    done = _("The question is no longer asked. Its answers stay readable.")
    return frame.done(done if is_retired else _("The question is asked again."), PAGE)


def remove_question(key: str) -> ResponseReturnValue:
    """Say how many answers would go with a question, and delete it with them."""
    question, workspace = _find(key), access.workspace()
    count = own_answers.counts(workspace.id).get(question.key, 0)
    if count and not access.may(Right.CHANGE_ATTENDEES):
        abort(403)
    refused: Refused | None = None
    if request.method == "POST":
        seen = read_id(request.form.get("seen", "")) or 0
        try:
            questioning.remove(
                workspace.id, question.key, seen=seen, actor=access.actor(), now=clock.now()
            )
        except Refused as refusal:
            refused = refusal
            count = own_answers.counts(workspace.id).get(question.key, 0)
        else:
            return frame.done(_("The question is deleted."), PAGE)
    page = frame.page(
        "remove_question.html",
        current="settings",
        question=question,
        count=count,
        error=refusals.text(refused, workspace.zone) if refused else "",
    )
    return (page, ANOTHER) if refused else page


def _edit(before: OwnQuestion | None) -> ResponseReturnValue:
    congress, workspace = _congress(), access.workspace()
    offered = _conditions(congress, before)
    if request.method == "GET":
        form = question_form.filled(before) if before else question_form.empty()
        return _form(form, before, offered)
    form = question_form.typed(request.form)
    if "add" in request.form:
        form.add_rows()
        for entry in form.entries.values():
            entry.errors.clear()
        return _form(form, before, offered)
    question = question_form.read(form, before, [code for code, _words in offered])
    if question is None:
        return _form(form, before, offered), REFUSED
    try:
        is_other = questioning.save(
            workspace.id, question, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        if isinstance(refusal, QuestionsEditedMeanwhile):
            stored = next(
                (each for each in _congress().questions if before and each.key == before.key), None
            )
            form.version = version_of(stored) if stored else ""
        return _form(form, before, offered, refusal), ANOTHER
    done = _("The question is saved and asked from now on.")
    return frame.done(done if is_other else _("Nothing was changed."), PAGE)


def _congress() -> Congress:
    return congresses.get_congress(access.workspace().id)


def _items() -> list[ProgrammeItem]:
    return programme.current_items(access.workspace())


def _find(key: str) -> OwnQuestion:
    return next((each for each in _congress().questions if each.key == key), None) or abort(404)


def _conditions(congress: Congress, before: OwnQuestion | None) -> list[tuple[str, str]]:
    earlier = list(congress.questions)
    if before is not None:
        earlier = earlier[: [each.key for each in earlier].index(before.key)]
    found = conditions(earlier, _items())
    stands = code_of(before.asked_if) if before else ""
    if stands not in dict(found):  # what it hangs on is gone, and nobody is asked
        found.append((stands, _("no one: what it depends on is gone")))
    return found


def _form(
    form: QuestionForm,
    before: OwnQuestion | None,
    offered: Sequence[tuple[str, str]],
    refusal: Refused | None = None,
) -> str:
    workspace = access.workspace()
    offered_kinds = set(KINDS)
    if _congress().rules.access is not Access.INVITED:
        offered_kinds -= {QuestionKind.FILE} - ({before.kind} if before else set())
    return frame.page(
        "edit_question.html",
        current="settings",
        form=form,
        before=before,
        kinds=[(kind, str(words)) for kind, words in KINDS.items() if kind in offered_kinds],
        rights=[(right, str(words)) for right, words in READERS.items()],
        conditions=offered,
        answers=own_answers.counts(workspace.id).get(before.key, 0) if before else 0,
        **refusals.box(refusal or form.errors, workspace.zone),
    )


def _show(refusal: Refused | None = None) -> str:
    congress, workspace, items = _congress(), access.workspace(), _items()
    counts = own_answers.counts(workspace.id)
    taken = own_answers.taken(workspace.id, congress.questions)
    words = dict(conditions(congress.questions, items))
    return frame.page(
        "questions.html",
        current="settings",
        lines=[_line(congress, each, counts, taken, words) for each in congress.questions],
        form=questions_form(congress, items, with_files=True),
        error=refusals.text(refusal, workspace.zone) if refusal else "",
    )


def _line(
    congress: Congress,
    question: OwnQuestion,
    counts: Mapping[str, int],
    taken: Mapping[tuple[str, str], int],
    conditions: Mapping[str, str],
) -> Line:
    return Line(
        question,
        str(KINDS[question.kind]),
        conditions.get(code_of(question.asked_if), _("no one: what it depends on is gone")),
        str(READERS[question.right]),
        [
            (
                languages.text(each.label),
                taken.get((question.key, each.key), 0),
                each.most,
                each.is_retired,
            )
            for each in question.options
        ],
        counts.get(question.key, 0),
        frame.dates().date(goes_at(congress, question)),
    )
