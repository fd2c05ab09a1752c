"""What people said afterwards: counted, of the event and of each workshop, and of nobody alone."""

from collections.abc import Iterator, Sequence

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.congresses import Congress
from congress.domain.feedback.counting import Sums
from congress.domain.feedback.survey import Part, Phase, Survey
from congress.formats.table import Cell, Heading, Kind
from congress.queries import congresses
from congress.queries import feedback as queries
from congress.services.exporting import FileFormat, Listed, Listing
from congress.services.feedback import setting
from congress.web import access, languages
from congress.web.feedback_results import BAR, Result, result_of
from congress.web.languages import gettext as _
from congress.web.organiser import frame


def survey_results() -> str:
    """Show what was answered, as far as five people or more did."""
    congress = congresses.get_congress(access.workspace().id)
    survey = queries.survey_of(congress.id)
    answered, asked = queries.answered(congress.id)
    return frame.page(
        "survey_results.html",
        current="figures",
        results=_results(congress, survey),
        has_begun=survey.has_begun,
        is_shared=survey.is_shared,
        is_open=survey.phase(congress, clock.now()) is Phase.OPEN,
        answered=answered,
        asked=asked,
        bar=BAR,
    )


def share_survey() -> ResponseReturnValue:
    """Show dialogue partners what was said of their own workshop, or no longer."""
    is_shared = request.form.get("shared") == "y"
    setting.share(access.workspace().id, is_shared=is_shared, actor=access.actor(), now=clock.now())
    shown = _("Dialogue partners see the results of their own workshop.")
    hidden = _("Dialogue partners do not see the results.")
    return frame.done(shown if is_shared else hidden, "/survey/results")


def survey_file(suffix: str) -> Response:
    """Hand out the same as a file."""
    if suffix not in {FileFormat.CSV, FileFormat.XLSX}:
        abort(404)
    congress = congresses.get_congress(access.workspace().id)
    survey = queries.survey_of(congress.id)
    headings = [
        Heading(_("About"), 30),
        Heading(_("Question"), 50),
        Heading(_("Answer"), 50),
        Heading(_("Count"), 10, Kind.NUMBER),
    ]
    lines = list(_lines(_results(congress, survey)))
    return frame.listing(Listing(Listed.FEEDBACK, headings, lines, FileFormat(suffix)))


def _results(congress: Congress, survey: Survey) -> list[Result]:
    sums = queries.sums_of(congress.id)
    event = survey.of_part(Part.EVENT)
    found = [result_of(_("The event"), event, sums.get(None, Sums()))] if event else []
    of_workshop = survey.of_part(Part.WORKSHOP)
    for item in queries.subjects(congress) if of_workshop else ():
        name = languages.item_name(item)
        found.append(result_of(name, of_workshop, sums.get(item.id, Sums())))
    return found


def _lines(results: Sequence[Result]) -> Iterator[Sequence[Cell]]:
    for result in results:
        if not result.is_shown:
            continue
        yield result.name, _("Ballots"), "", result.ballots
        for each in result.questions:
            if not each.is_shown:
                continue
            yield result.name, each.label, _("answered"), each.answered
            for bar in each.bars:
                yield result.name, each.label, bar.words, bar.people
            for text in each.texts:
                yield result.name, each.label, text, None
