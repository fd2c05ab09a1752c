"""Mails that come back, as calendars and servers write them."""

OFFICE = "kongress@example.org"


def reply(uid: str, sequence: int, email: str, answer: str) -> bytes:
    """Return what a calendar answers to an invitation (RFC 5546, section 3.2.3)."""
    return f"""\
From: {email}
To: {OFFICE}
Subject: {answer}
MIME-Version: 1.0
Content-Type: text/calendar; charset=utf-8; method=REPLY

BEGIN:VCALENDAR
PRODID:-//Calendar//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20150902T080000Z
SEQUENCE:{sequence}
ORGANIZER:mailto:{OFFICE}
ATTENDEE;PARTSTAT={answer}:mailto:{email}
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def report(message_id: str, recipient: str) -> bytes:
    """Return what a server says of a mail that it could not deliver (RFC 3464)."""
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {OFFICE}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--b--
""".replace("\n", "\r\n").encode()
