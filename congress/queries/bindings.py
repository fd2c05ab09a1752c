"""Which workshops go only with another, asked of the database (`domain.bindings`)."""

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from congress.domain.registration import BookingState
from congress.models import Booking, ProgrammeItem
from congress.queries.programme import at_one_time


def waits_for_another() -> ColumnElement[bool]:
    """Whether a workshop is bound to another (decision 0094) where none who wait has a place.

    What does not take place binds nobody. A place at the same time counts for none: whoever has it
    waits for what is offered at another, and goes on from there.
    """
    waits, has, other = aliased(Booking), aliased(Booking), aliased(ProgrammeItem)
    named = ProgrammeItem.only_with
    is_other = (
        (other.congress_id == ProgrammeItem.congress_id)
        & ((other.code == named) | (other.same_as == named))
        & ~other.cancelled
    )
    is_bound = exists().where(is_other).correlate(ProgrammeItem)
    has_other = exists().where(
        has.registration_id == waits.registration_id,
        has.state == BookingState.CONFIRMED,
        has.item_id == other.id,
        is_other,
        ~at_one_time(other, ProgrammeItem),
    )
    is_next = exists().where(
        waits.item_id == ProgrammeItem.id,
        waits.state == BookingState.WAITING,
        has_other.correlate(waits, ProgrammeItem),
    )
    return (named != "") & is_bound & ~is_next.correlate(ProgrammeItem)
