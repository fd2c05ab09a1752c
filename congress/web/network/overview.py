"""The network at a glance: who belongs to it today."""

from collections import Counter

from congress.domain.network.access import NetworkRight
from congress.domain.network.applications import ApplicationState
from congress.domain.network.membership import MembershipState
from congress.domain.network.projects import ProjectState
from congress.queries.network import (
    applications,
    contact_log,
    land_questions,
    mails,
    members,
    projects,
)
from congress.queries.network.contact_log import Due
from congress.web import access
from congress.web.network.frame import page, today

MOST_WAITING = 10  # that are named; further ones are counted


def network() -> str:
    """Show how many belong to the network, and to whoever may see the register, who."""
    day = today()
    belonging = members.members_on(day)
    sees = access.may_in_network(NetworkRight.SEE_REGISTER)
    speaking = Counter(each.organisation_id for each in members.delegates_on(day)) if sees else {}
    proposals = projects.Wanted(state=ProjectState.PROPOSED)
    proposed, many_proposed = (
        projects.listed(proposals, limit=MOST_WAITING, offset=0) if sees else ([], 0)
    )
    edits = access.may_in_network(NetworkRight.EDIT_REGISTER)
    not_sent, paused = mails.stuck() if edits else (0, 0)
    return page(
        "overview.html",
        current="",
        day=day,
        members=sum(each.state is MembershipState.MEMBER for each in belonging),
        partners=sum(each.state is MembershipState.PARTNER for each in belonging),
        belonging=belonging if sees else [],
        waiting=applications.listed({ApplicationState.NEW}, limit=MOST_WAITING) if sees else [],
        many_waiting=applications.counts()[ApplicationState.NEW] if sees else 0,
        proposed=proposed,
        many_proposed=many_proposed,
        open_questions=land_questions.count_open() if sees else 0,
        not_sent_mails=not_sent,
        paused_mails=paused,
        speaking=speaking,
        partner=MembershipState.PARTNER,
        due=contact_log.due(access.account().id, today=day)
        if access.may_in_network(NetworkRight.SEE_CONTACT_LOG)
        else Due(),
    )
