"""What can be proposed, and how far a proposal is, in words for pages and mails alike."""

from congress.domain.calls import Answering, Content, ProposalKind, ProposalState
from congress.formats.catalogue import catalogue


def kind_name(kind: ProposalKind, language: str) -> str:
    """Return what is proposed, as it stands within a sentence."""
    _ = catalogue(language).gettext
    return {
        ProposalKind.PRACTICE_EXAMPLE: _("practice example"),
        ProposalKind.WORKSHOP: _("workshop"),
        ProposalKind.STAND: _("stand"),
    }[kind]


def state_name(state: ProposalState, language: str) -> str:
    """Return how far a proposal is, for organisers."""
    found = catalogue(language)
    _ = found.gettext
    return {
        ProposalState.NEW: _("New"),
        ProposalState.SHORTLISTED: _("On the shortlist"),
        ProposalState.ACCEPTED: str(found.pgettext("proposal", "Accepted")),
        ProposalState.DECLINED: str(found.pgettext("proposal", "Declined")),
        ProposalState.WITHDRAWN: _("Withdrawn"),
    }[state]


def usual_text(answer: Answering, content: Content, language: str) -> str:
    """Return what a letter says unless organisers write something else; it names the proposal."""
    _ = catalogue(language).gettext
    title = content.title
    glad_to_see_you = _("We would be glad to see you at the event nevertheless.")
    if answer is Answering.DECLINED:
        return declining(language)
    if answer is Answering.NO_LONGER_ACCEPTED:
        return _joined(
            _(
                "We had accepted your proposal “%(title)s”. We have to take this acceptance back: "
                "it will not be part of the event after all."
            )
            % {"title": title},
            _("We are sorry about that."),
            glad_to_see_you,
        )
    is_stand = content.kind is ProposalKind.STAND
    if answer is Answering.ACCEPTED_AFTER_ALL:
        said = _(
            "We had declined your proposal “%(title)s”. That no longer applies: we are glad to "
            "accept it after all."
        )
    else:
        said = _("Thank you for your proposal “%(title)s”. We are glad to accept it.")
    later = (
        _("The page of your proposal says where your stand is as soon as that is settled.")
        if is_stand
        else _(
            "Your proposal becomes part of the programme, with your name. As soon as it is "
            "published in the programme, the page of your proposal says when and where it takes "
            "place."
        )
    )
    return _joined(
        said % {"title": title}, later, _("If you can no longer take part, please write to us.")
    )


def declining(language: str) -> str:
    """Return what a letter that declines says, to one or to many."""
    _ = catalogue(language).gettext
    return _joined(
        _("Thank you for your proposal and for the work you have put into it."),
        _("We have decided on it: unfortunately it will not be part of the programme."),
        _("We would be glad to see you at the event nevertheless."),
    )


def _joined(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)
