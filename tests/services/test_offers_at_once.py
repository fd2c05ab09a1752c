"""The same offered place by several at the same moment: one has it, and one letter says so."""

from collections import Counter
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from congress.domain.access import ATTENDEE
from congress.extensions import db
from congress.models import OutboxMessage, Registration
from congress.queries import invariants
from congress.services import changing, offering, promoting, registering
from tests.builders import OPEN, a_congress, a_request
from tests.services.test_moving_up import ORGANISER
from tests.services.test_requests_at_once import at_once

ROUNDS, ALL_ROUNDS = 2, 100
ENDS = OPEN + timedelta(hours=48)


def offered(turn, rules):
    """A congress with one place that became free, and two who waited for it."""
    congress = a_congress(slug=f"at-once-{turn}", capacity=1, rules=rules)
    first, *others = (
        registering.register(congress.id, a_request(each), now=OPEN).registration_id
        for each in range(3)
    )
    return first, others


def states(people):
    db.session.rollback()
    found = select(Registration.state).where(Registration.id.in_(people)).order_by(Registration.id)
    return list(db.session.scalars(found))


def letters(kind, people):
    told = select(OutboxMessage.registration_id).where(
        OutboxMessage.kind == kind, OutboxMessage.registration_id.in_(people)
    )
    return list(db.session.scalars(told))


def test_two_tabs_and_an_organiser_give_an_offered_place_once(app, database, is_full):
    """REL-08."""
    for turn in range(ALL_ROUNDS if is_full else ROUNDS):
        first, [second, third] = offered(turn, {"offer_hours": 48})
        changing.withdraw(first, actor=ATTENDEE, now=OPEN)
        tab = partial(offering.accept, second, actor=ATTENDEE, now=OPEN)
        by_hand = partial(promoting.promote_registration, second, actor=ORGANISER, now=OPEN)

        came = at_once(app, [tab, tab, by_hand])

        assert came == Counter(done=3)
        assert states([second, third]) == ["confirmed", "waiting"]
        assert letters("place_gained", [second, third]) == [second]
        assert invariants.list_broken() == []


def test_who_accepts_while_the_offer_ends_has_it_or_the_next_does(app, database, is_full):
    """The moment decides, and not who was quicker: two sweeps pass the place on once."""
    for turn in range(ALL_ROUNDS if is_full else ROUNDS):
        first, [second, third] = offered(turn, {"offer_hours": 48})
        changing.withdraw(first, actor=ATTENDEE, now=OPEN)
        sweep = partial(offering.next_step, now=ENDS)
        late = partial(offering.accept, second, actor=ATTENDEE, now=ENDS)

        at_once(app, [sweep, late, sweep])

        assert states([second, third]) == ["cancelled", "offered"]
        assert letters("place_offered", [third]) == [third]
        assert letters("expired", [second]) == [second]
        assert invariants.list_broken() == []


def test_a_place_moved_up_for_by_itself_and_by_hand_is_one_place(app, database, is_full):
    """REL-05."""
    for turn in range(ALL_ROUNDS if is_full else ROUNDS):
        first, [second, third] = offered(turn, {})
        frees = partial(changing.withdraw, first, actor=ATTENDEE, now=OPEN)
        by_hand = partial(promoting.promote_registration, second, actor=ORGANISER, now=OPEN)

        at_once(app, [frees, by_hand])

        assert states([second, third]) == ["confirmed", "waiting"]
        assert letters("place_gained", [second, third]) == [second]
        assert invariants.list_broken() == []
