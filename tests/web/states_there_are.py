"""People in every state that a registration can be in, each in a congress of their own.

Whoever is meant is the one of number 1; others are there so that they stand where they stand. What
brought them there happened `THEN`, unless a state is as it began.
"""

# ruff: noqa: ANN401 - columns and fields have many types

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.change_requests import RequestKind
from congress.domain.groups import Contact
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.registration_request import Details, WishedWorkshop
from congress.domain.room import ByHand
from congress.domain.selection import Act, Acting
from congress.domain.tokens import RegistrationLink
from congress.extensions import db
from congress.models import Congress, ProgrammeItem, Registration
from congress.queries import bulk_acts, congresses, hand_overs
from congress.queries.registrations import get_own
from congress.services import (
    admitting,
    changing,
    confirming,
    entering,
    groups,
    handing_over,
    merging,
    offering,
    promoting,
    registering,
    requesting,
    restoring,
    switching,
    tokens,
)
from congress.services import hand_overs as links_of_hand_overs
from congress.services.entering import Entering
from congress.services.merging import Merging
from tests.builders import (
    LATE,
    OPEN,
    TWO_HOURS,
    a_congress,
    a_request,
    a_workshop,
)

THEN, NOW = OPEN + timedelta(hours=1), OPEN + timedelta(hours=2)
OVER = OPEN + timedelta(hours=48)
ORGANISER = Actor(ActorKind.ORGANISER, user_id=None)
OFFERS = {"offer_hours": 48, "offers_end_hours": 24}
MAX = Details("Max", "Neu", "max@example.org", "Stadt Köln")
_slugs = count(1)
State = Callable[[], int]


def congress(**values: Any) -> Congress:
    return a_congress(slug=f"stand-{next(_slugs)}", **values)


def register(
    at: Congress, number: int = 1, *items: ProgrammeItem, now: datetime = OPEN, **values: Any
) -> int:
    request = a_request(number, *items, **values)
    return registering.register(at.id, request, now=now).registration_id


def choose(person: int, *items: ProgrammeItem, now: datetime = THEN) -> None:
    wishes = [WishedWorkshop(each.id) for each in items]
    changing.change_workshops(person, wishes, actor=ATTENDEE, now=now)


def leave(person: int) -> None:
    changing.withdraw(person, actor=ATTENDEE, now=THEN)


def registered() -> int:
    return register(congress())


def takes_part_online() -> int:
    here = congress(rules={"mode": "hybrid", "online_places": 5})
    person = register(here, mode=Mode.ONSITE)
    switching.take_part(person, Mode.ONLINE, actor=ATTENDEE, now=THEN)
    return person


def waits_online() -> int:
    here = congress(capacity=9, rules={"mode": "hybrid", "online_places": 1}, online_capacity=1)
    register(here, 2, mode=Mode.ONLINE)
    return register(here, mode=Mode.ONLINE)


def has_no_address() -> int:
    told = Entering(ByHand())
    person = a_request(1, email="")
    return entering.enter(congress().id, person, told, actor=ORGANISER, now=OPEN)


def waits_first() -> int:
    here = congress(capacity=1)
    register(here, 2)
    return register(here)


def waits_third() -> int:
    here = congress(capacity=1)
    for number in (2, 3, 4):
        register(here, number)
    return register(here)


def waits_for_an_offer() -> int:
    here = congress(capacity=1, rules=OFFERS)
    register(here, 2)
    return register(here)


def waits_on_a_reserve_list() -> int:
    here = congress(rules={"quota": 1}, fields={"organisation": "required"})
    register(here, 2)
    return register(here)


def waits_beside_what_is_held_back() -> int:
    here = congress(capacity=2, rules={"held_for_guests": 1}, held_back=1)
    register(here, 2)
    return register(here)


def waits_with_a_group() -> int:
    here = congress(capacity=2, rules={"group_most": 6})
    register(here, 9)
    return _two_together(here)


def is_offered_a_place_with_a_group() -> int:
    here = congress(capacity=3, rules=OFFERS | {"group_most": 6})
    first, _other = register(here, 8), register(here, 9)
    person = _two_together(here)
    leave(first)
    return person


def comes_with_a_group() -> int:
    here = congress(rules={"group_most": 6})
    sent = groups.Sent(Contact("Kim", "Ost", "kim@example.org", "de"), together=False, form_key="g")
    groups.register(here.id, sent, [a_request(1, form_key="")], now=OPEN)
    return _latest(here)


def guest_within_what_is_held_back() -> int:
    here = congress(capacity=1, rules={"held_for_guests": 1}, held_back=1)
    told = Entering(ByHand())
    guest = a_request(1, kind=PersonKind.GUEST)
    return entering.enter(here.id, guest, told, actor=ORGANISER, now=THEN)


