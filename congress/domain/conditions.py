"""What can stand between somebody and a place: small rules, each with its reason to refuse.

A condition looks at the hall, a person and a place, and returns what stands in the way, or None.
Which of them stand at which door is said at the end; `domain.places` opens the doors, and pages
that offer or explain something ask the same conditions.
"""

from collections.abc import Callable, Iterable

from congress.domain.bindings import (
    at_no_other_place,
    keeping_what_is_needed,
    with_its_other,
)
from congress.domain.comers import invited, speaking_for_member
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NOBODY, Hall, Key, Person, as_named
from congress.domain.mode_conditions import both_ways, fits_mode, full
from congress.domain.quotas import QuotaReached
from congress.domain.registration import (
    BookingState,
    ChangesClosed,
    CongressCalledOff,
    CongressHasBegun,
    CongressNotTakingPart,
    CongressOver,
    LastModuleHasBegun,
    NoFreePlace,
    NoOffer,
    NoPlaceIn,
    NotDecided,
    NotRequested,
    NotWaiting,
    OfferExpired,
    OfferOpen,
    Phase,
    PlaceTaken,
    RegistrationCancelled,
    RegistrationClosed,
    RegistrationNotOpenYet,
    RegistrationState,
    SubstitutesOff,
    UnknownWorkshop,
    WithdrawalsClosed,
    WorkshopCancelled,
    WorkshopFull,
)
from congress.domain.together import with_group
from congress.domain.wish_conditions import not_by_wishes

Condition = Callable[[Hall, Person, Key], Refused | None]


def first_reason(
    conditions: Iterable[Condition], hall: Hall, person: Person, key: Key
) -> Refused | None:
    """Return the first reason against a place, in the order of the conditions."""
    reasons = (condition(hall, person, key) for condition in conditions)
    return next((reason for reason in reasons if reason is not None), None)


def require(conditions: Iterable[Condition], hall: Hall, person: Person, key: Key) -> None:
    """Refuse a place that anything stands in the way of."""
    reason = first_reason(conditions, hall, person, key)
    if reason is not None:
        raise reason


def published(hall: Hall, _person: Person, _key: Key) -> Refused | None:
    """Places are given, and given back, in what is to take place."""
    return None if hall.state is CongressState.PUBLISHED else CongressNotTakingPart()


def is_late(hall: Hall) -> bool:
    """Return whether one may still ask to take part: the deadline is over, and the rules allow it.

    A late registration is a request, and ends with the beginning at the latest.
    """
    is_closed = hall.period.phase(hall.now) is Phase.CLOSED
    return hall.rules.late and is_closed and hall.now < hall.starts_at


def not_called_off(hall: Hall, _person: Person, _key: Key) -> Refused | None:
    """Nobody comes to what was called off, whatever else holds."""
    return CongressCalledOff() if hall.state is CongressState.CANCELLED else None


def not_over(hall: Hall, _person: Person, _key: Key) -> Refused | None:
    """Organisers may mark a congress as finished before its time."""
    has_ended = hall.ends_at is not None and hall.now >= hall.ends_at
    return CongressOver() if has_ended or hall.state is CongressState.FINISHED else None


def open_for_registration(hall: Hall, _person: Person, _key: Key) -> Refused | None:
    """The named day of the deadline counts to its end; after it one may ask, if that is allowed."""
    phase = hall.period.phase(hall.now)
    if phase is Phase.NOT_YET:
        return RegistrationNotOpenYet(hall.period.opens_at)
    is_closed = phase is Phase.CLOSED and not is_late(hall)
    return RegistrationClosed(hall.period.closes_at) if is_closed else None


def open_for_changes(hall: Hall, person: Person, _key: Key) -> Refused | None:
    """Changes have a last day of their own, or that of registration.

    Whose workshop was called off may have a longer one, until the event begins.
    """
    if hall.period.phase(hall.now) is Phase.NOT_YET:
        return RegistrationNotOpenYet(hall.period.opens_at)
    closes_at = hall.period.changes_close_for(person.chooses_until)
    return None if hall.now < closes_at else ChangesClosed(closes_at)


def open_for_withdrawals(hall: Hall, person: Person, key: Key) -> Refused | None:
    """Places are given back until a last day; one of two at the same time also after it.

    Whoever waits, for a place or for an answer, has none to give back, and need not take one that
    they want no more; nor does whoever is offered one.
    """
    closes_at = hall.period.withdrawals_close_at(hall.starts_at)
    waits = person.waits_for(key) or requested(hall, person, key) is None
    has_none = waits or person.is_offered(key)
    if hall.now < closes_at or sits_twice(hall, person, key) or has_none:
        return None
    return WithdrawalsClosed(closes_at)


def not_begun(hall: Hall, _person: Person, _key: Key) -> Refused | None:
    """From its beginning on, places of a congress do not change hands by themselves."""
    return CongressHasBegun(hall.starts_at) if hall.now >= hall.starts_at else None


