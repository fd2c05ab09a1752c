"""What an event asks people afterwards: when, whom, which questions, and how it looks to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import Congress, CongressState
from congress.domain.editing import version_of
from congress.domain.errors import Refused
from congress.domain.feedback.survey import (
    Part,
    Phase,
    Question,
    Survey,
    SurveyEditedMeanwhile,
)
from congress.queries import attendances, congresses
from congress.queries import feedback as queries
from congress.services.feedback import previewing, setting
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame, survey_form
from congress.web.organiser.survey_form import (
    KINDS,
    LONGEST_VERSION,
    SurveyForm,
    SurveyQuestionForm,
)
from congress.web.registration.ballot_form import ballot_form, ends_of

REFUSED, ANOTHER = 422, 409
PAGE = "/survey"


@dataclass(frozen=True)
class Line:
    """A question as the list shows it."""

    question: Question
    kind: str
    options: tuple[str, ...]


def edit_survey() -> ResponseReturnValue:
    """Show how the event asks, or keep how it is set."""
    congress = congresses.get_congress(access.workspace().id)
    survey = queries.survey_of(congress.id)
    form = survey_form.survey_form(survey)
    if request.method == "GET":
        return _show(congress, survey, form)
    form.read(request.form)
    if form.errors:
        return _show(congress, survey, form), REFUSED
    try:
        if request.form.get("version", "")[:LONGEST_VERSION] != _version(survey):
            raise SurveyEditedMeanwhile
        changed = setting.save(
            congress.id, form.wanted, seen=survey, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _show(congress, queries.survey_of(congress.id), form, refusal), ANOTHER
    return frame.done(_("The survey is saved.") if changed else _("Nothing was changed."), PAGE)


def take_ready_made() -> ResponseReturnValue:
    """Let an event without questions ask what most ask."""
    return _act(
        lambda number: setting.take_ready_made(number, actor=access.actor(), now=clock.now()),
        _("The questions are there. Please read them, and change what does not fit."),
    )


def new_survey_question(part: str) -> ResponseReturnValue:
    """Show the form of a new question about the event or each workshop, or add it at the end."""
    return _edit(None, Part(part))


def edit_survey_question(key: str) -> ResponseReturnValue:
    """Show the form of a question, or change it."""
    question = _find(key)
    return _edit(question, question.part)


def move_survey_question(key: str) -> ResponseReturnValue:
    """Put a question before or behind its neighbour."""
    by = -1 if request.form.get("to") == "up" else 1
    question = _find(key)
    return _act(
        lambda number: setting.move_question(
            number, question.key, by, actor=access.actor(), now=clock.now()
        ),
        _("The questions have another order now."),
    )


def remove_survey_question(key: str) -> ResponseReturnValue:
    """Ask a question no more; nobody has answered yet."""
    question = _find(key)
    return _act(
        lambda number: setting.remove_question(
            number, question.key, actor=access.actor(), now=clock.now()
        ),
        _("The question is deleted."),
    )


def _act(do: Callable[[int], bool], done: str) -> ResponseReturnValue:
    congress = congresses.get_congress(access.workspace().id)
    try:
        changed = do(congress.id)
    except Refused as refusal:
        survey = queries.survey_of(congress.id)
        return _show(congress, survey, survey_form.survey_form(survey), refusal), ANOTHER
    return frame.done(done if changed else _("Nothing was changed."), PAGE)


def _edit(before: Question | None, part: Part) -> ResponseReturnValue:
    if request.method == "GET":
        return _question(survey_form.question_form(before), before, part)
    form = survey_form.typed(request.form)
    if "add" in request.form:
        form.add_rows()
        for row in form.rows:
            row.de.errors.clear()
        form.label_de.errors.clear()
        return _question(form, before, part)
    question = survey_form.read(form, before, part)
    if question is None:
        return _question(form, before, part), REFUSED
    try:
        changed = setting.keep_question(
            access.workspace().id,
            question,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        stored = _all().get(before.key) if before else None
        form.version = stored.version if stored else ""
        return _question(form, before, part, refusal), ANOTHER
    return frame.done(_("The question is saved.") if changed else _("Nothing was changed."), PAGE)


def _all() -> dict[str, Question]:
    asked = queries.survey_of(access.workspace().id).questions
    return {each.key: each for each in asked}


def _find(key: str) -> Question:
    return _all().get(key) or abort(404)


def _version(survey: Survey) -> str:
    stored = {name: repr(getattr(survey, name)) for name in setting.SETTINGS}
    return version_of(stored)


def _question(
    form: SurveyQuestionForm,
    before: Question | None,
    part: Part,
    refusal: Refused | None = None,
) -> str:
    return frame.page(
        "edit_survey_question.html",
        current="settings",
        form=form,
        before=before,
        part=part,
        kinds=[(kind, str(words)) for kind, words in KINDS.items()],
        **refusals.box(refusal or form.errors, access.workspace().zone),
    )


def _line(question: Question) -> Line:
    said = [ends_of(question)] if ends_of(question) else []
    if not said:
        said = [languages.text(each.label) for each in question.options]
    return Line(question, str(KINDS[question.kind]), tuple(said))


def _show(
    congress: Congress, survey: Survey, form: SurveyForm, refusal: Refused | None = None
) -> str:
    now = clock.now()
    answered, asked = queries.answered(congress.id)
    items = queries.subjects(congress)
    return frame.page(
        "survey.html",
        current="settings",
        survey=survey,
        form=form,
        version=_version(survey),
        phase=survey.phase(congress, now).name,
        is_due=now >= survey.opens_at(congress),
        is_too_late=now >= survey.closes_at(congress),
        opens=frame.dates().moment(survey.opens_at(congress)),
        last_day=frame.dates().last_day(survey.closes_at(congress)),
        reminds=_reminds(congress, survey, now),
        people=queries.count_to_be_asked(congress.id, survey),
        is_recorded=attendances.is_recorded(congress.id),
        answered=answered,
        asked=asked,
        parts=[
            (part.value, words, [_line(each) for each in survey.of_part(part)])
            for part, words in _parts()
        ],
        ballot=ballot_form(survey, items[:1]) if survey.questions else None,
        letters=previewing.letters(congress, survey, now=now) if survey.questions else {},
        is_held=congress.state not in {CongressState.DRAFT, CongressState.CANCELLED},
        is_off=survey.is_on and survey.phase(congress, now) is Phase.OFF,
        error=refusals.text(refusal, congress.zone) if refusal else "",
    )


def _reminds(congress: Congress, survey: Survey, now: datetime) -> str:
    at = survey.reminds_at(congress)
    return frame.dates().moment(at) if at and at > now else ""


def _parts() -> list[tuple[Part, str]]:
    return [
        (Part.EVENT, _("Questions about the event")),
        (Part.WORKSHOP, _("Questions about each workshop")),
    ]
