"""What can be proposed, and how far a proposal is, in words for pages and mails alike."""

from congress.domain.calls import ProposalKind, ProposalState
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
    _ = catalogue(language).gettext
    return {
        ProposalState.NEW: _("New"),
        ProposalState.SHORTLISTED: _("On the shortlist"),
        ProposalState.ACCEPTED: _("Accepted"),
        ProposalState.DECLINED: _("Declined"),
        ProposalState.WITHDRAWN: _("Withdrawn"),
    }[state]


def declining(language: str) -> str:
    """Return what a letter that declines says unless organisers write something else."""
    _ = catalogue(language).gettext
    return "\n\n".join(
        (
            _("Thank you for your proposal and for the work you have put into it."),
            _("We have decided on it: unfortunately it will not be part of the programme."),
            _("We would be glad to see you at the event nevertheless."),
        )
    )
