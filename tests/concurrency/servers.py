"""Real server processes for the tests, on a port of their own."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 240  # seconds until a server must answer; more than a busy machine takes with the demo
PROCESSES = 4


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serve(application: str, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Run an application ("module:name") under gunicorn; gives its port."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", application),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(PROCESSES)),
        *("--preload", "--worker-class", "gthread", "--threads", "4", "--backlog", "512"),
        *("--log-level", "warning"),
    ]
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with log.open("ab") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=known | {"PORT": str(port), "PYTHONPATH": str(ROOT)} | dict(environment),
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(port, server, log)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when a server answers; a server that ended says why."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"the server does not answer:\n{log.read_text()[-4000:]}")
