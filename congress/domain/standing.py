"""Where somebody stands: a registration with its places and its positions in queues."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from congress.domain import ranking
from congress.domain.hall import Booked, Person
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.names import full_name
from congress.domain.priority import OTHERS
from congress.domain.programme import ProgrammeItem
from congress.domain.quotas import OnReserve
from congress.domain.ranking import Ranked
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.slots import Slot


@dataclass(frozen=True)
class StandingBooking:
    """A place in a workshop, or a position (from 1) in its queue.

    `instead_of` is the booking that is given up when this one is confirmed. While the person
    waits for the congress itself there is no position yet: the wish is only kept. An offered place
    is held until `offered_until`.
    """

    id: int
    item: ProgrammeItem
    state: BookingState
    question: str = ""
    position: int | None = None
    instead_of: int | None = None
    offered_until: datetime | None = None
    stands_in_for: ProgrammeItem | None = None  # called off: organisers gave this in its place
    wish: int | None = None  # which of theirs it is, where places were given by wishes


@dataclass(frozen=True)
class Standing:
    """One person at one congress, with all active bookings in the order of time."""

    id: int
    congress_id: int
    state: RegistrationState
    given_name: str
    family_name: str
    email: str
    language: str
    created_at: datetime
    position: int | None = None
    bookings: tuple[StandingBooking, ...] = ()
    merged_into_id: int | None = None  # the registration of the same person that goes on
    subscribes: bool = False  # to a calendar, instead of being invited by mail
    unconfirmed_until: datetime | None = None  # while nobody has confirmed the address
    on_reserve: OnReserve | None = None  # waits for a place of their organisation
    holds_places: bool = False  # until organisers have decided whether they take part
    offered_until: datetime | None = None  # of the place in the congress, as long as it is offered
    chooses_until: datetime | None = None  # another workshop, also after the last day for it
    substituted_by_id: int | None = None  # the registration of who comes instead
    priority: int = OTHERS  # of the group that they are in
    mode: Mode = Mode.ONSITE
    kind: PersonKind = PersonKind.ATTENDEE
    wished_at: datetime | None = None  # when they last said what they wish for, where it is ranked
    wishes: tuple[Ranked, ...] = ()

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def has_mailbox(self) -> bool:
        """Whether mails reach somebody; whom an organiser entered may have no address."""
        return bool(self.email)

    @property
    def is_decided(self) -> bool:
        """Whether nobody has to decide any more if they take part."""
        return self.state is not RegistrationState.REQUESTED

    @property
    def is_invited(self) -> bool:
        """Whether invitations by mail bring the calendar entry; nobody has a subscription too."""
        return self.has_mailbox and not self.subscribes

    @property
    def is_unconfirmed(self) -> bool:
        """Whether nobody has confirmed yet that the address is theirs."""
        return self.unconfirmed_until is not None

    @property
    def gets_mails(self) -> bool:
        """Whether mails go out: none but a question to an address that is not confirmed."""
        return self.has_mailbox and not self.is_unconfirmed

    @property
    def confirmed(self) -> tuple[StandingBooking, ...]:
        return tuple(each for each in self.bookings if each.state is BookingState.CONFIRMED)

    @property
    def waiting(self) -> tuple[StandingBooking, ...]:
        """What they have no place in yet, offered or not."""
        return tuple(each for each in self.bookings if each.state is not BookingState.CONFIRMED)

    @property
    def offered(self) -> tuple[StandingBooking, ...]:
        return tuple(each for each in self.bookings if each.state is BookingState.OFFERED)

    def without_place(self, slots: Iterable[Slot]) -> list[Slot]:
        """Return the choices in which they have no place: else there is nothing to wish for.

        A workshop that was called off is no place.
        """
        has = {each.item.id for each in self.confirmed if not each.item.face.cancelled}
        return [slot for slot in slots if all(item.id not in has for item in slot.workshops)]

    def is_any_other(self, item_id: int) -> bool:
        """Return whether they ranked a workshop only by saying that any other is welcome."""
        return ranking.is_any_other(self.wishes, item_id)

    @property
    def person(self) -> Person:
        """What the rules of places need of somebody."""
        workshop_of = {each.id: each.item.id for each in self.bookings}
        bookings = (
            Booked(
                each.item.id,
                each.state,
                workshop_of.get(each.instead_of or 0),
                each.offered_until,
                each.wish,
            )
            for each in self.bookings
        )
        return Person(
            *(self.id, self.state, tuple(bookings), self.holds_places),
            self.offered_until,
            chooses_until=self.chooses_until,
            mode=self.mode,
            kind=self.kind,
        )

    def booking(self, booking_id: int | None) -> StandingBooking | None:
        """The active booking with this id; none has None."""
        return next((each for each in self.bookings if each.id == booking_id), None)
