"""The newsletter of a congress: asking for it, and one's own page behind the link in each mail.

The own page is that of readers of the network's newsletter too.
"""

from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain.congresses import Congress
from congress.queries import congresses
from congress.queries import newsletters as queries
from congress.queries.mailboxes import OwnMailbox
from congress.services import newsletters
from congress.web import languages
from congress.web.entries import Entry
from congress.web.languages import gettext as _
from congress.web.public.mailbox_form import MailboxForm, mailbox_form, mailbox_sent
from congress.web.registration.occasion import occasion

REFUSED, OVER = 422, 404


def newsletter(slug: str) -> ResponseReturnValue:
    """Show the form, or ask the mailbox; the answer is the same whatever the address is."""
    congress, form = _offering(slug), mailbox_form(f"{slug}/newsletter")
    if request.method == "GET":
        return _form(congress, form)
    if form.errors:
        return _form(congress, form), REFUSED
    newsletters.ask(congress.id, form.address, languages.current(), now=clock.now())
    return redirect(languages.link(f"/{slug}/newsletter/sent"), code=303)


def newsletter_sent(slug: str) -> str:
    """Say that a mail comes."""
    lead = _(
        "You will receive an email shortly. The newsletter comes once you have opened the link "
        "in it and confirmed."
    )
    return mailbox_sent(_offering(slug), lead, again=f"/{slug}/newsletter")


def own_newsletter(token: str) -> ResponseReturnValue:
    """Show what is stored, confirm it, or choose the language; a GET changes nothing.

    Confirming twice is confirming once: only who names a language chooses one.
    """
    own = queries.find(token, now=clock.now())
    if own is None:
        return render_template("public/no_newsletter.html"), OVER
    if request.method == "GET":
        return _own(own, token)
    if "language" not in request.form:
        newsletters.confirm(token, now=clock.now())
        return redirect(languages.link(f"/newsletter/{token}?done=confirmed"), code=303)
    language = request.form["language"]
    if language not in languages.LANGUAGES:
        abort(400)
    newsletters.choose_language(token, language)
    return redirect(languages.link(f"/newsletter/{token}?done=language"), code=303)


def leave_newsletter(token: str) -> ResponseReturnValue:
    """Ask once more, or unsubscribe at once by a POST, as mail programs send it (RFC 8058).

    Such a POST has no cookie and is led nowhere else, so it is answered with a page.
    """
    if request.method == "POST":
        newsletters.leave(token, now=clock.now())
        return render_template("public/no_newsletter.html")
    own = queries.find(token, now=clock.now())
    if own is None:
        return render_template("public/no_newsletter.html"), OVER
    return _own(own, token, is_leaving=True)


def _offering(slug: str) -> Congress:
    congress = congresses.with_content(congresses.find_public(slug) or abort(404))
    return congress if queries.is_offered(congress.id) else abort(404)


def _form(congress: Congress, form: MailboxForm) -> str:
    return render_template(
        "public/newsletter.html", congress=congress, occasion=occasion(congress), form=form
    )


def _congress_of(own: OwnMailbox) -> Congress | None:
    """Return whose newsletter it is; none where it is that of the network."""
    if own.slug is None:
        return None
    return congresses.with_content(congresses.find_public(own.slug) or abort(404))


def _zone() -> ZoneInfo:
    return ZoneInfo(extensions.settings().timezone)


def _own(own: OwnMailbox, token: str, *, is_leaving: bool = False) -> str:
    congress = _congress_of(own)
    language = Entry("language", _("Language of the newsletter"), required=True)
    language.value = own.language
    said = {
        "confirmed": _("Thank you. From now on you will receive the newsletter."),
        "language": _("The language is saved."),
    }
    return render_template(
        "public/own_newsletter.html",
        congress=congress,
        occasion=occasion(congress) if congress else None,
        own=own,
        token=token,
        language=language,
        choices=list(languages.LANGUAGES.items()),
        done=said.get(request.args.get("done", ""), ""),
        moment=languages.dates(congress.zone if congress else _zone()).moment,
        is_leaving=is_leaving,
    )
