"""Info mails that wait while their congress is called off or moved, or their reader leaves."""

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.mails.mailings import CALLED_OFF as CALLED_OFF_MAILING
from congress.domain.mails.mailings import Audience, CongressIsOff
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Booking, Congress, Mailing, OutboxMessage
from congress.services import changing
from congress.services.mails import (
    mailing_steps,
    mailings,
)
from congress.services.planning import releasing
from tests.builders import (
    OPEN,
)
from tests.services import mailing_house
from tests.services.outdated_house import MONTH, claimed, kinds, move, said, waiting

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def infos(database, monkeypatch):
    """Who writes info mails in steps of two."""
    monkeypatch.setattr(mailing_steps, "STEP", 2)
    return mailing_house.House()


def write_on() -> None:
    while mailing_steps.next_step(now=OPEN):
        pass


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_an_info_mail_that_has_begun_goes_no_further_once_it_is_called_off(infos, steps):
    """Whether its letters are still to be written or wait to be sent."""
    number = infos.write()
    infos.send(number)
    for _step in range(steps):
        mailing_steps.next_step(now=OPEN)
    written = waiting("info_mail")
    releasing.call_off(infos.id, actor=COMMAND, now=OPEN)
    write_on()
    assert waiting("info_mail") == written
    assert "info_mail" not in kinds(OPEN)
    row = db.session.get_one(Mailing, number)
    assert (row.state, row.fault) == ("paused", CALLED_OFF_MAILING)
    with pytest.raises(CongressIsOff):
        infos.act(mailings.resume, number)
    releasing.hold_after_all(infos.id, actor=COMMAND, now=OPEN)
    infos.act(mailings.resume, number)
    write_on()
    assert waiting("info_mail") == len(infos.people)
    assert "info_mail" in kinds(OPEN)
    assert db.session.get_one(Mailing, number).fault == ""


def test_a_step_of_an_info_mail_looks_whether_it_is_called_off(infos):
    number = infos.write()
    infos.send(number)
    db.session.execute(update(Congress).values(state="cancelled"))
    db.session.commit()
    write_on()
    assert waiting("info_mail") == 0
    assert infos.state(number) == "paused"


def test_whoever_has_withdrawn_gets_no_info_mail_that_waits_unless_it_is_for_them(infos):
    number = infos.write()
    infos.send(number)
    write_on()
    changing.withdraw(infos.people[0], actor=ATTENDEE, now=OPEN)
    to_the_others = infos.write(Audience(state=RegistrationState.CANCELLED))
    infos.send(to_the_others)
    write_on()
    mails = [each for each in claimed(OPEN) if each.kind == "info_mail"]
    assert sorted(each.registration_id or 0 for each in mails) == sorted(infos.people)
    of = select(OutboxMessage.mailing_id).where(
        OutboxMessage.registration_id == infos.people[0], OutboxMessage.kind == "info_mail"
    )
    assert db.session.scalars(of).all() == [to_the_others]


def test_an_info_mail_that_waits_names_the_day_and_the_workshops_of_now(infos):
    text = {"de": "Bis {Termin}!\n\n{Workshops}"}
    number = infos.write(text=text, subject={"de": "{Termin}: so geht es"})
    infos.send(number)
    write_on()
    move(infos.id, MONTH, now=OPEN)
    of_first = select(Booking.id).where(Booking.registration_id == infos.people[0])
    booking = db.session.scalars(of_first).one()
    db.session.rollback()
    changing.leave(infos.people[0], booking, actor=ATTENDEE, now=OPEN)
    first, second, _third = (said(each) for each in claimed(OPEN) if each.kind == "info_mail")
    assert "21. Oktober" not in first + second
    assert first.startswith("18. November 2015")
    assert ("Workshop 1" in first, "Workshop 1" in second) == (False, True)
