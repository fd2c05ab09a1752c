"""Saying what one thinks of an event, behind the link in the mail: once, and without a name.

Programs that look into mails open links (SEC-12); only the form uses the ballot.
"""

from collections.abc import Sequence
from datetime import datetime

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.feedback.survey import (
    AnsweredAlready,
    Ballot,
    FeedbackNotOpen,
    NothingAnswered,
    Phase,
    Survey,
)
from congress.queries import congresses
from congress.queries import feedback as queries
from congress.queries.registrations import Opened
from congress.services.feedback import answering, links
from congress.web import languages, refusals
from congress.web.refusals import Errors
from congress.web.registration.ballot_form import BallotForm, ballot_form
from congress.web.registration.occasion import occasion

REFUSED, OVER, GONE = 422, 409, 404


def give_feedback(token: str) -> ResponseReturnValue:
    """Show the ballot, or take it; a GET changes nothing, and a ballot counts once."""
    now = clock.now()
    ballot = queries.find_ballot(token)
    if ballot is None:
        return render_template("registration/no_feedback.html"), GONE
    congress = congresses.with_content(congresses.find_public(ballot.slug) or abort(404))
    survey = queries.survey_of(congress.id)
    if ballot.is_used:
        return _done(congress, survey, is_used=True)
    form = ballot_form(survey, queries.workshops_of(ballot, congress))
    given = form.read(request.form) if request.method == "POST" else {}
    if survey.phase(congress, now) is not Phase.OPEN:
        return _over(congress, survey, form)
    wrong: Errors | Refused = form.errors
    if request.method == "POST" and not wrong:
        try:
            answering.answer(token, given, now=now)
        except FeedbackNotOpen:
            return _over(congress, queries.survey_of(congress.id), form)
        except NothingAnswered as refusal:
            wrong = refusal
        except AnsweredAlready:
            pass  # a form that was sent twice: the first one counts
        if not wrong:
            return redirect(languages.link(f"/feedback/{token}"), code=303)
    return _form(congress, survey, form, wrong, token), REFUSED if wrong else 200


def link_to_ballot(own: Opened, now: datetime) -> str:
    """Return where somebody says what they think of it; nothing where they are not asked now."""
    congress = own.congress
    if now < congress.ends_at:
        return ""
    ballot: Ballot | None = queries.find_ballot_of(own.registration.id)
    if ballot is None or ballot.is_used:
        return ""
    if queries.survey_of(congress.id).phase(congress, now) is not Phase.OPEN:
        return ""
    token = links.token_of(ballot.id)
    return f"/feedback/{token}" if token else ""


def _over(congress: Congress, survey: Survey, form: BallotForm) -> ResponseReturnValue:
    page = _done(congress, survey, is_used=False, typed=form.texts)
    return page, OVER if request.method == "POST" else 200


def _done(congress: Congress, survey: Survey, *, is_used: bool, typed: Sequence[str] = ()) -> str:
    return render_template(
        "registration/feedback_done.html",
        congress=congress,
        occasion=occasion(congress),
        is_used=is_used,
        is_early=survey.phase(congress, clock.now()) is Phase.NOT_YET,
        typed=typed,
    )


def _form(
    congress: Congress, survey: Survey, form: BallotForm, wrong: Errors | Refused, token: str
) -> str:
    words = occasion(congress)
    return render_template(
        "registration/feedback.html",
        congress=congress,
        occasion=words,
        form=form,
        last_day=words.dates.last_day(survey.closes_at(congress)),
        token=token,
        **refusals.box(wrong, congress.zone),
    )
