"""The addresses of info mails of the network: of the office, of everybody, of the own view."""

from congress.domain.network.access import NetworkRight
from congress.web.access import Who
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import mail_acts, mail_readers, mails, newsletter, public_mails
from congress.web.network.municipality import MUNICIPALITY

LIST = mails.ADDRESS
ONE = f"{LIST}/<int:mailing_id>"
SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER
PUBLIC = "/network/mails"
OWN = f"{MUNICIPALITY}/mails"

MAILS: tuple[Address, ...] = (
    (LIST, READ, mails.network_mails, SEE),
    (f"{LIST}/new", BOTH, mails.new_network_mail, EDIT),
    (ONE, READ, mails.network_mail, SEE),
    (f"{ONE}/edit", BOTH, mails.edit_network_mail, EDIT),
    (f"{ONE}/readers", READ, mail_readers.network_mail_readers, EDIT),
    (f"{ONE}/files", ACT, mail_acts.attach_network_file, EDIT),
    (f"{ONE}/files/<int:file_id>/remove", ACT, mail_acts.detach_network_file, EDIT),
    (f"{ONE}/test", ACT, mails.test_network_mail, EDIT),
    (f"{ONE}/send", ACT, mails.send_network_mail, EDIT),
    (f"{ONE}/schedule", ACT, mails.schedule_network_mail, EDIT),
    (f"{ONE}/unschedule", ACT, mail_acts.unschedule_network_mail, EDIT),
    (f"{ONE}/pause", ACT, mail_acts.pause_network_mail, EDIT),
    (f"{ONE}/resume", ACT, mail_acts.resume_network_mail, EDIT),
    (f"{ONE}/stop", ACT, mail_acts.stop_network_mail, EDIT),
    (f"{ONE}/copy", ACT, mail_acts.copy_network_mail, EDIT),
    (f"{ONE}/remove", ACT, mail_acts.remove_network_mail, EDIT),
    (f"{ONE}/archive", ACT, mail_acts.archive_network_mail, EDIT),
    (PUBLIC, READ, public_mails.public_mails, Who.PUBLIC),
    (f"{PUBLIC}/<code:code>", READ, public_mails.public_mail, Who.PUBLIC),
    (newsletter.ADDRESS, BOTH, newsletter.network_newsletter, Who.PUBLIC),
    (f"{newsletter.ADDRESS}/sent", READ, newsletter.network_newsletter_sent, Who.PUBLIC),
    (OWN, READ, public_mails.own_mails, Who.TOKEN),
    (f"{OWN}/<code:code>", READ, public_mails.own_mail, Who.TOKEN),
)
