"""Further connections to the relay: a process for each, which ends when its worker is gone.

Processes and not threads: each has one mail in hand, so one that is killed leaves at most one that
was taken and not recorded, and Python's lock does not stand between two of them. The pipe is both
their alarm clock and the thread they hang by: a word means "look", its end that the worker is gone,
however that came about. Then they finish the mail in hand, note it and go.

Each time there is much to do, a child of such a process does it and ends, so that between two
times a connection takes no memory of its own (decision 0105).
"""

import logging
import os
import select
import time
from contextlib import suppress

from congress.extensions import db
from congress.worker.rounds import deliver

log = logging.getLogger(__name__)

# A relay that hangs up wants fewer connections: this one stays away, the first goes on.
MOST_LOST_SESSIONS = 1
REST_SECONDS = 60
DONE, FAILED, HUNG_UP = range(3)  # how a child ends


class Senders:
    """The further connections of this worker."""

    def __init__(self, count: int) -> None:
        """Fork so many processes; wants an application context, and no threads yet."""
        self._pipes: dict[int, int] = {}  # by process, the end that is written to
        for _each in range(count):
            self._fork()

    def wake(self) -> None:
        """Ask all of them to help; those at it, or at rest, do not mind."""
        for writer in self._pipes.values():
            with suppress(BlockingIOError, BrokenPipeError):
                os.write(writer, b".")

    def check(self) -> None:
        """Say once in the log which have ended by themselves; the others go on without them."""
        for pid, writer in list(self._pipes.items()):
            ended, waited = os.waitpid(pid, os.WNOHANG)
            if ended:
                log.error("sender_ended status=%s", os.waitstatus_to_exitcode(waited))
                os.close(writer)
                del self._pipes[pid]

    def let_go(self) -> None:
        """Ask all to end after the mail in hand."""
        for writer in self._pipes.values():
            os.close(writer)

    def wait(self) -> None:
        """Wait until all have ended that were let go."""
        for pid in self._pipes:
            os.waitpid(pid, 0)
        self._pipes.clear()

    def _fork(self) -> None:
        reader, writer = os.pipe()
        pid = os.fork()
        if pid:
            os.close(reader)
            os.set_blocking(writer, False)  # a full pipe says the same as one word more
            self._pipes[pid] = writer
            return
        # Whoever holds an end that is written to keeps the others from learning of the end.
        for held in (writer, *self._pipes.values()):
            os.close(held)
        try:
            db.engine.dispose(close=False)  # connections of the worker, which must not be shared
            Sender(reader).run()
        except BaseException:
            log.exception("sender_failed")
            os._exit(1)
        os._exit(0)  # what the worker does at its end is not for this process to do


class Sender:
    """What such a process does: sleep, have a child help, and end with its worker."""

    def __init__(self, reader: int) -> None:
        self._reader = reader
        self._rests_until = 0.0

    def run(self) -> None:
        """Help whenever asked to, until the worker is gone."""
        while os.read(self._reader, select.PIPE_BUF):
            if time.monotonic() < self._rests_until:
                continue
            if self._in_a_child() == HUNG_UP:
                self._rests_until = time.monotonic() + REST_SECONDS

    def help(self) -> int:
        """Deliver what is due; return how a child that did it ends."""
        try:
            tally = deliver(self._is_alone, most_lost=MOST_LOST_SESSIONS)
        except Exception:  # as a job of the worker: the next word tries anew
            log.exception("sender_failed")
            return FAILED
        return HUNG_UP if tally.lost_sessions else DONE

    def _in_a_child(self) -> int:
        pid = os.fork()
        if not pid:
            os._exit(self.help())
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def _is_alone(self) -> bool:
        """Whether the worker is gone; words that came meanwhile need no look of their own."""
        while select.select([self._reader], [], [], 0)[0]:
            if not os.read(self._reader, select.PIPE_BUF):
                return True
        return False
