"""The demo's mailbox: the delivered mails, whole, so that a visitor can finish the journey.

It exists only where CONGRESS_ENV is demo and mails become files; elsewhere it is a 404.
"""

import re
from zoneinfo import ZoneInfo

from flask import Response, abort, render_template

from congress import links, mailer
from congress.extensions import settings
from congress.formats import mail_reading
from congress.formats.mail_reading import MailParts
from congress.mailer import DeliveredMail
from congress.web import languages
from congress.web.headers import policy_of_mail

MOST_SHOWN = 100


def mailbox() -> str:
    """Show the latest mails."""
    _require_demo()
    mails = {each.key: mail_reading.read(each.raw) for each in mailer.delivered(most=MOST_SHOWN)}
    return render_template("demo/mailbox.html", mails=mails, when=_when)


def message(key: str) -> str:
    """Show one mail: headers, text, calendar entry."""
    mail = mail_reading.read(_get(key).raw)
    pieces = _pieces(mail.text)
    return render_template("demo/message.html", key=key, mail=mail, pieces=pieces, when=_when)


def html(key: str) -> Response:
    """Show the HTML of a mail as a document of its own that may do nothing."""
    found = mail_reading.read(_get(key).raw).html or abort(404)
    headers = {"Content-Security-Policy": policy_of_mail(found)}
    return Response(found, content_type="text/html; charset=utf-8", headers=headers)


def calendar(key: str) -> Response:
    """Give out the calendar entry of a mail, to be opened."""
    found = mail_reading.read(_get(key).raw).calendar or abort(404)
    return Response(found, content_type="text/calendar; charset=utf-8")


def raw(key: str) -> Response:
    """Give out a mail as it was sent, byte for byte."""
    headers = {"Content-Disposition": 'attachment; filename="mail.eml"'}
    return Response(_get(key).raw, content_type="message/rfc822", headers=headers)


def _get(key: str) -> DeliveredMail:
    _require_demo()
    return mailer.find_delivered(key) or abort(404)


def _require_demo() -> None:
    if not settings().has_mailbox:
        abort(404)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Return a text in pieces: our own addresses can be followed (True), nobody else's."""
    ours = re.compile("(" + re.escape(links.absolute("/")) + r"[^\s<>\"]*)")
    parts = ours.split(text.replace("\r\n", "\n"))
    return [(part, bool(number % 2)) for number, part in enumerate(parts) if part]


def _when(mail: MailParts) -> str:
    dates = languages.dates(ZoneInfo(settings().timezone))
    return dates.moment(mail.written_at) if mail.written_at else ""
