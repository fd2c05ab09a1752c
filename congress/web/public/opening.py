"""Being told when registration opens: asking for it, and one's own page behind the link."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import Congress
from congress.domain.openings import OpeningNotAwaited
from congress.queries import congresses
from congress.queries import openings as queries
from congress.queries.mailboxes import OwnMailbox
from congress.services import openings
from congress.web import languages, refusals
from congress.web.languages import gettext as _
from congress.web.public.mailbox_form import MailboxForm, mailbox_form, mailbox_sent
from congress.web.registration.occasion import occasion
from congress.web.registration.reasons import is_awaited

REFUSED, TOO_LATE, OVER = 422, 409, 404


def opening(slug: str) -> ResponseReturnValue:
    """Show the form, or ask the mailbox; the answer is the same whatever the address is.

    Where there is nothing to wait for, the page of the registration says what there is.
    """
    congress, form = _public(slug), mailbox_form(f"{slug}/opening")
    if request.method == "GET":
        if not is_awaited(congress, clock.now()):
            return redirect(languages.link(f"/{slug}/register"), code=303)
        return _form(congress, form)
    if form.errors:
        return _form(congress, form), REFUSED
    try:
        openings.ask(congress.id, form.address, languages.current(), now=clock.now())
    except OpeningNotAwaited as refusal:
        form.obstacles.append(refusals.text(refusal, congress.zone))
        return _form(congress, form), TOO_LATE
    return redirect(languages.link(f"/{slug}/opening/sent"), code=303)


def opening_sent(slug: str) -> str:
    """Say that a mail comes."""
    lead = _(
        "You will receive an email shortly. We tell you of the opening once you have opened "
        "the link in it and confirmed."
    )
    return mailbox_sent(_public(slug), lead, again=f"/{slug}/opening")


def own_opening(token: str) -> ResponseReturnValue:
    """Show what is stored, or confirm it; a GET changes nothing, and twice is once."""
    own = queries.find(token, now=clock.now())
    if own is None:
        return render_template("public/no_opening.html"), OVER
    if request.method == "GET":
        return _own(own, token)
    openings.confirm(token, now=clock.now())
    return redirect(languages.link(f"/opening/{token}?done=confirmed"), code=303)


def leave_opening(token: str) -> ResponseReturnValue:
    """Ask once more, or forget at once by a POST, as mail programs send it (RFC 8058).

    Such a POST has no cookie and is led nowhere else, so it is answered with a page.
    """
    if request.method == "POST":
        openings.leave(token, now=clock.now())
        return render_template("public/no_opening.html")
    own = queries.find(token, now=clock.now())
    if own is None:
        return render_template("public/no_opening.html"), OVER
    return _own(own, token, is_leaving=True)


def _public(slug: str) -> Congress:
    return congresses.with_content(congresses.find_public(slug) or abort(404))


def _form(congress: Congress, form: MailboxForm) -> str:
    return render_template(
        "public/opening.html", congress=congress, occasion=occasion(congress), form=form
    )


def _own(own: OwnMailbox, token: str, *, is_leaving: bool = False) -> str:
    congress = _public(own.slug or abort(404))
    return render_template(
        "public/own_opening.html",
        congress=congress,
        occasion=occasion(congress),
        own=own,
        token=token,
        is_confirmed_now=request.args.get("done") == "confirmed" and own.confirmed_at is not None,
        is_awaited=is_awaited(congress, clock.now()),
        moment=languages.dates(congress.zone).moment,
        is_leaving=is_leaving,
    )
