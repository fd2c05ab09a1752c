"""A package index of a later year, as a folder: what is pinned, and a newer version of everything.

The packages are empty but for their names and needs, which are those of the installed ones; pip
and setuptools are whole, since they have to work.
"""

import base64
import hashlib
import re
import tarfile
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path

from packaging.requirements import Requirement

from config import ROOT

FILES = ("requirements.txt", "requirements-dev.txt", "requirements-pip.txt")
NEWER = "9999"
WHOLE = {"pip", "setuptools"}
FROM_SOURCE = {"flask-principal"}  # published so, and built by whoever installs it

_PINNED = re.compile(
    r"^(?P<line>[a-z0-9][^\n]+?)(?P<hashes>(?: \\\n    --hash=\S+)+)$", re.MULTILINE
)
_SETUP = "from setuptools import setup\nsetup(name={name!r}, version={version!r})\n"
_BROKEN = "raise ImportError('setuptools of a later year, which builds nothing of today')\n"


def pins(file: str) -> list[Requirement]:
    """Return what a file pins, with extras and markers."""
    text = (ROOT / file).read_text()
    return [Requirement(found["line"]) for found in _PINNED.finditer(text)]


def version_of(pin: Requirement) -> str:
    return str(pin.specifier).removeprefix("==")


def holds(requirement: Requirement, environment: dict[str, str] | None = None) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(environment)


def find_installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


class LaterIndex:
    """The folder, and the pinned files with the hashes of what lies in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for file in FILES:
            for pin in pins(file):
                if holds(pin) and not list(folder.glob(f"{_escaped(pin.name)}-*")):
                    self._publish(pin)
        self._publish_empty("wheel", NEWER, [])  # old pips want it for building

    def write_pinned_files(self, folder: Path) -> None:
        for file in FILES:
            (folder / file).write_text(_PINNED.sub(self._with_hash, (ROOT / file).read_text()))

    def wheel(self, pin: Requirement) -> Path:
        return self.folder / f"{_escaped(pin.name)}-{version_of(pin)}-py3-none-any.whl"

    def _publish(self, pin: Requirement) -> None:
        installed = distribution(pin.name)
        needs = installed.requires or []
        self._publish_empty(pin.name, NEWER, needs)
        if pin.name in WHOLE:
            self._publish_whole(pin, installed)
        elif pin.name in FROM_SOURCE:
            self._publish_source(pin)
        else:
            self._publish_empty(pin.name, version_of(pin), needs)

    def _publish_empty(self, name: str, version: str, needs: list[str]) -> None:
        extras = set(re.findall(r"""extra == ["']([^"']+)""", " ".join(needs)))
        lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
        lines += [f"Provides-Extra: {extra}" for extra in sorted(extras)]
        lines += [f"Requires-Dist: {need}" for need in needs]
        about = f"{_escaped(name)}-{version}.dist-info"
        content = {
            f"{about}/METADATA": "\n".join([*lines, ""]).encode(),
            f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        if name == "setuptools":
            content["setuptools/__init__.py"] = _BROKEN.encode()
        self._write_wheel(name, version, content)

    def _publish_whole(self, pin: Requirement, installed: Distribution) -> None:
        files = {file.as_posix(): file.locate() for file in installed.files or ()}
        content = {
            name: Path(str(path)).read_bytes()
            for name, path in files.items()
            if not name.startswith("..") and not name.endswith((".pyc", "/RECORD"))
        }
        self._write_wheel(pin.name, version_of(pin), content)

    def _write_wheel(self, name: str, version: str, content: dict[str, bytes]) -> None:
        record = f"{_escaped(name)}-{version}.dist-info/RECORD"
        rows = [f"{file},{_sha256(data)},{len(data)}" for file, data in content.items()]
        content[record] = "\n".join([*rows, f"{record},,", ""]).encode()
        path = self.folder / f"{_escaped(name)}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for file, data in content.items():
                archive.writestr(file, data)

    def _publish_source(self, pin: Requirement) -> None:
        name = f"{_escaped(pin.name)}-{version_of(pin)}"
        setup = _SETUP.format(name=pin.name, version=version_of(pin)).encode()
        about = f"Metadata-Version: 2.1\nName: {pin.name}\nVersion: {version_of(pin)}\n".encode()
        with tarfile.open(self.folder / f"{name}.tar.gz", "w:gz") as archive:
            for file, data in {"setup.py": setup, "PKG-INFO": about}.items():
                entry = tarfile.TarInfo(f"{name}/{file}")
                entry.size = len(data)
                archive.addfile(entry, BytesIO(data))

    def _with_hash(self, found: re.Match[str]) -> str:
        pin = Requirement(found["line"])
        if not holds(pin):
            return found[0]
        (path,) = self.folder.glob(f"{_escaped(pin.name)}-{version_of(pin)}[-.]*")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return f"{found['line']} \\\n    --hash=sha256:{digest}"


def _escaped(name: str) -> str:
    return name.replace("-", "_")


def _sha256(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode()
    return f"sha256={digest.rstrip('=')}"
