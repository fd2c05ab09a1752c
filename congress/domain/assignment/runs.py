"""The runs of an assignment: asked for, worked out, looked at, released or not."""

from enum import StrEnum

from congress.domain.errors import Refused


class RunKind(StrEnum):
    """What a run is for."""

    FIRST = "first"  # of the choices whose places were not given yet
    LEAST_CHANGE = "least_change"  # of those that were, so that few have to move


class RunState(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CONTRADICTION = "contradiction"  # nothing keeps all limits
    FAILED = "failed"
    STOPPED = "stopped"
    RELEASED = "released"


UNDER_WAY = (RunState.QUEUED, RunState.RUNNING)
WORKED_OUT = (RunState.DONE, RunState.RELEASED)


class NothingTakesWishes(Refused):
    """In no choice are places given by wishes and not assigned yet."""


class NothingIsAssigned(Refused):
    """In no choice were places given by wishes: there is nothing that could change little."""


class NobodyHasWished(Refused):
    """Nobody with a place has a wish in any of the choices."""


class NotHeld(Refused):
    """The event is a draft, cancelled or finished: nobody is given a place in it."""


class AnotherRunUnderWay(Refused):
    """A run of the other kind is being worked out."""


class NotUnderWay(Refused):
    """A run that is to be stopped is through."""


class NotComparable(Refused):
    """Only of the newest run, and before it is released, is asked what one more place changes."""


class NotDecidable(Refused):
    """In this workshop nobody decides by hand: it is none of a choice by wishes, or is off."""


class HasNoPlace(Refused):
    """Whoever has no place at the event is given none in a workshop."""


class NoLongerKept(Refused):
    """What a run was made of is not kept: nothing came of it, or it went with the answers."""
