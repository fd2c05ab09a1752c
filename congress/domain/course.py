"""How far a congress is, and whether it takes place: what one's places are worth at some moment."""

from datetime import datetime
from enum import Enum, auto

from congress.domain.congresses import Congress, CongressState


class Course(Enum):
    """What becomes of a congress."""

    AHEAD = auto()
    BEGUN = auto()  # nothing changes hands any more
    OVER = auto()
    CALLED_OFF = auto()


def course(congress: Congress, now: datetime) -> Course:
    """Return how far a congress is; organisers may mark it as finished before its time."""
    if congress.state is CongressState.CANCELLED:
        return Course.CALLED_OFF
    if congress.state is CongressState.FINISHED or congress.is_over(now):
        return Course.OVER
    return Course.BEGUN if now >= congress.starts_at else Course.AHEAD
