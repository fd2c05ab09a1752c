"""The newsletter of the network: asking for it. One's own page is that of every newsletter."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.services import newsletters
from congress.web import languages
from congress.web.public.mailbox_form import MailboxForm, mailbox_form

REFUSED = 422
ADDRESS = "/network/newsletter"


def network_newsletter() -> ResponseReturnValue:
    """Show the form, or ask the mailbox; the answer is the same whatever the address is."""
    form = mailbox_form("network/newsletter")
    if request.method == "GET":
        return _form(form)
    if form.errors:
        return _form(form), REFUSED
    newsletters.ask(None, form.address, languages.current(), now=clock.now())
    return redirect(languages.link(f"{ADDRESS}/sent"), code=303)


def network_newsletter_sent() -> str:
    """Say that a mail comes."""
    return render_template(
        "network/newsletter_sent.html",
        again=ADDRESS,
        office=extensions.settings().mail_reply_to,
    )


def _form(form: MailboxForm) -> str:
    return render_template("network/newsletter.html", form=form)
