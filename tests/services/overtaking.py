"""Who stands where in the queues, looked at independently: nobody is to be overtaken."""

from collections import Counter

from sqlalchemy import select

from congress.domain.kinds import PersonKind
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Booking, Registration, RegistrationGroup
from tests.services.bound_places import is_kept_from

BY_HAND = ("promote", "merge", "admit", "call off", "hand over", "take part", "come as")


def assert_nobody_was_overtaken(before: dict, after: dict, step: tuple, quota: int) -> None:
    """Whoever moved up stood before everybody who still waits, unless moved by hand.

    Or has the place of another registration of theirs, or one the other way, which takes no turn;
    or one that is held back for people like them.
    """
    if step[0].startswith(BY_HAND):
        return
    for states in ("registrations", "bookings"):
        waited = [key for key, state in before[states].items() if state == "waiting"]
        still = [key for key in waited if after[states].get(key) == "waiting"]
        moved = [key for key in waited if after[states].get(key) == "confirmed"]
        if states == "registrations":
            moved = [key for key in moved if registration(key).kind == PersonKind.ATTENDEE]
        for queue in {key[0] for key in moved}:
            ahead = [waited.index(key) for key in moved if key[0] == queue]
            behind = [key for key in still if key[0] == queue and eligible(key, states, quota)]
            assert not behind or max(ahead) < min(map(waited.index, behind)), step


def eligible(key: tuple[int, int], states: str, quota: int) -> bool:
    if states == "registrations":
        waits = registration(key)
        if waits.group_id and db.session.get_one(RegistrationGroup, waits.group_id).together:
            return False  # there may be too many of them
        organisation = waits.quota_key
        sits = Registration.state.in_((RegistrationState.CONFIRMED, RegistrationState.OFFERED))
        taken = Counter(db.session.scalars(select(Registration.quota_key).where(sits)))
        return not (quota and organisation) or taken[organisation] < quota
    state = db.session.scalars(
        select(Registration.state)
        .join(Booking, Booking.registration_id == Registration.id)
        .where(Booking.id == key[1])
    ).one()
    return state == RegistrationState.CONFIRMED and not is_kept_from(key[1])


def registration(key: tuple[int, int]) -> Registration:
    return db.session.get_one(Registration, key[1])


def snapshot() -> dict:
    """Every state of every registration and booking, with its queue, in the order of queues."""
    registrations, bookings = (
        db.session.execute(
            select(queue, table.id, table.state).order_by(table.priority, table.joined_at, table.id)
        )
        for table, queue in ((Registration, Registration.mode), (Booking, Booking.item_id))
    )
    return {
        "registrations": {(queue, number): state for queue, number, state in registrations},
        "bookings": {(queue, number): state for queue, number, state in bookings},
    }
