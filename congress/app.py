"""The application factory."""

from wsgiref.types import WSGIApplication

import jinja2
from flask import Flask

from config import ROOT, Settings, load_settings
from congress import extensions, models
from congress.cli.commands import register_commands
from congress.domain.logins.passkeys import relying_party
from congress.queries import revisions
from congress.transaction import prepare_engine
from congress.web import access
from congress.web.account.ended import keep_what_is_typed
from congress.web.account.security import init_security
from congress.web.addresses import MATRIX, register_addresses
from congress.web.errors import register_errors
from congress.web.forged_requests import refuse_forged_requests
from congress.web.front import Front
from congress.web.headers import SecurityHeaders
from congress.web.hosts import Forwarded, answer_own_hosts_only
from congress.web.languages import init_languages
from congress.web.pieces import kept
from congress.web.request_log import RequestLog, configure_logging
from congress.web.static_files import data_url, static, with_static_files
from congress.web.uploads import allow_files

LARGEST_REQUEST = 1024 * 1024
MOST_FORM_FIELDS = 500
AUTOCOMMIT = {"isolation_level": "AUTOCOMMIT"}  # for reads, see congress.transaction


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for these settings, or for those of the environment."""
    settings = settings or load_settings()
    extensions.bind_settings(settings)
    configure_logging()
    app = Flask("congress", static_folder=None)
    app.config.update(_configuration(settings))
    # Texts of the operator's own, such as the imprint, go before those that come with the program.
    app.jinja_loader = jinja2.FileSystemLoader([settings.var_dir / "templates", ROOT / "templates"])
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.globals.update(
        static=static,
        data_url=data_url,
        kept=kept,
        has_mailbox=settings.has_mailbox,
        has_passkeys=relying_party(settings.base_url) is not None,
    )
    _bind_database(app)
    register_errors(app)
    answer_own_hosts_only(app, settings)
    allow_files(app)
    keep_what_is_typed(app, MATRIX)
    refuse_forged_requests(app)
    init_languages(app)
    init_security(app)
    register_addresses(app)
    access.guard(app, MATRIX)
    register_commands(app)
    _put_in_front(app, settings)
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    is_https = settings.has_secure_cookies
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": [settings.secret_key_old] if settings.secret_key_old else None,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            # Values in messages of the database would be people's data in the log.
            "hide_parameters": True,
            **({} if settings.database_url.startswith("sqlite") else AUTOCOMMIT),
        },
        "SESSION_COOKIE_NAME": "__Host-session" if is_https else "session",
        "SESSION_COOKIE_SECURE": is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_PARTS": MOST_FORM_FIELDS,
    }


def _bind_database(app: Flask) -> None:
    extensions.db.init_app(app)
    with app.app_context():
        prepare_engine(extensions.db.engine)


def bind_migrations(app: Flask) -> None:
    """Let `flask db` change the tables of this application; answering pages needs none of it."""
    from flask_migrate import Migrate  # noqa: PLC0415 - with Alembic, 10 MiB

    Migrate(app, extensions.db, directory="migrations", render_as_batch=True, compare_type=True)


def _put_in_front(app: Flask, settings: Settings) -> None:
    """Wrap what every answer passes through; the last one sees the request first."""
    with app.app_context():
        revision = revisions.reader(extensions.db.engine)
    front: WSGIApplication = Front(app.wsgi_app, revision)
    front = with_static_files(front, settings.var_dir / "static")
    front = Forwarded(front, settings)
    front = SecurityHeaders(front, is_https=settings.has_secure_cookies)
    app.wsgi_app = RequestLog(front)  # type: ignore[method-assign]


__all__ = ["bind_migrations", "create_app", "models"]
