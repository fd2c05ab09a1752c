"""Has an assignment by wishes worked out in a process of its own, and waits for it.

What a solver needs of time and memory burdens nobody else, goes with its process, and can be
stopped at any moment.
"""

import os
import resource
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from congress.domain.assignment.problem import Problem
from congress.domain.assignment.solved import Impossible, Solved

Stage = Callable[[str, int], None]  # the name of what it is at, and how much is done, in percent
MOST_MEMORY = 4 << 30  # bytes of addresses; of memory it needs a tenth
ASKS_EACH = 0.2  # seconds between two looks whether to stop
GRACE = 10.0  # seconds for putting together and taking apart, beyond those for solving


class Stopped(Exception):
    """Whoever asked does not want it any more."""


class Unsolved(Exception):
    """Nothing was found in the time there was, or the process came to grief."""


def solve(
    problem: Problem,
    *,
    seconds: float,
    on_stage: Stage = lambda _name, _share: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Solved | Impossible:
    """Return the best assignment there is, or what no assignment can keep.

    After so many seconds it returns what it has, with how much better it could be at most. Raises
    `Stopped` or `Unsolved`.
    """
    context = get_context("spawn")  # a copy of a process with threads may be stuck for ever
    mine, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()  # so that its end is heard of
    ends_at = monotonic() + seconds + GRACE
    try:
        mine.send((problem, seconds))
        while not should_stop():
            if not mine.poll(ASKS_EACH):
                if monotonic() >= ends_at:
                    raise Unsolved
                continue
            said = mine.recv()
            if isinstance(said, Solved | Impossible):
                return said
            if said is None:
                raise Unsolved
            on_stage(*said)
        raise Stopped
    except (EOFError, OSError) as error:
        raise Unsolved from error
    finally:
        mine.close()
        process.kill()
        process.join()


def _serve(pipe: Connection) -> None:
    """Solve one problem and say how it goes."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started the worker ends it
    with Path(os.devnull).open("w") as silence:  # the library says its name
        os.dup2(silence.fileno(), 1)
    # With all it needs it is for this process alone.
    from congress.highs import NothingFound, best  # noqa: PLC0415

    problem, seconds = pipe.recv()
    try:
        pipe.send(best(problem, seconds, lambda name, share: pipe.send((name, share))))
    except NothingFound:
        pipe.send(None)
