"""What the launcher does once, before web server and worker part: the database, and a warm-up."""

import ctypes
import os
import signal
import sys
from contextlib import redirect_stderr
from datetime import UTC
from io import StringIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from zoneinfo import ZoneInfo

from click import ClickException
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import configure_mappers
from werkzeug.test import Client

from config import ROOT, Settings
from congress import clock, queue
from congress.app import bind_migrations
from congress.cli.demo import load_demo
from congress.cli.demo_network import load_network
from congress.cli.demo_year import load_year
from congress.domain.errors import Refused
from congress.extensions import db
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.queries.congresses import public_congresses
from congress.queries.reading_ahead import read_ahead
from congress.services.logins.accounts import apply_demo_organiser
from congress.web.languages import LANGUAGES

DEMO_ORGANISER = "organiser@example.org"
MIGRATIONS = ROOT / "migrations"
NOT_PAGES = ("mail/", "print/")  # templates with an environment of their own
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux' prctl(2)
FAULT = 500
NOBODY = {"REMOTE_ADDR": "127.0.0.1"}


class CannotStart(Exception):
    """What keeps the program from starting, in one sentence for the operator."""


def prepare(app: Flask, settings: Settings) -> bool:
    """Bring the database up to date and the demo into it; True when it is the first start.

    In a process of its own: migrations and demo leave 25 MiB behind, which every process would
    have for ever (decision 0105). Raises CannotStart.
    """
    context = get_context("fork")
    pipe, theirs = context.Pipe()
    parent = os.getpid()
    child = context.Process(target=_prepare, args=(app, settings, theirs, parent))
    child.start()
    theirs.close()  # so that its end is heard of
    try:
        said: bool | str = pipe.recv()
    except EOFError as error:
        raise CannotStart("The database could not be prepared.") from error
    finally:
        child.join()
    if isinstance(said, str):
        raise CannotStart(said)
    return said


def warm_up(app: Flask, settings: Settings) -> None:
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
        latest = [f"/{each.slug}" for each in public_congresses()[:1]]
    _visit(app, settings, ["/", "/login", *latest, *(f"{each}/register" for each in latest)])
    with app.app_context():
        _hang_up()


def die_with(parent: int) -> None:
    """Ask Linux to end this child when the launcher is killed; elsewhere that is not to be had."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:  # it was killed before we could ask
            os._exit(1)


def say(line: str) -> None:
    """Tell the operator at once."""
    print(line, flush=True)


def _prepare(app: Flask, settings: Settings, pipe: Connection, parent: int) -> None:
    """Answer whether it was the first start, or in a sentence why there is none."""
    die_with(parent)
    with app.app_context():
        try:
            bind_migrations(app)
            is_first_start = _migrate()
            if settings.is_demo:
                _prepare_demo(settings)
        except CannotStart as refusal:
            pipe.send(str(refusal))
        except OperationalError as error:
            pipe.send(f"DATABASE_URL: the database does not answer: {error.orig}")
        else:
            pipe.send(is_first_start)
        finally:
            _hang_up()


def _visit(app: Flask, settings: Settings, paths: list[str]) -> None:
    """Answer these pages to nobody, without a line in the log unless one fails."""
    visitor, said = Client(app), StringIO()
    with redirect_stderr(said):
        answers = [
            visitor.get(path, base_url=settings.base_url, environ_base=NOBODY) for path in paths
        ]
    if any(answer.status_code >= FAULT for answer in answers):
        sys.stderr.write(said.getvalue())


def _hang_up() -> None:
    """End all connections: the forks must not share them."""
    db.session.remove()
    db.engine.dispose()


def _migrate() -> bool:
    """Change the tables as the migrations say, if need be; True when there were none."""
    import flask_migrate  # noqa: PLC0415 - with Alembic, which the server does not need
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    with db.engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    if present != set(ScriptDirectory(str(MIGRATIONS)).get_heads()):
        say("Updating the database …" if present else "Setting up the database …")
        flask_migrate.upgrade(directory=str(MIGRATIONS))
    return not present


def _prepare_demo(settings: Settings) -> None:
    """Load what is missing of the demo, and let its organiser in with the password in force.

    At each start: the next edition of yesterday may be over by now, and one is always open.
    """
    now = clock.now()
    say("Loading the demo congresses …")
    try:
        load_demo(now=now)
        today = now.astimezone(ZoneInfo(settings.timezone)).date()
        load_network(today=today, now=now)
        load_year(today=today)
    except ClickException as error:
        raise CannotStart(error.message) from error
    try:
        apply_demo_organiser(DEMO_ORGANISER, settings.demo_password or "", now=now)
    except Refused as error:
        raise CannotStart(
            "DEMO_PASSWORD: is too short, too long or among the most frequent passwords"
        ) from error