def guest_beyond_what_is_held_back() -> int:
    here = congress(capacity=1, rules={"held_for_guests": 1}, held_back=1)
    queue = Entering(ByHand(waits=frozenset({None})))
    for number, now in ((2, OPEN), (1, THEN)):
        guest = a_request(number, kind=PersonKind.GUEST)
        person = entering.enter(here.id, guest, queue, actor=ORGANISER, now=now)
    return person


def asked_late() -> int:
    return register(congress(rules={"late": True}), now=LATE)


def asked_and_no_place_is_held() -> int:
    return register(congress(rules={"approval": "kept"}))


def asked_and_a_place_is_held() -> int:
    return register(congress(rules={"approval": "held"}))


def accepted() -> int:
    person = asked_and_a_place_is_held()
    number = get_own(person).standing.congress_id
    admitting.accept(number, person, by_hand=ByHand(), actor=ORGANISER, now=THEN)
    return person


def declined() -> int:
    person = asked_and_a_place_is_held()
    number = get_own(person).standing.congress_id
    admitting.decline(number, person, "Leider voll.", actor=ORGANISER, now=THEN)
    return person


def offered() -> int:
    here = congress(capacity=1, rules=OFFERS)
    first = register(here, 2)
    person = register(here)
    leave(first)
    return person


def accepted_the_offer() -> int:
    person = offered()
    offering.accept(person, actor=ATTENDEE, now=THEN)
    return person


def declined_the_offer() -> int:
    person = offered()
    offering.decline(person, actor=ATTENDEE, now=THEN)
    return person


def left_the_offer_too_long() -> int:
    person = offered()
    assert offering.next_step(now=OVER + TWO_HOURS)
    return person


def moved_up() -> int:
    here = congress(capacity=1)
    first = register(here, 2)
    person = register(here)
    leave(first)
    return person


def moved_up_by_hand() -> int:
    person = waits_first()
    promoting.promote_registration(person, overbook=True, actor=ORGANISER, now=THEN)
    return person


def unconfirmed() -> int:
    return register(congress(confirm_hours=24))


def confirmed_the_address() -> int:
    person = unconfirmed()
    confirming.confirm(str(tokens.token_for(person, RegistrationLink.CONFIRM)), now=THEN)
    return person


def never_confirmed() -> int:
    person = unconfirmed()
    assert confirming.next_step(now=OPEN + timedelta(hours=25))
    return person


def withdrew() -> int:
    person = registered()
    leave(person)
    return person


def cancelled_by_an_organiser() -> int:
    person = registered()
    changing.withdraw(person, actor=ORGANISER, now=THEN)
    return person


def put_back() -> int:
    person = registered()
    here = get_own(person).standing.congress_id
    before = bulk_acts.look(here, [person])
    changing.withdraw(person, actor=ORGANISER, now=OPEN)
    number = restoring.keep(here, Acting(Act.CANCEL), [person], before, actor=ORGANISER, now=OPEN)
    act = bulk_acts.find(here, number)
    assert act
    restoring.put_back(act.kept[0], act.id, actor=ORGANISER, now=THEN)
    return person


def named_a_colleague() -> int:
    person = registered()
    handing_over.ask(person, MAX, actor=ATTENDEE, now=THEN)
    return person


def handed_over() -> int:
    person = named_a_colleague()
    asked = hand_overs.find_of(person, now=THEN)
    assert asked
    link = str(links_of_hand_overs.link_for(asked.id, asked.email)).rpartition("/")[2]
    request = a_request(7, given_name="Max", family_name="Neu", form_key="")
    handing_over.accept(link, request, now=THEN)
    return person


def took_over() -> int:
    return get_own(handed_over()).standing.substituted_by_id or 0


def merged_away() -> int:
    here = congress()
    kept, other = register(here, 2), register(here)
    _merge(kept, other)
    return other


def got_a_place_by_merging() -> int:
    here = congress(capacity=1)
    other, kept = register(here, 2), register(here)
    _merge(kept, other)
    return kept


def asked_for_a_change() -> int:
    here = congress()
    person, wishes = register(here), [WishedWorkshop(a_workshop(here).id)]
    requesting.ask(person, RequestKind.WORKSHOPS, wishes, actor=ATTENDEE, now=LATE)
    return person


def _two_together(here: Congress) -> int:
    sent = groups.Sent(Contact("Kim", "Ost", "kim@example.org", "de"), together=True, form_key="g")
    both = [a_request(number, form_key="") for number in (1, 2)]
    groups.register(here.id, sent, both, now=OPEN)
    return _latest(here) - 1


def _merge(kept: int, other: int) -> None:
    merging_both = Merging(kept, other)
    heading = congresses.get_heading(get_own(kept).standing.congress_id)
    seen = merging.foresee(heading, merging_both, now=THEN).seen
    merging.merge(merging_both, seen=seen, actor=ORGANISER, now=THEN)


def _latest(here: Congress) -> int:
    return int(
        db.session.scalars(
            select(func.max(Registration.id)).where(Registration.congress_id == here.id)
        ).one()
    )
