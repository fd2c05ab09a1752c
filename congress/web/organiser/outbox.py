"""What went to whom, when, with which calendar entry; what failed; sending again."""

from dataclasses import dataclass

from flask import Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.attendee_list import LONGEST_SEARCH
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.formats import mail_reading
from congress.queries import announcements, dead_mailboxes, mailings, received
from congress.queries import outbox as queries
from congress.queries.announcements import Progress
from congress.queries.mailings import WrittenMailing
from congress.queries.outbox import PER_PAGE, MessageState, Wanted, WholeMessage
from congress.services.mails import outboxing
from congress.web import access, languages, refusals
from congress.web.entries import read_id
from congress.web.headers import policy_of_mail
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame, mail_words
from congress.web.organiser.filters import LAST_PAGE, member

MOST_JOBS = 5


@dataclass(frozen=True)
class Job:
    """What very many people are told, in words."""

    progress: Progress
    words: str
    done: str


def outbox() -> str:
    """Show the mails of a congress, the latest first."""
    state = member(MessageState, request.args.get("state", ""))
    typed = request.args.get("q", "")[:LONGEST_SEARCH]
    search = "".join(char if char.isprintable() else " " for char in typed).strip()
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    mailing = _mailing(request.args.get("mailing", ""))
    wanted = Wanted(
        congress_id=access.workspace().id,
        mailing_id=mailing.id if mailing else None,
        state=state,
        recipient=search,
    )
    messages, total = queries.find_messages(wanted, page=number)
    return frame.page(
        "outbox.html",
        current="outbox",
        messages=messages,
        total=total,
        page=number,
        last_page=max(1, -(-total // PER_PAGE)),
        state=state,
        search=search,
        mailing=mailing,
        to_settle=queries.count_to_settle(mailing.id) if mailing else None,
        states=[(each, mail_words.state(each)[1]) for each in MessageState],
        kind=mail_words.kind,
        subject=mail_words.subject,
        state_of=mail_words.state,
        fault_of=mail_words.fault,
        jobs=[_job(each) for each in announcements.latest(access.workspace().id, most=MOST_JOBS)],
        delivery=queries.counts(access.workspace().id, now=clock.now()),
        standing=queries.status(now=clock.now()),
        may_release=access.account().is_administrator,
        fault=received.find_fault(),
        replies=received.count_open(access.workspace().id),
    )


def _mailing(named: str) -> WrittenMailing | None:
    """Return the info mail that is named, if this congress has it."""
    number = read_id(named)
    return mailings.find(access.workspace().id, number) if number else None


def _job(progress: Progress) -> Job:
    """Put into words what is told to many people, and how far it is."""
    done = ngettext(
        "%(done)d of %(num)d person done",
        "%(done)d of %(num)d people done",
        progress.total,
        done=progress.done,
    )
    return Job(progress, mail_words.kind(progress.kind), done)


def message(message_id: int) -> str:
    """Show one mail as sent, the calendar part included."""
    return _show(_load(message_id))


def message_html(message_id: int) -> Response:
    """Show the HTML part in a document of its own that may do nothing."""
    raw = _load(message_id).raw or abort(404)
    html = mail_reading.read(raw).html or abort(404)
    headers = {"Content-Security-Policy": policy_of_mail(html)}
    return Response(html, content_type="text/html; charset=utf-8", headers=headers)


def send_again(message_id: int) -> ResponseReturnValue:
    """Send a mail once more."""
    found = _load(message_id)
    try:
        recipient = outboxing.send_again(message_id, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(found, error=refusals.text(refusal)), 409
    done = _("The email to %(recipient)s is being sent again.", recipient=recipient)
    return frame.done(done, "/outbox")


def send_all_again() -> ResponseReturnValue:
    """Send once more what failed, is still true, and what nobody has settled.

    Where the list shows one info mail alone, no other mail is meant.
    """
    mailing = _mailing(request.form.get("mailing", ""))
    shown = f"/outbox?mailing={mailing.id}" if mailing else "/outbox"
    try:
        again = outboxing.send_failed_again(
            access.workspace().id,
            mailing.id if mailing else None,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused:
        return frame.done(_("There is nothing to send again."), shown)
    sent = ngettext(
        "%(num)d email is being sent again.", "%(num)d emails are being sent again.", again.sent
    )
    left = ngettext(
        "%(num)d is not, as what it says is no longer so.",
        "%(num)d are not, as what they say is no longer so.",
        again.outdated,
    )
    dead = ngettext(
        "%(num)d is not, as its mailbox takes no email.",
        "%(num)d are not, as their mailboxes take no email.",
        again.dead,
    )
    said = (sent, left if again.outdated else "", dead if again.dead else "")
    return frame.done(" ".join(filter(None, said)), shown)


def settle(message_id: int) -> ResponseReturnValue:
    """Note that a mail that failed needs nobody any more, or take the note back."""
    found = _load(message_id)
    is_settled = request.form.get("settled") == "yes"
    try:
        outboxing.settle(message_id, is_settled=is_settled, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(found, error=refusals.text(refusal)), 409
    done = _("Marked as settled.") if is_settled else _("No longer marked as settled.")
    return frame.done(done, f"/outbox/{message_id}")


def hold_outbox() -> ResponseReturnValue:
    """Send no mails for the time being."""
    outboxing.hold(actor=access.actor(), now=clock.now())
    frame.notify(_("Emails are on hold from now on: they are written but not sent."))
    return redirect(languages.link("/organiser/"), code=303)


def release_outbox() -> ResponseReturnValue:
    """Send mails again."""
    outboxing.release(actor=access.actor(), now=clock.now())
    frame.notify(_("Emails are being sent again."))
    return redirect(languages.link("/organiser/"), code=303)


def _load(message_id: int) -> WholeMessage:
    return queries.find_message(message_id, congress_id=access.workspace().id) or abort(404)


def _show(found: WholeMessage, *, error: str = "") -> str:
    listed, now = found.listed, clock.now()
    is_gone = listed.state in {MessageState.SENT, MessageState.FAILED}
    outdated = outboxing.why_outdated(listed.id, now=now) if is_gone else None
    is_dead = is_gone and outdated is None and bool(dead_mailboxes.of_mails([listed.id]))
    return frame.page(
        "message.html",
        current="outbox",
        found=found,
        listed=found.listed,
        parts=mail_reading.read(found.raw) if found.raw else None,
        kind=mail_words.kind(found.listed.kind),
        subject=mail_words.subject(found.listed),
        is_failed=found.listed.state is MessageState.FAILED,
        state=mail_words.state(found.listed.state),
        fault=mail_words.fault(listed),
        has_own_words=mail_words.has_own_words(listed),
        is_administrator=access.account().is_administrator,
        may_send_again=is_gone and outdated is None and not is_dead,
        is_dead=is_dead,
        outdated=mail_words.outdated(outdated) if outdated else "",
        offers_current=mail_words.offers_current(outdated, listed.kind)
        and listed.registration_id is not None
        and access.workspace().state is CongressState.PUBLISHED,
        error=error,
    )
