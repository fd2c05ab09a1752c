"""The addresses of badges and certificates, and the right that each of them asks for."""

from congress.domain.access import Right
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.organiser import badges, certificates

PRINT = "/organiser/<slug:slug>/print"
ATTENDEE = "/organiser/<slug:slug>/attendees/<int:registration_id>"

PRINTING: tuple[Address, ...] = (
    (f"{PRINT}/badges", BOTH, badges.badges, Right.EXPORT_ATTENDEES),
    (f"{PRINT}/badges.pdf", READ, badges.badges_file, Right.EXPORT_ATTENDEES),
    (f"{PRINT}/certificates", BOTH, certificates.certificates, Right.EXPORT_ATTENDEES),
    (f"{PRINT}/certificates.pdf", READ, certificates.certificates_file, Right.EXPORT_ATTENDEES),
    (f"{PRINT}/certificates/tell", ACT, certificates.tell_of_certificates, Right.CHANGE_ATTENDEES),
    (f"{PRINT}/signature", BOTH, certificates.edit_signature, Right.GRANT_RIGHTS),
    (f"{ATTENDEE}/certificate", ACT, certificates.issue_certificate, Right.EXPORT_ATTENDEES),
    (
        f"{ATTENDEE}/certificate.pdf",
        READ,
        certificates.attendee_certificate,
        Right.EXPORT_ATTENDEES,
    ),
)
