"""The addresses of membership, of applications for it, and of the roles in the network."""

from congress.domain.network.access import NetworkRight
from congress.web.access import Who
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import applications, apply, conditions, members, membership, team
from congress.web.network.frame import NETWORK

SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER
MEMBERSHIP = f"{NETWORK}/organisations/<int:organisation_id>/membership"
RECORD = f"{MEMBERSHIP}/<int:record_id>"
OWN = "/application/<token:token>"
ONE = f"{NETWORK}/applications/<int:application_id>"

MEMBERS: tuple[Address, ...] = (
    (f"{NETWORK}/members", READ, members.members, SEE),
    (f"{NETWORK}/members.xlsx", READ, members.members_file, SEE),
    (MEMBERSHIP, READ, membership.membership, SEE),
    (f"{MEMBERSHIP}/new", BOTH, membership.record_membership, EDIT),
    (RECORD, BOTH, membership.correct_membership, EDIT),
    (f"{RECORD}/take-back", BOTH, membership.take_back_membership, EDIT),
    (f"{MEMBERSHIP}/conditions/<condition>", BOTH, conditions.check_condition, EDIT),
    (f"{MEMBERSHIP}/documents/<int:document_id>", READ, conditions.condition_document, EDIT),
    (f"{NETWORK}/team", BOTH, team.network_team, Who.ADMINISTRATOR),
    (f"{NETWORK}/team/<int:account_id>", BOTH, team.change_network_role, Who.ADMINISTRATOR),
    (
        f"{NETWORK}/team/<int:account_id>/again",
        ACT,
        team.invite_again_to_network,
        Who.ADMINISTRATOR,
    ),
    ("/network/apply", BOTH, apply.apply, Who.PUBLIC),
    (OWN, READ, apply.own_application, Who.TOKEN),
    (f"{OWN}/correct", BOTH, apply.correct_application, Who.TOKEN),
    (f"{OWN}/withdraw", BOTH, apply.withdraw_application, Who.TOKEN),
    (f"{NETWORK}/applications", READ, applications.applications, SEE),
    (ONE, READ, applications.one_application, SEE),
    (f"{ONE}/match", ACT, applications.match_application, EDIT),
    (f"{ONE}/register", ACT, applications.register_applicant, EDIT),
    (f"{ONE}/accept", BOTH, applications.accept_application, EDIT),
    (f"{ONE}/decline", BOTH, applications.decline_application, EDIT),
    (f"{ONE}/document", READ, applications.application_document, EDIT),
)
