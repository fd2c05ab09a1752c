"""One round of deliveries over one connection: claim, put into words, hand over, note."""

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

from congress import clock, delivery_mark, mailer
from congress.domain.mails.delivery import MOST_REFUSED, is_about_mailbox
from congress.domain.mails.kinds import LATER
from congress.extensions import settings
from congress.queries import outbox
from congress.services.mails import controlling, delivering, due
from congress.services.mails.delivering import BATCH, ClaimedMail

log = logging.getLogger(__name__)

# A relay that hangs up this often in a row is left alone until the next minute.
MOST_LOST_SESSIONS = 2


@dataclass
class Tally:
    """What came of a round of deliveries."""

    sent: int = 0
    delayed: int = 0
    failed: int = 0
    lost_sessions: int = 0  # in a row


def deliver(
    should_stop: Callable[[], bool] = lambda: False,
    *,
    most_lost: int = MOST_LOST_SESSIONS,
    on_much: Callable[[], None] | None = None,
) -> Tally:
    """Deliver what is due, until nothing is, the relay does not want more, or told to stop.

    `on_much` is called whenever as many mails were due as one claim takes: there may be more.
    """
    owner = f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"
    _hold_if_restored()
    with mailer.connect() as connection:
        round_ = Round(connection, owner, most_lost)
        while not round_.is_over(should_stop):
            claimed = delivering.claim(owner, now=clock.now())
            if not claimed:
                break
            if on_much and len(claimed) == BATCH:
                on_much()
            try:
                round_.deliver_all(claimed, should_stop)
            finally:
                round_.record()
    return round_.tally


class Round:
    """One round of deliveries; what was taken is recorded together with the next beginning."""

    def __init__(self, connection: mailer.Connection, owner: str, most_lost: int) -> None:
        self._connection = connection
        self._owner = owner
        self._most_lost = most_lost
        self._taken: int | None = None  # not recorded yet
        # In a row, and not for the sake of a mailbox. While the relay refuses everybody no mail
        # more is given up: a round begins where the last one ended.
        self._refused = MOST_REFUSED if outbox.find_trouble() else 0
        self.tally = Tally()

    def is_over(self, should_stop: Callable[[], bool]) -> bool:
        """Whether to stop: told to, or the relay does not want more."""
        return should_stop() or self.tally.lost_sessions >= self._most_lost

    def deliver_all(self, claimed: list[ClaimedMail], should_stop: Callable[[], bool]) -> None:
        """Deliver what was claimed; what is not begun goes back when something is more urgent."""
        for position, mail in enumerate(claimed):
            if self.is_over(should_stop) or _is_overtaken(mail):
                rest = [each.id for each in claimed[position:]]
                delivering.give_back(rest, owner=self._owner)
                return
            self.deliver(mail)

    def deliver(self, claimed: ClaimedMail) -> None:
        """Put one mail into words, hand it over and note what came of it."""
        tally, owner = self.tally, self._owner
        try:
            prepared = delivering.prepare(claimed)
        except delivering.NotRendered as error:
            delivering.record_fault(claimed.id, error.fault, error.number, owner=owner)
            tally.failed += 1
            return
        now, sent = clock.now(), self._taken
        mail = delivering.begin(claimed.id, prepared, owner=owner, now=now, sent=sent)
        self._taken = None
        if mail is None:
            return  # too slow: another worker has it
        if mail.mark:
            delivery_mark.remember(mail.mark)
        try:
            envelope_from = settings().mail_envelope_from
            self._connection.send(
                mail.raw, envelope_from=envelope_from, recipient=claimed.recipient
            )
        except mailer.Temporary as error:
            self._put_off(claimed, error.reason, is_trouble=error.is_session_over)
        except mailer.Permanent as error:
            self._refused += not is_about_mailbox(error.reason)
            if self._refused > MOST_REFUSED:
                self._put_off(claimed, error.reason, is_trouble=True)
                return
            delivering.record_failure(
                claimed.id,
                error.reason,
                owner=owner,
                gone_at=clock.now() if error.is_about_recipient else None,
            )
            tally.failed += 1
            tally.lost_sessions = 0
        else:
            self._taken = claimed.id
            tally.sent += 1
            tally.lost_sessions = self._refused = 0

    def _put_off(self, claimed: ClaimedMail, reason: str, *, is_trouble: bool) -> None:
        """Note that a mail waits; after trouble with the relay all others do too."""
        delivering.record_delay(
            claimed.id, reason, owner=self._owner, now=clock.now(), is_trouble=is_trouble
        )
        self.tally.delayed += 1
        self.tally.lost_sessions = self.tally.lost_sessions + 1 if is_trouble else 0

    def record(self) -> None:
        """Note the last mail that was taken."""
        if self._taken is not None:
            delivering.record_sent(self._taken, now=clock.now())
            self._taken = None


def _hold_if_restored() -> None:
    """Send nothing from an old backup that was put back until somebody says so (REL-15)."""
    remembered = delivery_mark.find()
    mark, is_held = controlling.hold_if_restored(remembered, now=clock.now())
    if is_held:
        log.warning("delivery_held_after_restore")
    if mark != remembered:
        delivery_mark.remember(mark)


def _is_overtaken(mail: ClaimedMail) -> bool:
    """Whether a mail to one person came to be due while this one of many waited its turn."""
    return mail.priority >= LATER and due.is_any_due(before=LATER, now=clock.now())
