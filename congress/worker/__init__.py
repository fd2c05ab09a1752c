"""What the worker does and when: looks what is to be told when woken and every minute; tidies.

A job is a loop of service calls, each with its own `now` and its own transaction.
"""

import logging
import signal
from collections.abc import Callable
from functools import partial
from threading import Event, Lock

from flask import Flask, current_app

from congress import clock, inbox, queue
from congress.extensions import settings
from congress.formats import received_mail
from congress.reader import Reader
from congress.services import (
    addresses,
    assisting,
    certifying,
    checking_in,
    confirming,
    door_codes,
    door_devices,
    filing,
    forgetting,
    groups,
    hand_overs,
    list_mails,
    moving_up,
    newsletters,
    offering,
    openings,
    own_answers,
    partner_logins,
    printing_badges,
    printing_sheets,
    quotas,
    requesting,
    wishing,
)
from congress.services.assigning import running
from congress.services.calling import proposing
from congress.services.courses import applying as course_applying
from congress.services.feedback import asking as feedback_asking
from congress.services.invitations import calling_off, keeping
from congress.services.mails import (
    announcing,
    assigned,
    dead_mailboxes,
    domain_limits,
    mailing_steps,
    outboxing,
    receiving,
    reminding,
    task_letters,
    writing,
)
from congress.services.mails import forgetting as forgetting_mails
from congress.services.market import laying_out
from congress.services.market import offering as market_entries
from congress.services.network import (
    applying,
    appointing,
    asking_land,
    checking,
    commenting,
    contact_logins,
    following_up,
    logging_contacts,
    projecting,
)
from congress.services.planning import (
    collecting,
    inviting,
    minimums,
    modes,
    noting,
    reporting,
    tasks,
    undoing,
)
from congress.worker.assigning import assign
from congress.worker.rounds import MOST_LOST_SESSIONS, Tally, deliver
from congress.worker.senders import Senders

__all__ = [
    "MOST_LOST_SESSIONS",
    "Tally",
    "announce",
    "assign",
    "deliver",
    "look",
    "read_replies",
    "run",
    "tidy",
]

log = logging.getLogger(__name__)

# One may wait for a slow relay, one for a mailbox and one for a solver while the fourth does what
# else is due.
THREADS = 4
STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
HEALTH_SECONDS = 10
# What makes letters, in steps, what frees places before all; the first that finds somebody to
# tell has its turn.
STEPS: tuple[Callable[..., bool], ...] = (
    confirming.next_step,
    offering.next_step,
    moving_up.next_step,
    modes.next_step,
    assigned.next_step,
    announcing.next_step,
    calling_off.next_step,
    writing.next_step,
    mailing_steps.next_step,
    reminding.next_step,
    task_letters.next_step,
    minimums.next_step,
    list_mails.next_step,
    following_up.next_step,
    openings.next_step,
    feedback_asking.next_step,
)
# What goes by itself, by what the log says of it.
KEPT_LONG_ENOUGH = {
    "mail_bodies_deleted": outboxing.delete_mail_bodies,
    "domain_counts_deleted": domain_limits.forget_old,
    "unconfirmed_addresses_deleted": addresses.delete_expired,
    "hand_overs_deleted": hand_overs.delete_expired,
    "group_contacts_deleted": groups.forget_old,
    "acts_no_longer_undone": undoing.forget_old,
    "contributors_forgotten": inviting.forget_old,
    "contributors_presence_forgotten": checking_in.forget_old,
    "signed_papers_deleted": filing.forget_old,
    "sign_in_sheets_deleted": printing_sheets.forget_old,
    "certificates_deleted": certifying.forget_old,
    "signatures_deleted": certifying.forget_signatures,
    "printed_badges_forgotten": printing_badges.forget_old,
    "workshop_reports_forgotten": reporting.forget_old,
    "materials_deleted": collecting.forget_old,
    "hand_ins_deleted": tasks.forget_old,
    "market_people_forgotten": laying_out.forget_old,
    "market_entries_deleted": market_entries.forget_old,
    "door_scans_deleted": door_devices.forget_old,
    "speaker_sheets_deleted": noting.forget_old,
    "partner_logins_forgotten": partner_logins.forget_old,
    "applications_deleted": applying.forget_old,
    "course_applications_deleted": course_applying.forget_old,
    "membership_documents_deleted": checking.forget_old,
    "contact_persons_deleted": appointing.forget_old,
    "project_people_forgotten": projecting.forget_old,
    "land_question_people_forgotten": asking_land.forget_old,
    "commenters_forgotten": commenting.forget_old,
    "contact_logins_forgotten": contact_logins.forget_old,
    "contact_notes_deleted": logging_contacts.forget_old,
    "proposals_deleted": proposing.forget_old,
    "answers_deleted": own_answers.forget_old,
    "assignment_outcomes_deleted": running.forget_old,
    "wishes_deleted": wishing.forget_old,
    "invitations_deleted": keeping.forget_old,
    "assistance_needs_deleted": assisting.forget_old,
    "received_mails_forgotten": receiving.forget_old,
    "attachments_deleted": forgetting_mails.forget_files,
    "mailing_readers_forgotten": forgetting_mails.forget_readers,
    "calendar_answers_deleted": forgetting_mails.forget_answers,
    "words_of_requests_forgotten": requesting.forget_words,
    "unconfirmed_registrations_deleted": forgetting.forget_unconfirmed,
    "spellings_deleted": quotas.forget_old,
    "newsletter_readers_forgotten": newsletters.forget_old,
    "opening_readers_forgotten": openings.forget_old,
    "feedback_ballots_forgotten": feedback_asking.forget_old,
    "dead_mailboxes_forgotten": dead_mailboxes.forget_old,
}

