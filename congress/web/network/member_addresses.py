"""The addresses of membership: of all, and of one organisation."""

from congress.domain.network.access import NetworkRight
from congress.web.methods import BOTH, READ, Address
from congress.web.network import conditions, members, membership
from congress.web.network.frame import NETWORK

SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER
MEMBERSHIP = f"{NETWORK}/organisations/<int:organisation_id>/membership"
RECORD = f"{MEMBERSHIP}/<int:record_id>"

MEMBERS: tuple[Address, ...] = (
    (f"{NETWORK}/members", READ, members.members, SEE),
    (f"{NETWORK}/members.xlsx", READ, members.members_file, SEE),
    (MEMBERSHIP, READ, membership.membership, SEE),
    (f"{MEMBERSHIP}/new", BOTH, membership.record_membership, EDIT),
    (RECORD, BOTH, membership.correct_membership, EDIT),
    (f"{RECORD}/take-back", BOTH, membership.take_back_membership, EDIT),
    (f"{MEMBERSHIP}/conditions/<condition>", BOTH, conditions.check_condition, EDIT),
    (f"{MEMBERSHIP}/documents/<int:document_id>", READ, conditions.condition_document, EDIT),
)
