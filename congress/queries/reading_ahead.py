"""What organisers open first, read once before the processes part: none of them begins with it."""

from datetime import datetime

from congress.domain.overlaps import pairs
from congress.queries import at_a_glance, congresses, programme, turnout
from congress.queries.unchanged import state_of


def read_ahead(*, now: datetime) -> None:
    """Read what the overview of the latest public congress counts, if there is one.

    The first look at it took a process half a second, most of it for statements not met before.
    """
    for congress in congresses.public_congresses()[:1]:
        heading = congresses.get_heading(congress.id)
        state, items = state_of(heading), programme.current_items(heading)
        at_a_glance.of_congress(heading, state, pairs(items), has_quota=True)
        turnout.of_congress(congresses.with_content(heading), state, now=now)
