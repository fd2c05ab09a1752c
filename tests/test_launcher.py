"""Starting and stopping the whole program, as `script/server` does."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

from config import ROOT
from congress.web import shared_pages

pytestmark = [pytest.mark.concurrency, pytest.mark.sqlite_only]

START_SECONDS = 60
STOP_SECONDS = 45


@pytest.fixture
def port() -> int:
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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "TERM"])
def test_it_starts_says_where_it_is_and_stops_whole(tmp_path, port, number):
    with launched(tmp_path, port) as process:
        wait_for_answer(process, port)
        family = children(process)
        process.send_signal(number)
        output, _ = process.communicate(timeout=STOP_SECONDS)

    assert process.returncode == 0
    assert f"Ready: http://127.0.0.1:{port}/" in output
    assert (
        f"organiser@example.org and the password {(tmp_path / 'demo_password').read_text()}"
        in output
    )
    assert output.rstrip().endswith("Stopped.")
    assert len(family) == 3  # gunicorn's master, its one web worker, the worker
    assert not any(child.is_running() for child in family)


def test_a_command_has_the_links_of_the_server_that_alone_was_given_the_port(tmp_path, port):
    """One base of links: what a command writes and says leads to the server."""
    with launched(tmp_path, port) as process:
        wait_for_answer(process, port)
        command = "--app wsgi congress import examples/fachkongress-2015.toml --as again --yes"
        said = subprocess.run(
            [sys.executable, "-m", "flask", *command.split()],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )

    assert f"http://127.0.0.1:{port}/again" in said.stdout + said.stderr


def test_what_the_server_cannot_read_does_not_stand_in_the_log(tmp_path, port):
    """SEC-27, SEC-32: a broken request may hold a secret link or a cookie."""
    with launched(tmp_path, port) as process:
        wait_for_answer(process, port)
        for line in (
            b"GET /registration/secret-\xff HTTP/1.1",
            b"GET / HTTP/1.1\r\nCookie secret-",
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS) as visitor:
                visitor.sendall(line + b"\r\n\r\n")
                assert b" 400 " in visitor.recv(100)
        process.terminate()
        output, _ = process.communicate(timeout=STOP_SECONDS)

    assert output.count('"event": "Invalid request"') == 2
    assert "secret-" not in output
    assert "ip=127" not in output


def test_the_second_start_prints_no_password(tmp_path, port):
    outputs = []
    for _ in range(2):
        with launched(tmp_path, port) as process:
            wait_for_answer(process, port)
            process.terminate()
            outputs.append(process.communicate(timeout=STOP_SECONDS)[0])

    password = (tmp_path / "demo_password").read_text()
    assert [password in output for output in outputs] == [True, False]
    assert "Setting up the database" not in outputs[1]


def test_when_a_part_is_killed_the_rest_stops_too(tmp_path, port):
    with launched(tmp_path, port) as process:
        wait_for_answer(process, port)
        family = children(process)
        worker = max(psutil.Process(process.pid).children(), key=lambda child: child.pid)
        worker.kill()
        output, _ = process.communicate(timeout=STOP_SECONDS)

    assert process.returncode == 1
    assert "ended by itself" in output
    assert not any(child.is_running() for child in family)


def test_when_the_launcher_is_killed_nothing_stays_behind(tmp_path, port):
    with launched(tmp_path, port) as process:
        wait_for_answer(process, port)
        family = children(process)
        process.kill()
        _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)

    assert alive == []


def test_without_a_folder_for_finished_answers_it_starts_all_the_same(tmp_path, port):
    (tmp_path / shared_pages.FOLDER).write_text("a file in its place")
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
