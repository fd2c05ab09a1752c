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
from datetime import UTC
from pathlib import Path
from typing import Any

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from click import ClickException
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger as GunicornLog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import configure_mappers

from config import ROOT, Settings, load_settings, note_base_url
from congress import clock, queue, shared_folder, worker
from congress.app import create_app
from congress.cli.demo import load_demo
from congress.domain.errors import Refused
from congress.extensions import db
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.mail_routes import WrongSetting
from congress.queries.reading_ahead import read_ahead
from congress.services.logins.accounts import apply_demo_organiser
from congress.shared_folder import SharedFolder
from congress.web import page_cache
from congress.web.languages import LANGUAGES
from congress.web.shared_pages import SharedPages

GRACE_SECONDS = 30  # running requests may take this long when the server stops
PATIENCE_SECONDS = GRACE_SECONDS + 5  # then a child is killed
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BACKLOG = 1024  # callers who may wait while the server is busy
DEMO_ORGANISER = "organiser@example.org"
MIGRATIONS = ROOT / "migrations"
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn's heartbeats, no data
NOT_PAGES = ("mail/", "print/")  # templates with an environment of their own
LARGE_PIECES = -3  # M_MMAP_THRESHOLD of glibc's mallopt(3)
MOST_ARENAS = -8  # M_ARENA_MAX of malloc.h
FOUR_MEBIBYTES = 4 * 1024 * 1024
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux' prctl(2)


class CannotStart(Exception):
    """What keeps the program from starting, in one sentence for the operator."""


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
        _die_with(parent)
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
        is_first_start = _prepare(app, settings)
    except (WrongSetting, CannotStart) as refusal:
        print(refusal, file=sys.stderr)
        return 2

    with suppress(OSError):  # without the folder each process finds out for itself
        folder = SharedFolder(shared_folder.empty_folder(settings.var_dir))
        app.extensions[shared_folder.EXTENSION] = folder
        app.extensions[page_cache.SHARED] = SharedPages(folder)
    children = Children()
    for number in (*STOP_SIGNALS, signal.SIGALRM):
        signal.signal(number, lambda _number, _frame: children.stop())
    _warm_up(app)
    gc.collect()
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
            raise CannotStart(
                f"Port {settings.port} is taken by another program; "
                f"stop that one or choose another port: PORT={settings.port + 1} script/server"
            ) from error
        raise CannotStart(f"Cannot listen at {where}: {error.strerror}") from error
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    return listener


def _prepare(app: Flask, settings: Settings) -> bool:
    """Bring the database up to date and the demo into it; True when it is the first start."""
    with app.app_context():
        try:
            is_first_start = _migrate()
            if settings.is_demo:
                _prepare_demo(settings)
        except OperationalError as error:
            raise CannotStart(
                f"DATABASE_URL: the database does not answer: {error.orig}"
            ) from error
        finally:
            _hang_up()
    return is_first_start


def _hang_up() -> None:
    """End all connections: the forks must not share them."""
    db.session.remove()
    db.engine.dispose()


def _migrate() -> bool:
    """Change the tables as the migrations say, if need be; True when there were none."""
    with db.engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    if present != set(ScriptDirectory(str(MIGRATIONS)).get_heads()):
        _say("Updating the database …" if present else "Setting up the database …")
        flask_migrate.upgrade(directory=str(MIGRATIONS))
    return not present


def _prepare_demo(settings: Settings) -> None:
    """Load what is missing of the demo, and let its organiser in with the password in force.

    At each start: the next edition of yesterday may be over by now, and one is always open.
    """
    now = clock.now()
    _say("Loading the demo congresses …")
    try:
        load_demo(now=now)
    except ClickException as error:
        raise CannotStart(error.message) from error
    try:
        apply_demo_organiser(DEMO_ORGANISER, settings.demo_password or "", now=now)
    except Refused as error:
        raise CannotStart(
            "DEMO_PASSWORD: is too short, too long or among the most frequent passwords"
        ) from error


def _give_memory_back() -> None:
    """Let glibc return large pieces at once: a login takes 19 MiB for its hash and would keep them.

    By itself it learns from the first such piece to keep the next ones; elsewhere nothing happens.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(LARGE_PIECES, FOUR_MEBIBYTES)
        mallopt(MOST_ARENAS, 1)  # each thread's own would keep what an export took


def _warm_up(app: Flask) -> None:
    """Do once what every process would do at its first requests, so that they share its memory."""
    configure_mappers()
    pages = app.jinja_env.list_templates(filter_func=lambda name: not name.startswith(NOT_PAGES))
    for name in pages:
        app.jinja_env.get_template(name)
    for language in LANGUAGES:
        Dates(language, UTC).day(clock.now())
        catalogue(language)
    queue.prepare()
    with app.app_context():
        read_ahead(now=clock.now())
        _hang_up()


def _work(app: Flask) -> None:
    with app.app_context():
        worker.run()


def _die_with(parent: int) -> None:
    """Ask Linux to end this child when the launcher is killed; elsewhere that is not to be had."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:  # it was killed before we could ask
            os._exit(1)


def _greet(settings: Settings, *, is_first_start: bool) -> None:
    _say(f"Ready: {settings.base_url}/")
    _say(f"Organisers log in at {settings.base_url}/login")
    if settings.is_demo:
        _say(
            f"  with {DEMO_ORGANISER} and "
            + _password_hint(settings, is_first_start=is_first_start)
        )
        _say(f"Mails are at {settings.base_url}/demo/mailbox")
    _say("Ctrl-C stops it.")


def _password_hint(settings: Settings, *, is_first_start: bool) -> str:
    if is_first_start:
        return f"the password {settings.demo_password}"
    if "demo_password" in settings.model_fields_set:
        return "the password in DEMO_PASSWORD"
    return f"the password in {settings.var_dir / 'demo_password'}"


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
