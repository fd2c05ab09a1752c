"""The demo's mailbox: the delivered mails, whole, so that a visitor can finish the journey.

It exists only where CONGRESS_ENV is demo and mails become files; elsewhere it is a 404.
"""

from zoneinfo import ZoneInfo

from flask import Response, abort, render_template

from config import Maildir
from congress import mailer
from congress.extensions import settings
from congress.web import languages
from congress.web.demo.mails import ShownMail
from congress.web.headers import policy_of_mail

MOST_SHOWN = 100


def mailbox() -> str:
    """Show the latest mails."""
    _require_demo()
    mails = [ShownMail.of(mail) for mail in mailer.delivered(most=MOST_SHOWN)]
    return render_template("demo/mailbox.html", mails=mails, when=_when)


def message(key: str) -> str:
    """Show one mail: headers, text, calendar entry."""
    return render_template("demo/message.html", mail=_get(key), when=_when)


def html(key: str) -> Response:
    """Show the HTML of a mail as a document of its own that may do nothing."""
    mail = _get(key)
    if not mail.html:
        abort(404)
    headers = {"Content-Security-Policy": policy_of_mail(mail.html.decode(errors="replace"))}
    return Response(mail.html, content_type="text/html; charset=utf-8", headers=headers)


def calendar(key: str) -> Response:
    """Give out the calendar entry of a mail, to be opened."""
    mail = _get(key)
    if not mail.calendar:
        abort(404)
    return Response(mail.calendar, content_type="text/calendar; charset=utf-8")


def raw(key: str) -> Response:
    """Give out a mail as it was sent, byte for byte."""
    headers = {"Content-Disposition": 'attachment; filename="mail.eml"'}
    return Response(_get(key).raw, content_type="message/rfc822", headers=headers)


def _get(key: str) -> ShownMail:
    _require_demo()
    found = mailer.find_delivered(key)
    if found is None:
        abort(404)
    return ShownMail.of(found)


def _require_demo() -> None:
    if not (settings().is_demo and isinstance(settings().mail_route, Maildir)):
        abort(404)


def _when(mail: ShownMail) -> str:
    date = mail.message["Date"]
    moment = date.datetime if date else None
    zone = ZoneInfo(settings().timezone)
    return languages.dates(zone).moment(moment) if moment else ""
