"""Told when registration opens: only who confirmed, once, when it really does; then forgotten."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from congress import worker
from congress.domain.congresses import CongressState
from congress.domain.mails.kinds import MessageKind
from congress.domain.openings import KEPT_UNCONFIRMED, OpeningNotAwaited
from congress.extensions import db
from congress.models import AuditLine, Congress, OpeningReader, OutboxMessage
from congress.queries import congresses
from congress.queries import openings as found
from congress.services import openings
from congress.services.mails import delivering
from tests.builders import BEFORE, CLOSES, LATE, OPENS, STARTS, a_congress
from tests.opening_readers import an_opening_reader

ASKED, NOTED, OPENED = (
    MessageKind.OPENING_ASKED,
    MessageKind.OPENING_NOTED,
    MessageKind.REGISTRATION_OPENED,
)
LINK = re.compile(r"/opening/([A-Za-z0-9_-]{43})")
EVA = "eva@example.org"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def congress(session):
    return a_congress()


def mails(kind):
    db.session.expire_all()
    statement = select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)
    return list(db.session.scalars(statement))


def readers():
    db.session.expire_all()
    return list(db.session.scalars(select(OpeningReader).order_by(OpeningReader.id)))


def change(congress, **values: object):
    row = db.session.get_one(Congress, congress.id)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.commit()


def delivered(now):
    """Deliver what is due, and return as what each arrives."""
    raws = []
    while claimed := delivering.claim("w", now=now):
        for each in claimed:
            begun = delivering.begin(each.id, delivering.prepare(each), owner="w", now=now)
            raws.append(message_from_bytes(begun.raw, policy=policy.default))
            delivering.record_sent(each.id, now=now)
    return raws


def work(now):
    """Do what the worker does in a minute; returns the mails that arrive."""
    while openings.next_step(now=now):
        pass
    arrived = delivered(now)
    while openings.next_step(now=now):
        pass
    return arrived


def asked(congress, email=EVA, now=BEFORE):
    openings.ask(congress.id, email, "de", now=now)
    [*_, mail] = delivered(now + MINUTE)
    return LINK.search(mail.get_body(("plain",)).get_content())[1]


def verbs():
    return db.session.scalars(select(AuditLine.verb)).all()


def test_from_asking_to_being_told_and_forgotten(congress):
    token = asked(congress)
    assert found.count(congress.id) == 0
    assert work(OPENS) == [], "nobody has confirmed"

    openings.confirm(token, now=BEFORE)
    openings.confirm(token, now=BEFORE + MINUTE)
    assert found.count(congress.id) == 1
    [noted] = delivered(BEFORE + MINUTE)
    assert noted["Subject"].startswith("Termin zum Vormerken")

    assert work(OPENS - timedelta(seconds=1)) == []
    [told] = work(OPENS)
    assert told["To"] == EVA
    assert told["Subject"].startswith("Sie können sich jetzt anmelden")
    assert LINK.search(told["List-Unsubscribe"])[1] == token
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert readers() == []
    assert db.session.scalars(select(OutboxMessage)).all() == [], "no mail keeps the address"
    assert work(OPENS + timedelta(days=1)) == []
    assert [verbs().count(each) for each in ("opening_confirmed", "opening_told")] == [1, 1]


def test_the_saved_date_invites_nobody_and_binds_nobody(congress):
    token = asked(congress)
    openings.confirm(token, now=BEFORE)

    [noted] = delivered(BEFORE + MINUTE)

    [file] = noted.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "termin.ics")
    lines = file.get_payload(decode=True).decode().replace("\r\n ", "").split("\r\n")
    stored = congresses.get_congress(congress.id)
    assert {"METHOD:PUBLISH", "TRANSP:TRANSPARENT", f"UID:{stored.uid}"} <= set(lines)
    assert f"SEQUENCE:{stored.sequence}" in lines
    assert not any(each.startswith("ATTENDEE") for each in lines)
    assert token not in "".join(lines)


@pytest.mark.parametrize(
    ("values", "later", "told_at"),
    [
        ({"opens_at": OPENS + timedelta(days=2)}, {}, OPENS + timedelta(days=2)),
        ({"opens_at": OPENS - timedelta(days=1)}, {}, OPENS - timedelta(days=1)),
        ({"state": CongressState.CANCELLED}, {}, None),
        (
            {"state": CongressState.CANCELLED},
            {"state": CongressState.PUBLISHED},
            OPENS + timedelta(days=1),
        ),
        ({"state": CongressState.DRAFT}, {}, None),
        ({"capacity": 0, "waiting_list": False}, {}, OPENS),
    ],
    ids=["moved on", "moved forward", "called off", "held after all", "a draft", "full"],
)
def test_people_are_told_once_and_when_it_really_opens(congress, values, later, told_at):
    an_opening_reader(congress)
    change(congress, **values)
    moments = [OPENS + timedelta(hours=each) for each in (-24, 0)]
    told = [(now, mail) for now in moments for mail in work(now)]
    if later:
        change(congress, **later)
    told += [(now, mail) for days in (1, 2, 3) for now in [OPENS + timedelta(days=days)]
             for mail in work(now)]  # fmt: skip

    assert [now for now, _ in told] == ([] if told_at is None else [told_at])


def test_what_was_not_sent_when_the_opening_was_moved_is_told_again(congress):
    an_opening_reader(congress)
    while openings.next_step(now=OPENS):
        pass
    assert len(mails(OPENED)) == 1
    later = OPENS + timedelta(days=2)
    change(congress, opens_at=later)

    assert work(OPENS + MINUTE) == []
    assert [each.told_by for each in readers()] == [None]
    assert len(work(later)) == 1
    assert readers() == []


def test_the_mail_names_the_deadline_of_the_moment_it_goes_out(congress):
    an_opening_reader(congress)
    while openings.next_step(now=OPENS):
        pass
    change(congress, closes_at=CLOSES + timedelta(days=1), content_revision=2)

    [mail] = delivered(OPENS + MINUTE)

    assert "8. Oktober 2015" in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("values", "now"),
    [
        ({}, OPENS),
        ({}, LATE),
        ({"state": CongressState.CANCELLED}, BEFORE),
        ({"state": CongressState.FINISHED}, BEFORE),
        ({"state": CongressState.DRAFT}, BEFORE),
    ],
    ids=["open", "closed", "called off", "over", "a draft"],
)
def test_nobody_is_asked_where_there_is_nothing_to_wait_for(congress, values, now):
    change(congress, **values)

    with pytest.raises(OpeningNotAwaited):
        openings.ask(congress.id, EVA, "de", now=now)

    assert readers() == []


def test_who_waits_already_hears_so_once_more_and_nothing_changes(congress):
    reader = an_opening_reader(congress, email=EVA, language="en")

    openings.ask(congress.id, "Eva@Example.org", "de", now=BEFORE)

    [mail] = mails(NOTED)
    assert (mail.language, mails(ASKED)) == ("en", [])
    assert [each.confirmed_at for each in readers()] == [reader.confirmed_at]


def test_a_stranger_makes_few_mails_to_one_mailbox(congress):
    for minute in range(9):
        for _ in range(2):  # each pressed twice
            openings.ask(congress.id, EVA, "de", now=BEFORE + timedelta(minutes=minute))

    assert len(mails(ASKED)) == 5


def test_leaving_forgets_the_address_and_every_mail_to_it(congress):
    token = asked(congress)
    an_opening_reader(congress, 2)
    openings.confirm(token, now=BEFORE)

    openings.leave(token, now=BEFORE)
    openings.leave(token, now=BEFORE)

    assert found.find(token, now=BEFORE) is None
    assert [each.email for each in readers()] == ["gespannt2@example.org"]
    assert db.session.scalars(select(OutboxMessage)).all() == []
    assert verbs().count("opening_left") == 1


@pytest.mark.parametrize(
    ("confirmed_at", "now", "left"),
    [
        (None, BEFORE + KEPT_UNCONFIRMED - MINUTE, 1),
        (None, BEFORE + KEPT_UNCONFIRMED, 0),
        (BEFORE, BEFORE + KEPT_UNCONFIRMED, 1),
        (BEFORE, STARTS, 1),
        (BEFORE, STARTS + timedelta(days=1), 0),
    ],
    ids=["in time", "too late", "confirmed", "on the day", "over"],
)
def test_what_is_not_confirmed_and_what_is_over_goes(congress, confirmed_at, now, left):
    an_opening_reader(congress, confirmed_at=confirmed_at)

    worker.KEPT_LONG_ENOUGH["opening_readers_forgotten"](now=now)

    assert len(readers()) == left


def test_a_link_that_is_late_confirms_nothing_although_nobody_has_tidied_up(congress):
    token = asked(congress)

    openings.confirm(token, now=BEFORE + KEPT_UNCONFIRMED)

    assert found.count(congress.id) == 0
    assert found.find(token, now=BEFORE + KEPT_UNCONFIRMED) is None


def test_very_many_are_told_in_steps_and_each_once(congress, monkeypatch):
    monkeypatch.setattr(openings, "STEP", 2)
    for number in range(5):
        an_opening_reader(congress, number)

    arrived = work(OPENS)

    assert sorted(each["To"] for each in arrived) == [
        f"gespannt{number}@example.org" for number in range(5)
    ]
    assert readers() == []
    assert verbs().count("opening_told") == 3
