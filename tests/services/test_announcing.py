"""News for very many people: told in steps, nobody twice, and what is urgent goes first."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from congress import worker
from congress.domain.access import Actor, ActorKind
from congress.domain.congresses import CongressState
from congress.domain.mails.kinds import LATER
from congress.models import Announcement, CalendarEntry, OutboxMessage, ProgrammeItem
from congress.queries.announcements import latest, letters_to_write
from congress.queries.invariants import list_broken
from congress.queries.planning.congress_files import find_plan
from congress.services import filling, registering
from congress.services.mails import announcing, telling
from congress.services.planning import importing, releasing
from tests.builders import OPEN, a_congress, a_request, a_workshop, send_everything
from tests.queries_counter import count_queries

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
MANY = 12
FIRST_STEP = 14  # five of them read the contents of the congress, once per process


@pytest.fixture
def congress(session, monkeypatch):
    """A congress with many people in one workshop, where five people are many already."""
    monkeypatch.setattr(announcing, "AT_ONCE", 5)
    monkeypatch.setattr(announcing, "STEP", 5)
    congress = a_congress()
    a_workshop(congress, capacity=None)
    filling.fill(congress.id, seed=1, first=0, count=2 * MANY, total=2 * MANY, now=OPEN)
    return congress


def rename_workshop(session):
    session.execute(update(ProgrammeItem).values(title={"de": "Umbenannt"}))
    session.commit()


class Killed(BaseException):
    """What a signal does to a step."""


def _die(_hook):
    raise Killed


def people_told(session, kind="programme_changed"):
    statement = select(OutboxMessage.registration_id).where(OutboxMessage.kind == kind)
    statement = statement.order_by(OutboxMessage.id)
    return list(session.scalars(statement))


def concerned(session):
    """Whoever has a confirmed entry that names the workshop."""
    entries = session.scalars(select(CalendarEntry).where(CalendarEntry.status == "CONFIRMED"))
    return sorted(
        each.registration_id for each in entries if "Workshop" in each.content["description"]
    )


def test_few_people_are_told_at_once(session):
    congress = a_congress()
    workshop = a_workshop(congress)
    registering.register(congress.id, a_request(1, workshop), now=OPEN)
    rename_workshop(session)

    releasing.release(congress.id, actor=ORGANISER, now=OPEN)

    assert len(people_told(session)) == 1
    assert not session.scalars(select(Announcement)).all()


def test_many_people_are_told_by_the_worker_in_steps_and_each_once(session, congress):
    everybody = concerned(session)
    rename_workshop(session)

    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    before = people_told(session)
    assert progress(congress) == [(len(everybody), 0)]
    assert letters_to_write() == len(everybody)
    assert list_broken() == []

    assert announcing.next_step(now=OPEN)
    assert progress(congress) == [(len(everybody), 5)]
    assert people_told(session) == everybody[:5]
    worker.announce()

    assert before == []
    assert people_told(session) == everybody
    assert progress(congress) == []
    assert not announcing.next_step(now=OPEN)
    assert list_broken() == []


def test_a_step_that_dies_is_taken_again_as_if_it_had_never_begun(session, congress, monkeypatch):
    everybody = concerned(session)
    rename_workshop(session)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    announcing.next_step(now=OPEN)

    with monkeypatch.context() as patched:
        # After the entries were written, before the mark.
        patched.setattr(telling, "after_commit", _die)
        with pytest.raises(Killed):
            announcing.next_step(now=OPEN)
    session.rollback()
    assert people_told(session) == everybody[:5]
    worker.announce()

    assert people_told(session) == everybody


def test_whoever_heard_by_another_letter_meanwhile_is_not_told_again(session, congress):
    rename_workshop(session)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    [workshop] = session.scalars(select(ProgrammeItem))
    late = registering.register(congress.id, a_request(1, workshop), now=OPEN)

    worker.announce()

    assert late.registration_id not in people_told(session)


def test_everybody_hears_that_a_large_congress_is_called_off(session, congress):
    told = releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    worker.announce()

    letters = select(OutboxMessage).where(OutboxMessage.kind == "congress_cancelled")
    assert len(session.scalars(letters).all()) == told.people > announcing.AT_ONCE
    assert set(session.scalars(select(CalendarEntry.status))) == {"CANCELLED"}


def test_nobody_hears_of_a_new_programme_once_the_congress_is_called_off(session, congress):
    rename_workshop(session)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    told = releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)

    worker.announce()

    assert people_told(session) == []
    cancelled = select(OutboxMessage).where(OutboxMessage.kind == "congress_cancelled")
    assert len(session.scalars(cancelled).all()) == told.people
    assert set(session.scalars(select(CalendarEntry.status))) == {"CANCELLED"}
    assert progress(congress) == []


def by_file(congress):
    plan = find_plan(congress.slug)
    assert plan is not None
    again = replace(plan, state=CongressState.PUBLISHED)
    importing.import_congress(again, actor=ORGANISER, now=OPEN)


def by_hand(congress):
    releasing.hold_after_all(congress.id, actor=ORGANISER, now=OPEN)


@pytest.mark.parametrize("take_back", [by_file, by_hand])
def test_nobody_else_hears_of_an_end_that_was_taken_back(session, congress, take_back):
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    announcing.next_step(now=OPEN)
    send_everything()
    take_back(congress)

    worker.announce()

    heard = people_told(session, "congress_cancelled")
    assert len(heard) == announcing.STEP
    assert people_told(session, "held_after_all") == heard
    assert set(session.scalars(select(CalendarEntry.status))) == {"CONFIRMED"}


def test_news_for_thousands_lets_a_confirmation_go_first(session, congress):
    rename_workshop(session)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    worker.announce()
    registering.register(congress.id, a_request(1), now=OPEN)

    order = select(OutboxMessage.kind).order_by(
        OutboxMessage.priority, OutboxMessage.due_at, OutboxMessage.id
    )
    assert session.scalars(order).first() == "confirmed"


def test_what_no_calendar_says_is_told_to_nobody(session, congress):
    session.execute(update(ProgrammeItem).values(abstract={"de": "Neu beschrieben"}))
    session.commit()

    assert releasing.release(congress.id, actor=ORGANISER, now=OPEN) == 1
    assert letters_to_write() == 0


@pytest.mark.parametrize("size", [5, 2 * MANY])
def test_a_step_takes_the_same_statements_for_a_few_and_for_many(
    session, congress, monkeypatch, size
):
    rename_workshop(session)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    monkeypatch.setattr(announcing, "STEP", size)

    with count_queries() as found:
        announcing.next_step(now=OPEN)

    assert len(found) == FIRST_STEP


def test_who_was_not_told_of_a_change_yet_hears_only_that_the_congress_is_called_off(
    session, congress
):
    rename_workshop(session)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    announcing.next_step(now=OPEN)
    send_everything()
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    worker.announce()

    kinds = session.execute(
        select(OutboxMessage.kind, func.count()).group_by(OutboxMessage.kind)
    ).all()
    letters = dict(tuple(row) for row in kinds)
    assert letters["programme_changed"] == 5
    assert letters["congress_cancelled"] > announcing.AT_ONCE
    assert set(session.scalars(select(CalendarEntry.status))) == {"CANCELLED"}


def test_a_fault_in_the_news_does_not_keep_other_mails(session, congress, monkeypatch):
    """REL-73."""
    registering.register(congress.id, a_request(1), now=OPEN)
    rename_workshop(session)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    monkeypatch.setattr(telling, "after_commit", _die)

    with pytest.raises(Killed):
        worker.look()

    sent = select(OutboxMessage.kind).where(OutboxMessage.state == "sent")
    assert set(session.scalars(sent)) == {"confirmed", "calendar_request"}


def progress(congress):
    """What is being told still: how many people it is for, and how many know."""
    found = latest(congress.id, most=9)
    return [(each.total, each.done) for each in found if each.finished_at is None]


@pytest.mark.parametrize(("people", "priority"), [(1, 0), (4, LATER)])
def test_news_told_at_once_gives_way_to_a_confirmation_unless_it_is_for_one(
    session, people, priority
):
    congress = a_congress()
    workshop = a_workshop(congress)
    for number in range(people):
        registering.register(congress.id, a_request(number + 1, workshop), now=OPEN)
    send_everything()
    rename_workshop(session)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    told = select(OutboxMessage.priority).where(OutboxMessage.kind == "programme_changed")
    assert session.scalars(told).all() == [priority] * people
