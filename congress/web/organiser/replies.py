"""What came back by mail and a human has to read; addresses that take nothing; a no by calendar."""

from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain.mails.received import Why
from congress.queries import attendees, received
from congress.services.mails import dead_mailboxes, receiving
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.organiser import frame

OF_NOBODY = "/organiser/replies"


def replies() -> str:
    """Show the mails about this congress that somebody has to read."""
    workspace = access.workspace()
    return frame.page(
        "replies.html",
        current="outbox",
        mails=received.kept(workspace.id),
        whys=whys(),
        fault=received.find_fault(),
        here=f"/organiser/{workspace.slug}/replies",
    )


def done_with_reply(received_id: int) -> ResponseReturnValue:
    """Note that a mail has been read, or take the note back."""
    if not received.belongs(received_id, access.workspace().id):
        abort(404)
    return frame.done(_settle(received_id), "/replies")


def replies_about_nothing() -> str:
    """Show the mails that are about no congress that anybody could tell."""
    return render_template(
        "organiser/replies_about_nothing.html",
        account=access.account(),
        mails=received.kept(None),
        whys=whys(),
        fault=received.find_fault(),
        notice=frame.take_notice(),
        when=languages.dates(ZoneInfo(extensions.settings().timezone)).moment,
        here=OF_NOBODY,
    )


def done_with_other(received_id: int) -> ResponseReturnValue:
    """Note that such a mail has been read, or take the note back."""
    if not received.belongs(received_id, None):
        abort(404)
    frame.notify(_settle(received_id))
    return redirect(languages.link(OF_NOBODY), code=303)


def try_mailbox_again(registration_id: int) -> ResponseReturnValue:
    """Send emails to somebody's address again."""
    attendees.find_attendee(access.workspace().id, registration_id) or abort(404)
    dead_mailboxes.try_again(registration_id, actor=access.actor(), now=clock.now())
    return frame.done(
        _("Emails are sent to this address again. What was not sent is sent again from its page."),
        f"/attendees/{registration_id}",
    )


def settle_answer(registration_id: int) -> ResponseReturnValue:
    """Note that somebody has seen to a no in a calendar."""
    attendees.find_attendee(access.workspace().id, registration_id) or abort(404)
    receiving.settle_answer(registration_id, actor=access.actor(), now=clock.now())
    return frame.done(_("The answer is ticked off."), f"/attendees/{registration_id}")


def whys() -> dict[Why, str]:
    """Return in words why a human has to read a mail."""
    return {
        Why.WORDS: _("Somebody has written"),
        Why.COUNTER: _("A calendar asks for something, such as another time"),
        Why.FOREIGN: _("An answer that is not from the person invited"),
        Why.REPORT: _("An email did not arrive, and it is unclear which"),
        Why.TOO_LARGE: _("Too large: only the sender and the subject were read"),
        Why.UNREADABLE: _("Cannot be read by a program"),
    }


def _settle(received_id: int) -> str:
    """Do what was pressed; returns what was done."""
    is_done = request.form.get("done") == "yes"
    receiving.settle_mail(received_id, is_done=is_done, actor=access.actor(), now=clock.now())
    return _("The reply is ticked off.") if is_done else _("The reply is to be read again.")
