"""What the tests stand on: settings, a fresh database of each kind, the application.

`app` and `client` leave no application context open, as in the real server; `database` and
`session` open one for tests of services and queries.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from hypothesis import settings as hypothesis_settings
from sqlalchemy.orm import scoped_session

from config import ROOT, Settings, load_settings
from congress.app import bind_migrations, create_app
from congress.extensions import db
from congress.web.account import login, security
from tests.databases import (
    KINDS,
    FreshDatabase,
    PostgresqlTemplate,
    SqliteTemplate,
    Template,
    settings_for,
)
from tests.made_once import Statements, TemplatesInMemory, build_addresses_once, read_addresses_once
from tests.together import TogetherScheduling

# How long an example takes says how busy the machine is.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

# The one without windows first: it opens a page with half the work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUICKEST_ARGON2 = {
    "argon2__memory_cost": 8,
    "argon2__time_cost": 1,
    "argon2__parallelism": 1,
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="all rounds, kills and long faults")


def pytest_configure() -> None:
    """Take every setting out of the environment, so that tests mean the same everywhere."""
    for name in Settings.model_fields:
        os.environ.pop(name.upper(), None)
    Settings.model_config["env_file"] = None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("full") and not config.getoption("--full"):
            item.add_marker(pytest.mark.skip(reason="only with --full"))


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> TogetherScheduling | None:
    return TogetherScheduling(config, log) if config.getoption("dist") == "loadgroup" else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        sqlite_only = metafunc.definition.get_closest_marker("sqlite_only")
        metafunc.parametrize("database_kind", KINDS[:1] if sqlite_only else KINDS, scope="session")


@pytest.fixture(scope="session")
def is_full(pytestconfig: pytest.Config) -> bool:
    """Whether all rounds are wanted (`script/test --full`)."""
    return bool(pytestconfig.getoption("--full"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("template"), _migrate)


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[PostgresqlTemplate]:
    template = PostgresqlTemplate(_migrate)
    yield template
    template.close()


@pytest.fixture(scope="session")
def fresh_database(request: pytest.FixtureRequest) -> FreshDatabase:
    """What gives the URL of a fresh, migrated, empty database of a kind."""

    def fresh(kind: str, folder: Path) -> AbstractContextManager[str]:
        template: Template = request.getfixturevalue(f"{kind}_template")
        return template.database(folder)

    return fresh


@pytest.fixture
def database_url(
    database_kind: str, fresh_database: FreshDatabase, tmp_path: Path
) -> Iterator[str]:
    """A fresh database for each test, which runs on every kind."""
    with fresh_database(database_kind, tmp_path) as url:
        yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_for(database_url, tmp_path)


@pytest.fixture(scope="session", autouse=True)
def shared_addresses() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        build_addresses_once(monkeypatch)
        read_addresses_once(monkeypatch)
        yield


@pytest.fixture(scope="session")
def shared_templates() -> TemplatesInMemory:
    return TemplatesInMemory()


@pytest.fixture(scope="session")
def shared_statements() -> Statements:
    return Statements()


@pytest.fixture
def quick_passwords(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords in no time, except in tests of just that."""
    login._nobodys_password.cache_clear()
    if not request.node.get_closest_marker("slow_passwords"):
        monkeypatch.setattr(security, "ARGON2", QUICKEST_ARGON2)


@pytest.fixture
def app(
    settings: Settings,
    quick_passwords: None,
    shared_templates: TemplatesInMemory,
    shared_statements: Statements,
) -> Iterator[Flask]:
    app = create_app(settings)
    bind_migrations(app)
    app.testing = True
    app.jinja_env.bytecode_cache = shared_templates
    with app.app_context():
        shared_statements.share_with(db.engine)
    yield app
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def database(app: Flask) -> Iterator[SQLAlchemy]:
    """The database inside an application context; not to be mixed with `client`.

    Requests would share this context, and with it what is remembered for one request.
    """
    with app.app_context():
        yield db


@pytest.fixture
def session(database: SQLAlchemy) -> scoped_session[Session]:
    """The session services and queries work with."""
    return database.session


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is; a test that needs one is skipped without, and says so."""
    for name in (os.environ.get("CHROMIUM"), *BROWSERS):
        if name and (path := shutil.which(name)):
            return path
    pytest.skip("no Chromium found: apt-get install chromium, or CHROMIUM=/path")


def _migrate(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load_settings(var_dir=folder, database_url=url))
        bind_migrations(app)
        with app.app_context():
            flask_migrate.upgrade(directory=str(ROOT / "migrations"))
            db.engine.dispose()
