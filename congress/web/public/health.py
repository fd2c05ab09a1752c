"""Whether the process lives, and whether it can work."""

import re
import shutil
from functools import cache

from flask import Response, jsonify

from config import ROOT
from congress import clock, extensions
from congress.queries import operation, outbox

_NUMBER = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)


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
    """Return the last in the row: read, not loaded with Alembic, which takes 10 MiB."""
    files = (ROOT / "migrations" / "versions").glob("*.py")
    found = [dict(_NUMBER.findall(file.read_text(encoding="utf-8"))) for file in files]
    before = {each.get("down_revision") for each in found}
    return next((each["revision"] for each in found if each["revision"] not in before), None)
