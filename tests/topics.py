"""Rows of topics of network meetings."""
# ruff: noqa: ANN401 - the columns of a row have many types

from datetime import date
from typing import Any

from congress.models import (
    Congress,
    ContactPerson,
    MeetingTopic,
    Organisation,
    TopicBallot,
    TopicCall,
    TopicRound,
    TopicVote,
)
from tests.builders import MADE, a_congress, add

# What letters about topics tell.
OF_TOPICS: dict[str, Any] = {
    "given_name": "Erika",
    "family_name": "Muster",
    "organisation": "Stadt Rheine",
    "contact_person": 1,
    "meeting": "Netzwerktreffen",
    "meets_on": "2016-03-10",
    "step": "vote",
    "asked_until": "2016-02-10",
    "title": "Kita",
    "taken": False,
    "paragraphs": [["Das gab es schon."]],
}


def a_meeting(**values: Any) -> Congress:
    """Store a network meeting that is public, on the day of other congresses."""
    facts = {"slug": "treffen", "kind": "network_meeting", "title": {"de": "Herbsttreffen"}}
    return a_congress(**(facts | values))


def a_round(congress: Congress, **values: Any) -> TopicRound:
    """Store a round: proposals until 10 May 2015, the vote from 20 to 31 May."""
    facts = {
        "proposals_until": date(2015, 5, 10),
        "votes_from": date(2015, 5, 20),
        "votes_until": date(2015, 5, 31),
        "points": 1,
        "shows_results": False,
        "created_at": MADE,
    }
    return add(TopicRound(congress_id=congress.id, **(facts | values)))


def a_topic(
    held: TopicRound,
    organisation: Organisation,
    title: str = "Engagement in der Kita",
    **values: Any,
) -> MeetingTopic:
    """Store an open topic of a municipality."""
    facts = {
        "title": title,
        "need": "Wie gewinnen wir Eltern?",
        "kind": "peer_exchange",
        "contributes": False,
        "proposed_at": MADE,
    }
    said = {"round_id": held.id, "organisation_id": organisation.id}
    return add(MeetingTopic(**(facts | said | values)))


def a_ballot(topic: MeetingTopic, organisation: Organisation, points: int = 1) -> TopicBallot:
    """Store the vote of a municipality, all of it for one topic."""
    said = {"round_id": topic.round_id, "organisation_id": organisation.id}
    ballot = add(TopicBallot(cast_at=MADE, **said))
    add(TopicVote(ballot_id=ballot.id, topic_id=topic.id, points=points))
    return ballot


def a_topic_call(topic: MeetingTopic, contact: ContactPerson, step: str = "propose") -> TopicCall:
    """Store that somebody was written to."""
    said = {"round_id": topic.round_id, "contact_id": contact.id, "step": step}
    return add(TopicCall(sent_at=MADE, **said))
