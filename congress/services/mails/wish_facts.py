"""What letters state of wishes for workshops, and of places that were given by them."""

from collections.abc import Callable, Mapping, Sequence

from congress.domain import ranking
from congress.domain.congresses import Congress
from congress.domain.mails.messages import WorkshopFacts
from congress.domain.mails.wishing import AboutWishes, WishesFacts
from congress.domain.programme import Face, ProgrammeItem
from congress.domain.ranking import NO_PLACE, Wishes
from congress.domain.registration import BookingState
from congress.domain.slots import Slot
from congress.domain.standing import Standing, StandingBooking
from congress.services.mails.moments import moment


def add(
    facts: AboutWishes,
    standing: Standing,
    congress: Congress,
    taking: Sequence[Slot],
    of_workshop: Callable[[ProgrammeItem, str], WorkshopFacts],
) -> None:
    """Say what somebody wishes for in the choices that take wishes, and until when they can."""
    slots = standing.without_place(taking)
    if not slots:
        return
    said = ranking.by_choice(slots, standing.wishes)
    facts["wishes"] = [
        _of_choice(slot, said.get(slot.key), standing, of_workshop) for slot in slots
    ]
    facts["wishes_until"] = moment(congress.wishes_close_at)
    if said:
        facts["has_wished"] = True


def turned(
    standing: Standing, taking: Sequence[Slot], known: Mapping[int, Face]
) -> list[ProgrammeItem]:
    """Return what somebody ranked and has not booked that is called off, or takes place after all.

    `known` are the faces before of what is news.
    """
    if not known:
        return []
    slots = standing.without_place(taking)
    ranked = {
        key for said in ranking.by_choice(slots, standing.wishes).values() for key in said.ranked
    }
    wished = ranked - {each.item.id for each in standing.bookings}
    return [
        item
        for slot in slots
        for item in slot.workshops
        if item.id in wished & known.keys() and known[item.id].cancelled != item.face.cancelled
    ]


def to_rank(
    standing: Standing, taking: Sequence[Slot], items: Sequence[ProgrammeItem]
) -> list[ProgrammeItem]:
    """Return what of some workshops somebody has not ranked and could, having no place then."""
    ranked = {each.item_id for each in standing.wishes if each.rank and not each.any_other}
    among = {item.id for slot in standing.without_place(taking) for item in slot.workshops}
    return [item for item in items if item.id in among - ranked]


def add_rank(facts: WorkshopFacts, booking: StandingBooking, standing: Standing) -> None:
    """Say which wish it is that came true or is waited for, if it is one."""
    if booking.wish is None:
        return
    if booking.state is BookingState.CONFIRMED:
        facts["by_wish"] = booking.wish
    else:
        facts["wish"] = booking.wish
    if standing.is_any_other(booking.item.id):
        facts["any_other"] = True


def _of_choice(
    slot: Slot,
    said: Wishes | None,
    standing: Standing,
    of_workshop: Callable[[ProgrammeItem, str], WorkshopFacts],
) -> WishesFacts:
    items, wished = {item.id: item for item in slot.workshops}, said or NO_PLACE
    return {
        "starts_at": moment(slot.time.starts_at),
        "ends_at": moment(slot.time.ends_at),
        "items": [*items],
        "ranked": [of_workshop(items[key], standing.language) for key in wished.ranked],
        "any_other": wished.any_other,
        "no_place": said == NO_PLACE,
    }
