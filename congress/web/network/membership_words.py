"""What states, conditions and doubts of membership are called."""

from collections.abc import Iterable

from congress.domain.network.conditions import Condition, Evidence, Held
from congress.domain.network.doubts import Doubt
from congress.domain.network.membership import MembershipState
from congress.web.languages import gettext as _
from congress.web.network.register_words import STATES

BADGES = {
    MembershipState.INTERESTED: "off",
    MembershipState.APPLIED: "few",
    MembershipState.MEMBER: "ok",
    MembershipState.PARTNER: "ok",
    MembershipState.LEFT: "off",
}


def state_name(state: MembershipState) -> str:
    """Return what an organisation is to the network."""
    return str(STATES[state])


def badge(state: MembershipState) -> tuple[str, str]:
    """Return the kind and words of a state, for its badge."""
    return BADGES[state], state_name(state)


def condition_name(condition: Condition) -> str:
    """Return what a condition is called in a list."""
    return {
        Condition.CONTACT: _("Contact person named"),
        Condition.CROSS_CUTTING: _("Engagement as a cross-cutting task"),
        Condition.DECLARATION: _("Joint declaration signed"),
        Condition.CARD: _("Ehrenamtskarte"),
    }[condition]


def condition_text(condition: Condition) -> str:
    """Return what a condition asks for."""
    return {
        Condition.CONTACT: _("The municipality has a contact person for civic engagement."),
        Condition.CROSS_CUTTING: _(
            "Furthering engagement is anchored in the administration as a cross-cutting task."
        ),
        Condition.DECLARATION: _("The municipality has signed the joint declaration."),
        Condition.CARD: _(
            "The municipality takes part in the Ehrenamtskarte of the Land, or plans to introduce "
            "it."
        ),
    }[condition]


def held_name(condition: Condition, held: Held) -> str:
    """Return what is said of a condition."""
    if held is Held.PLANNED:
        return _("planned")
    if held is Held.NO:
        return _("not fulfilled")
    return _("takes part") if condition is Condition.CARD else _("fulfilled")


def lacking(evidence: Evidence) -> str:
    """Return what is not there yet."""
    return {
        Evidence.DAY: _("the day is missing"),
        Evidence.WORDS: _("the words on it are missing"),
        Evidence.DOCUMENT: _("the document is missing"),
    }[evidence]


def doubt(found: Doubt) -> str:
    """Return what does not fit a record."""
    return {
        Doubt.NEVER_JOINED: _("The organisation was nothing to the network before that day."),
        Doubt.SAME_BEFORE: _("It was just this before that day already."),
        Doubt.SAME_AFTER: _("What is recorded next says just the same."),
        Doubt.SAME_DAY: _(
            "Something else is recorded for this very day. What you record now would count."
        ),
        Doubt.STILL_BELONGS: _("It belonged to the network before that day and has not left."),
        Doubt.FAR_AHEAD: _("The day is more than a year ahead."),
        Doubt.BEFORE_VALIDITY: _("The organisation did not exist yet on that day."),
        Doubt.AFTER_VALIDITY: _("The organisation no longer existed on that day."),
    }[found]


def names(conditions: Iterable[Condition]) -> str:
    """Return conditions in a row."""
    return ", ".join(map(condition_name, conditions))
