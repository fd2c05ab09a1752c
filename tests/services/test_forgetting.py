"""What goes by itself a month later: who got a mail, what calendars said, who never confirmed."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress import worker
from congress.base import Base, table_of
from congress.domain.access import COMMAND
from congress.domain.mails.mailings import Audience
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
from congress.queries import congresses
from congress.queries import mailings as queries
from congress.queries.invariants import list_broken
from congress.services import annotating, changing, confirming, forgetting, registering
from congress.services.mails import forgetting as forgetting_mails
from congress.services.mails import mailings
from congress.web.organiser import log_words
from tests.builders import ENDS, OPEN, a_congress, a_request, a_workshop, send_everything
from tests.services.mailing_house import ORGANISER, House, found_in, work

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
    assert row.audience == {"to": "attendees", "state": "confirmed"}


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


def test_what_a_copy_is_compared_with_waits_and_afterwards_nothing_is_compared(house):
    number = house.write(Audience(only_new=True))
    house.send(number)
    work()
    copied = mailings.copy(house.id, number, actor=ORGANISER, now=OPEN)
    assert forgetting_mails.forget_readers(now=OVER) == 0
    mailings.remove(house.id, copied, actor=ORGANISER, now=OPEN)
    assert forgetting_mails.forget_readers(now=OVER) == 1

    late = found_in(house, mailings.copy(house.id, number, actor=ORGANISER, now=OVER))

    assert (late.copy_of_id, late.audience) == (None, Audience())


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
