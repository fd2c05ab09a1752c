"""What a mailbox of answers, returned mails, absences and forgery leads to, and no more."""

import mailbox
import os
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select, update

from congress import extensions, worker
from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.attendee_list import Wanted
from congress.domain.mails.received import DEAD_FOR, KEPT_FOR_A_HUMAN, MOST_READ
from congress.extensions import db
from congress.models import (
    AuditLine,
    CalendarReply,
    DeadMailbox,
    OutboxMessage,
    ReceivedMail,
    Registration,
)
from congress.queries import attendees, calendars, dead_mailboxes, received, workspaces
from congress.services import changing, registering
from congress.services.mails import dead_mailboxes as marking
from congress.services.mails import delivering, receiving
from tests.builders import OPEN, a_congress, a_request, send_everything
from tests.imap import address_of, client_of, imap_server
from tests.returned_mails import by_qmail, out_of_office, reply, report, whole_mail_back, words
from tests.services import corrections

pytestmark = pytest.mark.usefixtures("database")

NOW = OPEN + timedelta(hours=1)


class Mailbox:
    """A congress, six people who were invited, and the mailbox that their answers go to."""

    def __init__(self, path: Path) -> None:
        self.congress = a_congress()
        self.registered = [self._register(number) for number in range(1, 7)]
        self.people = [each.registration_id for each in self.registered]
        send_everything()
        sent = {"state": "sent", "sent_at": OPEN}
        db.session.execute(update(OutboxMessage).values(sent))
        db.session.commit()
        self.use(f"maildir:{path}")
        self.box = mailbox.Maildir(path, create=True)

    def _register(self, number):
        request = a_request(number)
        return registering.register(self.congress.id, request, now=OPEN)

    def email(self, number):
        return db.session.get(Registration, self.people[number]).email

    def entry(self, number):
        [found] = calendars.entries_of_registration(self.people[number])
        return found

    def mail_to(self, number):
        return db.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.registration_id == self.people[number])
            .order_by(OutboxMessage.id)
        ).first()

    def use(self, address: str) -> None:
        changed = {"reply_mailbox": address}
        extensions.bind_settings(extensions.settings().model_copy(update=changed))

    def put(self, *mails: bytes) -> None:
        for mail in mails:
            self.box.add(mail)

    def left(self) -> list[bool]:
        """Of each mail that is left, whether it is marked as read."""
        return [message.get_flags() == "S" for message in self.box]

    def receive(self, *mails: bytes) -> int:
        self.put(*mails)
        read = worker.read_replies()
        db.session.expire_all()
        return read


class OverImap(Mailbox):
    """The same, and the mailbox lies on a server."""

    def __init__(self, path: Path, port: int) -> None:
        super().__init__(path)
        self.port = port
        self.use(address_of(port))

    def put(self, *mails: bytes) -> None:
        with client_of(self.port) as client:
            for mail in mails:
                client.append("INBOX", "", "", mail)

    def left(self) -> list[bool]:
        with client_of(self.port) as client:
            client.select("INBOX", readonly=True)
            numbers, seen = (client.search(None, which)[1][0].split() for which in ("ALL", "SEEN"))
            return [number in seen for number in numbers]


@pytest.fixture
def house(database, tmp_path):
    with time_machine.travel(NOW, tick=False):
        yield Mailbox(tmp_path / "replies")


def kinds():
    db.session.rollback()
    statement = select(OutboxMessage.kind).where(OutboxMessage.state == "queued")
    return sorted(db.session.scalars(statement))


def answers():
    rows = db.session.execute(select(CalendarReply.registration_id, CalendarReply.answer))
    return {row.registration_id: row.answer for row in rows}


def states():
    rows = db.session.execute(select(Registration.id, Registration.state))
    return {row.id: row.state for row in rows}


def kept():
    return sorted(db.session.scalars(select(ReceivedMail.why)))


def dead():
    return set(db.session.scalars(select(DeadMailbox.email_key)))


def test_a_whole_mailbox_has_exactly_the_stated_effects_and_no_more_when_read_twice(house):
    require_the_stated_effects(house)


@pytest.mark.sqlite_only
def test_a_mailbox_on_a_server_has_the_same_effects(database, tmp_path):
    with imap_server(tmp_path) as port, time_machine.travel(NOW, tick=False):
        require_the_stated_effects(OverImap(tmp_path / "replies", port))


