"""Making mails: what a worker has claimed is put into words and bytes, attachments and signature.

The bytes of the first attempt are kept and repeated; its attachments are kept where they are
stored, once for all mails, and put in again each time.
"""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from congress import signing_keys
from congress.base import values_of
from congress.domain.letter_texts import SENDER
from congress.domain.mails.faults import Fault
from congress.domain.mails.templates import Template
from congress.extensions import settings
from congress.formats import mail
from congress.formats.kept_mail import FileGone
from congress.formats.mail import Attachment, MailToRender, RenderedMail
from congress.formats.signing import Signature, signed_header
from congress.queries import mailings
from congress.services.mails import mail_links

log = logging.getLogger(__name__)


class NotRendered(Exception):
    """The mail cannot be put into words; `number` is the name under which the log says why."""

    def __init__(self, fault: Fault, number: str) -> None:
        super().__init__(fault, number)
        self.fault = fault
        self.number = number


@dataclass(frozen=True)
class ClaimedMail:
    """A mail that belongs to this worker for a while."""

    id: int
    kind: str  # as stored: one that this version does not know must not stop the others
    message_id: str
    congress_id: int | None
    registration_id: int | None
    recipient: str
    recipient_name: str
    language: str
    facts: Mapping[str, Any]
    created_at: datetime
    subject: str
    content: bytes | None  # of an earlier attempt, without its attachments
    priority: int  # the order in the outbox, lowest first
    template: Template | None  # in organisers' words
    own_page: str | None  # the token of the secret link
    door_code: str | None = None  # by which the door knows somebody
    organizer: str = ""  # who invites in its calendar entry, if it has one


def prepare(claimed: ClaimedMail) -> RenderedMail:
    """Put a mail into words and bytes, or return what an earlier attempt has made of it.

    Raises `NotRendered`. This is the one place that catches every fault: a mail that cannot be
    made, for whatever reason, must not keep the others from going out.
    """
    try:
        return _made(claimed)
    except Exception as error:
        number = secrets.token_hex(4)
        log.exception("mail_not_rendered fault=%s message=%s", number, claimed.id)
        fault = Fault.FILE_GONE if isinstance(error, FileGone) else Fault.UNWRITTEN
        raise NotRendered(fault, number) from error


def _made(claimed: ClaimedMail) -> RenderedMail:
    files = _files(claimed.facts)
    if claimed.content is None:
        made = _signed(mail.render(_to_render(claimed, files)))
    else:
        contents = {each.id: each.content for each in files}
        made = RenderedMail(claimed.subject, claimed.content, contents)
    _ = made.raw  # a file that is another one by now is found out before an attempt begins
    return made


def _signed(rendered: RenderedMail) -> RenderedMail:
    """Return a mail with its signature, which is made once and kept with the bytes (DKIM)."""
    in_force = settings()
    if in_force.dkim_key is None:
        return rendered
    key = signing_keys.read(in_force.dkim_key)
    signature = Signature(in_force.dkim_domain, in_force.dkim_selector, key)
    return replace(rendered, kept=signed_header(rendered.raw, signature) + rendered.kept)


def _to_render(claimed: ClaimedMail, files: tuple[Attachment, ...]) -> MailToRender:
    congress = claimed.facts.get("congress", {})
    in_force = settings()
    return MailToRender(
        **values_of(claimed, "kind language recipient recipient_name facts message_id created_at"),
        sender=in_force.mail_from,
        sender_name=congress.get(SENDER) or mail_links.usual_sender(congress),
        organizer=claimed.organizer,
        organizer_name=mail_links.usual_sender(congress),
        zone=ZoneInfo(in_force.timezone),
        reply_to=congress.get("reply_to") or in_force.mail_reply_to or congress.get("contact"),
        links=mail_links.all_links(
            claimed.kind, claimed.facts, claimed.recipient, claimed.own_page
        ),
        files=files,
        template=claimed.template,
        door_code=claimed.door_code or "",
    )


def _files(facts: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Return the attachments of a mail; raises `FileGone`."""
    wanted = facts.get("files", ())
    held = mailings.contents([each["id"] for each in wanted]) if wanted else {}
    if any(each["id"] not in held for each in wanted):
        raise FileGone
    return tuple(
        Attachment(each["id"], each["name"], each["media_type"], held[each["id"]])
        for each in wanted
    )
