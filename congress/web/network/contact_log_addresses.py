"""The addresses of the contact log."""

from congress.domain.network.access import NetworkRight
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import contact_log, contact_note

LIST = contact_log.ADDRESS
ONE = f"{LIST}/<int:note_id>"
SEE = NetworkRight.SEE_CONTACT_LOG

CONTACT_LOG: tuple[Address, ...] = (
    (LIST, READ, contact_log.contact_log, SEE),
    (f"{LIST}.xlsx", READ, contact_log.contact_log_file, SEE),
    (f"{LIST}/new", BOTH, contact_note.add_contact_note, SEE),
    (ONE, BOTH, contact_note.edit_contact_note, SEE),
    (f"{ONE}/done", ACT, contact_note.finish_contact_note, SEE),
    (f"{ONE}/postpone", ACT, contact_note.postpone_contact_note, SEE),
    (f"{ONE}/delete", ACT, contact_note.delete_contact_note, SEE),
)