def require_the_stated_effects(house: Mailbox) -> None:
    """Each mail, and all that comes of it."""
    yes, no, *_others = house.people
    sent = [house.mail_to(number) for number in range(6)]
    full = sent[2]
    garbage = b"From: \xff\xfe\x00 <a\x00@b>\r\nSubject: \xff\r\n\r\n\x00\xff no mail \r\n" * 20
    table = [
        (reply(house.entry(0), house.email(0), "ACCEPTED"), [("answer", (yes, "ACCEPTED"))]),
        (
            reply(house.entry(1), house.email(1), "DECLINED"),
            [("answer", (no, "DECLINED")), ("asked", (no, "declined"))],
        ),
        (
            reply(house.entry(2), house.email(2), "TENTATIVE", method="COUNTER"),
            [("kept", "counter")],
        ),
        # Forged: from another address, for another address, of no entry, to what was never sent.
        (
            reply(house.entry(3), house.email(3), "DECLINED", sender="evil@example.org"),
            [("kept", "foreign")],
        ),
        (reply(house.entry(3), "evil@example.org", "DECLINED"), [("kept", "foreign")]),
        (
            reply(house.entry(3), house.email(3), "DECLINED", uid="nobody-knows"),
            [("kept", "foreign")],
        ),
        (reply(house.entry(3), house.email(3), "DECLINED", sequence="7"), [("kept", "foreign")]),
        (report(sent[3].message_id, sent[3].recipient), bounced(sent[3])),
        (by_qmail(sent[4].message_id, sent[4].recipient), bounced(sent[4])),
        (whole_mail_back(sent[5].message_id, sent[5].recipient), bounced(sent[5])),
        (report(full.message_id, full.recipient, status="5.2.2"), [("failed", full.id)]),
        (report("<made-up@congress.test>", house.email(0)), [("kept", "report")]),
        (report(sent[3].message_id, house.email(0)), [("kept", "report")]),
        (report(sent[0].message_id, house.email(0), status="4.4.1", action="delayed"), []),
        (out_of_office(house.email(0)), []),
        (garbage, [("kept", "words")]),
        (words(house.email(1)), [("kept", "words")]),
    ]
    wanted = sorted((effect for _mail, effects in table for effect in effects), key=repr)
    before = states()

    for _time in range(2):
        assert house.receive(*(mail for mail, _effects in table)) == len(table)
        assert sorted(effects(), key=repr) == wanted
    assert states() == before
    # What a human may want stays in the mailbox, marked as read; the rest is gone.
    assert house.left() == [True] * 2 * len(kept())


def bounced(mail):
    return [("failed", mail.id), ("dead", mail.recipient_key)]


def effects():
    """All that mails which came back have led to."""
    failed = db.session.scalars(select(OutboxMessage.id).where(OutboxMessage.state == "failed"))
    queued = select(OutboxMessage.registration_id, OutboxMessage.kind)
    asked = db.session.execute(queued.where(OutboxMessage.state == "queued"))
    return [
        *(("answer", each) for each in answers().items()),
        *(("asked", tuple(each)) for each in asked),
        *(("kept", each) for each in kept()),
        *(("dead", each) for each in dead()),
        *(("failed", each) for each in failed),
    ]


def test_nothing_more_is_sent_to_a_dead_mailbox_until_somebody_wants_to_try(house):
    gone = house.mail_to(0)
    house.receive(report(gone.message_id, gone.recipient))
    changing.withdraw(house.people[0], actor=ATTENDEE, now=NOW)
    changing.withdraw(house.people[1], actor=ATTENDEE, now=NOW)

    taken = delivering.claim("worker", now=NOW)

    assert {each.registration_id for each in taken} == {house.people[1]}
    found = db.session.execute(
        select(OutboxMessage.state, OutboxMessage.last_error).where(
            OutboxMessage.registration_id == house.people[0], OutboxMessage.kind == "withdrawn"
        )
    ).all()
    [(state, reason)] = found
    assert (state, reason[:9]) == ("failed", "550 5.1.1")

    marking.try_again(house.people[0], actor=COMMAND, now=NOW)
    assert dead_mailboxes.find(house.people[0]) is None


def test_a_dead_mailbox_is_found_in_the_list_and_left_behind_by_a_correction(house):
    gone = house.mail_to(0)
    house.receive(report(gone.message_id, gone.recipient))
    wanted = Wanted(has_dead_mailbox=True)
    assert [each.id for each in _page(house, wanted)] == [house.people[0]]
    assert dead_mailboxes.find(house.people[0]).reason.startswith("550 5.1.1")
    assert dead_mailboxes.among([gone.recipient_key, "else@example.org"]) == {gone.recipient_key}

    corrections.correct(house.registered[0], actor=COMMAND, now=NOW, email="new@example.org")
    assert _page(house, wanted) == []


