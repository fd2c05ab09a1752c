"""Who gets a place: one rule behind every door.

Registering, choosing other workshops, giving a place back or taking it back, withdrawing, moving
somebody up by hand, making two registrations one, another number of places, a programme that
takes place again: each says what is wanted, and `decide` answers with the moves that follow, down
to the last place passed on. Nothing is carried out here, and nothing but values is looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from congress.domain import bindings, choosing, conditions, swaps
from congress.domain.accepting import Accept, accept
from congress.domain.approval import Approval
from congress.domain.assigning import Assign, assign
from congress.domain.conditions import require
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NEWCOMER, NOBODY, Booked, Hall, Key, Person
from congress.domain.handing_over import HandOver, hand_over
from congress.domain.merging import Merge, merge
from congress.domain.moves import Decision
from congress.domain.offers import Expire, TakeOffer, expire, take_offer
from congress.domain.registration import BookingState, RegistrationState, SafePlaceNotFree
from congress.domain.registration_request import WishedWorkshop
from congress.domain.rehousing import Rehouse, rehouse
from congress.domain.restoration import Restore, restore
from congress.domain.room import ByHand, has_room_for, has_room_for_all
from congress.domain.seating import Seating
from congress.domain.switching import TakePart, take_part
from congress.domain.workshops import WorkshopsClash, require_no_clash


@dataclass(frozen=True)
class Register:
    """A newcomer wants a place in the congress and in some workshops.

    Of a group that comes only together `others` are those who register next, and `waiting` those
    who wait already, so that this one does too.
    """

    wishes: tuple[WishedWorkshop, ...] = ()
    newcomer: Person = NOBODY
    by_hand: ByHand | None = None
    others: tuple[Person, ...] = ()
    waiting: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Choose:
    """Somebody wants other workshops, and some of theirs no longer: all of it, or nothing."""

    person: int
    wishes: tuple[WishedWorkshop, ...]
    given_up: tuple[int, ...] = ()
    by_hand: ByHand | None = None


@dataclass(frozen=True)
class Leave:
    """Somebody gives one workshop place back, or stops waiting; None is one they have not."""

    person: int
    workshop: int | None


@dataclass(frozen=True)
class TakeBack:
    """Somebody wants the place again that was given back a moment ago."""

    person: int
    workshop: int


@dataclass(frozen=True)
class Withdraw:
    """Somebody gives everything back; organisers may end a registration at any time.

    They end a request to take part only by an answer, and it ends where nobody confirms it:
    `of_request` says that it may be one.
    """

    person: int
    by_organiser: bool = False
    of_request: bool = False


@dataclass(frozen=True)
class MoveUp:
    """An organiser lets somebody in out of turn, if need be beyond the places.

    They may mean it also `alone`, without the other that it goes only with.
    """

    person: int
    key: Key
    overbook: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Resize:
    """Other numbers of places: the capacity (None has no limit), and whether one may queue."""

    sizes: Mapping[Key, tuple[int | None, bool]]


@dataclass(frozen=True)
class PassOn:
    """Something takes place after all: whoever waits for a free place gets it."""

    keys: frozenset[Key]


Wanted = (
    Register
    | Accept
    | Choose
    | Leave
    | TakeBack
    | Restore
    | Withdraw
    | HandOver
    | MoveUp
    | TakeOffer
    | Expire
    | Merge
    | Resize
    | PassOn
    | Assign
    | Rehouse
    | TakePart
)


def decide(hall: Hall, wanted: Wanted, most: int | None = None) -> Decision:
    """Return what follows from a wish, or why it is refused.

    With `most` no more places are passed on, and the decision says where others could move up.
    """
    seating = Seating(hall, most)
    refusal = None
    try:
        _DOORS[type(wanted)](seating, wanted)
        if not isinstance(wanted, Assign):  # which leaves nobody who could win by a swap
            swaps.exchange(seating)
    except Refused as reason:
        refusal = reason
    if seating.unread or seating.unread_exchanges:
        return Decision(
            unread=seating.unread,
            unread_exchanges=seating.unread_exchanges,
            may_send=seating.may_send,
        )
    return Decision(refusal=refusal) if refusal else seating.decision()


def _register(seating: Seating, wanted: Register) -> None:
    hall, newcomer, by_hand = seating.hall, wanted.newcomer, wanted.by_hand
    doors = conditions.ENTERING if by_hand else conditions.REGISTERING
    require(doors, hall, newcomer, CONGRESS)
    choosing.require_fitting(hall, newcomer, wanted.wishes, by_hand.alone if by_hand else ())
    seating.welcome(newcomer)
    # Nobody moves up while a group is half in the queue.
    seating.serve(choosing.keys(wanted.wishes) | (set() if wanted.waiting else {CONGRESS}))
    # Whom organisers enter or have invited they have said yes to.
    is_wanted = by_hand is not None or newcomer.is_invited
    approval = Approval.OFF if is_wanted else hall.rules.approval
    if by_hand is None and conditions.is_late(hall):
        seating.ask(NEWCOMER, holds=False)  # full or not: organisers decide
    elif not has_room_for_all(seating, newcomer, wanted.others, wanted.waiting, by_hand):
        if approval is Approval.OFF:
            seating.join(NEWCOMER, CONGRESS)
        else:
            seating.ask(NEWCOMER, holds=False)
    elif approval is Approval.OFF:
        seating.take(NEWCOMER, CONGRESS)
    else:
        seating.ask(NEWCOMER, holds=approval is Approval.HELD)
    for wish in bindings.in_order(hall, wanted.wishes):
        _seat(seating, wish, by_hand)


def _seat(seating: Seating, wish: WishedWorkshop, by_hand: ByHand | None) -> None:
    """Give a newcomer the wanted place, or one in its queue with the safe place held."""
    newcomer, wanted = seating.person(NEWCOMER), wish.item_id
    safe = wish.safe_item_id if wish.safe_item_id != wanted else None
    gets_place = has_room_for(seating, newcomer, wanted, by_hand)
    if safe is None or (newcomer.in_congress and gets_place):
        pass
    elif not newcomer.in_congress:
        seating.join(NEWCOMER, safe)
    elif has_room_for(seating, newcomer, safe):
        seating.take(NEWCOMER, safe)
    else:
        raise SafePlaceNotFree(seating.hall.workshops[safe].title)
    if gets_place:
        seating.take(NEWCOMER, wanted)
    else:
        seating.join(NEWCOMER, wanted, instead_of=safe)


def _choose(seating: Seating, wanted: Choose) -> None:
    hall, person, by_hand = seating.hall, seating.person(wanted.person), wanted.by_hand
    doors = conditions.CHOOSING_BY_HAND if by_hand else conditions.CHOOSING
    require(doors, hall, person, CONGRESS)
    choosing.require_known(hall, person, [wish.item_id for wish in wanted.wishes])
    keys = [wish.item_id for wish in bindings.in_order(hall, wanted.wishes)]
    require_no_clash([hall.workshops[key] for key in keys])
    alone = by_hand.alone if by_hand else ()
    given_up = [each for each in person.bookings if each.workshop_id in wanted.given_up]
    for each in given_up:
        require((conditions.taking_place,), hall, person, each.workshop_id)
    _give_up(seating, wanted.person, given_up)
    bindings.require_others(hall, seating.person(wanted.person), keys, alone)
    freed: set[Key] = {each.workshop_id for each in given_up}
    for key in keys:
        freed.update(_choose_one(seating, wanted.person, key, by_hand))
    now = seating.person(wanted.person)
    bindings.require_kept(hall, person, now, alone)
    freed.update(*(bindings.waiting_for(hall, now, wish) for wish in keys if now.has_place(wish)))
    if freed:
        seating.serve({CONGRESS, *freed})


def _choose_one(seating: Seating, number: int, wish: int, by_hand: ByHand | None) -> list[int]:
    """Carry out one wish, and return what was given up for it.

    A free place is taken and everything at the same time is given up for it. A full workshop is
    waited for, the place at the same time is kept meanwhile, and only one queue at a time is
    joined. Wishing for what one has means to stop waiting for something else.
    """
    seating.serve({wish})
    person, workshops = seating.person(number), seating.hall.workshops
    held = [
        each for each in person.bookings if workshops[each.workshop_id].excludes(workshops[wish])
    ]
    places = [each.workshop_id for each in held if each.state is BookingState.CONFIRMED]
    if person.booked(wish) is not None:
        given_up = [each for each in held if wish in places and each.workshop_id not in places]
        _give_up(seating, number, given_up)
        return [each.workshop_id for each in given_up]
    free = replace(person, bookings=tuple(each for each in person.bookings if each not in held))
    gets_place = has_room_for(seating, free, wish, by_hand)
    if not person.in_congress:
        _give_up(seating, number, held)
        seating.join(number, wish)
    elif gets_place:
        _give_up(seating, number, held)
        seating.take(number, wish)
    elif len(places) > 1:
        raise WorkshopsClash(workshops[wish], workshops[places[1]])
    else:
        held = [each for each in held if each.workshop_id not in places]
        _give_up(seating, number, held)
        seating.join(number, wish, instead_of=places[0] if places else None)
    return [each.workshop_id for each in held]


def _give_up(seating: Seating, number: int, held: Sequence[Booked]) -> None:
    for each in held:
        seating.give_up(number, each.workshop_id)


def _leave(seating: Seating, wanted: Leave) -> None:
    person = seating.person(wanted.person)
    booked = person.booked(wanted.workshop)
    key = booked.workshop_id if booked else CONGRESS
    require(conditions.LEAVING, seating.hall, person, key)
    if booked is not None:
        seating.give_up(wanted.person, booked.workshop_id)
        bindings.require_kept(seating.hall, person, seating.person(wanted.person), ())
        seating.serve({CONGRESS, booked.workshop_id})


def _take_back(seating: Seating, wanted: TakeBack) -> None:
    person = seating.person(wanted.person)
    if person.has_place(wanted.workshop):
        return
    require(conditions.TAKING_BACK, seating.hall, person, wanted.workshop)
    if person.booked(wanted.workshop) is None:
        seating.take(wanted.person, wanted.workshop)
        now = seating.person(wanted.person)
        seating.serve(bindings.waiting_for(seating.hall, now, wanted.workshop))


def _withdraw(seating: Seating, wanted: Withdraw) -> None:
    person = seating.person(wanted.person)
    if person.state is RegistrationState.CANCELLED:
        return
    if not wanted.by_organiser:
        require(conditions.WITHDRAWING, seating.hall, person, CONGRESS)
    elif not wanted.of_request:
        require((conditions.decided,), seating.hall, person, CONGRESS)
    freed = {each.workshop_id for each in person.bookings}
    seating.end(wanted.person)
    seating.serve({CONGRESS, *freed})


def _move_up(seating: Seating, wanted: MoveUp) -> None:
    person = seating.person(wanted.person)
    if person.has_place(wanted.key):
        return
    limits = () if wanted.overbook else conditions.WITHIN_LIMITS
    bound = () if wanted.alone else conditions.BOUND
    require((*conditions.BY_HAND, *limits, *bound), seating.hall, person, wanted.key)
    seating.serve({CONGRESS, *seating.let_in(wanted.person, wanted.key)})


def _resize(seating: Seating, wanted: Resize) -> None:
    changed = {
        key
        for key, (capacity, waiting_list) in wanted.sizes.items()
        if seating.resize(key, capacity, waiting_list=waiting_list)
    }
    if changed:
        seating.serve(changed | {CONGRESS})


def _pass_on(seating: Seating, wanted: PassOn) -> None:
    """Pass on free places, also those of what goes only with something that has changed."""
    workshops = (key for key in wanted.keys if key is not CONGRESS)
    bound = bindings.bound_to_any(seating.hall, workshops)
    seating.serve({CONGRESS, *wanted.keys, *bound})


_DOORS: Mapping[type[Any], Callable[[Seating, Any], None]] = {
    Register: _register,
    Accept: accept,
    Choose: _choose,
    Leave: _leave,
    TakeBack: _take_back,
    Restore: restore,
    Withdraw: _withdraw,
    HandOver: hand_over,
    MoveUp: _move_up,
    TakeOffer: take_offer,
    Expire: expire,
    Merge: merge,
    Resize: _resize,
    Rehouse: rehouse,
    TakePart: take_part,
    PassOn: _pass_on,
    Assign: assign,
}
