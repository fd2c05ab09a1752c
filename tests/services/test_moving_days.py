"""Other days: what is planned goes along, people are told once, drafts stay drafts."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.congress_file.plan import DayPlan
from congress.domain.planning.days import (
    DayInUse,
    DaysEditedMeanwhile,
    DaysUnseen,
    DeadlineLeftBehind,
    WantedDay,
    change_of,
    version_of,
)
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import AuditLine, CalendarEntry, OutboxMessage, ProgrammeItem
from congress.queries import congresses, programme
from congress.queries.planning import days as queries
from congress.queries.planning.scheduling import edited_items
from congress.services import registering
from congress.services.planning import moving_days, previewing
from tests import builders
from tests.builders import ENDS, OPEN, STARTS, WORKSHOPS_START
from tests.services.mail_house import method_of

pytestmark = pytest.mark.usefixtures("database")
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


def a_day(starts_at, ends_at):
    return DayPlan(starts_at.date(), TimeSlot(starts_at, ends_at))


THE_DAY = a_day(STARTS, ENDS)
A_WEEK_LATER = WantedDay(date(2015, 10, 21), a_day(STARTS + WEEK, ENDS + WEEK))


def edit(congress, wanted, *, version=None, seen=None):
    before = queries.days(congress.id)
    asked = ask(congress, wanted)
    moving_days.edit_days(
        congress.id,
        wanted,
        version=version or version_of(before),
        seen=seen or asked.seen,
        actor=COMMAND,
        now=OPEN,
    )
    return asked


def ask(congress, wanted):
    change = change_of(queries.days(congress.id), wanted)
    return previewing.of_days(congress.id, change, now=OPEN, with_names=True)


def test_what_is_free_to_eat_on_a_day_goes_along():
    congress = builders.a_congress(paper={"funder_de": "Land", "2015-10-21": "lunch"})

    edit(congress, [A_WEEK_LATER])

    paper = congresses.get_congress(congress.id).paper
    assert (paper.funder, list(paper.meals)) == ({"de": "Land"}, [date(2015, 10, 28)])


def test_a_moved_day_takes_everything_along_and_tells_everybody_once():
    congress = builders.a_congress()
    workshop = builders.a_workshop(congress, title="Netzwerke")
    draft = builders.an_item(congress, title="Alt")
    new = builders.an_item(congress, is_released=False)
    for number in (1, 2):
        registering.register(congress.id, builders.a_request(number, workshop), now=OPEN)
    builders.send_everything()
    draft.title = {"de": "Neu"}
    db.session.commit()
    entries = select(CalendarEntry).order_by(CalendarEntry.id)
    before = [(each.uid, each.sequence) for each in db.session.scalars(entries)]
    mails = len(db.session.scalars(select(OutboxMessage.id)).all())

    asked = edit(congress, [A_WEEK_LATER])

    db.session.expire_all()
    letters = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()[mails:]
    assert asked.reach.people == len(letters) == 2
    kinds = {(each.kind, method_of(each)) for each in letters}
    assert kinds == {("programme_changed", "REQUEST 1")}
    assert asked.letter is not None
    now = [(each.uid, each.sequence) for each in db.session.scalars(entries)]
    assert now == [(uid, sequence + 1) for uid, sequence in before]
    assert {each.day for each in db.session.scalars(entries)} == {date(2015, 10, 28)}

    shown = programme.find_item(congress.id, workshop.code)
    assert (shown.slot.starts_at, shown.sequence) == (WORKSHOPS_START + WEEK, 1)
    assert congresses.get_congress(congress.id).starts_at == STARTS + WEEK
    # Hours go along; the words that are a draft stay one, and so does what is new.
    changes = {each.plan.code: each.changes for each in edited_items(congress.id)}
    assert changes == {workshop.code: (), draft.code: ("title",), new.code: ("new",)}
    assert programme.find_item(congress.id, draft.code).face.title == {"de": "Alt"}
    assert all(
        item.starts_at >= STARTS + WEEK for item in db.session.scalars(select(ProgrammeItem))
    )
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.verb, line.details["told"]) == ("days_changed", 2)


def test_a_draft_moves_and_nobody_is_asked_about():
    congress = builders.a_congress(state="draft")
    item = builders.an_item(congress)

    assert edit(congress, [A_WEEK_LATER]).reach.people == 0
    db.session.expire_all()
    assert edited_items(congress.id)[0].plan.slot.starts_at == STARTS + WEEK
    assert edited_items(congress.id)[0].changes == ()
    assert item.sequence == 1


def test_days_come_and_an_empty_one_goes():
    congress = builders.a_congress()
    item = builders.an_item(congress)
    second = a_day(STARTS + DAY, ENDS + DAY)
    edit(congress, [WantedDay(THE_DAY.day, THE_DAY), WantedDay(None, second)])
    assert [day.day for day in queries.days(congress.id)] == [THE_DAY.day, second.day]

    edit(congress, [WantedDay(THE_DAY.day, THE_DAY)])
    assert [day.day for day in queries.days(congress.id)] == [THE_DAY.day]
    edit(congress, [WantedDay(THE_DAY.day, THE_DAY), WantedDay(None, second)])
    with pytest.raises(DayInUse):
        edit(congress, [WantedDay(second.day, second)])
    assert len(queries.days(congress.id)) == 2
    db.session.expire_all()
    assert item.starts_at == STARTS


def test_the_days_do_not_move_to_before_the_deadline():
    congress = builders.a_congress()
    early = THE_DAY.slot.starts_at - 3 * WEEK, THE_DAY.slot.ends_at - 3 * WEEK
    with pytest.raises(DeadlineLeftBehind):
        edit(congress, [WantedDay(THE_DAY.day, a_day(*early))])

    assert congresses.get_congress(congress.id).starts_at == STARTS
    assert db.session.scalars(select(AuditLine)).all() == []


@pytest.mark.parametrize(
    ("values", "refusal"),
    [({"version": "older"}, DaysEditedMeanwhile), ({"seen": "another question"}, DaysUnseen)],
)
def test_what_was_not_looked_at_changes_nothing(values, refusal):
    congress = builders.a_congress()
    with pytest.raises(refusal):
        edit(congress, [A_WEEK_LATER], **values)

    assert congresses.get_congress(congress.id).starts_at == STARTS
    assert db.session.scalars(select(AuditLine)).all() == []
