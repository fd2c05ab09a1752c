"""The words for every "no" about invitations, to organisers and to whoever is invited."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import invitations, registration
from congress.domain.errors import Refused
from congress.domain.network import delegates

HEADINGS: dict[type[Refused], LazyString] = {
    registration.NotInvited: _("Registration is by invitation only"),
    registration.MembersOnly: _("Registration is for representatives of members only"),
    invitations.InvitationWithdrawn: _("This invitation has been withdrawn"),
    invitations.InvitationUsed: _("All places of this invitation are taken"),
    invitations.InvitationAccepted: _("A registration has been made with this invitation"),
    invitations.InvitationEditedMeanwhile: _(
        "Someone else saved this invitation after you opened the form"
    ),
    invitations.InvitedAlready: _("This person or organisation is already invited"),
    invitations.FewerPlacesThanUsed: _("That would be too few places"),
    invitations.NothingToSend: _("There is nothing left to send"),
    invitations.TermOver: _("This person no longer represents the member on the day of the event"),
    invitations.InvitationsUnseen: _("The invitations have changed in the meantime"),
    delegates.DelegatesUnseen: _("The representatives have changed in the meantime"),
    delegates.NobodyToInvite: _("There is no one left to invite"),
    delegates.NoMembersMeeting: _("This event is not for members only"),
    invitations.NobodyCanAnswer: _("Invitations cannot be sent at present"),
}
WORDS: dict[type[Refused], LazyString] = {
    registration.NotInvited: _(
        "If you have been invited, please use the personal link in your invitation email. "
        "Otherwise please ask the organisers."
    ),
    registration.MembersOnly: _(
        "No one is named with this email address as representative of a member on the day of the "
        "event. Please enter the address to which the network writes to you, or ask the organisers."
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
    invitations.TermOver: _(
        "So nothing is sent. Please invite who represents the member now, or look at the terms of "
        "its contact persons in the register of the network."
    ),
    delegates.DelegatesUnseen: _("So no one has been entered yet. Below is who would be now."),
    delegates.NobodyToInvite: _(
        "Everyone who represents a member on that day is invited already or left out for the "
        "reason given."
    ),
    delegates.NoMembersMeeting: _(
        "Representatives of members are invited all at once only where the rules say that "
        "registration is for them. Please change “Who may register” first."
    ),
    invitations.InvitationsUnseen: _("So nothing is sent yet. Below is who would receive one now."),
    invitations.NobodyCanAnswer: _(
        "The event is not published, or registration has closed, so no one could answer."
    ),
}