def others_may_come(hall: Hall, person: Person, key: Key) -> Refused | None:
    """A place changes hands until it begins; that of a course while a module is still to come."""
    if hall.last_module_at is None:
        return not_begun(hall, person, key)
    has_begun = hall.now >= hall.last_module_at
    return LastModuleHasBegun(hall.last_module_at) if has_begun else None


def substitutes_allowed(hall: Hall, _person: Person, _key: Key) -> Refused | None:
    """Whether colleagues may be named is a rule of the congress; who is named already stays so."""
    return None if hall.rules.substitutes else SubstitutesOff()


def active(_hall: Hall, person: Person, _key: Key) -> Refused | None:
    """A registration that has ended is not changed any more."""
    return RegistrationCancelled() if person.state is RegistrationState.CANCELLED else None


def requested(_hall: Hall, person: Person, _key: Key) -> Refused | None:
    """Only what was asked for and not decided yet is decided."""
    return None if person.state is RegistrationState.REQUESTED else NotRequested()


def decided(_hall: Hall, person: Person, _key: Key) -> Refused | None:
    """Whoever asked to take part has nothing to change until that is decided."""
    return NotDecided() if person.state is RegistrationState.REQUESTED else None


def known(hall: Hall, _person: Person, key: Key) -> Refused | None:
    """A workshop of this congress that one can book."""
    return None if key is CONGRESS or key in hall.workshops else UnknownWorkshop()


def taking_place(hall: Hall, _person: Person, key: Key) -> Refused | None:
    """Nobody is let into a workshop that does not take place; places there are kept."""
    if key is CONGRESS or not hall.workshops[key].cancelled:
        return None
    return WorkshopCancelled(hall.workshops[key].title)


def in_congress(_hall: Hall, person: Person, key: Key) -> Refused | None:
    """Whoever waits for the congress is passed over in its workshops until there is a place."""
    return None if key is CONGRESS or person.in_congress else NotWaiting()


def waiting(_hall: Hall, person: Person, key: Key) -> Refused | None:
    """Only who waits can move up, or who is offered a place and has not answered."""
    return None if person.waits_for(key) or person.is_offered(key) else NotWaiting()


def offered(hall: Hall, person: Person, key: Key) -> Refused | None:
    """An offer can be accepted until it ends, also while nobody has noticed yet that it has."""
    until = person.offer_ends_at(key) if person.is_offered(key) else None
    if until is None:
        return NoOffer()
    return OfferExpired(until) if until <= hall.now else None


def nothing_offered(_hall: Hall, person: Person, _key: Key) -> Refused | None:
    """What is held for somebody to answer is answered by them, before it is anybody else's."""
    keys = (CONGRESS, *(each.workshop_id for each in person.bookings))
    return OfferOpen() if any(person.is_offered(key) for key in keys) else None


def sits_twice(hall: Hall, person: Person, key: Key) -> bool:
    """Return whether somebody has another place at the time of this one, since it was moved."""
    if key is CONGRESS or key not in hall.workshops or not person.has_place(key):
        return False
    workshop = hall.workshops[key]
    others = (each.workshop_id for each in person.bookings if each.workshop_id != key)
    places = (hall.workshops[other] for other in others if person.has_place(other))
    return any(other.meets(workshop) for other in places)


def within_quota(hall: Hall, person: Person, key: Key) -> Refused | None:
    """Of each organisation as many come as may; the others wait on its reserve list."""
    delegation = hall.delegations.get(person.quota_key) if key is CONGRESS else None
    if delegation is None or delegation.places is None or not delegation.is_full:
        return None
    return QuotaReached(delegation.places)


def open_queue(hall: Hall, person: Person, key: Key) -> Refused | None:
    """Where every place is taken, one may queue, if the organiser wants a queue."""
    if hall.places_of(person, key).waiting_list_open:
        return None
    return full(hall, person) if key is CONGRESS else WorkshopFull(hall.workshops[key].title)


def place_or_queue(hall: Hall, person: Person, key: Key) -> Refused | None:
    """A place that one gets at once, or a queue that one can join.

    Whoever asks late takes no place: organisers look whether there is one.
    """
    is_free = any(hall.places[each].has_free_place for each in hall.open_to(person, key))
    if is_free or hall.is_held_for(person, key) or (key is CONGRESS and is_late(hall)):
        return None
    return open_queue(hall, person, key)


def room(hall: Hall, person: Person, key: Key) -> Refused | None:
    """A place that everybody can have, whoever waits for it, or one held for this person."""
    is_theirs = person.is_offered(key) or hall.is_held_for(person, key)
    return None if hall.places_of(person, key).is_free or is_theirs else NoFreePlace()


def said_what_then(hall: Hall, person: Person, key: Key) -> Refused | None:
    """Where nothing is free an organiser says what is to be; a wish only kept needs no word."""
    if key is CONGRESS:
        return NoFreePlace()
    return NoPlaceIn(hall.workshops[key].title) if person.in_congress else None


