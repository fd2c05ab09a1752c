"""Passkeys: for which address they hold, and where there can be none."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

CHALLENGE_LENGTH = timedelta(minutes=5)
LONGEST_NAME = 60
LOCAL = "localhost"  # what browsers trust without https


class PasskeyRefused(Exception):
    """What the browser sent opens nothing: an old question, a foreign key, no finger or PIN."""


@dataclass(frozen=True)
class RelyingParty:
    """Us, as passkeys know us: the name they hold for, and the pages they are used on."""

    id: str
    origin: str


def relying_party(base_url: str) -> RelyingParty | None:
    """Return for whom passkeys are made; none where browsers make none: without https or a name."""
    url = urlsplit(base_url)
    host = url.hostname or ""
    is_trusted = url.scheme == "https" or host == LOCAL
    return RelyingParty(host, base_url) if is_trusted and not _is_number(host) else None


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
