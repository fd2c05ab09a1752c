"""Mails as they are kept: an attachment stands once, elsewhere, and one line in its place.

What goes over the wire is put together at each attempt, from the kept bytes and the file. The same
file gives the same lines, so a copy is the same mail and a signature over the whole one holds.
"""

import re
from base64 import encodebytes
from collections.abc import Mapping
from hashlib import blake2b

# No line of a header, in quoted-printable or in base64 begins like this (RFC 2045, section 6).
PLACE = re.compile(rb"^=_file_(\d+)_([0-9a-f]{32})(?=\r\n)", re.MULTILINE)


class FileGone(Exception):
    """An attachment is not stored any more, or is another file by now."""


def place(number: int, content: bytes) -> str:
    """Return the line that stands for the content of a file, by the number it is stored under."""
    return f"=_file_{number}_{_digest(content)}"


def whole(kept: bytes, files: Mapping[int, bytes]) -> bytes:
    """Return the mail that goes out, with its `files` by their numbers; raises `FileGone`."""

    def content(found: re.Match[bytes]) -> bytes:
        file = files.get(int(found[1]))
        if file is None or _digest(file) != found[2].decode():
            raise FileGone
        # 76 letters a line, for ever: mails that wait were begun so.
        return encodebytes(file).replace(b"\n", b"\r\n").removesuffix(b"\r\n")

    return PLACE.sub(content, kept)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
