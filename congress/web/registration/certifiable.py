"""Whether the page of a registration offers a certificate of attendance."""

from datetime import datetime

from congress.domain.attendance import days_of
from congress.domain.certificates import require_certifiable
from congress.domain.errors import Refused
from congress.domain.registration import RegistrationState
from congress.queries import attendances
from congress.queries.registrations import Opened


def may_be_certified(own: Opened, *, now: datetime) -> bool:
    """Return whether somebody was there, once it is over; before, nothing is looked up."""
    is_confirmed = own.registration.standing.state is RegistrationState.CONFIRMED
    if not is_confirmed or not own.congress.is_over(now):
        return False
    days = days_of(own.congress)  # it may have been moved away from that of a tick
    was_there = any(each.day in days for each in attendances.of_registration(own.registration.id))
    try:
        require_certifiable(own.congress, was_there=was_there, by_organisers=False, now=now)
    except Refused:
        return False
    return True
