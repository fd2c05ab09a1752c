"""Where somebody stands, in words for whoever acts for them."""

from congress.domain.registration import BookingState, RegistrationState
from congress.domain.standing import Standing, StandingBooking
from congress.web.languages import gettext as _
from congress.web.registration import cards
from congress.web.registration.cards import State


def state_of(standing: Standing) -> State:
    """Return where somebody stands, in words for whoever registered them."""
    if standing.state is RegistrationState.WAITING:
        if standing.on_reserve:
            number = standing.on_reserve.position
            return "wait", _("Reserve list, position %(number)d", number=number)
        return "wait", _("Waiting list, position %(number)d", number=standing.position or 0)
    return {
        RegistrationState.CANCELLED: ("off", _("No longer registered")),
        RegistrationState.CONFIRMED: ("ok", _("Place confirmed")),
        RegistrationState.REQUESTED: ("wait", _("Asked for a place")),
        RegistrationState.OFFERED: ("few", _("Place offered")),
    }[standing.state]


def workshop_in_words(booking: StandingBooking) -> tuple[str, State]:
    """Return the name of a workshop, and whether somebody has it."""
    name = cards.short_name(booking.item)
    if booking.item.face.cancelled:
        return name, ("off", _("Cancelled: not taking place"))
    if booking.state is BookingState.CONFIRMED:
        return name, ("ok", _("Place confirmed"))
    if booking.state is BookingState.OFFERED:
        return name, ("few", _("Place offered"))
    if booking.position is None:
        return name, ("wait", _("noted"))
    return name, ("wait", _("Waiting list, position %(number)d", number=booking.position))


def what_ends(standing: Standing) -> str:
    """Say what comes of it when somebody else ends a registration, or a request."""
    name, state = standing.name, standing.state
    if state is RegistrationState.REQUESTED and standing.holds_places:
        said = _(
            "The organisers then no longer decide about it, and what was held for %(name)s is "
            "free for others.",
            name=name,
        )
    elif state is RegistrationState.REQUESTED:
        said = _("The organisers then no longer decide about it.")
    elif state is RegistrationState.WAITING:
        said = _("%(name)s then no longer waits for a place, and you cannot undo this.", name=name)
    elif state is RegistrationState.OFFERED:
        said = _(
            "The place offered to %(name)s goes to the next person in line, and you cannot undo "
            "this.",
            name=name,
        )
    else:
        said = _("%(name)s gives up everything they have, and you cannot undo this.", name=name)
    told = _("%(name)s is told by email; everyone else stays registered.", name=name)
    return f"{said} {told}"
