"""The words of questions to the Land: states, and who may read an answer."""

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from congress.domain.network.land_questions import Audience, QuestionState

STATES: dict[QuestionState, LazyString] = {
    QuestionState.OPEN: _("Open"),
    QuestionState.ANSWERED: _("Answered"),
    QuestionState.WITHDRAWN: _("Withdrawn"),
    QuestionState.DECLINED: lazy_pgettext("proposal", "Declined"),
}
BADGES: dict[QuestionState, str] = {
    QuestionState.OPEN: "few",
    QuestionState.ANSWERED: "ok",
    QuestionState.WITHDRAWN: "off",
    QuestionState.DECLINED: "off",
}
AUDIENCES: dict[Audience, LazyString] = {
    Audience.MEMBERS: _("Contact persons of members, in their own view"),
    Audience.PUBLIC: _("Everybody, on the public page"),
}
