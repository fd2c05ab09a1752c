"""The addresses of the network, and who may open them."""

from congress.domain.network.access import NetworkRight
from congress.web.methods import READ, Address
from congress.web.network import log, overview
from congress.web.network.contact_addresses import CONTACTS
from congress.web.network.contact_log_addresses import CONTACT_LOG
from congress.web.network.frame import NETWORK
from congress.web.network.land_question_addresses import LAND_QUESTIONS
from congress.web.network.mail_addresses import MAILS
from congress.web.network.meeting_addresses import MEETINGS
from congress.web.network.member_addresses import MEMBERS
from congress.web.network.project_addresses import PROJECTS
from congress.web.network.register_addresses import REGISTER
from congress.web.network.report_addresses import REPORT
from congress.web.network.text_addresses import TEXTS
from congress.web.network.topic_addresses import TOPICS

ADDRESSES: tuple[Address, ...] = (
    (NETWORK, READ, overview.network, NetworkRight.SEE_REPORT),
    *REPORT,
    *REGISTER,
    *CONTACTS,
    *MEMBERS,
    (f"{NETWORK}/log", READ, log.log, NetworkRight.SEE_REGISTER),
    *PROJECTS,
    *TEXTS,
    *MEETINGS,
    *LAND_QUESTIONS,
    *TOPICS,
    *CONTACT_LOG,
    *MAILS,
)
