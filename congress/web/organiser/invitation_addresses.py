"""The addresses of invitations, and the right that each of them asks for."""

from congress.domain.access import Right
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.organiser import delegates, invitation, invitation_import, invitations

ONE = "/organiser/<slug:slug>"
INVITATION = f"{ONE}/invitations/<int:invitation_id>"

INVITATIONS: tuple[Address, ...] = (
    (f"{ONE}/invitations", READ, invitations.invitations, Right.SEE_ATTENDEES),
    (f"{ONE}/invitations/new", BOTH, invitation.add_invitation, Right.CHANGE_ATTENDEES),
    (
        f"{ONE}/invitations/import",
        BOTH,
        invitation_import.import_invitations,
        Right.CHANGE_ATTENDEES,
    ),
    (f"{ONE}/invitations/delegates", BOTH, delegates.invite_delegates, Right.CHANGE_ATTENDEES),
    (f"{ONE}/invitations/send", BOTH, invitations.send_invitations, Right.CHANGE_ATTENDEES),
    (
        f"{ONE}/invitations.<any(csv,xlsx):suffix>",
        READ,
        invitations.invitations_file,
        Right.EXPORT_ATTENDEES,
    ),
    (INVITATION, BOTH, invitation.invitation, Right.CHANGE_ATTENDEES),
    (f"{INVITATION}/send", ACT, invitation.send_invitation, Right.CHANGE_ATTENDEES),
    (f"{INVITATION}/withdraw", BOTH, invitation.withdraw_invitation, Right.CHANGE_ATTENDEES),
)
