"""Flask-Security, set up so that it hashes, logs in and remembers, and does nothing unasked.

Its own pages are not registered: ours act through services. Its hooks would look at the session
of every visitor; cached public pages know no session, so `congress.web.access` asks instead.
"""

from flask import Flask
from flask_security import Security

from congress.services.logins.accounts import Datastore

HOOKS = ("before_request_funcs", "after_request_funcs", "template_context_processors")
# OWASP's second profile for Argon2id: 19 MiB, two passes; ten logins at once stay below 200 MiB.
ARGON2 = {
    "argon2__memory_cost": 19_456,
    "argon2__time_cost": 2,
    "argon2__parallelism": 1,
}


def init_security(app: Flask) -> None:
    """Bind Flask-Security to the application."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the name of a procedure
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        # Without a salt of our own: it would be one more secret that must never change.
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_PASSWORD_SALT="unused",  # noqa: S106 - asked for, but see the line above
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=ARGON2,
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_CLI_USERS_NAME=False,  # accounts are made by `flask organiser invite` only
        SECURITY_CLI_ROLES_NAME=False,
    )
    kept = {name: {key: list(value) for key, value in getattr(app, name).items()} for name in HOOKS}
    Security(app, Datastore(), register_blueprint=False)
    for name, hooks in kept.items():
        getattr(app, name).clear()
        getattr(app, name).update(hooks)
