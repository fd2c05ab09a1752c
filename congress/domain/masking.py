"""Making secret links unreadable in mails that are kept or shown."""

import re

SOFT_BREAK = b"=\r\n"  # quoted-printable: the line goes on (RFC 2045, section 6.7)
TOKEN = re.compile(rb"(?=[a-z0-9-]*[A-Z_])[A-Za-z0-9_-]{22,}")
URL_SAFE = re.compile(rb"[A-Za-z0-9_-]")


def without_secrets(raw: bytes, base_url: str) -> bytes:
    """Return a mail with the secret parts of our own addresses made unreadable.

    Nothing else changes, not even lengths. Tokens are long and hold a capital letter or an
    underline, which no slug does; in quoted-printable text they may go over the end of a line.
    """
    ours = re.compile(re.escape(base_url.encode()) + rb"/[^\s\"<>]*")
    addresses = ours.findall(raw.replace(SOFT_BREAK, b""))
    for token in {token for address in addresses for token in TOKEN.findall(address)}:
        letters = (re.escape(bytes([letter])) for letter in token)
        broken = re.compile((b"(?:" + SOFT_BREAK + b")?").join(letters))
        raw = broken.sub(lambda found: URL_SAFE.sub(b"x", found.group()), raw)
    return raw
