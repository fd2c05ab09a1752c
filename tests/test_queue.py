import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config import ROOT, load_settings
from congress import extensions, queue

PATIENT = 60  # seconds


@pytest.fixture(autouse=True)
def _own_queue(tmp_path: Path) -> None:
    extensions.bind_settings(load_settings(var_dir=tmp_path))


def pending() -> int:
    count: int = queue._open().huey.pending_count()
    return count


def wait_until(seen: list[str], count: int) -> None:
    deadline = time.monotonic() + PATIENT
    while len(seen) < count and time.monotonic() < deadline:
        time.sleep(0.01)


def test_a_thousand_wake_ups_leave_one_job():
    for _ in range(1000):
        queue.wake()
    assert pending() == 1


def test_wake_ups_in_quick_succession_are_asked_once_and_the_last_is_not_lost(monkeypatch):
    monkeypatch.setattr(queue, "QUIET_SECONDS", 3)  # a busy machine may stall for a quarter
    queue.wake()
    assert pending() == 1
    queue._open().huey.flush()  # a worker has looked
    for _ in range(1000):
        queue.wake()
    assert pending() == 0
    deadline = time.monotonic() + PATIENT
    while pending() == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert pending() == 1


def test_a_wake_up_is_heard_by_the_consumer_and_the_next_one_again():
    seen: list[str] = []
    queue.on_look(lambda: seen.append("look"))
    queue.on_tidy(lambda: None)
    consumer = queue.consumer(threads=1)
    consumer.start()
    wait_until(seen, 1)  # the clock's own, at the start
    heard = len(seen)
    queue.wake()
    wait_until(seen, heard + 1)
    consumer.stop(graceful=True)
    assert len(seen) > heard
    assert pending() == 0


def test_a_job_that_fails_does_not_stop_the_next():
    """REL-73."""
    seen: list[str] = []

    def fail() -> None:
        seen.append("failed")
        raise ZeroDivisionError

    queue.on_look(fail)
    queue.on_tidy(lambda: None)
    consumer = queue.consumer(threads=1)
    consumer.start()
    wait_until(seen, 1)
    failed = len(seen)
    queue.wake()
    wait_until(seen, failed + 1)
    consumer.stop(graceful=True)
    assert len(seen) > failed


def test_a_fork_opens_a_connection_of_its_own():
    queue.wake()
    parents = queue._open()
    child = os.fork()
    if child == 0:
        queue.wake()
        os._exit(int(queue._open() is parents or pending() != 1))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_waking_loads_no_client_that_is_not_needed(tmp_path):
    """The web server wakes: half a second and 30 MB for nothing."""
    program = (
        "import sys; from config import load_settings; from congress import extensions, queue; "
        f"extensions.bind_settings(load_settings(var_dir={str(tmp_path)!r})); queue.wake(); "
        "print([name for name in ('redis', 'psycopg') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
