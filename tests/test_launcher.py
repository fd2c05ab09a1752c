"""Starting and stopping the whole program, as `script/server` does."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

from config import ROOT
from congress import shared_folder

pytestmark = [pytest.mark.concurrency, pytest.mark.sqlite_only]

START_SECONDS = 240
STOP_SECONDS = 120


# What no server can read, each with something that is nobody's business.
BROKEN = (b"GET /registration/secret-\xff HTTP/1.1", b"GET / HTTP/1.1\r\nCookie secret-")


@pytest.fixture
def port() -> int:
    return a_free_port()


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def launched(folder: Path, port: int, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run the launcher with all its state in this folder; whatever happens, it ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "congress.launcher"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(folder),
            "PORT": str(port),
            "WEB_WORKERS": "1",
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for_answer(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=START_SECONDS):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"no answer within {START_SECONDS} s")


def children(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


@dataclass(frozen=True)
class Life:
    """What was seen while the program ran once and a second time in the same folder."""

    folder: Path
    port: int
    family: list[psutil.Process]
    returncode: int
    first: str
    said: str
    second: str


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """Start, ask what is no request, run a command beside it, stop; and start once more.

    Once for several tests: to start means to set up the demo.
    """
    folder, port = tmp_path_factory.mktemp("life"), a_free_port()
    with launched(folder, port) as process:
        wait_for_answer(process, port)
        family = children(process)
        for line in BROKEN:
            with socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS) as visitor:
                visitor.sendall(line + b"\r\n\r\n")
                assert b" 400 " in visitor.recv(100)
        command = "--app wsgi congress import examples/fachkongress-2015.toml --as again --yes"
        said = subprocess.run(
            [sys.executable, "-m", "flask", *command.split()],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "VAR_DIR": str(folder)},
            capture_output=True,
            text=True,
            check=True,
        )
        process.terminate()
        first, _ = process.communicate(timeout=STOP_SECONDS)
    with launched(folder, port) as again:
        wait_for_answer(again, port)
        again.send_signal(signal.SIGINT)  # Ctrl-C
        second, _ = again.communicate(timeout=STOP_SECONDS)
    code = process.returncode or again.returncode
    return Life(folder, port, family, code, first, said.stdout + said.stderr, second)


def test_it_starts_says_where_it_is_and_stops_whole(life):
    password = (life.folder / "demo_password").read_text()

    assert life.returncode == 0  # for TERM as for Ctrl-C
    assert f"Ready: http://127.0.0.1:{life.port}/" in life.first
    assert f"organiser@example.org and the password {password}" in life.first
    assert [each.rstrip().endswith("Stopped.") for each in (life.first, life.second)] == [True] * 2
    # gunicorn's master, its one web worker, the worker, its second connection to the relay
    assert len(life.family) == 4
    assert not any(child.is_running() for child in life.family)


def test_a_command_has_the_links_of_the_server_that_alone_was_given_the_port(life):
    """One base of links: what a command writes and says leads to the server."""
    assert f"http://127.0.0.1:{life.port}/again" in life.said


def test_what_the_server_cannot_read_does_not_stand_in_the_log(life):
    """SEC-27, SEC-32: a broken request may hold a secret link or a cookie."""
    assert life.first.count('"event": "Invalid request"') == len(BROKEN)
    assert "secret-" not in life.first
    assert "ip=127" not in life.first


def test_the_second_start_prints_no_password(life):
    assert (life.folder / "demo_password").read_text() not in life.second
    assert "Setting up the database" in life.first
    assert "Setting up the database" not in life.second


def test_when_a_part_is_killed_the_rest_stops_too(tmp_path, port):
    with launched(tmp_path, port) as process:
        wait_for_answer(process, port)
        family = children(process)
        worker = max(psutil.Process(process.pid).children(), key=lambda child: child.pid)
        worker.kill()
        output, _ = process.communicate(timeout=STOP_SECONDS)
        # The worker's own children learn of it by themselves, and nobody waits for them.
        _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)

    assert process.returncode == 1
    assert "ended by itself" in output
    assert alive == []


def test_when_the_launcher_is_killed_nothing_stays_behind(tmp_path, port):
    with launched(tmp_path, port) as process:
        wait_for_answer(process, port)
        family = children(process)
        process.kill()
        _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)

    assert alive == []


def test_without_a_folder_for_finished_answers_it_starts_all_the_same(tmp_path, port):
    (tmp_path / shared_folder.FOLDER).write_text("a file in its place")
    with launched(tmp_path, port) as process:
        wait_for_answer(process, port)


def test_a_taken_port_is_one_sentence(tmp_path, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with launched(tmp_path, port) as process:
            output, _ = process.communicate(timeout=START_SECONDS)

    assert process.returncode == 2
    assert output == (
        f"Port {port} is taken by another program; "
        f"stop that one or choose another port: PORT={port + 1} script/server\n"
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"FORM_MIN_SECONDS": "soon"}, "FORM_MIN_SECONDS: "),
        ({"DEMO_PASSWORD": "password"}, "DEMO_PASSWORD: "),
        ({"CONGRESS_ENV": "production"}, "SECRET_KEY: must be given"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:9/congress"}, "DATABASE_URL: the database does"),
        ({"HOST": "192.0.2.1", "BASE_URL": "http://a.example"}, "Cannot listen at 192.0.2.1"),
    ],
)
def test_a_wrong_setting_stops_the_start(tmp_path, port, environment, sentence):
    with launched(tmp_path, port, **environment) as process:
        output, _ = process.communicate(timeout=START_SECONDS)

    assert process.returncode == 2
    assert sentence in output
    assert "Traceback" not in output
