"""Marking a congress as finished: only what has begun, by hand and by a file."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.congresses import CongressState
from congress.domain.planning.next_edition import shifted
from congress.domain.planning.release import NotBegunYet
from congress.models import Congress, OutboxMessage
from congress.queries.invariants import list_broken
from congress.queries.planning.congress_files import find_plan
from congress.services import changing, registering
from congress.services.planning import importing, previewing, releasing
from tests.builders import BEGUN, OPEN, STARTS, a_congress, a_request

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
JUST_BEFORE = STARTS - timedelta(microseconds=1)


def finish(congress, *, now):
    releasing.change_state(congress.id, CongressState.FINISHED, actor=ORGANISER, now=now)


def plan_of(congress: Congress) -> CongressPlan:
    plan = find_plan(congress.slug)
    assert plan
    return plan


def bring_in(plan, *, now=BEGUN):
    importing.import_congress(plan, actor=ORGANISER, now=now)


def test_who_waited_moves_up_when_a_finished_congress_is_moved_and_opened_by_a_file(session):
    congress = a_congress(capacity=1)
    inside, _waiting = (
        registering.register(congress.id, a_request(number), now=OPEN).registration_id
        for number in (1, 2)
    )
    finish(congress, now=BEGUN)
    changing.withdraw(inside, actor=ORGANISER, now=BEGUN)
    assert previewing.reopening(congress.id, now=BEGUN, with_names=True).moving_up == 0

    plan = plan_of(congress)
    moved = shifted(plan, starting=plan.first_day + timedelta(weeks=4))
    public = replace(moved, state=CongressState.PUBLISHED)
    bring_in(public)

    assert list_broken() == []
    kinds = session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    assert kinds[-1:] == ["place_gained"]


def test_nothing_is_finished_before_it_has_begun(session):
    congress = a_congress()
    with pytest.raises(NotBegunYet) as refused:
        finish(congress, now=JUST_BEFORE)
    session.rollback()

    assert refused.value.starts_at == STARTS
    assert congress.state == CongressState.PUBLISHED
    finish(congress, now=STARTS)
    assert congress.state == CongressState.FINISHED


def test_what_is_to_come_is_not_imported_as_finished(session):
    """Neither as something new nor moved there; opened again by the file it may be moved."""
    plan = replace(plan_of(a_congress()), state=CongressState.FINISHED)
    coming = shifted(plan, starting=plan.first_day + timedelta(weeks=4))
    with pytest.raises(NotBegunYet):
        bring_in(replace(plan, slug="neu"), now=JUST_BEFORE)
    with pytest.raises(NotBegunYet):
        bring_in(plan, now=JUST_BEFORE)
    bring_in(replace(plan, slug="neu"))
    bring_in(plan)
    with pytest.raises(NotBegunYet):
        bring_in(coming)
    assert find_plan(plan.slug) == plan

    bring_in(replace(plan, town="Köln"))
    bring_in(replace(coming, state=CongressState.PUBLISHED))
    with pytest.raises(NotBegunYet):
        bring_in(coming)
    assert find_plan(plan.slug) == replace(coming, state=CongressState.PUBLISHED)
