"""What anybody could have written changes no row: it is kept for a human, or nothing at all."""

import re
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from sqlalchemy import event, select, update

from congress.base import table_of
from congress.domain.access import COMMAND
from congress.extensions import db
from congress.models import (
    AuditLine,
    Booking,
    CalendarEntry,
    CalendarReply,
    DeadMailbox,
    OutboxMessage,
    Registration,
)
from congress.queries import calendars
from congress.services import registering
from tests.builders import OPEN, a_congress, a_request, send_everything
from tests.returned_mails import by_qmail, reply, report, take
from tests.services import corrections

NOW = OPEN + timedelta(hours=1)
TOUCHED = (AuditLine, Booking, CalendarEntry, CalendarReply, DeadMailbox, OutboxMessage)
ELSE = "else@example.org"
NO_NAME = re.compile(rb"(?:Final|Original)-Recipient: [^\r]*\r\n")
BROUGHT_BACK = re.compile(rb"Content-Type: text/rfc822-headers.*Message-ID: [^\r]*", re.DOTALL)
NEXT_STAMP = "20150902T090000Z"


@pytest.fixture
def invited(session):
    """Somebody who has been invited and has accepted, with what a forger could know of it."""
    with time_machine.travel(NOW, tick=False):
        done = registering.register(a_congress().id, a_request(1), now=OPEN)
        send_everything()
        session.execute(update(OutboxMessage).values(state="sent", sent_at=OPEN))
        session.commit()
        [entry] = calendars.entries_of_registration(done.registration_id)
        accepted = reply(entry, corrections.OLD, "ACCEPTED", stamp="20150902T080000Z")
        assert take(accepted, now=NOW) == "done"
        yield done, entry, session.scalars(select(OutboxMessage.message_id)).first()


def no(entry, *, to=corrections.OLD, **more: str):
    return reply(entry, to, "DECLINED", **{"stamp": NEXT_STAMP} | more)


def answered_in(raw, about):
    """A mail that knows a Message-ID from a thread alone."""
    return f"In-Reply-To: {about}\r\n".encode() + raw


# What is forged, by entry and Message-ID, and what becomes of it.
SHAPES = {
    "from somebody else": (lambda e, _: no(e, sender=ELSE), "kept_foreign"),
    "for somebody else": (lambda e, _: no(e, to=ELSE), "kept_foreign"),
    "from an alias": (lambda e, _: no(e, sender="erika@example.org"), "kept_foreign"),
    "from two people": (
        lambda e, _: (
            no(e).replace(b"<erika.muster-1@example.org>", b"<%b>, <else@example.org>")
            % corrections.OLD.encode()
        ),
        "kept_foreign",
    ),
    "with a second From": (
        lambda e, _: no(e).replace(b"To: ", b"From: else@example.org\r\nTo: ", 1),
        "kept_foreign",
    ),
    "to an entry that is none": (lambda e, _: no(e, uid="made-up"), "kept_foreign"),
    "to a revision that is none yet": (lambda e, _: no(e, sequence="7"), "kept_foreign"),
    "to a revision that never is": (lambda e, _: no(e, sequence="-1"), "kept_foreign"),
    "about one date of a series": (
        lambda e, _: no(e, sequence="0\r\nRECURRENCE-ID:20151021T073000Z"),
        "kept_foreign",
    ),
    "for two people": (
        lambda e, _: no(e, sequence=f"0\r\nATTENDEE;PARTSTAT=DECLINED:mailto:{ELSE}"),
        "kept_foreign",
    ),
    "older than the last answer": (lambda e, _: no(e, stamp="20150902T070000Z"), "done"),
    "another method": (lambda e, _: no(e, method="REFRESH"), "kept_counter"),
    "a mail that is none": (lambda _e, _: report("<made-up@x>", corrections.OLD), "kept_report"),
    "a mail to another one": (lambda _e, about: report(about, ELSE), "kept_report"),
    "nobody, from a thread": (
        lambda _e, about: answered_in(
            NO_NAME.sub(b"", BROUGHT_BACK.sub(b"", report(about, ELSE))), about
        ),
        "kept_report",
    ),
    "a report that is none": (
        lambda _e, about: report(about, corrections.OLD).replace(b"/report", b"/mixed", 1),
        "kept_report",
    ),
    "a report by a person": (
        lambda _e, about: report(about, corrections.OLD).replace(b"Path: <>", b"Path: <me@x.org>"),
        "kept_report",
    ),
    "words that name nobody": (
        lambda _e, about: by_qmail(about, "you"),
        "kept_report",
    ),
    "words from a thread": (
        lambda _e, about: answered_in(by_qmail("nothing", corrections.OLD), about),
        "kept_report",
    ),
    "words that name another": (lambda _e, about: by_qmail(about, ELSE), "kept_report"),
}


def rows():
    """Everything that a mail could change, apart from what is kept for a human."""
    db.session.rollback()
    tables = [table_of(each) for each in (*TOUCHED, Registration)]
    return {each.name: db.session.execute(each.select().order_by("id")).all() for each in tables}


def test_nothing_forged_changes_a_row(invited):
    _done, entry, about = invited
    before = rows()
    came = {
        name: (take(forge(entry, about), now=NOW), rows() == before)
        for name, (forge, _kept) in SHAPES.items()
    }
    assert came == {name: (kept, True) for name, (_forge, kept) in SHAPES.items()}


def test_what_is_true_of_the_same_shapes_counts(invited):
    _done, entry, about = invited
    for raw in (no(entry), NO_NAME.sub(b"", report(about, corrections.OLD))):
        before = rows()
        assert take(raw, now=NOW) == "done"
        assert rows() != before


def test_an_answer_is_of_the_address_that_counts_once_the_congress_is_held(invited, app):
    """Whoever holds it before may change the address: what was read earlier is old."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("whoever writes there has the database alone from the beginning on")
    done, entry, _about = invited

    def correct():
        with app.app_context():
            corrections.correct(done, actor=COMMAND, now=NOW, email=corrections.NEW)

    threads = [Thread(target=correct)]

    def meanwhile(_connection, _cursor, statement, *_others: object):
        if threads and "UPDATE" in statement and "congresses" in statement:
            thread = threads.pop()
            thread.start()
            thread.join()

    event.listen(db.engine, "before_cursor_execute", meanwhile)
    came = take(no(entry), now=NOW)
    event.remove(db.engine, "before_cursor_execute", meanwhile)

    assert came == "kept_foreign"
    assert [row.answer for row in rows()["calendar_replies"]] == ["ACCEPTED"]
