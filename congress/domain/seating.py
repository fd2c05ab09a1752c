"""Seating people: single moves, each seen by the next, and the passing on of free places.

A place that becomes free belongs to the first in its queue who may have it. Whoever may not is
passed over and stays where they stand. A queue's order is (priority, time of joining, number).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from congress.domain import bindings, conditions, moves
from congress.domain.conditions import first_reason
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NOBODY, ONLINE, Booked, Hall, Key, Person, as_named
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.tally import Tally
from congress.domain.together import waiting_with
from congress.domain.waits import dearer, no_longer_wanted


class Seating:
    """Places while a decision is made: one move after the other, each seen by the next."""

    def __init__(self, hall: Hall, most: int | None = None) -> None:
        self._most = most  # who move up in one decision; None for everybody
        self._served = 0
        self.goes_on = False  # somebody else could move up, and does so in another decision
        self._tally = Tally(hall)
        self._people = dict(hall.people)
        self._lines = dict(hall.lines)
        # The conditions look at what stands so far.
        self.hall = replace(
            hall,
            places=self._tally.places,
            people=self._people,
            lines=self._lines,
            delegations=self._tally.delegations,
            contingents=self._tally.contingents,
        )
        self._moves: list[moves.Move] = []
        self._passed_over: dict[tuple[int, Key], Refused] = {}
        self._let_in: set[int] = set()  # into the congress
        self.unread: dict[Key, int] = {}
        self.unread_exchanges = 0

    def decision(self) -> moves.Decision:
        """The answer so far."""
        changed = self._tally.changed
        return moves.Decision(
            *(tuple(self._moves), None, changed.places, self._passed_over),
            delegations=changed.delegations,
            contingents=changed.contingents,
            served=self._served,
            goes_on=self.goes_on,
        )

    @property
    def may_send(self) -> frozenset[str]:
        """The organisations that have fewer people inside than before."""
        return self._tally.may_send

    def person(self, person: int) -> Person:
        return self._people[person]

    @property
    def moved(self) -> frozenset[int]:
        """Whom something happened to so far."""
        return frozenset(move.person for move in self._moves)

    # --- single moves

    def welcome(self, person: Person) -> None:
        """Let a newcomer be known, also as one of a group."""
        self._people[person.id] = person
        groups = self.hall.groups
        if (group := person.group) is not None and person.id not in groups.get(group, (person.id,)):
            groups = {**groups, group: (*groups[group], person.id)}
            self.hall = replace(self.hall, groups=groups)

    def take(
        self, person: int, key: Key, *, moved_up: bool = False, wish: int | None = None
    ) -> None:
        """Give somebody a place."""
        self._moves.append(moves.Grant(person, key, moved_up, wish))
        before = self.person(person)
        is_held = before.is_offered(key) or (key is CONGRESS and before.holds)
        is_waited_for = moved_up and not is_held
        self._count(key, taken=0 if is_held else 1, waiting=-1 if is_waited_for else 0, of=person)
        if key is CONGRESS:
            self._set_state(person, RegistrationState.CONFIRMED)
            self._let_in.add(person)
        else:
            booked = before.booked(key) or Booked(key, BookingState.CONFIRMED, wish=wish)
            self._book(person, replace(booked, state=BookingState.CONFIRMED, offered_until=None))

    def offer(self, person: int, key: Key, until: datetime) -> None:
        """Hold a free place for somebody who waits for it."""
        self._moves.append(moves.Offer(person, key, until))
        self._count(key, taken=1, waiting=-1, of=person)
        if key is CONGRESS:
            self._set_state(person, RegistrationState.OFFERED, until=until)
        elif booked := self.person(person).booked(key):
            held = replace(booked, state=BookingState.OFFERED, offered_until=until)
            self._book(person, held)

    def ask(self, person: int, *, holds: bool) -> None:
        """Let somebody wait for an answer, with or without a place kept free meanwhile."""
        self._moves.append(moves.Ask(person, holds))
        self._count(CONGRESS, taken=int(holds), of=person)
        self._set_state(person, RegistrationState.REQUESTED, holds=holds)

    def join(
        self, person: int, key: Key, *, instead_of: int | None = None, wish: int | None = None
    ) -> None:
        """Put somebody at the end of their priority group in a queue.

        Wishes of whoever waits for the congress are only kept: that queue has other people.
        """
        self._moves.append(moves.Queue(person, key, instead_of, wish))
        if key is CONGRESS:
            self._count(key, waiting=1, of=person)
            self._set_state(person, RegistrationState.WAITING)
        else:
            self._count(key, waiting=int(self.person(person).in_congress))
            self._book(person, Booked(key, BookingState.WAITING, instead_of, wish=wish))
        self._stand_last(person, key)

    def switch(self, person: int, mode: Mode) -> None:
        """Let somebody take part in the other way: with a place there, or at the end of its line.

        What is looked at before is whether there is one.
        """
        before = self.person(person)
        waits = before.waits_for(CONGRESS)
        self._moves.append(moves.Switch(person, mode, waits))
        taken = int(before.in_congress or before.is_offered(CONGRESS))
        now = replace(before, mode=mode, joined_at=None if waits else before.joined_at)
        for each, by in ((before, -1), (now, 1)):
            self._tally.count(CONGRESS, each, by * taken, by * int(waits))
        self._people[person] = now
        if waits:
            self._stand_last(person, CONGRESS)

    def _stand_last(self, person: int, key: Key) -> None:
        at = self.hall.counted_at(self.person(person), key)
        self._lines[at] = self.hall.line(at).with_last(person, self._people)

    def inherit(self, person: int, key: Key, *, wish: int | None = None) -> None:
        """Give somebody the place that their other registration has just given up.

        Whoever waited for the congress waits from now on also for its workshops.
        """
        if self.person(person).waits_for(key):
            self._count(key, waiting=-1, of=person)
        self.take(person, key, wish=wish)
        if key is CONGRESS:
            self.wait_for_workshops(person)

    def follow(
        self,
        person: int,
        key: Key,
        other: int,
        instead_of: int | None = None,
        wish: int | None = None,
    ) -> None:
        """Let somebody in a queue stand where another one of theirs stood, if that was ahead."""
        self._moves.append(moves.Follow(person, key, other, instead_of, wish))
        if key is CONGRESS:
            stood = [each.joined_at for each in (self.person(person), self.person(other))]
            joined_at = min(filter(None, stood), default=None)
            self._people[person] = replace(self.person(person), joined_at=joined_at)
        else:
            booked = self.person(person).booked(key) or Booked(key, BookingState.WAITING)
            self._book(person, replace(booked, instead_of=instead_of, wish=wish))
        at = self.hall.counted_at(self.person(person), key)
        self._lines[at] = self.hall.line(at).with_instead(person, other)

    def give_up(self, person: int, key: int, *, moved_on: bool = False) -> None:
        """Take a workshop place, or one in its queue, from somebody who has it."""
        before = self.person(person)
        booked = before.booked(key)
        if booked is None:
            return
        waited = moved_on and booked.state is not BookingState.CONFIRMED
        self._moves.append(moves.Release(person, key, moved_on, waited))
        if booked.state is BookingState.WAITING:
            self._count(key, waiting=-int(before.in_congress))
        else:
            self._count(key, taken=-1)
        rest = tuple(
            replace(each, instead_of=None) if each.instead_of == key else each
            for each in before.bookings
            if each is not booked
        )
        self._people[person] = replace(before, bookings=rest)

    def end(self, person: int) -> None:
        """Take everything from somebody."""
        for booked in self.person(person).bookings:
            self.give_up(person, booked.workshop_id)
        self._moves.append(moves.Release(person, CONGRESS))
        before = self.person(person)
        waits, has_offer = before.waits_for(CONGRESS), before.is_offered(CONGRESS)
        taken = before.in_congress or has_offer
        self._count(CONGRESS, taken=-int(taken), waiting=-int(waits), of=person)
        self._set_state(person, RegistrationState.CANCELLED)

    def come_as(self, person: int, kind: PersonKind, quota_key: str) -> None:
        """Count somebody as of another kind from now on, or with another organisation."""
        before = self.person(person)
        if (kind, quota_key) != (before.kind, before.quota_key):
            self._tally.come_as(before, kind, quota_key)
            self._people[person] = replace(before, kind=kind, quota_key=quota_key)

    def resize(self, key: Key, capacity: int | None, *, waiting_list: bool) -> bool:
        """Change how many places there are; returns whether that is any different."""
        return self._tally.resize(key, capacity, waiting_list=waiting_list)

    def _count(self, key: Key, *, taken: int = 0, waiting: int = 0, of: int | None = None) -> None:
        self._tally.count(key, None if of is None else self.person(of), taken, waiting)

    def _set_state(
        self,
        person: int,
        state: RegistrationState,
        *,
        holds: bool = False,
        until: datetime | None = None,
    ) -> None:
        before = self.person(person)
        self._people[person] = replace(before, state=state, holds=holds, offered_until=until)

    def _book(self, person: int, booked: Booked) -> None:
        before = self.person(person)
        others = tuple(each for each in before.bookings if each.workshop_id != booked.workshop_id)
        self._people[person] = replace(before, bookings=(*others, booked))

    # --- moving up

    def serve(self, keys: Iterable[Key]) -> None:
        """Pass on every free place, until nobody can move up; the congress comes first.

        A place given up for another is free in its turn. Where more move up than one decision is
        to be about, it goes on in others, as if there were so many more places each time.
        """
        open_places = set(map(as_named, keys))
        while open_places:
            key = min(open_places, key=lambda key: key or 0)  # the congress has no number
            open_places.remove(key)
            # Places online have a line of their own, and both have the same organisations.
            lines = (CONGRESS, ONLINE) if key is CONGRESS and ONLINE in self._tally.places else ()
            since: dict[Key, int] = dict.fromkeys(lines or (key,), 0)
            while (person := self._first_of(since, key)) is not None:
                if self._left == 0:
                    self.goes_on = True
                    return
                for each in waiting_with(self.hall, person, key):
                    self._served += 1  # a group is never left half inside
                    until = self._offers_until(each.id)
                    if until is None:
                        open_places |= self.let_in(each.id, key)
                    else:
                        self.offer(each.id, key, until)

    @property
    def _left(self) -> int | None:
        """How many more may move up in this decision."""
        return None if self._most is None else max(0, self._most - self._served)

    def _offers_until(self, person: int) -> datetime | None:
        """Return until when a free place is offered to somebody; None where it is theirs at once.

        Whoever has just got into the congress gets what is free in its workshops with it; whoever
        waits for an answer gets it held, and is asked nothing meanwhile.
        """
        is_asked = person not in self._let_in and not self.person(person).holds
        if self.hall.offering is None or not is_asked:
            return None
        return self.hall.offering.until(self.hall.now)

    def let_in(self, person: int, key: Key) -> set[Key]:
        """Let somebody move up; returns where somebody else may now move up."""
        self.take(person, key, moved_up=True)
        if key is CONGRESS:
            return self.wait_for_workshops(person)
        now = self.person(person)
        booked, freed = now.booked(key), bindings.waiting_for(self.hall, now, key)
        given_up = [each.workshop_id for each in no_longer_wanted(self.hall, now, key)]
        if booked is not None and booked.instead_of is not None:
            given_up.insert(0, booked.instead_of)
        for each in given_up:
            self.give_up(person, each, moved_on=True)
        for wish in dearer(self.hall, now, key):
            self.follow(person, wish.workshop_id, person, key, wish.wish)
        return {*given_up, *freed}

    def wait_for_workshops(self, person: int) -> set[Key]:
        """Count somebody new in the congress in the queues of the wishes that were only kept."""
        wishes: set[Key] = {each.workshop_id for each in self.person(person).bookings}
        for workshop in wishes:
            self._count(workshop, waiting=1)
        return wishes

    def _first_of(self, since: dict[Key, int], key: Key) -> Person | None:
        """Return who moves up next: of the lines for a place whoever has waited longest.

        `since` says of each line up to where nobody may, and is moved on.
        """
        found: dict[Key, Person] = {}
        for at, passed in list(since.items()):
            nth = self._next_in_line(at, passed)
            if nth is not None:
                since[at], found[at] = nth, self.person(self.hall.line(at).everybody[nth])
        if not found:
            return None
        first = min(found, key=lambda at: found[at].turn)
        # What somebody gives up may let in who was passed over, in a workshop.
        since[first] = since[first] + 1 if key is CONGRESS else 0
        return found[first]

    def _next_in_line(self, at: Key, since: int) -> int | None:
        """Return where the first one stands who may move up."""
        places, key = self._tally.places[at], as_named(at)
        if places.waiting == 0 or not self._tally.is_anything_for(at):
            return None
        if first_reason(conditions.MOVING_UP, self.hall, NOBODY, key):
            return None
        line = self.hall.line(at)
        people = line.people if places.is_free else line.everybody
        for nth in range(since, len(people)):
            person = self.person(people[nth])
            if not person.waits_for(key) or self.hall.counted_at(person, key) != at:
                continue
            reason = first_reason(conditions.MAY_BE_NEXT, self.hall, person, key)
            if reason is None:
                return nth
            self._passed_over[person.id, key] = reason
        if not line.is_whole:
            free = places.waiting if places.left is None else max(places.left, 1)
            # One more than may move up says whether anybody is left.
            wanted = free if self._left is None else min(free, self._left + 1)
            # Where many are passed over, each look goes as far again.
            self.unread[at] = len(people) + max(wanted, len(people))
        return None
