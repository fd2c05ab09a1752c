"""What the pages behind the link of a contact person share: the link, the code, the sections.

The link alone shows the organisation and what is public; names stand behind a code by mail
(decision 0108). Every further page begins with `logged_in`.
"""

from dataclasses import dataclass

from flask import abort, make_response, redirect, render_template, session
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from congress import clock, extensions
from congress.domain.network.contacts import Contact
from congress.queries.network import contacts
from congress.web import languages
from congress.web.network.frame import dates, today
from congress.web.organiser.frame import notify, take_notice

MUNICIPALITY = "/municipality/<token:token>"
SECRET, ASKED = "contact", "contact_code"
OVER = 410


@dataclass(frozen=True)
class Section:
    """A page of the own view; `part` is the end of its address."""

    part: str
    label: LazyString
    hint: LazyString


# What a contact person finds on the first page, once logged in.
SECTIONS: tuple[Section, ...] = (
    Section(
        "projects",
        _("Projects"),
        _("Propose a project of the network, take part in one, see what became of it."),
    ),
    Section(
        "topics",
        _("Topics of network meetings"),
        _("Propose what your municipality needs, and vote."),
    ),
    Section(
        "questions",
        _("Questions to the Land"),
        _("Ask the Land something, and read what it has answered."),
    ),
    Section(
        "texts",
        _("Texts"),
        _("Quality criteria, joint declaration and plan of action: read them, comment on drafts."),
    ),
    Section(
        "people",
        _("Contact persons"),
        _("Who speaks for your organisation, with deputies and terms."),
    ),
    Section(
        "registrations",
        _("Registrations"),
        _("Who of yours is registered where: register, swap, cancel."),
    ),
    Section(
        "courses",
        _("Training courses"),
        _("Apply for places in a course, with the people who are to take part."),
    ),
    Section(
        "partners",
        _("Local partners"),
        _("Invite partners from your municipality to themed workshops."),
    ),
    Section("mails", _("Info mails"), _("Read again what the network has sent.")),
    Section("documents", _("Documents"), _("Results and documents of past events.")),
)


def known(token: str) -> Contact:
    """Return whose link this is: a 404 if nobody's, and once the term is over only that it is."""
    contact = contacts.find_by_token(token) or abort(404)
    day = today()
    if not contact.term.holds_on(day):
        abort(make_response(_over(contact, has_begun=contact.term.starts_on <= day), OVER))
    return contact


def require_login(contact: Contact, token: str) -> None:
    """Lead whoever has not typed a code yet to where one gets it."""
    if not is_in(contact):
        abort(redirect(languages.link(f"/municipality/{token}/login"), code=303))


def logged_in(token: str) -> Contact:
    """Return whose link this is, who has logged in with a code."""
    contact = known(token)
    require_login(contact, token)
    return contact


def is_in(contact: Contact) -> bool:
    """Whether somebody has logged in with a code, and the login lasts."""
    secret = session.get(SECRET, "")
    return bool(secret) and contacts.is_in(secret, contact.id, now=clock.now())


def page(template: str, contact: Contact, token: str, **context: object) -> str:
    """Render a page of the own view."""
    return render_template(
        f"network/{template}",
        contact=contact,
        token=token,
        own=f"/municipality/{token}",
        sections=SECTIONS,
        dates=dates(),
        notice=take_notice(),
        **context,
    )


def back(token: str, part: str, sentence: str) -> Response:
    """Go on to a page of the own view, which says what was just done."""
    notify(sentence)
    return redirect(languages.link(f"/municipality/{token}{part}"), code=303)


def _over(contact: Contact, *, has_begun: bool) -> str:
    return render_template(
        "network/own_over.html",
        contact=contact,
        has_begun=has_begun,
        dates=dates(),
        office=extensions.settings().mail_reply_to,
    )
