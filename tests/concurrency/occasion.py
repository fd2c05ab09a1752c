"""A server for crowds and the application of the test, both on one database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from congress.app import create_app
from congress.extensions import db
from congress.models import Congress
from tests.builders import a_congress
from tests.concurrency.servers import serve
from tests.databases import settings_for


@dataclass(frozen=True)
class Occasion:
    """A server on a database, and the application of the test on the same database."""

    port: int
    app: Flask

    def congress(self, name: str, **values: Any) -> Congress:  # noqa: ANN401 - columns
        """A congress that is open right now by the real clock."""
        now = datetime.now(UTC)
        starts = now + timedelta(days=30)
        return a_congress(
            slug=name,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=10),
            days=((starts, starts + timedelta(hours=8)),),
            **values,
        )


@contextmanager
def open_occasion(application: str, url: str, folder: Path) -> Iterator[Occasion]:
    """Serve an application ("module:name") on a database, with an application context here."""
    settings = settings_for(url, folder)
    environment = {
        "DATABASE_URL": url,
        "VAR_DIR": str(settings.var_dir),
        "SECRET_KEY": settings.secret_key,
        "FORM_MIN_SECONDS": "0",
    }
    app = create_app(settings)
    with serve(application, environment, folder / "server.log") as port, app.app_context():
        yield Occasion(port, app)
        db.session.remove()
        db.engine.dispose()
