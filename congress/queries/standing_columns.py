"""The columns of a registration that say where somebody stands, and what is made of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing, StandingBooking
from congress.queries.positions import InQueue

STANDING = (
    "id congress_id state given_name family_name email language created_at merged_into_id"
    " subscribes unconfirmed_until holds_places offered_until chooses_until"
    " substituted_by_id priority mode kind wished_at"
)


def as_standing(
    person: Mapping[str, Any], bookings: Sequence[StandingBooking], in_queue: InQueue | None
) -> Standing:
    """Return where somebody stands; `person` has the columns of a registration, and wishes."""
    state = RegistrationState(person["state"])
    active = () if state is RegistrationState.CANCELLED else bookings
    in_order = sorted(active, key=lambda each: (each.item.slot.starts_at, each.wish or 0, each.id))
    named = {name: person[name] for name in (*STANDING.split(), "wishes")}
    named |= {"state": state, "mode": Mode(person["mode"]), "kind": PersonKind(person["kind"])}
    waits = in_queue._asdict() if in_queue else {}
    return Standing(**named, **waits, bookings=tuple(in_order))
