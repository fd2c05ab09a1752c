"""A mail as sent, taken apart again for people who want to see what went out."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

HEADERS = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted")


@dataclass(frozen=True)
class MailParts:
    """The headers and the readable parts of a mail; what it does not have is empty."""

    headers: dict[str, str]
    written_at: datetime | None
    language: str
    text: str
    html: str
    calendar: str
    method: str  # of the calendar part
    files: tuple[str, ...]  # names of what is attached, calendar objects left out


def read(raw: bytes) -> MailParts:
    """Take apart the bytes of a mail that this program wrote."""
    message = message_from_bytes(raw, policy=policy.default)
    found = {
        part.get_content_type(): part
        for part in reversed(list(message.walk()))
        if not part.is_multipart() and part.get_filename() is None
    }
    calendar = found.get("text/calendar")
    return MailParts(
        headers={name: str(message[name]) for name in HEADERS if message[name]},
        written_at=message["Date"].datetime if message["Date"] else None,
        language=str(message["Content-Language"] or "de"),
        text=_text(found.get("text/plain")),
        html=_with_pictures(_text(found.get("text/html")), message),
        calendar=_text(calendar),
        method=str(calendar.get_param("method", "")) if calendar else "",
        files=tuple(
            part.get_filename() or ""
            for part in message.iter_attachments()
            if part.get_content_type() != "application/ics"
        ),
    )


def _with_pictures(html: str, message: EmailMessage) -> str:
    """Put pictures that go with a mail (RFC 2392) into its words, so that nothing is fetched."""
    for part in message.walk():
        name = str(part["Content-ID"] or "").strip("<>")
        if name and part.get_content_maintype() == "image":
            content = b64encode(part.get_content()).decode()
            html = html.replace(f"cid:{name}", f"data:{part.get_content_type()};base64,{content}")
    return html


def _text(part: EmailMessage | None) -> str:
    return str(part.get_content()) if part is not None else ""
