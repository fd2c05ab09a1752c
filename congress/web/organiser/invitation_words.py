"""The words of invitations: what became of each, and who comes."""

from datetime import datetime

from congress.domain.congresses import Congress
from congress.domain.invitations import Answer, Invitation
from congress.domain.registration import Phase
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame
from congress.web.organiser.what_next import while_nothing_happens


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


def what_next(invitation: Invitation, congress: Congress, *, now: datetime) -> str:
    """Return what can come of an invitation from now on; nothing of one that was withdrawn."""
    if invitation.is_withdrawn:
        return ""
    if at_rest := while_nothing_happens(congress, now):
        return at_rest
    if now >= congress.starts_at:
        return _("The event has started.")
    if not invitation.left:
        return _("Everyone it is for is registered.")
    return _by_the_period(invitation, congress, now)


def _by_the_period(invitation: Invitation, congress: Congress, now: datetime) -> str:
    period = congress.period
    match period.phase(now):
        case Phase.NOT_YET:
            opens_at = frame.short_moment(period.opens_at)
            return _("They can register once registration opens: %(moment)s.", moment=opens_at)
        case Phase.CLOSED if congress.rules.late:
            return _("Registration is closed. Until the event starts, they can ask for a place.")
        case Phase.CLOSED:
            return _("Registration is closed, so nobody else can register by it.")
    return _while_open(invitation, frame.dates().deadline(period.closes_at))


def _while_open(invitation: Invitation, deadline: str) -> str:
    if invitation.answer is Answer.OPEN and invitation.sent_at is None:
        return _("It has not been sent, so nobody knows of it yet.")
    if invitation.answer is Answer.OPEN:
        return _("They can register %(deadline)s, or decline.", deadline=deadline)
    if invitation.answer is Answer.REPRESENTED:
        name = invitation.representative
        return _("%(name)s can register by it %(deadline)s.", name=name, deadline=deadline)
    if invitation.answer is Answer.DECLINED:
        return _("They can register after all %(deadline)s.", deadline=deadline)
    return ngettext(
        "%(num)d more person can register by it %(deadline)s.",
        "%(num)d more people can register by it %(deadline)s.",
        invitation.left,
        deadline=deadline,
    )
