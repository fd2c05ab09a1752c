"""Whose names somebody who carries a workshop may see."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.congresses import CongressState
from congress.domain.planning.contributors import Part
from congress.domain.planning.partners import (
    READABLE_AFTER,
    NamesNotYours,
    own_workshops,
    readable_workshops,
    require_may_open_names,
    trains,
)
from congress.domain.programme import ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot

ENDS = datetime(2027, 3, 1, 16, tzinfo=UTC)
BEFORE, TICK = ENDS - timedelta(days=40), timedelta(microseconds=1)
PUBLISHED = CongressState.PUBLISHED
OWN = Part(
    id=1,
    item_id=7,
    code="ws",
    kind=ItemKind.WORKSHOP,
    number=3,
    title={"de": "Netzwerke"},
    slot=TimeSlot(ENDS - timedelta(hours=2), ENDS),
    room={},
    role="dialogue_partner",
    state=PersonState.CONFIRMED,
    is_cancelled=False,
    answered_at=None,
    note="",
)


@pytest.mark.parametrize(
    ("changes", "state", "now", "sees"),
    [
        ({}, PUBLISHED, BEFORE, True),
        ({"state": PersonState.REQUESTED}, PUBLISHED, BEFORE, False),
        ({"state": PersonState.DECLINED}, PUBLISHED, BEFORE, False),
        ({"is_cancelled": True}, PUBLISHED, BEFORE, False),
        ({"kind": ItemKind.TALK}, PUBLISHED, BEFORE, False),
        ({}, CongressState.DRAFT, BEFORE, False),
        ({}, CongressState.CANCELLED, BEFORE, False),
        ({}, CongressState.FINISHED, ENDS + READABLE_AFTER - TICK, True),
        ({}, CongressState.FINISHED, ENDS + READABLE_AFTER, False),
    ],
)
def test_names_are_seen_by_who_agreed_and_while_they_are_needed(changes, state, now, sees):
    part = replace(OWN, **changes)
    assert own_workshops([part], state, ends_at=ENDS, now=now) == ((part,) if sees else ())


@pytest.mark.parametrize(
    ("changes", "named", "sees"),
    [
        ({}, {7}, True),
        ({}, {8}, False),  # not released
        ({"role": "moderator"}, {7}, False),
        ({"state": PersonState.REQUESTED}, {7}, False),
    ],
)
def test_names_are_for_dialogue_partners_whom_the_released_programme_names(changes, named, sees):
    part = replace(OWN, **changes)
    seen = readable_workshops([part], PUBLISHED, named=named, ends_at=ENDS, now=BEFORE)
    assert seen == ((part,) if sees else ())


@pytest.mark.parametrize(
    ("changes", "state", "named", "is_course", "now", "leads"),
    [
        ({}, PUBLISHED, {7}, True, BEFORE, True),
        ({"kind": ItemKind.TALK}, PUBLISHED, {7}, True, BEFORE, True),
        ({"role": "dialogue_partner"}, PUBLISHED, {7}, True, BEFORE, False),
        ({}, PUBLISHED, {7}, False, BEFORE, False),
        ({}, PUBLISHED, {8}, True, BEFORE, False),  # not released
        ({"state": PersonState.REQUESTED}, PUBLISHED, {7}, True, BEFORE, False),
        ({"is_cancelled": True}, PUBLISHED, {7}, True, BEFORE, False),
        ({}, CongressState.DRAFT, {7}, True, BEFORE, False),
        ({}, CongressState.CANCELLED, {7}, True, BEFORE, False),
        ({}, CongressState.FINISHED, {7}, True, ENDS + READABLE_AFTER - TICK, True),
        ({}, CongressState.FINISHED, {7}, True, ENDS + READABLE_AFTER, False),
    ],
)
def test_a_trainer_leads_a_course_by_the_released_programme(
    changes, state, named, is_course, now, leads
):
    part = replace(OWN, **({"role": "trainer"} | changes))
    found = trains([part], state, named=named, is_course=is_course, ends_at=ENDS, now=now)
    assert found is leads


@pytest.mark.parametrize(
    ("changes", "opens"),
    [
        ({"state": PersonState.DECLINED}, True),
        ({"is_cancelled": True}, True),
        ({"role": "moderator"}, False),
        ({"kind": ItemKind.TALK}, False),
        ({"role": "trainer", "kind": ItemKind.TALK}, True),
    ],
)
def test_whose_mailbox_opens_names_is_said_by_who_sees_them(changes, opens):
    part = replace(OWN, **changes)
    require_may_open_names([part], sees_attendees=True)
    if opens:
        with pytest.raises(NamesNotYours):
            require_may_open_names([part], sees_attendees=False)
    else:
        require_may_open_names([part], sees_attendees=False)


def test_two_roles_in_one_workshop_are_one_list():
    twice = [OWN, replace(OWN, id=2, role="moderator")]
    assert len(own_workshops(twice, PUBLISHED, ends_at=ENDS, now=BEFORE)) == 1
