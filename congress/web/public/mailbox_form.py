"""The form that asks for a mailbox and nothing else, and is sent by people alone; its answer."""

from dataclasses import dataclass, field

from flask import render_template, request

from congress import clock, extensions
from congress.domain.congresses import Congress
from congress.web.entries import Entry, read_address
from congress.web.languages import gettext as _
from congress.web.registration import form_tokens
from congress.web.registration.form_tokens import Age, FormToken
from congress.web.registration.obstacles import TRAP
from congress.web.registration.occasion import occasion


@dataclass
class MailboxForm:
    """What was typed, and what is wrong with it or with how it came."""

    email: Entry
    token: FormToken
    address: str = ""
    obstacles: list[str] = field(default_factory=list)
    trap: str = TRAP

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What to say above the form: the id of the field to go to, where there is one."""
        found: list[tuple[str | None, str]] = [(None, each) for each in self.obstacles]
        return [*found, *((self.email.id, sentence) for sentence in self.email.errors)]


def mailbox_form(mark: str) -> MailboxForm:
    """Return the form as it is shown, or as it was sent; the `mark` says what it is for."""
    email = Entry("email", _("Email"), required=True)
    if request.method == "GET":
        return MailboxForm(email, form_tokens.issue(mark, now=clock.now()))
    form = MailboxForm(email, form_tokens.hold(request.form.get("form_token", ""), mark))
    is_demo = extensions.settings().is_demo
    form.address = read_address(email, request.form.get("email", ""), is_demo=is_demo)
    if request.form.get(TRAP) or form.token.age is not Age.RIGHT:
        form.obstacles.append(
            _("This form could not be taken as it was sent. Please send it once more.")
        )
    return form


def mailbox_sent(congress: Congress, lead: str, *, again: str) -> str:
    """Say that a mail comes, and what follows; `again` is the address of the form."""
    return render_template(
        "public/mailbox_sent.html",
        congress=congress,
        occasion=occasion(congress),
        lead=lead,
        again=again,
    )
