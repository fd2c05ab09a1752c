"""How far delivery had come, in a file in VAR_DIR: it must not go back with the database."""

import json
import logging
import os
from pathlib import Path

from congress.domain.mails.marks import Mark
from congress.extensions import settings

log = logging.getLogger(__name__)

FILE = "delivery_mark"


def find() -> Mark | None:
    """Return what this machine remembers; None when that is nothing, or not to be read."""
    try:
        found = json.loads(_path().read_text(encoding="ascii"))
        return Mark(str(found["database"]), int(found["begun"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        log.exception("delivery_mark_not_read")
        return None


def remember(mark: Mark) -> None:
    """Keep this mark; a disk that is full stops no mail. Done for each mail, so with few words."""
    path = str(_path())
    draft = f"{path}.{os.getpid()}"
    text = json.dumps({"database": mark.database, "begun": mark.begun}).encode("ascii")
    try:
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode=0o600)
        try:
            os.write(file, text)
        finally:
            os.close(file)
        os.replace(draft, path)  # noqa: PTH105 - whole, whoever reads meanwhile
    except OSError:
        log.exception("delivery_mark_not_kept")


def _path() -> Path:
    return settings().var_dir / FILE
