"""Runs the main job: prepares, then forks the web server and the worker and watches over them.

The application is imported once, before the forks, so the processes share its memory.
When one of the two children ends by itself the other is stopped and the exit status is 1:
whoever supervises the launcher (systemd, a container) starts both afresh, in a known state.
"""

import ctypes
import errno
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger as GunicornLog

from config import Settings, load_settings, note_base_url
from congress import shared_folder, start, worker
from congress.app import create_app
from congress.mail_routes import WrongSetting
from congress.shared_folder import SharedFolder
from congress.web import page_cache
from congress.web.shared_pages import SharedPages

GRACE_SECONDS = 30  # running requests may take this long when the server stops
PATIENCE_SECONDS = GRACE_SECONDS + 5  # then a child is killed
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BACKLOG = 1024  # callers who may wait while the server is busy
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn's heartbeats, no data
LARGE_PIECES = -3  # M_MMAP_THRESHOLD of glibc's mallopt(3)
MOST_ARENAS = -8  # M_ARENA_MAX of malloc.h
FOUR_MEBIBYTES = 4 * 1024 * 1024


class ServerLog(GunicornLog):  # type: ignore[misc] # gunicorn has no types
    """Gunicorn's own lines, like all others: masked, and silent about visitors (SEC-32)."""

    def setup(self, cfg: Config) -> None:
        """Hand the lines over to the handler of the program."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def warning(self, msg: str, *args: object, **options: Any) -> None:  # noqa: ANN401
        """Leave out the address of who sent an unreadable request and what it held."""
        super().warning(msg.partition(" from ip=")[0], *args, **options)


class WebServer(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """Gunicorn with threads, serving the application that is already loaded."""

    def __init__(self, app: Flask, settings: Settings, listener: socket.socket) -> None:
        self._app = app
        self._settings = settings
        self._listener = listener
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"fd://{self._listener.fileno()}",
            "workers": self._settings.web_workers,
            "threads": self._settings.web_threads,
            "worker_class": "gthread",  # slow clients must not hold a whole worker
            "preload_app": True,
            "graceful_timeout": GRACE_SECONDS,
            "logger_class": ServerLog,
            "accesslog": None,  # the application writes its own lines, without secrets
            "loglevel": "warning",
            "control_socket_disable": True,  # nothing may be steered from outside
            # Believe forwarded headers of these only; gunicorn's own default is the loopback.
            "forwarded_allow_ips": ",".join(map(str, self._settings.trusted_proxies)),
            "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


class Children:
    """The processes of this launcher, which all go when one goes."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._is_stopping = False

    def start(self, name: str, run: Callable[[], object]) -> None:
        """Fork a child that does this, and nothing after it."""
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self._names[pid] = name
            return
        os.setpgid(0, 0)  # Ctrl-C reaches the launcher alone, which stops us in good order
        start.die_with(parent)
        for number in (*STOP_SIGNALS, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        run()
        sys.exit()

    def watch(self) -> int:
        """Wait until all have ended; return the launcher's exit status."""
        status = 0
        while self._names:
            pid, waited = os.waitpid(-1, 0)
            name = self._names.pop(pid, None)
            if name and not self._is_stopping:
                code = os.waitstatus_to_exitcode(waited)
                print(f"The {name} ended by itself (status {code}); stopping the rest.", flush=True)
                status = 1
                self.stop()
        return status

    def stop(self) -> None:
        """Ask all to end; the second call, or time running out, ends them at once."""
        hard = self._is_stopping
        self._is_stopping = True
        if not hard:
            signal.alarm(PATIENCE_SECONDS)
        for pid in list(self._names):
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(pid, signal.SIGKILL if hard else signal.SIGTERM)


def main() -> int:
    """Run until stopped; return the exit status: 0 stopped, 1 a part failed, 2 cannot start."""
    try:
        settings = load_settings()
        listener = _listen(settings)
        note_base_url(settings)
        _give_memory_back()
        app = create_app(settings)
        is_first_start = start.prepare(app, settings)
    except (WrongSetting, start.CannotStart) as refusal:
        print(refusal, file=sys.stderr)
        return 2

    with suppress(OSError):  # without the folder each process finds out for itself
        folder = SharedFolder(shared_folder.empty_folder(settings.var_dir))
        app.extensions[shared_folder.EXTENSION] = folder
        app.extensions[page_cache.SHARED] = SharedPages(folder)
    children = Children()
    for number in (*STOP_SIGNALS, signal.SIGALRM):
        signal.signal(number, lambda _number, _frame: children.stop())
    start.warm_up(app, settings)
    gc.collect()
    _give_holes_back()
    gc.freeze()  # what is loaded stays shared: the collector must not touch its pages
    children.start("web server", WebServer(app, settings, listener).run)
    children.start("worker", lambda: _work(app))
    listener.close()
    _greet(settings, is_first_start=is_first_start)
    status = children.watch()
    print("Stopped.", flush=True)
    return status


def _listen(settings: Settings) -> socket.socket:
    """Take the port first: if it is taken, nothing else needs to be done."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        where = f"{settings.host}:{settings.port}"
        if error.errno == errno.EADDRINUSE:
            raise start.CannotStart(
                f"Port {settings.port} is taken by another program; "
                f"stop that one or choose another port: PORT={settings.port + 1} script/server"
            ) from error
        raise start.CannotStart(f"Cannot listen at {where}: {error.strerror}") from error
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    return listener


def _give_memory_back() -> None:
    """Let glibc return large pieces at once: a login takes 19 MiB for its hash and would keep them.

    By itself it learns from the first such piece to keep the next ones; elsewhere nothing happens.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(LARGE_PIECES, FOUR_MEBIBYTES)
        mallopt(MOST_ARENAS, 1)  # each thread's own would keep what an export took


def _give_holes_back() -> None:
    """Let the system have what preparing took and gave up: each child would fill it anew."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


def _work(app: Flask) -> None:
    with app.app_context():
        worker.run()


def _greet(settings: Settings, *, is_first_start: bool) -> None:
    start.say(f"Ready: {settings.base_url}/")
    start.say(f"Organisers log in at {settings.base_url}/login")
    if settings.is_demo:
        start.say(
            f"  with {start.DEMO_ORGANISER} and "
            + _password_hint(settings, is_first_start=is_first_start)
        )
        start.say(f"Mails are at {settings.base_url}/demo/mailbox")
    start.say("Ctrl-C stops it.")


def _password_hint(settings: Settings, *, is_first_start: bool) -> str:
    if is_first_start:
        return f"the password {settings.demo_password}"
    if "demo_password" in settings.model_fields_set:
        return "the password in DEMO_PASSWORD"
    return f"the password in {settings.var_dir / 'demo_password'}"


if __name__ == "__main__":
    sys.exit(main())
