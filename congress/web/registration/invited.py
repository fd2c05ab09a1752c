"""The page of somebody who is invited: coming is registering, a no is one press of a button.

Opening the link is no answer, as programs that look into mails open links too (SEC-12).
"""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.invitations import (
    LONGEST_NAME,
    LONGEST_REASON,
    Invitation,
    require_declinable,
)
from congress.queries import congresses
from congress.queries import invitations as queries
from congress.services.invitations import answering
from congress.web import languages, refusals
from congress.web.entries import Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.registration.occasion import OPEN, door, occasion
from congress.web.registration.person import refuse_web_address
from congress.web.registration.register import REFUSED, at_door

LATE, GONE = 409, 410


def invited(token: str) -> ResponseReturnValue:
    """Show an invitation and what can be answered; changes nothing."""
    found, congress = _open(token)
    page = _show(found, congress, token)
    return (page, GONE) if found.is_withdrawn else page


def register_invited(token: str) -> ResponseReturnValue:
    """Show the form, filled in as far as it is known, or register by the invitation."""
    found, congress = _open(token)
    if request.method == "GET" and (found.is_withdrawn or not found.left):
        return redirect(languages.link(f"/invited/{token}"), code=303)
    return at_door(congress.slug, found)


def decline_invitation(token: str) -> ResponseReturnValue:
    """Take a no, with a reason or who comes instead where somebody says so."""
    found, congress = _open(token)
    reason, instead = _entries(found)
    read_text(reason, request.form.get(reason.name, ""), most=LONGEST_REASON)
    read_line(instead, request.form.get(instead.name, ""), most=LONGEST_NAME)
    refuse_web_address(instead, is_name=True)
    if reason.errors or instead.errors:
        return _show(found, congress, token, typed=(reason, instead)), REFUSED
    try:
        answering.decline(
            congress.id,
            found.id,
            reason=reason.value,
            represented_by=instead.value,
            now=clock.now(),
        )
    except Refused as refusal:
        again, congress = _open(token)
        return _show(again, congress, token, refusal=refusal, typed=(reason, instead)), LATE
    return redirect(languages.link(f"/invited/{token}?done=declined"), code=303)


def _open(token: str) -> tuple[Invitation, Congress]:
    found = queries.find_by_token(token) or abort(404)
    heading = congresses.get_heading(found.congress_id)
    return (found, congresses.with_content(heading)) if heading.is_public else abort(404)


def _entries(found: Invitation) -> tuple[Entry, Entry]:
    return (
        Entry("reason", _("Reason"), value=found.reason),
        Entry("represented_by", _("Who is coming instead"), value=found.represented_by),
    )


def _may_decline(found: Invitation, congress: Congress) -> bool:
    try:
        require_declinable(found, congress, now=clock.now())
    except Refused:
        return False
    return True


def _show(
    found: Invitation,
    congress: Congress,
    token: str,
    *,
    typed: tuple[Entry, Entry] | None = None,
    refusal: Refused | None = None,
) -> str:
    reason, instead = typed or _entries(found)
    now = clock.now()
    state = door(congress, now, found.comer)
    words = occasion(congress)
    return render_template(
        "registration/invited.html",
        congress=congress,
        occasion=words,
        dates=words.dates,
        token=token,
        invitation=found,
        guest=found.guest,
        door=state.name,
        may_register=state in OPEN and not found.is_withdrawn and found.left > 0,
        may_decline=_may_decline(found, congress),
        is_kept=refusal is not None and bool(reason.value or instead.value),
        reason=reason,
        instead=instead,
        longest=LONGEST_REASON,
        errors=[*told(instead), *told(reason)],
        refused=refusals.text(refusal, congress.zone) if refusal else "",
        has_declined=request.args.get("done") == "declined" and found.declined_at is not None,
    )
