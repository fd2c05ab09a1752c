"""Inviting everybody who speaks for a member: looked at first, with who is left out and why."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.access import NetworkRight
from congress.domain.network.delegates import LeftOut
from congress.domain.network.terms import ContactRole
from congress.domain.rules import Access
from congress.queries import congresses
from congress.queries.network import delegates as queries
from congress.services.invitations import delegates
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame

UNSEEN = 409


def invite_delegates() -> ResponseReturnValue:
    """Show who would be invited, and enter their invitations; nothing is sent by that."""
    if not access.may_in_network(NetworkRight.SEE_REGISTER):
        abort(403)
    if request.method == "GET":
        return _ask()
    try:
        count = delegates.invite(
            access.workspace().id,
            seen=request.form.get("seen", ""),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _ask(refusal), UNSEEN
    said = [
        ngettext("%(num)d invitation was added.", "%(num)d invitations were added.", count),
        _("Nothing is sent yet."),
    ]
    return frame.done(" ".join(said), "/invitations/send")


def why_left_out() -> dict[LeftOut, str]:
    """Return the reasons in words."""
    return {
        LeftOut.INVITED: _("invited already"),
        LeftOut.DECLINED: _("has declined"),
        LeftOut.TERM_ENDED: _("term over by the day of the event"),
        LeftOut.TERM_NOT_BEGUN: _("term begins later"),
        LeftOut.NO_MEMBER: _("the organisation is not a member on that day"),
        LeftOut.NO_ADDRESS: _("no email address"),
        LeftOut.MAILBOX_DEAD: _("email does not arrive"),
    }


def _ask(refusal: Refused | None = None) -> str:
    congress = congresses.get_congress(access.workspace().id)
    is_for_members = congress.rules.access is Access.MEMBERS
    return frame.page(
        "invite_delegates.html",
        current="attendees",
        selection=queries.selection(congress) if is_for_members else None,
        day=congress.first_day,
        why=why_left_out(),
        deputy=ContactRole.DEPUTY,
        error=refusals.text(refusal) if refusal else "",
    )
