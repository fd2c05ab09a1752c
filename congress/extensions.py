"""The Flask extensions, created here and bound to an application by `create_app`."""

from flask_sqlalchemy import SQLAlchemy

from config import Settings
from congress.base import Base

# `autobegin` stays on; how a transaction begins is decided in `congress.transaction`.
db: SQLAlchemy = SQLAlchemy(
    metadata=Base.metadata, session_options={"expire_on_commit": False, "autoflush": False}
)


class _Bound:
    settings: Settings | None = None


def bind_settings(settings: Settings) -> None:
    """Make these the settings in force; called once, by `create_app`."""
    _Bound.settings = settings


def settings() -> Settings:
    """Return the settings in force."""
    if _Bound.settings is None:
        raise RuntimeError("no application has been created yet")
    return _Bound.settings
