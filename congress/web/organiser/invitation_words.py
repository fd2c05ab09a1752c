"""The words of invitations: what became of each, and who comes."""

from congress.domain.invitations import Answer, Invitation
from congress.web.languages import gettext as _


def answers() -> dict[Answer, tuple[str, str]]:
    """Return the kind and words of each answer, for its badge."""
    return {
        Answer.OPEN: ("few", _("No answer yet")),
        Answer.ACCEPTED: ("ok", _("Accepted")),
        Answer.REPRESENTED: ("wait", _("Represented")),
        Answer.DECLINED: ("bad", _("Declined")),
        Answer.WITHDRAWN: ("off", _("Withdrawn")),
    }


def badge(invitation: Invitation) -> tuple[str, str]:
    """Return the kind and words of what became of an invitation."""
    if invitation.answer is Answer.OPEN and invitation.sent_at is None:
        return "off", _("Not sent yet")
    return answers()[invitation.answer]


def why(invitation: Invitation) -> str:
    """Return what explains the answer, where it needs to be."""
    match invitation.answer:
        case Answer.REPRESENTED if invitation.registered:
            return _("Registered: %(name)s", name=invitation.representative)
        case Answer.REPRESENTED:
            return _("%(name)s is to come, not registered yet", name=invitation.representative)
        case Answer.DECLINED if invitation.declined_at is None:
            return _("Was registered; the registration has ended")
        case Answer.ACCEPTED if invitation.is_withdrawn:
            return _("The link has been withdrawn since")
        case _:
            return ""
