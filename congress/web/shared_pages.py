"""Finished answers that took long, shared by the processes of one launcher through a folder.

The launcher empties the folder at each start, so nothing outlives the program that wrote it or
the database it was read from, and keys name neither. Only what everybody may see is put here.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path

from congress.web.page_cache import Page

MOST_FILES = 200
FOLDER = "finished"


def empty_folder(var_dir: Path) -> Path:
    """Make the folder anew and return it."""
    folder = var_dir / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


class SharedPages:
    """Answers by key; whatever is wrong with the folder, the answer is rendered instead."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: tuple[Hashable, ...]) -> Page | None:
        """Return what another process has finished."""
        try:
            head, _, rest = self._file(key).read_bytes().partition(b"\n")
            facts = json.loads(head)
        except (OSError, ValueError):
            return None
        body, zipped = rest[: facts["length"]], rest[facts["length"] :]
        return Page(body, zipped or None, facts["content_type"], facts["etag"])

    def keep(self, key: tuple[Hashable, ...], page: Page) -> None:
        """Let the other processes have an answer; it appears whole or not at all."""
        facts = {"content_type": page.content_type, "etag": page.etag, "length": len(page.body)}
        head = json.dumps(facts).encode() + b"\n"
        draft = self._folder / f".{secrets.token_hex(8)}"
        with suppress(OSError):
            self._make_room()
            try:
                draft.write_bytes(head + page.body + (page.zipped or b""))
                draft.replace(self._file(key))
            finally:
                draft.unlink(missing_ok=True)

    def _file(self, key: tuple[Hashable, ...]) -> Path:
        return self._folder / hashlib.sha256(repr(key).encode()).hexdigest()

    def _make_room(self) -> None:
        files = list(os.scandir(self._folder))
        if len(files) >= MOST_FILES:
            oldest = sorted(files, key=lambda file: file.stat().st_mtime)[: MOST_FILES // 2]
            for file in oldest:
                Path(file.path).unlink(missing_ok=True)
