"""Topics in the own view: rounds of coming meetings, proposals of the municipality, its vote."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.contacts import Contact
from congress.domain.network.topics import (
    Phase,
    TopicState,
    ballot_mark,
    on_ballot,
    standing_for,
    tally,
)
from congress.queries.network import topics as queries
from congress.queries.network.topics import Meeting, Topic
from congress.services.network import proposing_topics
from congress.web import refusals
from congress.web.languages import gettext as _
from congress.web.network import topic_words as words
from congress.web.network.frame import today, zone
from congress.web.network.municipality import back, logged_in, page
from congress.web.network.topic_forms import (
    Ballot,
    Errors,
    Form,
    read_ballot,
    read_topic,
    topic_form,
)

REFUSED, LATE = 422, 409


def own_rounds(token: str) -> str:
    """Show the meetings that are to come and take topics."""
    contact = logged_in(token)
    return page(
        "own_rounds.html",
        contact,
        token,
        meetings=queries.coming(today(), with_round=True),
        today=today(),
        words=words,
    )


def own_topics(token: str, slug: str) -> str:
    """Show the topics of one meeting, with what can be done today."""
    contact = logged_in(token)
    return _show(contact, token, _get(slug))


def propose_topic(token: str, slug: str) -> ResponseReturnValue:
    """Show an empty form, or propose a topic."""
    contact, meeting, form = logged_in(token), _get(slug), topic_form()
    if request.method == "GET":
        return _form(contact, token, meeting, form)
    facts = read_topic(form, request.form)
    if facts is None:
        return _form(contact, token, meeting, form), REFUSED
    try:
        proposing_topics.propose(
            contact.id, meeting.round_id or 0, facts, today=today(), now=clock.now()
        )
    except Refused as refusal:
        return _form(contact, token, meeting, form, refusal=refusal), LATE
    return back(token, _part(meeting), _("The topic is proposed."))


def correct_topic(token: str, slug: str, topic_id: int) -> ResponseReturnValue:
    """Show a topic of the own municipality in its form, or save it."""
    contact, meeting = logged_in(token), _get(slug)
    found = _own(contact, meeting, topic_id)
    form = topic_form(found.facts)
    if request.method == "GET":
        return _form(contact, token, meeting, form, found)
    facts = read_topic(form, request.form)
    if facts is None:
        return _form(contact, token, meeting, form, found), REFUSED
    try:
        proposing_topics.correct(
            contact.id,
            meeting.round_id or 0,
            found.id,
            facts,
            version=form.version,
            today=today(),
            now=clock.now(),
        )
    except Refused as refusal:
        again = _own(contact, meeting, topic_id)
        form.version = again.facts.version  # what is saved next was looked at
        return _form(contact, token, meeting, form, again, refusal=refusal), LATE
    return back(token, _part(meeting), _("The topic is saved."))


def withdraw_topic(token: str, slug: str, topic_id: int) -> ResponseReturnValue:
    """Let a topic of the own municipality go."""
    contact, meeting = logged_in(token), _get(slug)
    found = _own(contact, meeting, topic_id)
    try:
        proposing_topics.withdraw(
            contact.id, meeting.round_id or 0, found.id, today=today(), now=clock.now()
        )
    except Refused as refusal:
        return _show(contact, token, meeting, refusal=refusal), LATE
    return back(token, _part(meeting), _("The topic is withdrawn."))


def vote_on_topics(token: str, slug: str) -> ResponseReturnValue:
    """Vote for the own municipality."""
    contact, meeting = logged_in(token), _get(slug)
    number, plan = meeting.round_id or 0, meeting.plan
    open_topics = [each.id for each in queries.topics_of(number) if each.is_open]
    ballot = read_ballot(request.form, open_topics, plan.points if plan else 1)
    if not ballot.is_readable:
        wrong = _("Please enter the points in figures.")
        return _show(contact, token, meeting, ballot=ballot, errors=[(None, wrong)]), REFUSED
    try:
        proposing_topics.vote(
            contact.id,
            number,
            ballot.points,
            seen=ballot.seen,
            today=today(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(contact, token, meeting, ballot=ballot, refusal=refusal), LATE
    return back(token, _part(meeting), _("The vote of your municipality is saved."))


def _get(slug: str) -> Meeting:
    """Return a meeting that is to come and takes topics, or a 404."""
    coming = queries.coming(today(), with_round=True)
    return next((each for each in coming if each.slug == slug), None) or abort(404)


def _own(contact: Contact, meeting: Meeting, topic_id: int) -> Topic:
    found = queries.find_topic(meeting.round_id or 0, topic_id)
    if found is None or found.organisation_id != contact.organisation_id:
        abort(404)
    return found


def _part(meeting: Meeting) -> str:
    return f"/topics/{meeting.slug}"


def _show(
    contact: Contact,
    token: str,
    meeting: Meeting,
    *,
    ballot: Ballot | None = None,
    refusal: Refused | None = None,
    errors: Errors | None = None,
) -> str:
    plan = meeting.plan or abort(404)
    number, day, own = meeting.round_id or 0, today(), contact.organisation_id
    every = queries.topics_of(number)
    merged, known = queries.merged(every), {each.id: each for each in every}
    counts = on_ballot(queries.ballots(number, own).get(own, {}), merged)
    shows = plan.shows_results_on(day)
    points = tally(queries.ballots(number).values(), merged) if shows else {}
    in_order = sorted(every, key=lambda each: -points[each.id].points if each.id in points else 0)
    return page(
        "own_topics.html",
        contact,
        token,
        meeting=meeting,
        here=f"/municipality/{token}{_part(meeting)}",
        plan=plan,
        phase=plan.phase(day),
        Phase=Phase,
        can_correct=plan.can_be_corrected(day),
        belongs=queries.belongs(own, day),
        mine=[each for each in every if each.organisation_id == own],
        goes_on={each: known[standing_for(each, merged)] for each in merged},
        topics=[each for each in in_order if each.is_open],
        given=ballot.points if ballot else counts,
        numbers=[(str(each), str(each)) for each in range(plan.points + 1)],
        counts=counts,
        mark=ballot_mark(counts),
        tally=points if shows else None,
        TopicState=TopicState,
        words=words,
        **refusals.box(refusal or errors or [], zone()),
    )


def _form(
    contact: Contact,
    token: str,
    meeting: Meeting,
    form: Form,
    found: Topic | None = None,
    *,
    refusal: Refused | None = None,
) -> str:
    return page(
        "own_topic_form.html",
        contact,
        token,
        meeting=meeting,
        here=f"/municipality/{token}{_part(meeting)}",
        found=found,
        form=form,
        entries=form.entries,
        formats=words.formats(),
        **refusals.box(refusal or form.errors, zone()),
    )
