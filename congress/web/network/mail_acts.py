"""What is done with an info mail of the network besides writing it: files, pausing, archiving."""

from collections.abc import Callable
from functools import partial

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.mails.mailings import LARGEST_TOGETHER, LONGEST_NAME
from congress.domain.network.mails import ArchiveReaders
from congress.services.mails import mailings
from congress.services.network import archiving
from congress.web import access, refusals
from congress.web.entries import Entry, read_line
from congress.web.languages import gettext as _
from congress.web.network.frame import done
from congress.web.network.mails import ANOTHER, PART, REFUSED, get_mail, show
from congress.web.organiser.filters import member

UPLOAD = "network.attach_network_file"
NOWHERE = "none"


def attach_network_file(mailing_id: int) -> ResponseReturnValue:
    """Add an attachment."""
    found, sent = get_mail(mailing_id), request.files.get("file")
    entry = Entry("file", _("Attachment"))
    content = b""
    if sent is not None:
        content = sent.stream.read(LARGEST_TOGETHER + 1)
        sent.close()
    name = read_line(entry, (sent.filename or "") if sent else "", most=LONGEST_NAME)
    if not entry.errors:
        try:
            mailings.attach(None, mailing_id, name, content, actor=access.actor(), now=clock.now())
        except Refused as refusal:
            entry.errors.append(refusals.text(refusal))
    if entry.errors:
        return show(found, file=entry), REFUSED
    return done(_("“%(title)s” is attached.", title=name), f"{PART}/{mailing_id}")


def detach_network_file(mailing_id: int, file_id: int) -> ResponseReturnValue:
    """Leave an attachment out."""
    leave_out = partial(mailings.detach, file_id=file_id)
    return _act(leave_out, mailing_id, _("The attachment is removed."))


def unschedule_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Do not send it at its moment."""
    return _act(mailings.unschedule, mailing_id, _("Nothing is sent by itself any more."))


def pause_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Write and send no more of it for now."""
    said = _("Paused. What the mail server already has is on its way; the rest waits.")
    return _act(mailings.pause, mailing_id, said)


def resume_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Go on with it."""
    return _act(mailings.resume, mailing_id, _("The rest is being sent."))


def stop_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Send no more of it for good."""
    return _act(mailings.stop, mailing_id, _("Stopped. The rest is not sent."))


def copy_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Make a draft of it."""
    get_mail(mailing_id)
    number = mailings.copy(None, mailing_id, actor=access.actor(), now=clock.now())
    return done(_("The copy is a draft."), f"{PART}/{number}/edit")


def remove_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    return _act(mailings.remove, mailing_id, _("The draft is deleted."), back=PART)


def archive_network_mail(mailing_id: int) -> ResponseReturnValue:
    """Put it into the archive, for members or for everybody, or take it out."""
    chosen = request.form.get("readers", "")
    readers = member(ArchiveReaders, chosen)
    if readers is None and chosen != NOWHERE:
        abort(400)
    said = {
        None: _("The archive does not have it any more."),
        ArchiveReaders.MEMBERS: _("Contact persons of members find it in their own view now."),
        ArchiveReaders.PUBLIC: _("Everybody can read it in the public archive now."),
    }

    def archive(_congress_id: None, number: int, **by: object) -> None:
        archiving.archive(number, readers, **by)  # type: ignore[arg-type] # actor and now

    return _act(archive, mailing_id, said[readers])


def _act(
    do: Callable[..., object], mailing_id: int, said: str, *, back: str = ""
) -> ResponseReturnValue:
    """Do something with an info mail that may stand elsewhere by now; then its page says so."""
    get_mail(mailing_id)
    try:
        do(None, mailing_id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return show(get_mail(mailing_id), error=refusals.text(refusal)), ANOTHER
    return done(said, back or f"{PART}/{mailing_id}")
