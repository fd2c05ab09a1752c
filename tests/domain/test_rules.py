"""Rules of registration: how they are kept, and which contradict each other."""

from dataclasses import fields, replace

import pytest

from congress.domain.approval import Approval
from congress.domain.contradictions import (
    ApprovalOfInvited,
    GroupBeyondQuota,
    GroupOfOne,
    HeldBackBeyond,
    HeldBackOfAny,
    LateWithoutEnd,
    PriorityUnclear,
    PriorityWithoutQueue,
    QuotaOfAll,
    QuotaWithoutOrganisation,
    contradictions,
)
from congress.domain.fields import FieldUse
from congress.domain.registration import RegistrationPeriod
from congress.domain.rules import DEFAULTS, LINES, MOST, Access, Rules, choices_of
from congress.domain.workshops import Places
from tests.domain.test_public_calendar import CONGRESS


def another(name):
    """Return a value of a rule that is not the usual one."""
    usual = DEFAULTS[name]
    if choices := choices_of(name):
        return next(each for each in choices if each != usual)
    if name in LINES:
        return "Mitglieder\nÜbrige"
    return not usual if isinstance(usual, bool) else MOST[name]


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_rule_is_kept_only_where_it_is_not_the_usual(name):
    assert Rules().stored == {}
    rules = replace(Rules(), **{name: another(name)})
    assert list(rules.stored) == [name]
    assert Rules.of(rules.stored) == rules
    assert rules.values[name] != Rules().values[name]


def test_what_nobody_knows_is_left_out():
    assert Rules.of({"unknown": True}) == Rules()
    assert set(DEFAULTS) == {each.name for each in fields(Rules)}


def open_until(moment):
    return replace(CONGRESS, period=RegistrationPeriod(CONGRESS.period.opens_at, moment))


WITHOUT_QUEUE = replace(CONGRESS, places=Places(9, waiting_list_open=False))


def asking_for_the_organisation(capacity):
    fields = {"organisation": FieldUse.REQUIRED}
    return replace(CONGRESS, fields=fields, places=Places(capacity))


def with_places(capacity):
    return replace(CONGRESS, places=Places(capacity))


@pytest.mark.parametrize(
    ("rules", "congress", "said"),
    [
        (Rules(), open_until(CONGRESS.ends_at), []),
        (Rules(late=True), CONGRESS, []),
        (Rules(access=Access.INVITED), CONGRESS, []),
        (Rules(approval=Approval.KEPT), CONGRESS, []),
        (
            Rules(access=Access.INVITED, approval=Approval.HELD),
            CONGRESS,
            [("approval", ApprovalOfInvited)],
        ),
        (Rules(late=True), open_until(CONGRESS.starts_at), [("late", LateWithoutEnd)]),
        (Rules(quota=2), asking_for_the_organisation(20), []),
        (Rules(quota=2), asking_for_the_organisation(2), [("quota", QuotaOfAll)]),
        (
            Rules(quota=2, group_most=3),
            asking_for_the_organisation(9),
            [("group_most", GroupBeyondQuota)],
        ),
        (Rules(group_most=1), asking_for_the_organisation(9), [("group_most", GroupOfOne)]),
        (Rules(quota=2), CONGRESS, [("quota", QuotaWithoutOrganisation)]),
        (Rules(priority="Mitglieder\nÜbrige"), CONGRESS, []),
        (Rules(priority="Mitglieder"), CONGRESS, [("priority", PriorityUnclear)]),
        (Rules(priority="Übrige\nUBRIGE"), CONGRESS, [("priority", PriorityUnclear)]),
        (Rules(priority="\n".join("ABCDEFGHIJ")), CONGRESS, [("priority", PriorityUnclear)]),
        (Rules(priority=f"A\n{'B' * 41}"), CONGRESS, [("priority", PriorityUnclear)]),
        (Rules(priority="A\nB"), WITHOUT_QUEUE, [("priority", PriorityWithoutQueue)]),
        (Rules(held_for_press=4), with_places(4), []),
        (Rules(held_for_press=4), with_places(None), [("held_for_press", HeldBackOfAny)]),
        (
            Rules(held_for_guests=2, held_for_press=3),
            with_places(4),
            [("held_for_guests", HeldBackBeyond)],
        ),
    ],
)
def test_what_cannot_both_hold_is_said_with_the_rule_to_change(rules, congress, said):
    assert [(name, type(refusal)) for name, refusal in contradictions(rules, congress, ())] == said
