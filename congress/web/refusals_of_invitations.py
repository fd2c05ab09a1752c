"""The words for every "no" about invitations, to organisers and to whoever is invited."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import invitations, registration
from congress.domain.errors import Refused

HEADINGS: dict[type[Refused], LazyString] = {
    registration.NotInvited: _("Registration is by invitation only"),
    invitations.InvitationWithdrawn: _("This invitation has been withdrawn"),
    invitations.InvitationUsed: _("All places of this invitation are taken"),
    invitations.InvitationAccepted: _("A registration has been made with this invitation"),
    invitations.InvitationEditedMeanwhile: _(
        "Someone else saved this invitation after you opened the form"
    ),
    invitations.InvitedAlready: _("This person or organisation is already invited"),
    invitations.FewerPlacesThanUsed: _("That would be too few places"),
    invitations.NothingToSend: _("There is nothing left to send"),
    invitations.InvitationsUnseen: _("The invitations have changed in the meantime"),
    invitations.NobodyCanAnswer: _("Invitations cannot be sent at present"),
}
WORDS: dict[type[Refused], LazyString] = {
    registration.NotInvited: _(
        "If you have been invited, please use the personal link in your invitation email. "
        "Otherwise please ask the organisers."
    ),
    invitations.InvitationWithdrawn: _(
        "Its link no longer opens the registration form. Please ask the organisers."
    ),
    invitations.InvitationUsed: _(
        "So no further registration has been made. If you are registered already, the link to your "
        "page is in your confirmation; otherwise please ask the organisers."
    ),
    invitations.InvitationAccepted: _(
        "So nothing has been changed here. Whoever cannot come can cancel on the page of their "
        "registration, whose link is in the confirmation."
    ),
    invitations.InvitationEditedMeanwhile: _(
        "So nothing has been saved yet. Please compare the form with what is stored now, "
        "and save what should apply."
    ),
    invitations.InvitedAlready: _(
        "An invitation with this name, organisation and address exists. Please change that one in "
        "the list, or enter another address."
    ),
    invitations.FewerPlacesThanUsed: _(
        "More people are registered with this invitation than it would have places. Please cancel "
        "registrations first, or leave more places."
    ),
    invitations.NothingToSend: _("Every invitation is sent or withdrawn."),
    invitations.InvitationsUnseen: _("So nothing is sent yet. Below is who would receive one now."),
    invitations.NobodyCanAnswer: _(
        "The event is not published, or registration has closed, so no one could answer."
    ),
}
