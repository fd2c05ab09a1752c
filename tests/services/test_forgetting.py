"""What goes by itself a month later: who got a mail, what calendars said, who never confirmed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from congress import worker
from congress.base import Base, table_of
from congress.domain.access import COMMAND
from congress.domain.mails.mailings import Audience, NobodyToReach
from congress.domain.mails.readers import Recipients
from congress.domain.mails.received import Answer
from congress.domain.notes import version_of
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import (
    AuditLine,
    CalendarEntry,
    CalendarReply,
    Congress,
    Mailing,
    OutboxMessage,
    ReceivedMail,
    Registration,
)
from congress.queries import congresses, mailing_readers
from congress.queries import mailings as queries
from congress.queries.invariants import list_broken
from congress.services import annotating, changing, confirming, forgetting, registering
from congress.services.mails import forgetting as forgetting_mails
from congress.services.mails import mailing_steps, mailings
from congress.services.mails.mailings import Content
from congress.services.planning import releasing
from congress.web.organiser import log_words
from tests.builders import ENDS, OPEN, a_congress, a_request, a_workshop, send_everything
from tests.module_tasks import a_hand_in, a_task
from tests.services.mailing_house import ORGANISER, SUBJECT, TEXT, House, found_in, work

pytestmark = pytest.mark.usefixtures("database")

MONTH, MOMENT = timedelta(days=30), timedelta(seconds=1)
OVER = ENDS + MONTH + MOMENT
LAPSED = OPEN + timedelta(hours=24)
NAMED = Audience(search="Muster-1", organisation="Stadt Lünen", state=RegistrationState.CONFIRMED)


def test_the_worker_lets_go_of_all_three():
    assert {
        forgetting_mails.forget_readers,
        forgetting_mails.forget_answers,
        forgetting.forget_unconfirmed,
    } <= set(worker.KEPT_LONG_ENOUGH.values())


@pytest.fixture
def house(database):
    return House()


def test_who_got_an_info_mail_is_forgotten_a_month_after_the_congress(house):
    number = house.write(NAMED)
    house.send(number)
    work()

    assert forgetting_mails.forget_readers(now=ENDS + MONTH) == 0
    assert db.session.get(Mailing, number).readers == [house.people[0]]
    assert [forgetting_mails.forget_readers(now=OVER) for _time in range(2)] == [1, 0]

    db.session.expire_all()
    row = db.session.get(Mailing, number)
    assert (row.readers, row.told_up_to, row.total, row.done) == ([], 0, 1, 1)
    assert row.audience == {"to": "attendees", "state": "confirmed", "is_forgotten": True}


def test_a_mail_sent_long_after_the_congress_is_known_for_a_month_too(house):
    number = house.write()
    house.send(number)
    work()
    late = {"finished_at": OVER}
    db.session.execute(update(Mailing).values(late))
    db.session.commit()
    assert forgetting_mails.forget_readers(now=OVER + MONTH - MOMENT) == 0
    assert forgetting_mails.forget_readers(now=OVER + MONTH) == 1
    assert queries.find(house.id, number).total == 3


def at(number) -> Any:  # noqa: ANN401 - the row
    db.session.expire_all()
    return db.session.get(Mailing, number)


@pytest.mark.parametrize("was", ["paused", "draft", "scheduled", "copied"])
def test_nothing_keeps_names_for_ever_in_whatever_state_it_is(house, was):
    """Called off and never gone on with, never sent, or waiting for a moment years ahead."""
    number = house.write(NAMED)
    if was in {"paused", "copied"}:
        house.send(number)
    if was == "paused":
        assert mailing_steps.next_step(now=OPEN)
        releasing.call_off(house.id, actor=COMMAND, now=OPEN)
    elif was == "copied":
        work()
        mailings.copy(house.id, number, actor=ORGANISER, now=OPEN)  # a draft that waits
    elif was == "scheduled":
        seen, moment = house.seen(number), OVER + 100 * MONTH
        mailings.schedule(house.id, number, moment, seen=seen, actor=ORGANISER, now=OPEN)
    found = db.session.scalars(select(Mailing.id)).all()
    assert forgetting_mails.forget_readers(now=ENDS + MONTH) == 0

    assert [forgetting_mails.forget_readers(now=OVER) for _time in range(2)] == [len(found), 0]

    states = {"paused": "stopped", "copied": "sent"}
    assert at(number).state == states.get(was, "draft")
    for each in found:
        assert (at(each).readers, at(each).scheduled_at) == ([], None)
        assert at(each).audience == {"to": "attendees", "state": "confirmed", "is_forgotten": True}
    named = ("stadt l", "muster-1")
    kept = "".join(str(row) for row in db.session.execute(select(table_of(Mailing)))).lower()
    assert not any(each in kept for each in named)
    assert (at(number).fault != "") is (was == "scheduled")
    waiting = OutboxMessage.mailing_id == number, OutboxMessage.state == "queued"
    assert was != "paused" or not db.session.scalars(select(OutboxMessage).where(*waiting)).all()
    assert list_broken() == []


def test_what_was_left_out_by_words_that_are_gone_goes_to_nobody(house):
    """Neither by itself, nor when it is copied, nor as a test of what was looked at."""
    sent, draft = house.write(NAMED), house.write(NAMED, subject={"de": "Noch eine"})
    house.send(sent)
    work()
    forgetting_mails.forget_readers(now=OVER)
    copied = mailings.copy(house.id, sent, actor=ORGANISER, now=OVER)
    for number in (draft, copied):
        assert mailing_readers.recipients_of(found_in(house, number)) == Recipients(())
        with pytest.raises(NobodyToReach):
            house.send(number)
        db.session.rollback()
    again = Content(SUBJECT, TEXT, Audience())
    mailings.save(house.id, again, mailing_id=draft, version=1, actor=ORGANISER, now=OVER)
    assert house.send(draft) == len(house.people)


def test_what_is_written_or_paused_late_keeps_its_words_for_a_month(house):
    drafts = [house.write(NAMED), house.write(Audience())]
    db.session.execute(update(Mailing).values(changed_at=OVER))
    db.session.commit()
    assert forgetting_mails.forget_readers(now=OVER + MONTH - MOMENT) == 0
    assert forgetting_mails.forget_readers(now=OVER + MONTH) == 1
    assert at(drafts[1]).audience == Audience().as_json()


def test_who_had_the_earlier_mail_does_not_get_it_again_once_that_is_forgotten(house):
    """However young the copy: nothing says any more who is new."""
    number = house.write()
    house.send(number)
    work()
    copied = mailings.copy(house.id, number, actor=ORGANISER, now=OVER)
    only_new = Content(SUBJECT, TEXT, Audience(only_new=True))
    mailings.save(house.id, only_new, mailing_id=copied, version=1, actor=ORGANISER, now=OVER)
    assert mailing_readers.recipients_of(found_in(house, copied)).reached == ()

    assert forgetting_mails.forget_readers(now=OVER) == len((number, copied))
    assert mailing_readers.recipients_of(found_in(house, copied)).reached == ()
    assert found_in(house, copied).audience.is_forgotten


def test_what_calendars_answered_is_forgotten_a_month_after_the_congress(house):
    other = a_congress(slug="other", days=((ENDS, ENDS + timedelta(hours=5)),))
    request = a_request(9)
    there = registering.register(other.id, request, now=OPEN).registration_id
    for number in (house.people[0], there):
        entry = db.session.scalars(
            select(CalendarEntry.uid).where(CalendarEntry.registration_id == number)
        ).one()
        stated = {"sequence": 0, "answer": Answer.DECLINED, "answered_at": OPEN}
        db.session.add(CalendarReply(registration_id=number, uid=entry, **stated))
    db.session.commit()

    assert forgetting_mails.forget_answers(now=ENDS + MONTH) == 0
    assert forgetting_mails.forget_answers(now=OVER) == 1
    assert db.session.scalars(select(CalendarReply.registration_id)).all() == [there]


def everything():
    """Every row of every table, as text."""
    db.session.rollback()
    tables = [table_of(each.class_) for each in Base.registry.mappers]
    return "\n".join(str(row) for each in tables for row in db.session.execute(each.select()))


def asked():
    """Somebody who is asked to confirm, with all that hangs on a registration."""
    congress = a_congress(confirm_hours=24, capacity=1)
    workshop = a_workshop(congress, number=1)
    wish = a_request(1, workshop, email="canary@example.org", family_name="Kanarienvogel")
    number = registering.register(congress.id, wish, now=OPEN).registration_id
    person = db.session.get_one(Registration, number)
    a_hand_in(a_task(congress), person, text="Vom Kanarienvogel")
    annotating.annotate(
        number, "Kanarienvogel rief an", version=version_of(""), actor=COMMAND, now=OPEN
    )
    db.session.add(
        ReceivedMail(
            digest="1",
            congress_id=congress.id,
            registration_id=number,
            sender="x@example.org",
            subject="",
            text="",
            why="words",
            received_at=LAPSED,
        )
    )
    db.session.commit()
    return congress, number


def test_who_never_confirmed_is_gone_a_month_after_the_end_and_nothing_names_them():
    congress, number = asked()
    assert "canary@example.org" in everything()
    assert confirming.next_step(now=LAPSED)
    send_everything()

    assert forgetting.forget_unconfirmed(now=LAPSED + MONTH - MOMENT) == 0
    assert [forgetting.forget_unconfirmed(now=LAPSED + MONTH) for _time in range(2)] == [1, 0]

    left = everything().lower()
    assert "canary" not in left
    assert "kanarien" not in left
    assert db.session.get(Registration, number) is None
    assert list_broken() == []
    [line] = db.session.scalars(select(AuditLine)).all()
    told = (line.verb, line.congress_id, line.registration_id, line.details)
    assert told == ("unconfirmed_deleted", congress.id, None, {"count": 1})
    assert line.verb in log_words.WORDS


def confirmed(number):
    confirming.confirm_by_hand(number, actor=COMMAND, now=OPEN)
    changing.withdraw(number, actor=COMMAND, now=LAPSED)


def with_a_mail_on_its_way(number):
    confirming.next_step(now=LAPSED)
    mine = update(OutboxMessage).where(OutboxMessage.registration_id == number)
    db.session.execute(mine.values(state="sending"))
    db.session.commit()


def ended_otherwise_since(number):
    confirming.next_step(now=LAPSED)
    mine = update(Registration).where(Registration.id == number)
    db.session.execute(mine.values(cancelled_at=LAPSED + timedelta(hours=1)))
    db.session.commit()


@pytest.mark.parametrize("become", [confirmed, with_a_mail_on_its_way, ended_otherwise_since])
def test_nobody_else_goes(become):
    _congress, number = asked()
    send_everything()
    become(number)
    assert forgetting.forget_unconfirmed(now=LAPSED + 2 * MONTH) == 0
    assert db.session.get(Registration, number) is not None
    assert db.session.scalars(select(Congress.id)).all()


def test_only_a_congress_that_is_held_loses_people(monkeypatch):
    """Whoever is put back while it is waited for makes room for somebody of another one."""
    monkeypatch.setattr(forgetting, "MOST_AT_ONCE", 1)
    numbers = []
    for slug in ("one", "two"):
        congress = a_congress(slug=slug, confirm_hours=24)
        numbers.append(registering.register(congress.id, a_request(1), now=OPEN).registration_id)
        assert confirming.next_step(now=LAPSED)
    send_everything()
    hold, held = congresses.hold, []

    def meanwhile(congress_id):
        held.append(congress_id)
        back = {"state": RegistrationState.CONFIRMED, "cancelled_at": None}
        db.session.execute(update(Registration).where(Registration.id == numbers[0]).values(back))
        return hold(congress_id)

    monkeypatch.setattr(congresses, "hold", meanwhile)
    assert [forgetting.forget_unconfirmed(now=LAPSED + MONTH) for _time in range(2)] == [0, 1]
    assert len(held) == len(numbers)
    assert db.session.scalars(select(Registration.id)).all() == numbers[:1]
