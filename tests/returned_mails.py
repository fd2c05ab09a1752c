"""Mails that come back, in the shapes of the servers and calendars that send them."""

from datetime import datetime
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.policy import SMTP

from congress.domain.calendars.calendar import Entry
from congress.extensions import db
from congress.formats import received_mail
from congress.models import DeadMailbox, Registration
from congress.services.mails import receiving
from tests import builders

SYSTEM = "MAILER-DAEMON@mx.example.org"
OFFICE = "kongress@example.org"


def take(raw: bytes, *, now: datetime) -> str:
    """Deal with a mail as the worker does, without a process for it; returns what came of it."""
    return receiving.take(received_mail.read(raw), received_mail.digest(raw), now=now)


def a_dead_mailbox(registration_id: int) -> None:
    """Somebody's address takes no mail, as its server said."""
    key = db.session.get_one(Registration, registration_id).email_key
    builders.add(DeadMailbox(email_key=key, since=builders.OPEN, reason="550 5.1.1"))


def reply(
    entry: Entry, email: str, answer: str, *, sender: str = "", method: str = "REPLY", **more: str
) -> bytes:
    """What a calendar sends when somebody presses a button in an invitation (RFC 5546, 3.2.3)."""
    sequence = more.get("sequence", str(entry.sequence))
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Calendar//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{more.get('uid', entry.uid)}",
        f"DTSTAMP:{more.get('stamp', '20150902T080000Z')}",
        "DTSTART:20151021T073000Z",
        "DTEND:20151021T143000Z",
        f"SEQUENCE:{sequence}",
        f"ORGANIZER:mailto:{more.get('organizer', OFFICE)}",
        f"ATTENDEE;PARTSTAT={answer};CN=Erika:MAILTO:{email}",
        f"SUMMARY:{answer}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    mail = MIMEMultipart("alternative")
    mail["From"], mail["To"] = f"Erika Muster <{sender or email}>", OFFICE
    mail["Subject"] = f"{answer}: Fachkongress"
    mail.attach(MIMEText("", "plain", "utf-8"))
    part = MIMENonMultipart("text", "calendar", charset="utf-8", method=method)
    part.set_payload("\r\n".join(lines), charset="utf-8")
    mail.attach(part)
    return mail.as_bytes(policy=SMTP)


def report(
    message_id: str, recipient: str, *, status: str = "5.1.1", action: str = "failed"
) -> bytes:
    """A delivery report as Postfix and Exchange write it (RFC 3464)."""
    return f"""\
Return-Path: <>
From: Mail Delivery System <{SYSTEM}>
To: {OFFICE}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

This is the mail system. I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{recipient}>: Recipient address rejected

--b
Content-Type: text/rfc822-headers

From: {OFFICE}
To: {recipient}
Message-ID: {message_id}
Subject: Anmeldung

--b--
""".replace("\n", "\r\n").encode()


def whole_mail_back(message_id: str, recipient: str) -> bytes:
    """A report that brings the whole mail back, as Exchange Online does."""
    found = report(message_id, recipient, status="5.1.10")
    return found.replace(b"text/rfc822-headers", b"message/rfc822")


def by_qmail(message_id: str, recipient: str) -> bytes:
    """A mail that came back with nothing but words for humans."""
    return f"""\
Return-Path: <>
From: {SYSTEM}
To: {OFFICE}
Subject: failure notice

Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.

<{recipient}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <{OFFICE}>
From: {OFFICE}
To: {recipient}
Message-ID: {message_id}
Subject: Anmeldung

Guten Tag
""".replace("\n", "\r\n").encode()


def out_of_office(email: str) -> bytes:
    mail = _plain(email, "Automatische Antwort: Ihre Anmeldung", "Ich bin im Urlaub.")
    mail["Auto-Submitted"] = "auto-replied"
    return mail.as_bytes(policy=SMTP)


def words(email: str, text: str = "Gibt es Parkplätze?", *, about: str = "") -> bytes:
    mail = _plain(email, "Frage", text)
    if about:
        mail["In-Reply-To"] = about
    return mail.as_bytes(policy=SMTP)


def _plain(email: str, subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = email, OFFICE, subject
    mail.set_content(text)
    return mail
