"""Topics of a network meeting at the office: the round, who is written to, what is proposed."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.network.topics import CallFor, NotInTime, TopicState, tally
from congress.queries.network import topics as queries
from congress.queries.network.topics import Meeting, Topic
from congress.services.network import topic_letters, topic_rounds
from congress.services.network.topic_letters import CALLS
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.network import topic_words as words
from congress.web.network.frame import NETWORK, done, page, today, zone
from congress.web.network.topic_forms import Form, read_round, round_form

REFUSED, LATE = 422, 409
SHOWN = 20  # names of those who are written to


def topics(slug: str) -> str:
    """Show the topics of a meeting, those with most points first."""
    return show(get(slug))


def edit_round(slug: str) -> ResponseReturnValue:
    """Show the form of the round, or save it."""
    meeting = get(slug)
    form = round_form(meeting.plan)
    if request.method == "GET":
        return _form(meeting, form)
    plan = read_round(form, request.form, meeting.first_day)
    if plan is None:
        return _form(meeting, form), REFUSED
    try:
        topic_rounds.save(
            meeting.id, plan, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        again = get(slug)
        form.version = again.plan.version if again.plan else ""  # what is saved next was seen
        return _form(again, form, refusal), LATE
    return done(_("The days are saved."), part_of(meeting))


def call_for_topics(slug: str) -> ResponseReturnValue:
    """Show how many are written to today, and for what; write to them."""
    meeting = get(slug)
    if meeting.round_id is None or meeting.plan is None:
        abort(404)
    step = CALLS.get(meeting.plan.phase(today()))
    if request.method == "GET":
        return _call(meeting, step)
    asked = next((each for each in CallFor if each == request.form.get("step")), None) or abort(400)
    try:
        count = topic_letters.call(meeting.round_id, asked, actor=access.actor(), now=clock.now())
    except NotInTime as refusal:
        return _call(meeting, step, refusal), LATE
    said = ngettext(
        "%(num)d contact person will receive an email shortly.",
        "%(num)d contact persons will receive an email shortly.",
        count,
    )
    return done(said, part_of(meeting))


def get(slug: str) -> Meeting:
    """Return a network meeting, or a 404."""
    return queries.find_meeting(slug) or abort(404)


def part_of(meeting: Meeting) -> str:
    """Return the page of its topics, as it follows the address of the network."""
    return f"/meetings/{meeting.slug}/topics"


def may_plan(meeting: Meeting) -> bool:
    """Whether the account may change the programme of the meeting."""
    return access.account().may(Right.EDIT_PROGRAMME, meeting.id)


def show(meeting: Meeting, *, refusal: Refused | None = None) -> str:
    """Show the topics of a meeting."""
    every = queries.topics_of(meeting.round_id) if meeting.round_id else []
    ballots = queries.ballots(meeting.round_id) if meeting.round_id else {}
    points = tally(ballots.values(), queries.merged(every))
    step = CALLS.get(meeting.plan.phase(today())) if meeting.plan else None
    return page(
        "topics.html",
        current="meetings",
        meeting=meeting,
        here=f"{NETWORK}{part_of(meeting)}",
        phase=meeting.plan.phase(today()) if meeting.plan else None,
        topics=_in_order(every, {number: each.points for number, each in points.items()}),
        tally=points,
        merged=_merged(every),
        ballots=len(ballots),
        step=step,
        to_call=len(queries.to_call(meeting.round_id, step, today()))
        if meeting.round_id and step
        else 0,
        may_plan=may_plan(meeting),
        is_off=meeting.state in {CongressState.CANCELLED, CongressState.FINISHED},
        TopicState=TopicState,
        words=words,
        **refusals.box(refusal or [], zone()),
    )


def _in_order(every: list[Topic], points: dict[int, int]) -> list[Topic]:
    """Return open topics by their points, then the declined; merged ones stand with theirs."""
    shown = [each for each in every if each.state is not TopicState.MERGED]
    return sorted(shown, key=lambda each: (not each.is_open, -points.get(each.id, 0), each.id))


def _merged(every: list[Topic]) -> dict[int, list[Topic]]:
    found: dict[int, list[Topic]] = {}
    for each in every:
        if each.merged_into is not None:
            found.setdefault(each.merged_into, []).append(each)
    return found


def _form(meeting: Meeting, form: Form, refusal: Refused | None = None) -> str:
    return page(
        "topic_round.html",
        current="meetings",
        meeting=meeting,
        here=f"{NETWORK}{part_of(meeting)}",
        form=form,
        entries=form.entries,
        **refusals.box(refusal or form.errors, zone()),
    )


def _call(meeting: Meeting, step: CallFor | None, refusal: Refused | None = None) -> str:
    number = meeting.round_id or 0
    people = queries.to_call(number, step, today()) if step else []
    return page(
        "call_for_topics.html",
        current="meetings",
        meeting=meeting,
        here=f"{NETWORK}{part_of(meeting)}",
        step=step,
        some=people[:SHOWN],
        total=len(people),
        called=queries.count_called(number, step) if step else 0,
        words=words,
        **refusals.box(refusal or [], zone()),
    )
