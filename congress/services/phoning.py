"""An organiser ticks off that somebody without an address was phoned."""

from datetime import datetime

from congress.domain.access import Actor
from congress.queries import phoning
from congress.queries.phoning import NOT_PHONED, PHONED
from congress.queries.registrations import congress_of
from congress.services import auditing
from congress.transaction import transaction


def tick(registration_id: int, *, is_phoned: bool, actor: Actor, now: datetime) -> None:
    """Note that somebody who moved up knows it, or take that back; again changes nothing."""
    with transaction():
        last = phoning.find_last(registration_id)
        if last is None or is_phoned is (last.verb == PHONED):
            return
        auditing.record(
            PHONED if is_phoned else NOT_PHONED,
            actor=actor,
            now=now,
            congress_id=congress_of(registration_id),
            registration_id=registration_id,
        )
