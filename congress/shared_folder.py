"""What took long to find, shared by the processes of one launcher through a folder.

The launcher empties the folder at each start, so nothing outlives the program that wrote it or
the database it was read from, and keys name neither. Only what everybody may see is put here, and
numbers that name nobody.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path

from flask import current_app

EXTENSION = "congress_shared_folder"  # its place among the extensions of the application
FOLDER = "finished"
MOST_FILES = 200


def empty_folder(var_dir: Path) -> Path:
    """Make the folder anew and return it."""
    folder = var_dir / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def current() -> "SharedFolder | None":
    """Return the folder of this application; without a launcher there is none."""
    found: SharedFolder | None = current_app.extensions.get(EXTENSION)
    return found


class SharedFolder:
    """Bytes by key; whatever is wrong with the folder, nothing is found and nothing is said."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: tuple[Hashable, ...]) -> bytes | None:
        """Return what another process has finished."""
        try:
            return self._file(key).read_bytes()
        except OSError:
            return None

    def keep(self, key: tuple[Hashable, ...], content: bytes) -> None:
        """Let the other processes have something; it appears whole or not at all."""
        draft = self._folder / f".{secrets.token_hex(8)}"
        with suppress(OSError):
            self._make_room()
            try:
                draft.write_bytes(content)
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
