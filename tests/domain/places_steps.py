"""What may happen in the small world: steps at random, each turned into what is wanted."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from congress.domain.accepting import Accept
from congress.domain.hall import CONGRESS, NOBODY, ONLINE, Key, Person
from congress.domain.handing_over import HandOver
from congress.domain.kinds import PersonKind
from congress.domain.merging import Merge, WhoseWorkshop, clashes
from congress.domain.modes import Mode
from congress.domain.offers import Expire, TakeOffer
from congress.domain.places import (
    Choose,
    Leave,
    MoveUp,
    PassOn,
    Register,
    Resize,
    Wanted,
    Withdraw,
)
from congress.domain.priority import OTHERS
from congress.domain.registration import RegistrationState
from congress.domain.rehousing import Rehouse
from congress.domain.room import ByHand
from congress.domain.switching import TakePart
from tests.domain.halls import wish
from tests.domain.places_world import KEYS, WORKSHOPS, World, come_as

ANYBODY = 10  # from this number on also of those for whom a step makes no sense
CONCERNS: dict[str, Callable[[Person], bool]] = {
    "accept": lambda each: each.state is RegistrationState.REQUESTED,
    "decline": lambda each: each.state is RegistrationState.REQUESTED,
    "let in": lambda each: each.waits_for(CONGRESS),
    "let into": lambda each: any(each.waits_for(key) for key in WORKSHOPS),
    "leave": lambda each: bool(each.bookings),
    "take": lambda each: any(each.is_offered(key) for key in KEYS),
    "expire": lambda each: any(each.is_offered(key) for key in KEYS),
}
numbers = st.integers(0, 11)  # counted among those whom a step can concern
workshops = st.sampled_from(sorted(WORKSHOPS))
rankings = st.permutations([1, 2, 3]).flatmap(
    lambda keys: st.integers(1, 3).map(lambda many: list(keys)[:many])
)
capacities = st.one_of(st.none(), st.integers(0, 7))
HELD_FOR = (PersonKind.GUEST, PersonKind.PRESS)
kinds = st.sampled_from([PersonKind.ATTENDEE, *HELD_FOR])
organisations = st.sampled_from(["a", "b", ""])
# Most come on site, so that there are queues of both.
modes = st.sampled_from([Mode.ONSITE, Mode.ONSITE, Mode.ONLINE])
REGISTER = st.tuples(
    *(st.just("register"), organisations, modes),
    *(st.lists(workshops, unique=True, max_size=2), workshops),
)
MANY = st.lists(REGISTER, min_size=4, max_size=9)  # so that what follows meets queues
STEPS = st.lists(
    st.one_of(
        *[REGISTER] * 2,
        st.tuples(st.just("choose"), numbers, workshops),
        st.tuples(st.just("choose"), numbers, workshops),
        st.tuples(st.just("ask"), organisations, modes, workshops, st.booleans()),
        st.tuples(st.just("accept"), numbers, st.booleans()),
        st.tuples(st.just("decline"), numbers),
        st.tuples(st.just("enter"), organisations, modes, workshops, st.booleans(), kinds),
        st.tuples(st.just("come as"), numbers, kinds),
        st.tuples(st.just("hold back"), st.sampled_from(HELD_FOR), st.integers(0, 3)),
        st.tuples(st.just("assign"), numbers, workshops, workshops, st.booleans()),
        st.tuples(st.just("leave"), numbers, workshops),
        st.tuples(st.just("withdraw"), numbers),
        *[st.tuples(st.just("hand over"), numbers, organisations, st.booleans())] * 2,
        st.tuples(st.just("merge"), numbers, numbers, st.booleans()),
        *[st.tuples(st.just("group"), numbers, st.integers(-2, OTHERS))] * 2,
        st.tuples(st.just("let in"), numbers, st.booleans()),
        st.tuples(st.just("let into"), numbers, workshops, st.booleans()),
        st.tuples(st.just("resize"), st.sampled_from([*KEYS, ONLINE]), capacities),
        *[st.tuples(st.just("take part"), numbers, st.sampled_from(Mode), st.booleans())] * 2,
        st.tuples(st.just("quota"), st.integers(0, 3)),
        *[st.tuples(st.just("call off"), workshops, workshops)] * 2,
        st.tuples(st.just("reinstate"), workshops),
        st.tuples(st.just("take"), numbers, st.sampled_from(KEYS)),
        st.tuples(st.just("expire"), numbers, st.sampled_from(KEYS)),
    ),
    min_size=6,
    max_size=24,
)

# What people wish for of the morning, in the order of their lots, and what happens then.
WISHES = st.lists(st.tuples(rankings, st.booleans()), min_size=4, max_size=9)
STEPS_AFTERWARDS = st.lists(
    st.one_of(
        *[st.tuples(st.just("leave"), numbers, workshops)] * 2,
        *[st.tuples(st.just("resize"), st.sampled_from([1, 2, 3]), capacities)] * 2,
        *[st.tuples(st.just("take"), numbers, st.sampled_from(KEYS))] * 2,
        st.tuples(st.just("expire"), numbers, st.sampled_from(KEYS)),
        st.tuples(st.just("withdraw"), numbers),
        st.tuples(st.just("choose"), numbers, workshops),
        st.tuples(st.just("assign"), numbers, workshops, workshops, st.booleans()),
        st.tuples(st.just("let into"), numbers, workshops, st.booleans()),
        st.tuples(st.just("hand over"), numbers, organisations, st.booleans()),
        st.tuples(st.just("merge"), numbers, numbers, st.booleans()),
        st.tuples(st.just("call off"), workshops, workshops),
        st.tuples(st.just("reinstate"), workshops),
        st.tuples(st.just("group"), numbers, st.integers(-2, OTHERS)),
        st.tuples(st.just("by wishes"), numbers, rankings, st.booleans()),
    ),
    min_size=3,
    max_size=16,
)


def of(
    organisation: str, mode: Mode = Mode.ONSITE, kind: PersonKind = PersonKind.ATTENDEE
) -> Person:
    """Somebody new of an organisation, which counts attendees alone."""
    return come_as(replace(NOBODY, quota_key=organisation, mode=mode), kind)


def wanted(world: World, step: tuple) -> Wanted | None:
    """What a step asks for; None where there is nobody to do it."""
    name, *rest = step
    if name in {"resize", "quota", "call off", "reinstate", "hold back"}:
        return of_organisers(world, step)
    if name == "register":
        organisation, mode, chosen, safe = rest
        at_one_time = [each for each in chosen if each != 4][:1]
        wishes = [wish(each, safe if safe != 4 else None) for each in at_one_time]
        wishes += [wish(4) for each in chosen if each == 4]
        return Register(tuple(wishes), of(organisation, world.way(mode)))
    if name == "ask":
        return Register((wish(rest[2]),), of(rest[0], world.way(rest[1])))
    if name == "enter":
        organisation, mode, chosen, is_beyond, kind = rest
        hand = by_hand({CONGRESS, chosen}, beyond=is_beyond)
        return Register((wish(chosen),), of(organisation, world.way(mode), kind), by_hand=hand)
    return of_somebody(world, step) if world.people else None


def of_organisers(world: World, step: tuple) -> Wanted:
    """What concerns nobody in particular; the rule or the programme is another from now on."""
    name, *rest = step
    if name == "resize":
        key, capacity = rest
        key = key if key in world.places else CONGRESS
        return Resize({key: (capacity, True)})
    if name == "quota":
        world.quota = rest[0]
        return PassOn(frozenset())
    if name == "hold back":
        world.held[rest[0]] = rest[1]
        return PassOn(frozenset())
    if name == "reinstate":
        world.called_off.discard(rest[0])
        return PassOn(frozenset(rest))
    gone, into = rest
    world.called_off.add(gone)
    sat = (each.id for each in world.people.values() if each.has_place(gone))
    return Rehouse(tuple(sorted(sat)), gone, into)


def of_somebody(world: World, step: tuple) -> Wanted:  # noqa: C901, PLR0911, PLR0912 - a door each
    """What somebody who is registered wants, or an organiser for them."""
    name, number, *rest = step
    known = whom(world, name) if number < ANYBODY else sorted(world.people)
    person = known[number % len(known)]
    match name:
        case "choose":
            return Choose(person, (wish(rest[0]),))
        case "assign":
            chosen, given_up, is_beyond = rest
            hand = by_hand({chosen}, beyond=is_beyond)
            return Choose(person, (wish(chosen),), (given_up,), hand)
        case "take part":
            return TakePart(person, rest[0], by_organiser=rest[1], beyond=rest[1])
        case "leave":
            return Leave(person, rest[0])
        case "accept":
            return Accept(person, by_hand(set(KEYS), beyond=rest[0]))
        case "decline":
            return Withdraw(person, by_organiser=True, of_request=True)
        case "withdraw":
            return Withdraw(person)
        case "group":
            world.regroup(person, rest[0])
            return PassOn(frozenset())
        case "by wishes":
            world.give_by_wishes(person, rest[0], any_other=rest[1])
            return PassOn(frozenset())
        case "hand over":
            instead = of(rest[0], kind=world.people[person].kind)
            return HandOver(person, instead, by_organiser=rest[1])
        case "come as":
            world.people[person] = come_as(world.people[person], rest[0])
            return PassOn(frozenset())
        case "take":
            return TakeOffer(person, offered(world.people[person], rest[0]))
        case "expire":
            return Expire(((person, offered(world.people[person], rest[0])),))
        case "merge":
            return merge(world, person, known[rest[0] % len(known)], other_wins=rest[1])
    return MoveUp(person, CONGRESS if name == "let in" else rest[0], overbook=rest[-1])


def whom(world: World, name: str) -> list[int]:
    """Whom a step can concern, else everybody."""
    concerns = CONCERNS.get(name, lambda each: each.state is not RegistrationState.CANCELLED)
    everybody = sorted(world.people)
    return [each for each in everybody if concerns(world.people[each])] or everybody


def offered(person: Person, key: Key) -> Key:
    """What somebody is offered, if anything is."""
    return next((each for each in KEYS if person.is_offered(each)), key)


def merge(world: World, person: int, other: int, *, other_wins: bool) -> Merge:
    """Every clash is answered; without an answer it is refused."""
    sides = (world.people[each] for each in (person, other))
    found = clashes(world.hall(read=None), *sides)
    answered = Merge(person, other, {each.key: other_wins for each in found})
    if found and person != other:
        refused = world.decide(replace(answered, other_wins={})).refusal
        assert refused is None or not isinstance(refused, WhoseWorkshop) or refused.clashes == found
    return answered


def by_hand(keys: set[Key], *, beyond: bool) -> ByHand:
    return ByHand(beyond=frozenset(keys)) if beyond else ByHand(waits=frozenset(keys))
