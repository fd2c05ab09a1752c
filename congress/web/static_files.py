"""Styles, scripts and fonts under names that hold their content's hash, so browsers keep them.

The copies are made once per process and written below VAR_DIR with a gzip variant beside each;
WhiteNoise serves them without asking the application.
"""

import gzip
import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote, urlsplit

from whitenoise import WhiteNoise

SOURCE = Path(__file__).resolve().parent.parent / "static"
PREFIX = "/static/"
SERVED = {".css", ".js", ".svg", ".woff2", ".png", ".ico"}
COMPRESSED = {".css", ".js", ".svg"}
ONE_YEAR = 31_536_000
QUOTED_ENOUGH = "=:/"  # what may stand as it is in an address between quotes
# Relative addresses in style sheets: url("vendor/FiraSans-Regular.woff2")
_ADDRESS = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)["']?\s*\)""")
_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")


@dataclass(frozen=True)
class StaticFile:
    """One file as served: its name with the hash of its content, and its bytes."""

    name: str
    content: bytes
    compressed: bytes | None


def static(name: str) -> str:
    """Return the address of a file below `congress/static`, for templates."""
    return PREFIX + _files()[name].name


@cache
def data_url(name: str) -> str:
    """Return a small picture as an address that holds it: one request less on every page."""
    kind, _encoding = guess_type(name)
    return f"data:{kind},{quote(_files()[name].content.strip(), safe=QUOTED_ENOUGH)}"


def with_static_files(app: Callable[..., object], folder: Path) -> WhiteNoise:
    """Return the application with its static files in front; `folder` holds the copies."""
    for file in _files().values():
        _write(folder / file.name, file.content)
        if file.compressed is not None:
            _write(folder / f"{file.name}.gz", file.compressed)
    front = WhiteNoise(
        app, max_age=ONE_YEAR, immutable_file_test=_is_immutable, allow_all_origins=False
    )
    for file in _files().values():  # not the whole folder: it may hold those of older versions
        front.add_file_to_dictionary(PREFIX + file.name, str(folder / file.name))
    return front


@cache
def _files() -> dict[str, StaticFile]:
    names = sorted(
        path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*") if path.suffix in SERVED
    )
    # Style sheets last: they name the others by their hashed names.
    files: dict[str, StaticFile] = {}
    for name in sorted(names, key=lambda name: name.endswith(".css")):
        content = (SOURCE / name).read_bytes()
        if name.endswith(".css"):
            content = _with_hashed_addresses(name, content, files)
        files[name] = _file(name, content)
    return files


def _file(name: str, content: bytes) -> StaticFile:
    suffix = Path(name).suffix
    digest = hashlib.sha256(content).hexdigest()[:12]
    compressed = gzip.compress(content, 9, mtime=0) if suffix in COMPRESSED else None
    return StaticFile(f"{name.removesuffix(suffix)}.{digest}{suffix}", content, compressed)


def _with_hashed_addresses(name: str, content: bytes, files: dict[str, StaticFile]) -> bytes:
    folder = Path(name).parent

    def hashed(match: re.Match[str]) -> str:
        target = (folder / urlsplit(match.group(1)).path).as_posix()
        if target not in files:
            return match.group()
        relative = os.path.relpath(files[target].name, folder)
        return f'url("{Path(relative).as_posix()}")'

    return _ADDRESS.sub(hashed, content.decode()).encode()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: other processes may start at the same time."""
    if path.exists() and path.stat().st_size == len(content):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


def _is_immutable(_path: str, url: str) -> bool:
    return _HASHED.search(url) is not None
