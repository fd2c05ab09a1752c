"""A small world beside the rule of places: people and queues as plain lists, moves carried out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from congress.domain.hall import (
    CONGRESS,
    NEWCOMER,
    NOBODY,
    ONLINE,
    Booked,
    Exchange,
    Hall,
    Key,
    Line,
    Person,
)
from congress.domain.handing_over import HandOver
from congress.domain.kinds import Contingent, PersonKind, held_back, of_both
from congress.domain.merging import Merge
from congress.domain.modes import EventMode, ItemMode, Mode
from congress.domain.moves import Ask, Decision, Follow, Grant, Move, Offer, Queue, Switch
from congress.domain.places import Register, Wanted, decide
from congress.domain.quotas import Delegation
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.rules import USUAL, Rules
from congress.domain.workshops import Places, Workshop
from tests.domain.halls import AFTERNOON, CONFIRMED, OPENS, hall, workshop

WORKSHOPS = {number: workshop(number) for number in (1, 2, 3)} | {4: workshop(4, AFTERNOON)}

KEYS: tuple[Key, ...] = (CONGRESS, *WORKSHOPS)
ON_SITE_ONLY, ONLINE_ONLY = 2, 3  # workshops, where the congress is hybrid
MODES = {ON_SITE_ONLY: ItemMode.ONSITE, ONLINE_ONLY: ItemMode.ONLINE}


@dataclass
class World:
    """Who is registered, who stands in which queue, and how many places there are."""

    people: dict[int, Person] = field(default_factory=dict)
    queues: dict[Key, list[int]] = field(
        default_factory=lambda: {key: [] for key in (None, 1, 2, 3, 4)}
    )
    offers: bool = False  # what becomes free, instead of giving it
    hybrid: bool = False  # with places online, counted under a key of their own
    bound: bool = False  # whether nobody has workshop 4 without workshop 1
    quota: int = 0  # people of one organisation; 0 is as many as want to
    held: dict[PersonKind, int] = field(default_factory=dict)  # places held back, by kind
    called_off: set[int] = field(default_factory=set)
    united: set[int] = field(default_factory=set)  # of two registrations, each with a list
    now: datetime = OPENS
    rules: Rules = USUAL
    places: dict[Key, Places] = field(
        default_factory=lambda: {key: Places(2 if key else 3) for key in KEYS}
    )

    def __post_init__(self) -> None:
        if self.hybrid:
            self.places[ONLINE], self.queues[ONLINE] = Places(2), []

    def hall(self, *, read: int | None) -> Hall:
        """The hall, with queues whole, or read only so far."""
        workshops = [
            (self.bind(replace(each, cancelled=each.id in self.called_off)), self.places[each.id])
            for each in WORKSHOPS.values()
        ]
        contingents = self.contingents()
        self.places[CONGRESS] = replace(self.places[CONGRESS], held_back=held_back(contingents))
        congress = replace(self.places[CONGRESS], lets_pass=bool(self.quota))
        base = hall(congress, workshops)
        lines = {key: self.line(key, read) for key in self.queues}
        people = dict(self.people)
        rules = replace(self.rules, offer_hours=48 * self.offers, quota=self.quota)
        places = base.places
        if self.hybrid:
            rules = replace(rules, mode=EventMode.HYBRID)
            online = replace(self.places[ONLINE], lets_pass=bool(self.quota))
            places = {**places, ONLINE: online}
        exchanges = self.exchanges(read) if read is None else None
        return replace(
            base,
            places=places,
            people=people,
            lines=lines,
            rules=rules,
            exchanges=exchanges,
            delegations=self.delegations() if self.quota else {},
            contingents=contingents,
            now=self.now,
        )

    def bind(self, each: Workshop) -> Workshop:
        """Bind the fourth workshop to the first, where they are bound, and some to one way."""
        if self.hybrid:
            each = replace(each, mode=MODES.get(each.id, ItemMode.BOTH))
        if not self.bound or each.id not in {1, 4}:
            return each
        return replace(each, topic="one") if each.id == 1 else replace(each, only_with="one")

    @property
    def alone(self) -> int:
        """How many have the fourth workshop without the first, to which it is bound."""
        people = self.people.values() if self.bound and 1 not in self.called_off else ()
        return sum(each.has_place(4) and not each.has_place(1) for each in people)

    def way(self, mode: Mode) -> Mode:
        """How somebody takes part who wants to like this: where there is one way, in that."""
        return mode if self.hybrid else Mode.ONSITE

    def at(self, person: Person, key: Key) -> Key:
        """Under which key a place is counted, and waited for."""
        is_apart = self.hybrid and key is CONGRESS and person.mode is Mode.ONLINE
        return ONLINE if is_apart else key

    def is_kept_from(self, person: Person, key: Key) -> bool:
        """Whether somebody is passed over: they come the other way, or because of what is bound.

        Then they lack what this is bound to, or would lose it.
        """
        if self.hybrid and person.mode and not MODES.get(key or 0, ItemMode.BOTH).fits(person.mode):
            return True
        if not self.bound or 1 in self.called_off:
            return False
        waits = person.booked(key)
        gives_up_first = waits is not None and waits.instead_of == 1
        lacks_first = key == 4 and not person.has_place(1)
        return lacks_first or (gives_up_first and person.booked(4) is not None)

    @property
    def sent(self) -> Counter[str]:
        """How many of each organisation take up a place."""
        return Counter(each.quota_key for each in self.people.values() if takes_up(each))

    def is_sent_enough(self, organisation: str) -> bool:
        """Whether nobody else of an organisation may have a place."""
        return bool(self.quota and organisation) and self.sent[organisation] >= self.quota

    def delegations(self) -> dict[str, Delegation]:
        """The delegations of all organisations that there are."""
        waiting = Counter(
            each.quota_key for each in self.people.values() if each.waits_for(CONGRESS)
        )
        return {key: Delegation(self.quota, self.sent[key], waiting[key]) for key in ("a", "b")}

    def contingents(self) -> dict[PersonKind, Contingent]:
        """What is held back for whom, counted from the people."""
        people = [each for each in self.people.values() if self.at(each, CONGRESS) is CONGRESS]
        sit = Counter(each.kind for each in people if takes_up(each))
        wait = Counter(each.kind for each in people if each.waits_for(CONGRESS))
        return {kind: Contingent(many, sit[kind], wait[kind]) for kind, many in self.held.items()}

    def line(self, key: Key, read: int | None) -> Line:
        """The head of a queue, and in that of the congress those whom places are held back for."""
        queue = self.queues[key]
        head = line(queue, read)
        if key is not CONGRESS or head.is_whole:
            return head
        held_for = [each for each in queue if self.people[each].kind in self.held][:read]
        return replace(head, behind=tuple(each for each in held_for if each not in head.people))

    def exchanges(self, read: int | None) -> dict[Exchange, Line]:
        """Who keeps which place while waiting for another, in the order of that queue."""
        found: dict[Exchange, list[int]] = {}
        for key, queue in self.queues.items():
            for person in (self.people[each] for each in queue):
                booked = person.booked(key)
                kept = booked.instead_of if booked else None
                if key in {CONGRESS, ONLINE} or kept is None:
                    continue
                if person.in_congress and person.has_place(kept):
                    found.setdefault(Exchange(kept, key), []).append(person.id)
        return {each: line(people, read) for each, people in found.items()}

    def decide(self, wanted: Wanted, most: int | None = None) -> Decision:
        """The decision with whole queues; with queues read bit by bit it is the same."""
        whole = decide(self.hall(read=None), wanted, most)
        here = self.hall(read=0)
        while True:
            decision = decide(here, wanted, most)
            if decision.unread_exchanges:
                here = replace(here, exchanges=self.exchanges(decision.unread_exchanges))
                continue
            if not decision.unread:
                break
            more = {key: self.line(key, far) for key, far in decision.unread.items()}
            here = replace(here, lines={**here.lines, **more})
        assert decision.moves == whole.moves
        assert decision.places == whole.places
        assert decision.goes_on is whole.goes_on
        assert type(decision.refusal) is type(whole.refusal)
        return whole

    def newcomer(self, wanted: Wanted) -> Person:
        """Who comes new; instead of somebody, in their groups and in their way."""
        if isinstance(wanted, HandOver):
            had = self.people[wanted.person]
            stands = replace(wanted.newcomer, priority=had.priority, group=had.group)
            return stands.taking_part(had.mode) if had.mode else stands
        return wanted.newcomer if isinstance(wanted, Register) else NOBODY

    def carry_out(self, decision: Decision, wanted: Wanted) -> None:
        newcomer = self.newcomer(wanted)
        new = max(self.people, default=0) + 1
        stood = {key: list(queue) for key, queue in self.queues.items()}
        for move in decision.moves:
            number = new if move.person == NEWCOMER else move.person
            if isinstance(move, Follow | Switch):
                self.stand_elsewhere(replace(move, person=number), stood)
                continue
            # Who is new has what they get: nobody can write that they moved up.
            assert move.person != NEWCOMER or not isinstance(move, Offer)
            assert move.person != NEWCOMER or not getattr(move, "moved_up", False)
            person = self.people.get(number) or replace(newcomer, id=number)
            queue = self.queues[self.at(person, move.key)]
            if isinstance(move, Ask):
                self.people[number] = replace(
                    person, state=RegistrationState.REQUESTED, holds=move.holds
                )
                continue
            had = person.booked(move.key) or Booked(move.key or 0, CONFIRMED)
            if isinstance(move, Queue):
                queue.append(number)  # in groups at the end
                had = Booked(move.key or 0, BookingState.WAITING, move.instead_of, wish=move.wish)
            elif isinstance(move, Offer):
                queue.remove(number)
                had = replace(had, state=BookingState.OFFERED)
            else:
                if number in queue:
                    queue.remove(number)
                had = replace(had, state=CONFIRMED)
            if move.key is CONGRESS:
                gets = RegistrationState.CONFIRMED if isinstance(move, Grant) else None
                after = RegistrationState.WAITING if isinstance(move, Queue) else gets
                after = RegistrationState.OFFERED if isinstance(move, Offer) else after
                state_now = after or RegistrationState.CANCELLED
                until = until_of(move)
                person = replace(person, state=state_now, offered_until=until, holds=False)
            else:
                rest = tuple(each for each in person.bookings if each.workshop_id != move.key)
                if isinstance(move, Grant | Queue | Offer):
                    rest = (*rest, replace(had, offered_until=until_of(move)))
                else:
                    rest = tuple(
                        replace(each, instead_of=None) if each.instead_of == move.key else each
                        for each in rest
                    )
                person = replace(person, bookings=rest)
            self.people[number] = person
        self.places |= decision.places
        self.unite(wanted if decision.moves else None)

    def unite(self, wanted: Wanted | None) -> None:
        """Let whoever was merged be in the group that moves up first, and of the kind of either."""
        if isinstance(wanted, Merge):
            one, other = (self.people[each] for each in (wanted.person, wanted.other))
            self.people[one.id] = come_as(one, of_both(one.kind, other.kind))
            self.united.add(one.id)
            self.regroup(one.id, min(one.priority, other.priority))
        self.stand_in_groups()

    def regroup(self, number: int, priority: int) -> None:
        """Put somebody into another priority group."""
        self.people[number] = replace(self.people[number], priority=priority)
        self.stand_in_groups()

    def give_by_wishes(self, number: int, ranking: list[int], *, any_other: bool) -> None:
        """Give somebody the dearest workshop of the morning that is free; they wait for dearer.

        Where they like `any_other`, what they have not ranked is their last wish.
        """
        person = self.people[number]
        if not person.in_congress or any(each.workshop_id != 4 for each in person.bookings):
            return
        ranks = {key: rank for rank, key in enumerate(ranking, 1)}
        ranks |= {key: len(ranking) + 1 for key in (1, 2, 3) if any_other and key not in ranks}
        may_have = [key for key in ranks if key not in self.called_off]
        gets = next((key for key in may_have if self.places[key].is_free), None)
        mine = []
        for key in may_have:
            if key == gets:
                self.places[key] = self.places[key].counted(1, 0)
                mine.append(Booked(key, CONFIRMED, wish=ranks[key]))
            elif gets is None or ranks[key] < ranks[gets]:
                self.places[key] = self.places[key].counted(0, 1)
                self.queues[key].append(number)
                mine.append(Booked(key, BookingState.WAITING, gets, wish=ranks[key]))
        self.people[number] = replace(person, bookings=(*person.bookings, *mine))
        self.stand_in_groups()

    def stand_in_groups(self) -> None:
        for queue in self.queues.values():
            queue.sort(key=lambda each: self.people[each].priority)

    def stand_elsewhere(self, move: Follow | Switch, stood: Mapping[Key, list[int]]) -> None:
        """Let somebody in a queue stand where another one stood, or in that of the other way."""
        if isinstance(move, Follow):
            self.follow(move, stood)
        else:
            self.switch(move)

    def switch(self, move: Switch) -> None:
        """Let somebody take part in the other way, where they wait at the end of that line."""
        number, person = move.person, self.people[move.person]
        queue = self.queues[self.at(person, CONGRESS)]
        assert (number in queue) is move.waits
        self.people[number] = replace(person, mode=move.mode)
        if move.waits:
            queue.remove(number)
            self.queues[self.at(self.people[number], CONGRESS)].append(number)

    def follow(self, move: Follow, stood: Mapping[Key, list[int]]) -> None:
        """Put somebody where the one of the two stood who was ahead."""
        person = self.people[move.person]
        at = self.at(person, move.key)
        queue = self.queues[at]
        before = queue if move.person == move.other else stood[at]  # who stays is not moved
        order = [move.person if each == move.other else each for each in before]
        order += [each for each in queue if each not in order]
        self.queues[at] = [each for each in dict.fromkeys(order) if each in queue]
        if move.key is not CONGRESS:
            booked = person.booked(move.key) or Booked(move.key, BookingState.WAITING)
            booked = replace(booked, instead_of=move.instead_of, wish=move.wish)
            rest = tuple(each for each in person.bookings if each.workshop_id != move.key)
            self.people[move.person] = replace(person, bookings=(*rest, booked))


def come_as(person: Person, kind: PersonKind) -> Person:
    """Somebody of another kind; organisations are counted of attendees alone."""
    key = person.quota_key if kind is PersonKind.ATTENDEE else ""
    return replace(person, kind=kind, quota_key=key)


def takes_up(person: Person) -> bool:
    """Whether a place of the congress is nobody else's: also one that is held or offered."""
    return person.in_congress or person.is_offered(CONGRESS)


def until_of(move: Move) -> datetime | None:
    return move.until if isinstance(move, Offer) else None


def line(queue: list[int], read: int | None) -> Line:
    head = tuple(queue if read is None else queue[:read])
    return Line(head, is_whole=len(head) == len(queue))
