"""Which act brought somebody where they stand: what the lines of the log say of states.

A line names what was done; here stands what it led to. The newest one that led to a state says
since when and why it holds.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from congress.domain.change_requests import RequestKind
from congress.domain.registration import BookingState, RegistrationState


class Line(Protocol):
    """What is looked at of a line of the log."""

    @property
    def verb(self) -> str: ...

    @property
    def details(self) -> Mapping[str, Any]: ...


SomeLine = TypeVar("SomeLine", bound=Line)

BEGINNINGS = frozenset({"registered", "entered", "registration_accepted", "took_over"})
# These say which workshops somebody had before and has after, each with its state.
CHANGES = frozenset(
    {"workshops_changed", "workshop_left", "workshop_taken_back", "request_accepted"}
    | {"put_elsewhere", "merged", "registration_put_back", "workshops_put_back"}
)
NOWHERE: frozenset[RegistrationState] = frozenset()
# Whoever takes over, or is put back, stands where the registration stood before.
ANY_OPEN = frozenset(RegistrationState) - {RegistrationState.CANCELLED}
Details = Mapping[str, Any]


def _to(
    state: RegistrationState, applies: Callable[[Details], bool] = lambda _said: True
) -> Callable[[Details], Collection[RegistrationState]]:
    """Return what a verb led to, where what its line says is about the registration."""
    return lambda said: {state} if applies(said) else NOWHERE


def _as_stated(said: Details) -> Collection[RegistrationState]:
    return {RegistrationState(said["state"])} if "state" in said else NOWHERE


def _in_the_congress(said: Details) -> bool:
    return bool(said.get("congress"))


def _into_another_line(said: Details) -> Collection[RegistrationState]:
    """Whoever has a place keeps it, another way of taking part or not."""
    is_in = bool(said.get("gained"))
    return {RegistrationState.CONFIRMED if is_in else RegistrationState.WAITING}


LED_TO: Mapping[str, Callable[[Details], Collection[RegistrationState]]] = {
    "registered": _as_stated,
    "entered": _as_stated,
    "registration_accepted": _as_stated,
    "merged": _as_stated,  # where it is another one since
    "took_over": lambda _said: ANY_OPEN,
    "registration_put_back": lambda _said: ANY_OPEN,
    "moved_up": _to(RegistrationState.CONFIRMED, _in_the_congress),
    "offer_accepted": _to(RegistrationState.CONFIRMED, _in_the_congress),
    "promoted": _to(RegistrationState.CONFIRMED, lambda said: "item" not in said),
    "mode_changed": _into_another_line,
    "place_offered": _to(RegistrationState.OFFERED, _in_the_congress),
    "offer_declined": _to(RegistrationState.CANCELLED, _in_the_congress),
    "offer_expired": _to(RegistrationState.CANCELLED, _in_the_congress),
    "request_accepted": _to(
        RegistrationState.CANCELLED, lambda said: said.get("kind") == RequestKind.WITHDRAWAL
    ),
    "withdrawn": _to(RegistrationState.CANCELLED),
    "cancelled": _to(RegistrationState.CANCELLED),
    "lapsed": _to(RegistrationState.CANCELLED),
    "registration_declined": _to(RegistrationState.CANCELLED),
    "handed_over": _to(RegistrationState.CANCELLED),
    "merged_away": _to(RegistrationState.CANCELLED),
}


def of_registration(lines: Iterable[SomeLine], state: RegistrationState) -> SomeLine | None:
    """Return what brought a registration to its state, of its lines from the newest on."""
    return next((each for each in lines if state in _states_after(each)), None)


def of_booking(
    lines: Iterable[SomeLine], item_id: int, state: BookingState | None
) -> SomeLine | None:
    """Return what brought a place in a workshop, or in its queue, to its state."""
    return next((each for each in lines if _leads_to(each, item_id, state)), None)


def _states_after(line: Line) -> Collection[RegistrationState]:
    """Return to which states of a registration a line may have led; mostly one or none."""
    led_to = LED_TO.get(line.verb)
    return led_to(line.details) if led_to else NOWHERE


def _leads_to(line: Line, item_id: int, state: BookingState | None) -> bool:
    """Return whether a line brought a booking to a state, or all that was chosen with it."""
    said = line.details
    if line.verb in BEGINNINGS:
        return True
    if line.verb in CHANGES:
        had, has = (dict(said.get(when, ())) for when in ("before", "after"))
        return had.get(item_id) != has.get(item_id) == state
    if line.verb == "place_offered":
        return state is BookingState.OFFERED and item_id in said["items"]
    if line.verb in {"moved_up", "promoted", "offer_accepted"}:
        won = (said.get("item"), *said.get("items", ()))
        return state is BookingState.CONFIRMED and item_id in won
    return False
