"""The application factory."""

from config import Settings, load_settings
from flask import Flask
from flask_migrate import Migrate

from congress import extensions, models
from congress.transaction import prepare_engine


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for these settings, or for those of the environment."""
    settings = settings or load_settings()
    extensions.bind_settings(settings)
    app = Flask("congress", template_folder="../templates", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
    )
    extensions.db.init_app(app)
    with app.app_context():
        prepare_engine(extensions.db.engine)
    Migrate(app, extensions.db, directory="migrations", render_as_batch=True, compare_type=True)
    return app


__all__ = ["create_app", "models"]