def _page(house, wanted):
    return attendees.page(house.congress.id, wanted, offset=0, limit=9)


def test_who_declines_is_shown_until_they_withdraw_or_somebody_ticks_it_off(house):
    house.receive(
        reply(house.entry(0), house.email(0), "DECLINED"),
        reply(house.entry(1), house.email(1), "DECLINED"),
    )
    assert workspaces.came_back(house.congress.id).declined == 2
    changing.withdraw(house.people[0], actor=ATTENDEE, now=NOW)
    assert [each.id for each in _page(house, Wanted(has_declined=True))] == [house.people[1]]
    assert kinds().count("declined") == 1, "who has left is not asked any more"

    receiving.settle_answer(house.people[1], actor=COMMAND, now=NOW)
    assert workspaces.came_back(house.congress.id).declined == 0


def test_a_changed_mind_counts_and_only_a_new_no_asks_again(house):
    def says(answer, stamp):
        house.receive(reply(house.entry(0), house.email(0), answer, stamp=stamp))
        return answers()[house.people[0]]

    assert says("DECLINED", "20150902T080000Z") == "DECLINED"
    assert says("DECLINED", "20150902T090000Z") == "DECLINED"
    assert kinds() == ["declined"]
    assert says("ACCEPTED", "20150902T100000Z") == "ACCEPTED"
    assert says("DECLINED", "20150902T093000Z") == "ACCEPTED", "overtaken"
    assert workspaces.came_back(house.congress.id).declined == 0
    assert says("DECLINED", "20150902T110000Z") == "DECLINED"
    assert kinds() == ["declined"], "not twice on a day"
    db.session.execute(update(OutboxMessage).values(created_at=NOW - timedelta(days=1)))
    db.session.commit()
    assert says("ACCEPTED", "20150902T120000Z") != says("DECLINED", "20150902T130000Z")
    assert kinds() == ["declined"] * 2


def test_who_has_left_is_asked_nothing(house):
    entry, email = house.entry(0), house.email(0)
    changing.withdraw(house.people[0], actor=ATTENDEE, now=NOW)
    house.receive(reply(entry, email, "DECLINED"))
    assert "declined" not in kinds()


def test_a_mail_of_50_mb_is_kept_by_its_headers_alone_and_never_held_whole(house):
    house.receive(words(house.email(0)))
    house.box.add(words(house.email(0), "x" * 1_100_000))
    [file] = (extensions.settings().reply_route.path / "new").iterdir()
    os.truncate(file, 50_000_000)

    tracemalloc.start()
    house.receive()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    mail, _small = received.kept(house.congress.id)
    assert (mail.why, mail.subject, mail.text) == ("too_large", "Frage", "")
    assert most < 10 * MOST_READ


def test_a_mail_is_put_to_the_congress_that_it_answers(house):
    other = a_congress(slug="other")
    about = house.mail_to(0).message_id
    house.receive(words("somebody@example.org", about=about), words("stranger@example.org"))
    assert [each.sender for each in received.kept(house.congress.id)] == ["somebody@example.org"]
    assert [each.sender for each in received.kept(None)] == ["stranger@example.org"]
    assert received.kept(other.id) == []


def test_what_is_kept_goes_by_itself(house):
    gone = house.mail_to(0)
    house.receive(report(gone.message_id, gone.recipient), words("stranger@example.org"))
    now = db.session.scalars(select(ReceivedMail.received_at)).one()
    assert receiving.forget_old(now=now + KEPT_FOR_A_HUMAN - timedelta(seconds=1)) == 0
    assert receiving.forget_old(now=now + KEPT_FOR_A_HUMAN) == 1
    assert marking.forget_old(now=now + DEAD_FOR + timedelta(minutes=1)) == 1


def test_each_line_of_the_log_is_there_once(house):
    gone = house.mail_to(2)
    house.receive(
        reply(house.entry(0), house.email(0), "DECLINED"),
        report(gone.message_id, gone.recipient),
    )
    receiving.settle_answer(house.people[0], actor=COMMAND, now=NOW)
    receiving.settle_answer(house.people[0], actor=COMMAND, now=NOW)
    verbs = db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs[-3:] == ["calendar_answered", "mailbox_dead", "calendar_answer_settled"]


def test_a_mailbox_that_vanished_is_told_until_it_is_back(house):
    house.box.add(words("stranger@example.org"))
    moved = extensions.settings().reply_route.path
    away = moved.with_name("away")
    moved.rename(away)
    assert worker.read_replies() == 0
    assert "no folder" in received.find_fault().reason
    away.rename(moved)
    assert worker.read_replies() == 1
    assert received.find_fault() is None
