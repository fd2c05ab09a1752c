"""Making secret links unreadable in mails that are kept or shown."""

import re
from functools import lru_cache
from itertools import accumulate, pairwise

CODE_PICTURE = "check-in"  # what the picture of a code in a mail is called
# The lines of that picture, which are in base64 and end at a border.
PICTURE = re.compile(rb"(?<=\r\n)Content-ID: <check-in\..*?\r\n\r\n(.*?)(?=\r\n--=_)", re.DOTALL)
IN_BASE64 = re.compile(rb"[A-Za-z0-9+/]")
SOFT_BREAK = b"=\r\n"  # quoted-printable: the line goes on (RFC 2045, section 6.7)
TOKEN = re.compile(rb"(?=[a-z0-9-]*[A-Z_])[A-Za-z0-9_-]{22,}")
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")


def without_secrets(raw: bytes, base_url: str) -> bytes:
    """Return a mail with the secret parts of our own addresses made unreadable.

    Nothing else changes, not even lengths. Tokens are long and hold a capital letter or an
    underline, which no slug does; in quoted-printable text they may go over the end of a line.
    """
    lines = raw.split(SOFT_BREAK)
    text = b"".join(lines)
    addresses = _addresses_below(base_url).findall(text)
    for token in {token for address in addresses for token in TOKEN.findall(address)}:
        text = text.replace(token, b"x" * len(token))
    text = PICTURE.sub(_blank, text)
    borders = pairwise(accumulate(map(len, lines), initial=0))
    return SOFT_BREAK.join(text[start:end] for start, end in borders)


def _blank(found: re.Match[bytes]) -> bytes:
    return found[0].removesuffix(found[1]) + IN_BASE64.sub(b"A", found[1])


def without_addresses(words: str) -> str:
    """Return what a server said with every mail address in it left out."""
    return ADDRESS.sub("…", words)


@lru_cache(maxsize=8)
def _addresses_below(base_url: str) -> re.Pattern[bytes]:
    return re.compile(re.escape(base_url.encode()) + rb"/[^\s\"<>]*")
