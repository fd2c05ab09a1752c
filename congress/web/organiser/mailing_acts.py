"""What is done with an info mail besides writing it: attachments, pausing, stopping, copying."""

from collections.abc import Callable
from functools import partial

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.mails.mailings import LARGEST_TOGETHER, LONGEST_NAME
from congress.services.mails import mailings
from congress.web import access, refusals
from congress.web.entries import Entry, read_line
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.mailings import ANOTHER, PAGE, REFUSED, get_mailing, show

UPLOAD = "organiser.attach_file"
LARGEST_FORM = LARGEST_TOGETHER + 4 * 1024 * 1024


def attach_file(mailing_id: int) -> ResponseReturnValue:
    """Add an attachment."""
    found, sent = get_mailing(mailing_id), request.files.get("file")
    entry = Entry("file", _("Attachment"))
    content = b""
    if sent is not None:
        content = sent.stream.read(LARGEST_TOGETHER + 1)
        sent.close()
    name = read_line(entry, (sent.filename or "") if sent else "", most=LONGEST_NAME)
    if not entry.errors:
        try:
            mailings.attach(
                access.workspace().id,
                mailing_id,
                name,
                content,
                actor=access.actor(),
                now=clock.now(),
            )
        except Refused as refusal:
            entry.errors.append(refusals.text(refusal))
    if entry.errors:
        return show(found, file=entry), REFUSED
    return frame.done(_("“%(title)s” is attached.", title=name), f"{PAGE}/{mailing_id}")


def detach_file(mailing_id: int, file_id: int) -> ResponseReturnValue:
    """Leave an attachment out."""
    leave_out = partial(mailings.detach, file_id=file_id)
    return _act(leave_out, mailing_id, _("The attachment is removed."))


def unschedule_mailing(mailing_id: int) -> ResponseReturnValue:
    """Do not send it at its moment."""
    return _act(mailings.unschedule, mailing_id, _("Nothing is sent by itself any more."))


def pause_mailing(mailing_id: int) -> ResponseReturnValue:
    """Write and send no more of it for now."""
    done = _("Paused. What the mail server already has is on its way; the rest waits.")
    return _act(mailings.pause, mailing_id, done)


def resume_mailing(mailing_id: int) -> ResponseReturnValue:
    """Go on with it."""
    return _act(mailings.resume, mailing_id, _("The rest is being sent."))


def stop_mailing(mailing_id: int) -> ResponseReturnValue:
    """Send no more of it for good."""
    return _act(mailings.stop, mailing_id, _("Stopped. The rest is not sent."))


def copy_mailing(mailing_id: int) -> ResponseReturnValue:
    """Make a draft of it."""
    get_mailing(mailing_id)
    number = mailings.copy(access.workspace().id, mailing_id, actor=access.actor(), now=clock.now())
    return frame.go_to(f"{PAGE}/{number}/edit")


def remove_mailing(mailing_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    return _act(mailings.remove, mailing_id, _("The draft is deleted."), back=PAGE)


def _act(
    do: Callable[..., object], mailing_id: int, done: str, *, back: str = ""
) -> ResponseReturnValue:
    """Do something with an info mail that may stand elsewhere by now; then its page says so."""
    get_mailing(mailing_id)
    here = f"{PAGE}/{mailing_id}"
    try:
        do(access.workspace().id, mailing_id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(get_mailing(mailing_id), error=refusals.text(refusal)), ANOTHER
    return frame.done(done, back or here)
