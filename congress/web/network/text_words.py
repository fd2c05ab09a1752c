"""The words of texts of the network: kinds, states, answers; and what they say as HTML."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from markupsafe import Markup

from congress.domain.network.network_texts import Answer, TextKind, VersionState
from congress.formats import own_words

KINDS: dict[TextKind, LazyString] = {
    TextKind.QUALITY_CRITERIA: _("Quality criteria"),
    TextKind.JOINT_DECLARATION: _("Joint declaration"),
    TextKind.PLAN_OF_ACTION: _("Plan of action"),
    TextKind.OTHER: _("Other text"),
}
STATES: dict[VersionState, LazyString] = {
    VersionState.DRAFT: _("Draft"),
    VersionState.IN_COMMENT: _("Up for comments"),
    VersionState.ADOPTED: _("Adopted"),
    VersionState.SUPERSEDED: _("Superseded"),
}
BADGES: dict[VersionState, str] = {
    VersionState.DRAFT: "off",
    VersionState.IN_COMMENT: "few",
    VersionState.ADOPTED: "ok",
    VersionState.SUPERSEDED: "off",
}
ANSWERS: dict[Answer, LazyString] = {
    Answer.ACCEPTED: _("Taken up"),
    Answer.PARTLY: _("Taken up in part"),
    Answer.DECLINED: _("Not taken up"),
}
ANSWER_BADGES: dict[Answer, str] = {
    Answer.ACCEPTED: "ok",
    Answer.PARTLY: "few",
    Answer.DECLINED: "off",
}


def as_html(text: str) -> Markup:
    """Return what a version says; headings, lists, bold, italics and links."""
    return own_words.in_html(text, {})
