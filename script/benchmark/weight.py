"""What a browser loads for one page: how many requests, how many bytes as they travel."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from script.benchmark import wire

COMPRESSED = {"Accept-Encoding": "gzip"}
_LOADED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"[^>]*>')
_LINK = re.compile(r'\brel="(?:stylesheet|icon|preload|modulepreload)"')
_IN_STYLES = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)["']?\s*\)""")


@dataclass
class Weight:
    """The addresses that were loaded, each with its bytes: the body as sent."""

    files: dict[str, int] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        return len(self.files)

    @property
    def total(self) -> int:
        return sum(self.files.values())


def weigh(port: int, path: str) -> Weight:
    """Load a page with everything it names: styles, scripts, pictures, the icon, both fonts.

    Nothing is left out because a browser might do without; what is in `data:` is in the styles.
    """
    weight = Weight()
    page = _load(port, path, weight)
    for match in _LOADED.finditer(page):
        tag, address = match.group(), urljoin(path, match[1])
        parts = urlsplit(address)
        if (tag.startswith("<link") and not _LINK.search(tag)) or parts.scheme or parts.netloc:
            continue
        content = _load(port, address, weight)
        if urlsplit(address).path.endswith(".css"):
            for name in _IN_STYLES.findall(content):
                _load(port, urljoin(address, name), weight)
    if not re.search(r'\brel="icon"', page):
        _load(port, "/favicon.ico", weight)
    return weight


def _load(port: int, path: str, weight: Weight) -> str:
    """Return the text of a file, asked for once more as it is read by people."""
    if path not in weight.files:
        weight.files[path] = len(wire.ask(port, path, COMPRESSED).body)
    return wire.ask(port, path).body.decode(errors="replace")


def kind(path: str) -> str:
    """Return the name of a file as the table calls it."""
    name = path.rpartition("/")[2]
    return name if "." not in name else f"{name.split('.')[0]}.{name.rpartition('.')[2]}"
