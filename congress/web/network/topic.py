"""One topic at the office: its words, merging, declining, and its item in the programme."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.change_requests import LONGEST_REASON
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.network.topics import TopicSettled
from congress.queries import congresses
from congress.queries.network import topics as queries
from congress.queries.network.topics import Meeting, Topic
from congress.queries.planning import scheduling
from congress.services.network import answering_topics
from congress.web import access, refusals
from congress.web.entries import Entry, read_id, told
from congress.web.languages import gettext as _
from congress.web.network import topic_words as words
from congress.web.network.frame import NETWORK, done, page, zone
from congress.web.network.topic_forms import Form, read_topic, topic_form
from congress.web.network.topic_item_form import days_of, item_form, read_item
from congress.web.network.topics import get, may_plan, part_of, show
from congress.web.organiser.readers import read_reason

REFUSED, LATE = 422, 409


def edit_topic(slug: str, topic_id: int) -> ResponseReturnValue:
    """Show the words of a topic in a form, or save them."""
    meeting, found = _get(slug, topic_id)
    form = topic_form(found.facts)
    if request.method == "GET":
        return _form(meeting, found, form)
    facts = read_topic(form, request.form)
    if facts is None:
        return _form(meeting, found, form), REFUSED
    try:
        answering_topics.edit(
            meeting.id,
            found.id,
            facts,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        _meeting, again = _get(slug, topic_id)
        form.version = again.facts.version  # what is saved next was looked at
        return _form(meeting, again, form, refusal), LATE
    return done(_("The topic is saved."), part_of(meeting))


def merge_topic(slug: str, topic_id: int) -> ResponseReturnValue:
    """Let a topic go on in another one."""
    meeting, found = _get(slug, topic_id)
    into = read_id(request.form.get("into", ""))
    if not into:
        return edit_topic_with(meeting, found, _("Please choose the topic that goes on."))
    try:
        answering_topics.merge(meeting.id, found.id, into, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(meeting, refusal=refusal), LATE
    return done(_("The topics are merged. Their votes count together."), part_of(meeting))


def decline_topic(slug: str, topic_id: int) -> ResponseReturnValue:
    """Ask why a topic is declined, and decline it."""
    meeting, found = _get(slug, topic_id)
    reason = Entry("reason", _("Reason"), required=True)
    if request.method == "GET":
        return _decline(meeting, found, reason)
    read_reason(reason, request.form.get("reason", ""))
    if reason.errors:
        return _decline(meeting, found, reason), REFUSED
    try:
        answering_topics.decline(
            meeting.id, found.id, reason.value, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _decline(meeting, found, reason, refusal), LATE
    return done(_("The topic is declined."), part_of(meeting))


def reopen_topic(slug: str, topic_id: int) -> ResponseReturnValue:
    """Let a topic be open again that was declined or merged."""
    meeting, found = _get(slug, topic_id)
    try:
        answering_topics.reopen(meeting.id, found.id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(meeting, refusal=refusal), LATE
    return done(_("The topic is open again."), part_of(meeting))


def take_topic(slug: str, topic_id: int) -> ResponseReturnValue:
    """Show when the item of a topic is to be, or add it to the programme."""
    meeting, found = _planned(slug, topic_id)
    congress = congresses.get_congress(meeting.id)
    form = item_form(found.facts, congress, scheduling.spots(meeting.id))
    if request.method == "GET":
        refusal = None if found.is_open and found.item is None else TopicSettled()
        return _take(meeting, found, congress, form, refusal)
    plan = read_item(form, request.form, congress)
    if plan is None:
        return _take(meeting, found, congress, form), REFUSED
    try:
        answering_topics.take(meeting.id, found.id, plan, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _take(meeting, found, congress, form, refusal), LATE
    return done(
        _("The topic is in the draft of the programme. The next release shows it to everybody."),
        part_of(meeting),
    )


def take_topic_out(slug: str, topic_id: int) -> ResponseReturnValue:
    """Take the item of a topic out of the programme, while nobody else knows it."""
    meeting, found = _planned(slug, topic_id)
    try:
        answering_topics.take_out(meeting.id, found.id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(meeting, refusal=refusal), LATE
    return done(_("The topic is out of the programme and open again."), part_of(meeting))


def name_proposer(slug: str, topic_id: int) -> ResponseReturnValue:
    """Name on the page of the item who proposed its topic, or no longer."""
    meeting, found = _planned(slug, topic_id)
    is_named = request.form.get("named") == "yes"
    try:
        answering_topics.name_proposers(
            meeting.id, found.id, is_named=is_named, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return show(meeting, refusal=refusal), LATE
    if is_named:
        return done(_("The page of the item names the municipality."), part_of(meeting))
    return done(_("The page of the item no longer names the municipality."), part_of(meeting))


def edit_topic_with(meeting: Meeting, found: Topic, missing: str) -> ResponseReturnValue:
    """Show the form of a topic with what is missing to merge it."""
    into = Entry("into", _("Merge into"), errors=[missing])
    return _form(meeting, found, topic_form(found.facts), into=into), REFUSED


def _get(slug: str, topic_id: int) -> tuple[Meeting, Topic]:
    meeting = get(slug)
    return meeting, queries.find_topic(meeting.round_id or 0, topic_id) or abort(404)


def _planned(slug: str, topic_id: int) -> tuple[Meeting, Topic]:
    """Return a topic to whoever may change the programme of its meeting."""
    meeting, found = _get(slug, topic_id)
    if not may_plan(meeting):
        abort(403)
    return meeting, found


def _form(
    meeting: Meeting,
    found: Topic,
    form: Form,
    refusal: Refused | None = None,
    *,
    into: Entry | None = None,
) -> str:
    every = queries.topics_of(meeting.round_id or 0)
    others = [(str(each.id), each.facts.title) for each in every if each.is_open]
    into = into or Entry("into", _("Merge into"))
    return page(
        "edit_topic.html",
        current="meetings",
        meeting=meeting,
        here=f"{NETWORK}{part_of(meeting)}",
        found=found,
        form=form,
        entries=form.entries,
        formats=words.formats(),
        into=into,
        others=[each for each in others if each[0] != str(found.id)],
        **refusals.box(refusal or [*form.errors, *told(into)], zone()),
    )


def _decline(meeting: Meeting, found: Topic, reason: Entry, refusal: Refused | None = None) -> str:
    return page(
        "decline_topic.html",
        current="meetings",
        here=f"{NETWORK}{part_of(meeting)}",
        found=found,
        reason=reason,
        longest=LONGEST_REASON,
        **refusals.box(refusal or told(reason), zone()),
    )


def _take(
    meeting: Meeting,
    found: Topic,
    congress: Congress,
    form: Form,
    refusal: Refused | None = None,
) -> str:
    return page(
        "take_topic.html",
        current="meetings",
        here=f"{NETWORK}{part_of(meeting)}",
        meeting=meeting,
        found=found,
        form=form,
        entries=form.entries,
        formats=words.formats(),
        days=days_of(congress),
        **refusals.box(refusal or form.errors, congress.zone),
    )
