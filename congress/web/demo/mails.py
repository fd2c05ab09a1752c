"""A delivered mail as the demo's mailbox shows it: taken apart, and still as it was sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart

from congress import links
from congress.mailer import DeliveredMail


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or one of our own addresses in it."""

    text: str
    is_link: bool = False


@dataclass(frozen=True)
class ShownMail:
    """A mail, taken apart; what it does not have is empty."""

    key: str
    message: EmailMessage
    raw: bytes

    @classmethod
    def of(cls, mail: DeliveredMail) -> "ShownMail":
        return cls(mail.key, mail.message, mail.raw)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def recipient(self) -> str:
        return str(self.message["To"] or "")

    @property
    def language(self) -> str:
        return str(self.message["Content-Language"] or "de")

    @property
    def headers(self) -> Sequence[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> Sequence[Piece]:
        """The plain text; our own addresses can be followed, nobody else's."""
        part = self.message.get_body(("plain",))
        return _pieces(str(part.get_content())) if part else []

    @property
    def html(self) -> bytes:
        # Browsers read CR LF as LF before they compare a style with its digest.
        part = self.message.get_body(("html",))
        return _content(part).replace(b"\r\n", b"\n") if part else b""

    @property
    def calendar(self) -> bytes:
        parts = self.message.walk()
        found = (part for part in parts if part.get_content_type() == "text/calendar")
        return next((_content(part) for part in found), b"")


def _content(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _pieces(text: str) -> list[Piece]:
    ours = re.compile("(" + re.escape(links.absolute("/")) + r"[^\s<>\"]*)")
    parts = ours.split(text.replace("\r\n", "\n"))
    return [Piece(part, is_link=bool(number % 2)) for number, part in enumerate(parts) if part]
