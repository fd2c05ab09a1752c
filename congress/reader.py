"""Takes received mails apart in a process of its own.

Anybody may send anything, and some of it keeps the library busy for minutes. A process that takes
too long ends by itself, and the worker goes on with the next mail.
"""

import resource
import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Self

from congress.domain.mails.received import Received
from congress.formats import received_mail

LONGEST = 2.0  # seconds of CPU for one mail; the largest that people send take a tenth of one
MOST_MEMORY = 1 << 30  # bytes
UNREADABLE = Received(sender="", subject="", is_readable=False)


class Reader:
    """One such process: begins with the first mail, and anew after one that took too long."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.end()

    def read(self, raw: bytes, *, is_whole: bool) -> Received:
        """Return a mail taken apart; one that cannot be, in this time, is marked."""
        pipe = self._pipe or self._begin()
        try:
            pipe.send((raw, is_whole))
            found: Received = pipe.recv()
        except (EOFError, OSError):
            self.end()
            return UNREADABLE
        return found

    def _begin(self) -> Connection:
        context = get_context("spawn")  # a copy of a process with threads may be stuck for ever
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()  # so that its end is heard of
        return self._pipe

    def end(self) -> None:
        """End the process; the next mail begins another."""
        if self._pipe is None or self._process is None:
            return
        self._pipe.close()
        self._process.join(LONGEST)
        self._process.kill()
        self._process.join()
        self._pipe = self._process = None


def _serve(pipe: Connection) -> None:
    """Read mails until nobody sends any more, or one takes longer than it may."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started the worker ends it
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    while True:
        try:
            raw, is_whole = pipe.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        found = received_mail.read(raw, is_whole=is_whole)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(found)
