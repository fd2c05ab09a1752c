"""The log of a congress in words, newest first."""

from flask import request

from congress.queries import audit
from congress.queries.audit import LogLine
from congress.web import access
from congress.web.organiser import frame, log_words

LINES = 100


def log() -> str:
    """Show what was done by whom; older lines on further pages."""
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before < 2**31:
        before = None
    lines = audit.of_congress(access.workspace().id, before=before, limit=LINES + 1)
    return frame.page(
        "log.html",
        current="log",
        lines=in_words(lines[:LINES]),
        older=lines[LINES - 1].id if len(lines) > LINES else None,
        is_newest=before is None,
    )


def in_words(lines: list[LogLine]) -> list[dict[str, object]]:
    """Return lines as a page shows them."""
    return [
        {
            "at": line.at.isoformat(),
            "when": frame.short_moment(line.at),
            "actor": log_words.actor(line),
            "sentence": log_words.sentence(line),
            "registration_id": line.registration_id,
        }
        for line in lines
    ]
