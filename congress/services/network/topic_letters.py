"""Letters about topics: that they can be proposed or voted on, and what became of one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from congress.domain.access import Actor
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.network_letters import TopicsFacts
from congress.domain.mails.truth import Outdated
from congress.domain.network.contacts import Contact
from congress.domain.network.topics import CallFor, NotInTime, Phase
from congress.domain.texts import in_language
from congress.extensions import db, settings
from congress.models import MeetingTopic, TopicCall
from congress.queries.network import contacts, topics
from congress.queries.network.topics import Meeting
from congress.services.network import contact_letters, topic_rounds
from congress.transaction import transaction

CALLS = {Phase.PROPOSING: CallFor.PROPOSE, Phase.VOTING: CallFor.VOTE}


class Letter(Protocol):
    """What is asked of a letter that waits."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def facts(self) -> Any: ...  # noqa: ANN401 - what a kind states


def call(round_id: int, step: CallFor, *, actor: Actor, now: datetime) -> int:
    """Write to everybody who speaks for a member today and was not written to for this yet.

    Returns how many. Whether their terms hold is asked once more when the letters go out
    (`services.mails.truth`). Raises NotInTime where nothing can be proposed or voted on today.
    """
    with transaction():
        held, today = topic_rounds.hold(round_id), now.astimezone(_zone()).date()
        plan = topics.plan_of(held)
        if CALLS.get(plan.phase(today)) is not step:
            raise NotInTime
        meeting = topics.get_meeting(held.congress_id)
        last = plan.last_day_to(step)
        numbers = [each.id for each in topics.to_call(round_id, step, today)]
        people = contacts.some(numbers)
        mails: list[tuple[MessageKind, Contact, TopicsFacts]] = []
        for each in people:
            stated = _stated(meeting, each)
            stated["round"], stated["step"] = round_id, str(step)
            stated["asked_until"] = last.isoformat()
            mails.append((MessageKind.TOPICS_CALLED, each, stated))
        contact_letters.store(mails, now=now)
        db.session.add_all(
            TopicCall(round_id=round_id, contact_id=each.id, step=step, sent_at=now)
            for each in people
        )
        if people:
            more = {"count": len(people)}
            topic_rounds.record(f"topics_called_{step}", meeting.id, actor=actor, now=now, **more)
        return len(people)


def of_today(
    letters: Iterable[Letter], *, now: datetime
) -> tuple[dict[int, Outdated], dict[int, Mapping[str, Any]]]:
    """Return which letters that ask for something ask too late, and what others have to state now.

    Nobody is written to twice for the same thing, so one is dropped only where nothing can be done.
    """
    mine = [each for each in letters if each.kind == MessageKind.TOPICS_CALLED and each.facts]
    asked = {each.facts["round"] for each in mine if "round" in each.facts}
    meetings = topics.of_rounds(asked) if asked else {}
    today = now.astimezone(_zone()).date()
    over: dict[int, Outdated] = {}
    stated: dict[int, Mapping[str, Any]] = {}
    for each in mine:
        meeting, step = meetings.get(each.facts.get("round", 0)), CallFor(each.facts["step"])
        if meeting is None or meeting.plan is None:
            continue
        if meeting.state not in topics.ALIVE:
            over[each.id] = Outdated.CALLED_OFF
        elif CALLS.get(meeting.plan.phase(today)) is not step:
            over[each.id] = Outdated.OVER
        else:
            days = meeting.first_day, meeting.plan.last_day_to(step)
            meets_on, asked_until = (day.isoformat() for day in days)
            stated[each.id] = {**each.facts, "meets_on": meets_on, "asked_until": asked_until}
    return over, stated


def answered(
    congress_id: int,
    proposed: Sequence[MeetingTopic],
    *,
    is_taken: bool,
    reason: str,
    now: datetime,
) -> None:
    """Say what became of topics to who proposed them and still speaks, in a transaction."""
    meeting, today = topics.get_meeting(congress_id), now.astimezone(_zone()).date()
    people = {each.id: each for each in contacts.some([each.proposed_by or 0 for each in proposed])}
    mails: list[tuple[MessageKind, Contact, TopicsFacts]] = []
    for each in proposed:
        contact = people.get(each.proposed_by or 0)
        if contact is None or not contact.term.holds_on(today):
            continue
        stated = _stated(meeting, contact)
        stated["title"], stated["taken"] = each.title, is_taken
        if reason and not is_taken:
            blocks = reason.split("\n\n")
            stated["paragraphs"] = [said for part in blocks if (said := part.strip().splitlines())]
        mails.append((MessageKind.TOPIC_ANSWERED, contact, stated))
    contact_letters.store(mails, now=now)


def _stated(meeting: Meeting, contact: Contact) -> TopicsFacts:
    return {
        "given_name": contact.details.given_name,
        "family_name": contact.details.family_name,
        "organisation": contact.organisation,
        "contact_person": contact.id,
        "meeting": in_language(meeting.title, contact.details.language),
        "meets_on": meeting.first_day.isoformat(),
    }


def _zone() -> ZoneInfo:
    return ZoneInfo(settings().timezone)
