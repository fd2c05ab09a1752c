"""What the worker does and when: looks what is to be told when woken and every minute; tidies.

A job is a loop of service calls, each with its own `now` and its own transaction.
"""

import logging
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event, Lock

from flask import Flask, current_app

from congress import clock, mailer, queue
from congress.extensions import settings
from congress.services import addresses, assisting, partner_logins
from congress.services.calling import proposing
from congress.services.mails import announcing, delivering, outboxing, writing
from congress.services.mails.delivering import ClaimedMail
from congress.services.planning import inviting, noting, reporting, undoing

log = logging.getLogger(__name__)

THREADS = 2  # one may wait for a slow relay while the other does what else is due
STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
HEALTH_SECONDS = 10
# A relay that hangs up this often in a row is left alone until the next minute.
MOST_LOST_SESSIONS = 2
# What makes letters, in steps; the first that finds somebody to tell has its turn.
STEPS: tuple[Callable[..., bool], ...] = (announcing.next_step, writing.next_step)
# What goes by itself, by what the log says of it.
KEPT_LONG_ENOUGH = {
    "mail_bodies_deleted": outboxing.delete_mail_bodies,
    "unconfirmed_addresses_deleted": addresses.delete_expired,
    "acts_no_longer_undone": undoing.forget_old,
    "contributors_forgotten": inviting.forget_old,
    "workshop_reports_forgotten": reporting.forget_old,
    "speaker_sheets_deleted": noting.forget_old,
    "partner_logins_forgotten": partner_logins.forget_old,
    "proposals_deleted": proposing.forget_old,
    "assistance_needs_deleted": assisting.forget_old,
}

_announcing, _delivering = Lock(), Lock()
_was_asked = Event()


@dataclass
class Tally:
    """What came of a round of deliveries."""

    sent: int = 0
    delayed: int = 0
    failed: int = 0
    lost_sessions: int = 0  # in a row


def run() -> None:
    """Work until told to stop by a signal; then finish the mail in hand and return.

    Wants an application context. The signals stay blocked: the process is to end after this.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)  # before the threads, which inherit it
    consumer = queue.consumer(threads=THREADS)
    app = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - for the threads
    logging.getLogger("huey").setLevel(logging.WARNING)  # else two lines a minute about nothing
    queue.on_look(partial(_in_context, app, lambda: look(consumer.stop_flag.is_set)))
    queue.on_tidy(partial(_in_context, app, tidy))
    consumer.start()
    log.info("worker_started")
    while signal.sigtimedwait(STOP_SIGNALS, HEALTH_SECONDS) is None:
        consumer.check_worker_health()
    consumer.stop(graceful=True)
    log.info("worker_stopped")


def look(should_stop: Callable[[], bool] = lambda: False) -> None:
    """Write and deliver, unless this process is at it; then it looks once more when through.

    One mail in hand and no more: so a killed worker leaves at most one that was taken and not
    recorded, and that one comes twice. News that cannot be told holds up no other mail.
    """
    try:
        announce(should_stop)
    finally:
        _deliver_unless_at_it(should_stop)


def _deliver_unless_at_it(should_stop: Callable[[], bool]) -> None:
    _was_asked.set()
    while _was_asked.is_set() and _delivering.acquire(blocking=False):
        try:
            _was_asked.clear()
            deliver(should_stop)
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
    finally:
        _announcing.release()


def deliver(should_stop: Callable[[], bool] = lambda: False) -> Tally:
    """Deliver what is due, until nothing is, the relay does not want more, or told to stop."""
    owner = f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"
    with mailer.connect() as connection:
        round_ = Round(connection, owner)
        while not round_.is_over(should_stop):
            claimed = delivering.claim(owner, now=clock.now())
            if not claimed:
                break
            try:
                for position, mail in enumerate(claimed):
                    if round_.is_over(should_stop):
                        rest = [each.id for each in claimed[position:]]
                        delivering.give_back(rest, owner=owner)
                        break
                    round_.deliver(mail)
            finally:
                round_.record()
    return round_.tally


def tidy() -> None:
    """Let go of what has been kept long enough."""
    for done, let_go in KEPT_LONG_ENOUGH.items():
        log.info("%s count=%s", done, let_go(now=clock.now()))


class Round:
    """One round of deliveries; what was taken is recorded together with the next beginning."""

    def __init__(self, connection: mailer.Connection, owner: str) -> None:
        self._connection = connection
        self._owner = owner
        self._taken: int | None = None  # not recorded yet
        self.tally = Tally()

    def is_over(self, should_stop: Callable[[], bool]) -> bool:
        """Whether to stop: told to, or the relay does not want more."""
        return should_stop() or self.tally.lost_sessions >= MOST_LOST_SESSIONS

    def deliver(self, claimed: ClaimedMail) -> None:
        """Put one mail into words, hand it over and note what came of it."""
        tally, owner = self.tally, self._owner
        try:
            prepared = delivering.prepare(claimed)
        except delivering.NotRendered as error:
            reason = f"not rendered, see the log for {error.fault}"
            delivering.record_failure(claimed.id, reason, owner=owner)
            tally.failed += 1
            return
        now, sent = clock.now(), self._taken
        mail = delivering.begin(claimed.id, prepared, owner=owner, now=now, sent=sent)
        self._taken = None
        if mail is None:
            return  # too slow: another worker has it
        try:
            envelope_from = settings().mail_envelope_from
            self._connection.send(
                mail.raw, envelope_from=envelope_from, recipient=claimed.recipient
            )
        except mailer.Temporary as error:
            delivering.record_delay(claimed.id, error.reason, owner=owner, now=clock.now())
            tally.delayed += 1
            tally.lost_sessions = tally.lost_sessions + 1 if error.is_session_over else 0
        except mailer.Permanent as error:
            delivering.record_failure(claimed.id, error.reason, owner=owner)
            tally.failed += 1
            tally.lost_sessions = 0
        else:
            self._taken = claimed.id
            tally.sent += 1
            tally.lost_sessions = 0

    def record(self) -> None:
        """Note the last mail that was taken."""
        if self._taken is not None:
            delivering.record_sent(self._taken, now=clock.now())
            self._taken = None


def _in_context(app: Flask, job: Callable[[], object]) -> None:
    with app.app_context():
        job()