def nobody_before(hall: Hall, _person: Person, key: Key) -> Refused | None:
    """A place given back can be taken back until somebody has it or waits for it."""
    if key is CONGRESS or hall.places[key].has_free_place:
        return None
    return PlaceTaken(hall.workshops[key].title)


def passed_over(hall: Hall, person: Person) -> dict[int, Refused]:
    """Return the workshops in whose queues somebody is passed over for now, and why."""
    waits = (each.workshop_id for each in person.bookings if each.state is BookingState.WAITING)
    reasons = {key: first_reason(NEXT_IN_LINE, hall, person, key) for key in waits}
    return {key: reason for key, reason in reasons.items() if reason is not None}


def passes_on(hall: Hall, key: Key, person: Person = NOBODY) -> bool:
    """Return whether a place that is counted there goes to who waits once somebody gives it back.

    Whoever waits while another place is free is on the reserve list of an organisation. What was
    held back for people like somebody is held back again.
    """
    places = hall.places[key]
    contingent = hall.contingent(person, key) if key is CONGRESS else None
    if places.lets_pass and places.is_free:
        return False
    if contingent is not None and contingent.counted(-1, 0).left:
        return contingent.waiting > 0 and first_reason(MOVING_UP, hall, NOBODY, key) is None
    is_free = places.counted(taken=-1, waiting=0).is_free
    reason = first_reason(MOVING_UP, hall, NOBODY, as_named(key))
    return is_free and places.waiting > 0 and reason is None


# What stands at each door, in the order in which it is said. Pages ask the same.
# Whoever is not invited is told so before: no other day changes that.
REGISTERING = (
    *(not_called_off, not_over, published),
    *(invited, speaking_for_member),
    open_for_registration,
)
# … and at each place that somebody registers for (`domain.eligibility`).
AT_A_PLACE = (known, taking_place, not_by_wishes, fits_mode, at_no_other_place, place_or_queue)
# Who one is, and one's workshops.
CHANGING = (active, published, open_for_changes)
CHOOSING = (decided, *CHANGING)
# How one takes part; a place that is offered is answered first.
SWITCHING = (both_ways, *CHOOSING, nothing_offered)
# The same for an organiser, to whom no deadline applies.
ENTERING = (published,)
ASSIGNING = (active, published)
CHOOSING_BY_HAND = (decided, *ASSIGNING)
SWITCHING_BY_HAND = (both_ways, *CHOOSING_BY_HAND, nothing_offered)
# What organisers say yes to: somebody takes part.
ACCEPTING = (requested, published)
# What organisers decide once changes or cancelling are over.
ASKING = (decided, active, published, not_begun)
# A place that somebody else takes over at once is not given back, so no last day applies.
HANDING_OVER = (decided, nothing_offered, active, published, others_may_come)
HANDING_OVER_BY_HAND = (decided, nothing_offered, *ASSIGNING)
NAMING = (*HANDING_OVER, substitutes_allowed)
# Giving a place back ends with the beginning or before, taking it back with the beginning.
LEAVING = (decided, active, published, not_begun, open_for_withdrawals, taking_place)
WITHDRAWING = (not_begun, open_for_withdrawals)
TAKING_BACK = (
    *(decided, active, in_congress, published, not_begun, taking_place, not_by_wishes),
    *(fits_mode, at_no_other_place, with_its_other, nobody_before),
)
# What an organiser gives back that was taken by a slip, a place or a position in a queue; for
# a place nobody else may have it by now.
PUTTING_BACK = (known, taking_place, fits_mode, at_no_other_place, with_its_other)
QUEUING_AGAIN = (known, taking_place, not_by_wishes, fits_mode)
# Whom an organiser lets in out of turn; within what the congress allows if nothing else is said.
BY_HAND = (waiting, in_congress, published, taking_place, fits_mode, at_no_other_place)
WITHIN_LIMITS = (room, within_quota)
# … and together with what goes along with it only, if that is not said either.
BOUND = (with_its_other, keeping_what_is_needed)
# Who takes a place that is held for them.
TAKING_OFFERED = (
    active,
    offered,
    in_congress,
    published,
    not_begun,
    taking_place,
    fits_mode,
    at_no_other_place,
    *BOUND,
)
# What organisers give in the place of what they call off.
GIVEN_INSTEAD = (published, known, taking_place, not_begun)
# Nobody at all moves up while one of these stands in the way …
MOVING_UP = (published, not_begun, taking_place, not_by_wishes)
# … and whoever one of these concerns is passed over and keeps the place in the queue.
NEXT_IN_LINE = (
    *(in_congress, fits_mode, at_no_other_place, within_quota, with_group),
    *BOUND,
)
MAY_BE_NEXT = (room, *NEXT_IN_LINE)  # where not every free place is for everybody
