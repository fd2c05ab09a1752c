"""One thing done with several people at once: what it means for each of them."""

from dataclasses import dataclass
from enum import StrEnum

from congress.domain.accepting import Accept
from congress.domain.errors import Refused
from congress.domain.hall import Key, Person
from congress.domain.places import Choose, MoveUp, Wanted, Withdraw
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand


class Act(StrEnum):
    """What can be done with people of a list."""

    CANCEL = "cancel"
    GIVE = "give"  # a place in a workshop
    TAKE = "take"  # out of a workshop
    ADMIT = "admit"  # from a queue, out of turn
    ACCEPT = "accept"  # who asked to take part
    DECLINE = "decline"

    @property
    def can_be_taken_back(self) -> bool:
        """Whoever moved up was promised the place; whoever asked has an answer."""
        return self in {Act.CANCEL, Act.GIVE, Act.TAKE}

    @property
    def is_answer(self) -> bool:
        """Whether only those are meant who asked to take part."""
        return self in {Act.ACCEPT, Act.DECLINE}


class WhenFull(StrEnum):
    """What is to be with those for whom nothing is free."""

    LEAVE = "leave"  # as they are
    WAIT = "wait"
    BEYOND = "beyond"


class Outcome(StrEnum):
    """What comes of it for one person."""

    ENDED = "ended"
    PLACE = "place"
    WAITS = "waits"
    KEPT = "kept"  # a wish, of somebody who waits for the congress
    GIVEN_UP = "given_up"
    SAME = "same"
    NOT_WAITING = "not_waiting"  # and so cannot move up
    NOT_ASKING = "not_asking"  # so there is nothing to answer
    DECLINED = "declined"
    BACK = "back"  # where they were before an act that is taken back


@dataclass(frozen=True)
class Acting:
    """An act, the place it is about, and what is to be where nothing is free."""

    act: Act
    key: Key = None
    when_full: WhenFull = WhenFull.LEAVE
    workshops: frozenset[Key] = frozenset()  # for which whoever is accepted waits where need be

    @property
    def by_hand(self) -> ByHand:
        """What is to be where nothing is free, as the rules of places take it."""
        keys = frozenset({self.key})
        waits: frozenset[Key] = keys if self.when_full is WhenFull.WAIT else frozenset()
        return ByHand(
            beyond=keys if self.when_full is WhenFull.BEYOND else frozenset(),
            waits=waits | self.workshops,
        )

    @property
    def is_beyond(self) -> bool:
        """Whether a place is given where there is none."""
        return self.when_full is WhenFull.BEYOND

    def wanted(self, person: int) -> Wanted:
        """Return the same for one person, as a wish about places."""
        if self.act is Act.CANCEL:
            return Withdraw(person, by_organiser=True)
        if self.act is Act.DECLINE:
            return Withdraw(person, by_organiser=True, of_request=True)
        if self.act is Act.ACCEPT:
            return Accept(person, self.by_hand)
        if self.act is Act.ADMIT or self.key is None:
            return MoveUp(person, self.key, self.is_beyond)
        if self.act is Act.GIVE:
            return Choose(person, (WishedWorkshop(self.key),), (), self.by_hand)
        return Choose(person, (), (self.key,), self.by_hand)


@dataclass(frozen=True)
class Foreseen:
    """What would come of it for one person: an outcome, or why there is none."""

    person: int
    outcome: Outcome | None
    refusal: Refused | None = None
    is_beyond: bool = False  # the places there are
    given_up: tuple[int, ...] = ()  # workshop places, for the new one
    lost: tuple[int, ...] = ()  # workshops that cannot be given back

    @property
    def is_change(self) -> bool:
        """Whether anything comes of it."""
        return self.outcome not in {None, Outcome.SAME, Outcome.NOT_WAITING, Outcome.NOT_ASKING}


def outcome(acting: Acting, before: Person, now: Person) -> Outcome:
    """Return what came of an act for somebody, from how they stood before and stand now."""
    if before == now:
        stays = acting.act is Act.ADMIT and not before.has_place(acting.key)
        return Outcome.NOT_WAITING if stays else Outcome.SAME
    if now.state is RegistrationState.CANCELLED:
        return Outcome.DECLINED if acting.act is Act.DECLINE else Outcome.ENDED
    if acting.act is Act.ACCEPT:
        return Outcome.PLACE if now.in_congress else Outcome.WAITS
    if acting.act is Act.TAKE:
        return Outcome.GIVEN_UP
    if now.has_place(acting.key):
        return Outcome.PLACE
    return Outcome.WAITS if now.in_congress else Outcome.KEPT


def given_up(acting: Acting, before: Person, now: Person) -> tuple[int, ...]:
    """Return the workshop places that somebody loses for the one that is given."""
    if acting.act not in {Act.GIVE, Act.ADMIT}:
        return ()
    had = (each.workshop_id for each in before.bookings if before.has_place(each.workshop_id))
    return tuple(each for each in had if not now.has_place(each))
