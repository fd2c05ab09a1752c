"""What was recorded when: the rule and the queries agree, whatever is recorded and corrected."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.domain.access import Actor, ActorKind
from congress.domain.network.doubts import (
    Doubt,
    NoSuchOrganisation,
    RecordDoubted,
    RecordSuperseded,
)
from congress.domain.network.membership import BELONGING, MembershipState, state_on
from congress.extensions import db
from congress.models import AuditLine, Membership, Organisation
from congress.queries.network import memberships
from congress.queries.network.members import count_on, members_on, states_on
from congress.services.network import membership
from congress.services.network.membership import Statement
from tests.network import an_organisation

NOW = datetime(2015, 6, 1, 10, tzinfo=UTC)
TODAY = NOW.date()
OFFICE = Actor(ActorKind.ORGANISER, 7)
INTERESTED, APPLIED, MEMBER, PARTNER, LEFT = MembershipState
FIRST = date(2015, 1, 1)
NAMES = ("Stadt Arnsberg", "Stadt Essen", "Stadt Rheine")


def record(organisation, state, since, *, now=NOW, note="", sure_of=()):
    membership.record(
        organisation,
        Statement(state, since, note),
        sure_of=sure_of,
        today=TODAY,
        actor=OFFICE,
        now=now,
    )


def correct(organisation, record_id, state, since, *, now=NOW, sure_of=()):
    statement = Statement(state, since)
    membership.correct(
        organisation, record_id, statement, sure_of=sure_of, today=TODAY, actor=OFFICE, now=now
    )


def rows():
    return db.session.execute(
        sa.select(Membership.id, Membership.state, Membership.superseded_at).order_by(Membership.id)
    ).all()


def verbs():
    return list(db.session.scalars(sa.select(AuditLine.verb).order_by(AuditLine.id)))


def test_recorded_corrected_and_taken_back_with_a_line_each(database):
    rheine = an_organisation().id
    record(rheine, MEMBER, date(2015, 5, 1), note="Beschluss vom April")
    [first] = memberships.history(rheine)
    correct(rheine, first.record.id, MEMBER, date(2015, 4, 1), now=NOW + timedelta(days=1))
    [_first, second] = memberships.history(rheine)
    membership.take_back(rheine, second.record.id, actor=OFFICE, now=NOW + timedelta(days=2))

    assert [each[2] for each in rows()] == [NOW + timedelta(days=1), NOW + timedelta(days=2)]
    assert verbs() == ["membership_recorded", "membership_corrected", "membership_taken_back"]
    history = memberships.records(memberships.history(rheine))
    day = date(2015, 4, 15)
    known = [state_on(history, day, known_at=NOW + timedelta(days=days)) for days in range(3)]
    assert known == [None, MEMBER, None]
    [line] = db.session.scalars(
        sa.select(AuditLine).where(AuditLine.verb == "membership_corrected")
    )
    assert line.user_id == OFFICE.user_id
    assert line.details == {
        "organisation": rheine,
        "was": [["member", "2015-05-01"]],
        "is": ["member", "2015-04-01"],
    }


def test_what_is_sent_twice_is_recorded_once(database):
    rheine = an_organisation().id
    for _ in range(2):
        record(rheine, MEMBER, FIRST, note="a")
    [first] = memberships.history(rheine)
    for _ in range(2):
        correct(rheine, first.record.id, MEMBER, date(2015, 2, 1))
    number = rows()[-1].id
    for _ in range(2):
        membership.take_back(rheine, number, actor=OFFICE, now=NOW)

    assert len(rows()) == 2
    assert verbs() == ["membership_recorded", "membership_corrected", "membership_taken_back"]


def test_what_does_not_fit_is_asked_and_recorded_by_whoever_is_sure(database):
    rheine = an_organisation().id
    with pytest.raises(RecordDoubted) as refused:
        record(rheine, LEFT, FIRST)
    assert refused.value.doubts == (Doubt.NEVER_JOINED,)
    assert rows() == []

    record(rheine, LEFT, FIRST, sure_of={Doubt.NEVER_JOINED})
    with pytest.raises(RecordDoubted) as refused:
        record(rheine, MEMBER, FIRST, sure_of={Doubt.NEVER_JOINED})
    assert refused.value.doubts == (Doubt.SAME_DAY,)
    [first] = memberships.history(rheine)
    correct(rheine, first.record.id, MEMBER, FIRST)  # no doubt about what it replaces
    assert [each.state for each in rows()] == ["left", "member"]


def test_what_was_corrected_meanwhile_is_not_corrected_again(database):
    rheine = an_organisation().id
    record(rheine, MEMBER, FIRST)
    [first] = memberships.history(rheine)
    correct(rheine, first.record.id, MEMBER, date(2015, 2, 1))
    with pytest.raises(RecordSuperseded):
        correct(rheine, first.record.id, MEMBER, date(2015, 3, 1))
    with pytest.raises(NoSuchOrganisation):
        record(rheine + 1, MEMBER, FIRST)
    assert len(rows()) == 2


STEP = st.tuples(
    st.sampled_from(["record", "correct", "take back"]),
    st.sampled_from(range(len(NAMES))),
    st.sampled_from(MembershipState),
    st.integers(0, 4),  # days after the first
    st.integers(0, 5),  # which of its records
    st.sampled_from([-3, 0, 0, 1, 40]),  # hours until the next step: a clock may be set back
)
DAYS = [FIRST + timedelta(days=number) for number in range(-1, 6)]


def act(step, numbers, now):
    what, organisation, state, after, which, _hours = step
    number, since = numbers[organisation % len(numbers)], FIRST + timedelta(days=after)
    history = memberships.history(number)
    if what == "record":
        record(number, state, since, now=now, sure_of=Doubt)
    elif history and what == "correct":
        chosen = history[which % len(history)].record.id
        try:
            correct(number, chosen, state, since, now=now, sure_of=Doubt)
        except RecordSuperseded:
            assert db.session.get_one(Membership, chosen).superseded_at is not None
    elif history:
        chosen = history[which % len(history)].record.id
        membership.take_back(number, chosen, actor=OFFICE, now=now)


def told(numbers, known_at):
    """Return by the rule, from the whole history, what each was on each day."""
    histories = {number: memberships.records(memberships.history(number)) for number in numbers}
    return {
        (number, day): state_on(history, day, known_at=known_at)
        for number, history in histories.items()
        for day in DAYS
    }


def asked(known_at):
    """Return by the queries what each was on each day."""
    found: dict[tuple[int, date], MembershipState] = {}
    for day in DAYS:
        listed = states_on(day, known_at=known_at)
        found |= {(each.id, day): each.state for each in listed}
        belonging = [each for each in listed if each.state in BELONGING]
        assert members_on(day, known_at=known_at) == belonging
        states = [each.state for each in listed]
        assert count_on(day, known_at=known_at) == {
            each: states.count(each) for each in MembershipState if each in states
        }
    return found


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=1, max_size=8), names=st.sampled_from([NAMES, NAMES[:1]]))
def test_rule_and_queries_agree_and_what_was_known_stays(database, steps, names):
    for table in (AuditLine, Membership, Organisation):
        db.session.execute(sa.delete(table))
    db.session.commit()
    numbers = [an_organisation(name).id for name in names]
    remembered, now = {}, NOW
    for step in steps:
        act(step, numbers, now)
        written = [memberships.latest(memberships.history(number)) for number in numbers]
        if moments := [each for each in written if each]:
            remembered[max(moments)] = told(numbers, None)
        # Moments of one organisation have an order even where a clock is set back.
        hours = step[-1]
        now += timedelta(hours=hours) if len(names) == 1 else timedelta(hours=max(hours, 0.1))
    db.session.rollback()

    for known_at in (None, *remembered):
        by_rule = told(numbers, known_at)
        by_query = asked(known_at)
        assert by_query == {where: state for where, state in by_rule.items() if state}
        # What was known at a moment is what was said then, whatever was recorded since.
        assert known_at is None or by_rule == remembered[known_at]
