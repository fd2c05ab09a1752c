"""Whether the process lives, and whether it can work."""

import shutil
from functools import cache

from alembic.script import ScriptDirectory
from flask import Response, jsonify

from config import ROOT
from congress import clock, extensions
from congress.queries import operation, outbox


def alive() -> Response:
    """Say that this process answers; nothing else is looked at."""
    return Response("ok\n", mimetype="text/plain")


def ready() -> tuple[Response, int]:
    """Say 503 when the database or its tables are not as needed, else what waits."""
    version = operation.find_schema_version()
    if version != _newest_version():
        reason = "database" if version is None else "migrations"
        return jsonify(status="not ready", reason=reason), 503
    now = clock.now()
    mails = outbox.status(now=now)
    oldest = mails.oldest_unsent
    age = int((now - oldest).total_seconds()) if oldest else 0
    answer = {
        "status": "ready",
        "mails_waiting": sum(mails.counts[state] for state in outbox.UNSENT),
        "mails_failed": mails.counts[outbox.MessageState.FAILED],
        "oldest_waiting_mail_seconds": age,
        "disk_free_bytes": shutil.disk_usage(extensions.settings().var_dir).free,
    }
    return jsonify(answer), 200


@cache
def _newest_version() -> str | None:
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()
