"""The words of topics of network meetings: formats, phases, states."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.network.topics import FORMATS, CallFor, Phase, TopicState
from congress.queries.network.topics import Topic
from congress.web import languages
from congress.web.languages import gettext, pgettext

PHASES: dict[Phase, LazyString] = {
    Phase.PROPOSING: _("Proposals are open"),
    Phase.BETWEEN: _("Between proposals and vote"),
    Phase.VOTING: _("The vote is open"),
    Phase.OVER: _("The vote is over"),
}
BADGES: dict[Phase, str] = {
    Phase.PROPOSING: "ok",
    Phase.BETWEEN: "wait",
    Phase.VOTING: "ok",
    Phase.OVER: "off",
}
CALLS: dict[CallFor, LazyString] = {
    CallFor.PROPOSE: _("Ask for proposals"),
    CallFor.VOTE: _("Ask for votes"),
}


def formats() -> list[tuple[str, str]]:
    """Return the choices of formats."""
    return [(str(each), languages.kind_name(each)) for each in FORMATS]


def format_of(topic: Topic) -> str:
    """Return in which format a topic is to be treated."""
    return languages.kind_name(topic.facts.kind)


def badge(topic: Topic) -> tuple[str, str]:
    """Return the kind of badge of what has become of a topic, and its words."""
    if topic.state is TopicState.MERGED:
        return "off", gettext("Merged into another topic")
    if topic.state is TopicState.DECLINED:
        return "off", pgettext("proposal", "Declined")
    if topic.item is None:
        return "few", gettext("Open")
    if topic.item.cancelled:
        return "bad", gettext("Its item is cancelled")
    if topic.item.is_released:
        return "ok", gettext("In the programme")
    return "wait", gettext("In the draft of the programme")
