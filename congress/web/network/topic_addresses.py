"""The addresses of topics of network meetings: at the office, and in the own view."""

from congress.domain.network.access import NetworkRight
from congress.web.access import Who
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import own_topics, topic, topics
from congress.web.network.frame import NETWORK
from congress.web.network.municipality import MUNICIPALITY

SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER
LIST = f"{NETWORK}/meetings/<slug:slug>/topics"
ONE = f"{LIST}/<int:topic_id>"
OWN = f"{MUNICIPALITY}/topics"
MEETING = f"{OWN}/<slug:slug>"

TOPICS: tuple[Address, ...] = (
    (LIST, READ, topics.topics, SEE),
    (f"{LIST}/days", BOTH, topics.edit_round, EDIT),
    (f"{LIST}/call", BOTH, topics.call_for_topics, EDIT),
    (f"{ONE}/edit", BOTH, topic.edit_topic, EDIT),
    (f"{ONE}/merge", ACT, topic.merge_topic, EDIT),
    (f"{ONE}/decline", BOTH, topic.decline_topic, EDIT),
    (f"{ONE}/reopen", ACT, topic.reopen_topic, EDIT),
    (f"{ONE}/take", BOTH, topic.take_topic, EDIT),
    (f"{ONE}/take-out", ACT, topic.take_topic_out, EDIT),
    (f"{ONE}/name", ACT, topic.name_proposer, EDIT),
    (OWN, READ, own_topics.own_rounds, Who.TOKEN),
    (MEETING, READ, own_topics.own_topics, Who.TOKEN),
    (f"{MEETING}/new", BOTH, own_topics.propose_topic, Who.TOKEN),
    (f"{MEETING}/vote", ACT, own_topics.vote_on_topics, Who.TOKEN),
    (f"{MEETING}/<int:topic_id>", BOTH, own_topics.correct_topic, Who.TOKEN),
    (f"{MEETING}/<int:topic_id>/withdraw", ACT, own_topics.withdraw_topic, Who.TOKEN),
)
