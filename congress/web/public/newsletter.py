"""The newsletter of a congress: asking for it, and one's own page behind the link in each mail."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain.congresses import Congress
from congress.queries import congresses
from congress.queries import newsletters as queries
from congress.queries.newsletters import OwnSubscription
from congress.services import newsletters
from congress.web import languages
from congress.web.entries import Entry, read_address
from congress.web.languages import gettext as _
from congress.web.registration import form_tokens
from congress.web.registration.form_tokens import Age, FormToken
from congress.web.registration.forms import TRAP
from congress.web.registration.occasion import occasion

REFUSED, OVER = 422, 404


def newsletter(slug: str) -> ResponseReturnValue:
    """Show the form, or ask the mailbox; the answer is the same whatever the address is."""
    congress = _offering(slug)
    email, mark = Entry("email", _("Email"), required=True), f"{slug}/newsletter"
    if request.method == "GET":
        return _form(congress, email, form_tokens.issue(mark, now=clock.now()), [])
    token = form_tokens.hold(request.form.get("form_token", ""), mark)
    is_demo = extensions.settings().is_demo
    address = read_address(email, request.form.get("email", ""), is_demo=is_demo)
    obstacles = _obstacles(token)
    if email.errors or obstacles:
        return _form(congress, email, token, obstacles), REFUSED
    newsletters.ask(congress.id, address, languages.current(), now=clock.now())
    return redirect(languages.link(f"/{slug}/newsletter/sent"), code=303)


def newsletter_sent(slug: str) -> str:
    """Say that a mail comes."""
    congress = _offering(slug)
    return render_template(
        "public/newsletter_sent.html", congress=congress, occasion=occasion(congress)
    )


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


def _form(congress: Congress, email: Entry, token: FormToken, obstacles: list[str]) -> str:
    found: list[tuple[str | None, str]] = [(None, sentence) for sentence in obstacles]
    return render_template(
        "public/newsletter.html",
        congress=congress,
        occasion=occasion(congress),
        email=email,
        token=token,
        trap=TRAP,
        errors=[*found, *((email.id, sentence) for sentence in email.errors)],
    )


def _obstacles(token: FormToken) -> list[str]:
    """Return what stands in the way of a form that perhaps no human being has sent."""
    if request.form.get(TRAP) or token.age is not Age.RIGHT:
        return [_("This form could not be taken as it was sent. Please send it once more.")]
    return []


def _own(own: OwnSubscription, token: str, *, is_leaving: bool = False) -> str:
    congress = congresses.with_content(congresses.find_public(own.slug) or abort(404))
    language = Entry("language", _("Language of the newsletter"), required=True)
    language.value = own.language
    said = {
        "confirmed": _("Thank you. From now on you will receive the newsletter."),
        "language": _("The language is saved."),
    }
    return render_template(
        "public/own_newsletter.html",
        congress=congress,
        occasion=occasion(congress),
        own=own,
        token=token,
        language=language,
        choices=list(languages.LANGUAGES.items()),
        done=said.get(request.args.get("done", ""), ""),
        moment=languages.dates(congress.zone).moment,
        is_leaving=is_leaving,
    )