_announcing, _delivering, _reading = Lock(), Lock(), Lock()
_reader = Reader()  # of whoever holds `_reading`
_was_asked = Event()
_all_have_codes = Event()  # every registration that is made has one


def run() -> None:
    """Work until told to stop by a signal; then finish the mail in hand and return.

    Wants an application context. The signals stay blocked: the process is to end after this.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)  # before the threads, which inherit it
    senders = Senders(settings().mail_connections - 1)  # before the threads, which no fork survives
    consumer = queue.consumer(threads=THREADS)
    app = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - for the threads
    logging.getLogger("huey").setLevel(logging.WARNING)  # else two lines a minute about nothing
    queue.on_look(partial(_in_context, app, lambda: look(consumer.stop_flag.is_set, senders.wake)))
    queue.on_read(partial(_in_context, app, lambda: read_replies(consumer.stop_flag.is_set)))
    queue.on_tidy(partial(_in_context, app, tidy))
    consumer.start()
    log.info("worker_started")
    while signal.sigtimedwait(STOP_SIGNALS, HEALTH_SECONDS) is None:
        consumer.check_worker_health()
        senders.check()
    senders.let_go()
    consumer.stop(graceful=True)
    senders.wait()
    log.info("worker_stopped")


def look(
    should_stop: Callable[[], bool] = lambda: False, wake_senders: Callable[[], None] | None = None
) -> None:
    """Write and deliver, unless this process is at it; then it looks once more when through.

    One mail in hand and no more: so a killed worker leaves at most one that was taken and not
    recorded, and that one comes twice. News that cannot be told holds up no other mail.
    Where there is much, `wake_senders` gets further connections to help. Assignments come last:
    they take a while, and another thread looks after letters meanwhile.
    """
    try:
        announce(should_stop)
    finally:
        try:
            _deliver_unless_at_it(should_stop, wake_senders)
        finally:
            assign(should_stop)


def _deliver_unless_at_it(
    should_stop: Callable[[], bool], wake_senders: Callable[[], None] | None
) -> None:
    _was_asked.set()
    while _was_asked.is_set() and _delivering.acquire(blocking=False):
        try:
            _was_asked.clear()
            deliver(should_stop, on_much=wake_senders)
        finally:
            _delivering.release()


def announce(should_stop: Callable[[], bool] = lambda: False) -> None:
    """Write the letters to very many people, news first, unless this process is at it.

    Meanwhile another thread delivers: a confirmation does not wait for thousands of letters.
    """
    if not _announcing.acquire(blocking=False):
        return
    try:
        while not should_stop() and any(step(now=clock.now()) for step in STEPS):
            pass
        while not (should_stop() or _all_have_codes.is_set()):
            if not door_codes.issue_missing(now=clock.now()):
                _all_have_codes.set()
    finally:
        _announcing.release()


def read_replies(should_stop: Callable[[], bool] = lambda: False) -> int:
    """Deal with what came back by mail, unless this process is at it; returns how many mails.

    A mail is taken out of the mailbox after what came of it is stored: whoever dies in between
    deals with it again, which changes nothing. A mailbox that cannot be read is tried again.
    """
    if not inbox.is_set() or not _reading.acquire(blocking=False):
        return 0
    number, fault = 0, ""
    try:
        with inbox.connect() as box:
            for letter in box.letters():
                if should_stop():
                    break
                mail = _reader.read(letter.raw, is_whole=letter.is_whole)
                came = receiving.take(mail, received_mail.digest(letter.raw), now=clock.now())
                box.done(letter, keep=came.startswith(receiving.KEPT_BECAUSE))
                log.info("reply_read came=%s", came)
                number += 1
    except inbox.Unreadable as error:
        fault = error.reason
        log.warning("replies_unreadable reason=%s", fault)
    finally:
        if not number:  # it takes a second to begin, so it stays while mails come
            _reader.end()
        _reading.release()
    receiving.note_fault(fault, now=clock.now())
    return number


def tidy() -> None:
    """Let go of what has been kept long enough; one fault keeps nothing else (REL-73)."""
    for done, let_go in KEPT_LONG_ENOUGH.items():
        try:
            log.info("%s count=%s", done, let_go(now=clock.now()))
        except Exception:
            log.exception("tidying_failed what=%s", done)


def _in_context(app: Flask, job: Callable[[], object]) -> None:
    with app.app_context():
        job()
