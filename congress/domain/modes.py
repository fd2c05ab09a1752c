"""How one takes part: on site or online, and what of both a congress and a workshop have."""

from dataclasses import dataclass
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.texts import Texts


class Mode(StrEnum):
    """How somebody takes part."""

    ONSITE = "onsite"
    ONLINE = "online"

    @property
    def other(self) -> "Mode":
        """The other way."""
        return Mode.ONLINE if self is Mode.ONSITE else Mode.ONSITE


class EventMode(StrEnum):
    """How one can take part in a congress; in a hybrid one each chooses, and both have places."""

    ONSITE = "onsite"
    ONLINE = "online"
    HYBRID = "hybrid"

    @property
    def usual(self) -> Mode:
        """How somebody takes part who has said nothing of it."""
        return Mode.ONLINE if self is EventMode.ONLINE else Mode.ONSITE


class ItemMode(StrEnum):
    """How one can take part in a workshop of a hybrid congress."""

    BOTH = "both"
    ONSITE = "onsite"
    ONLINE = "online"

    def fits(self, mode: Mode) -> bool:
        """Return whether somebody can be there who takes part in this way."""
        return self is ItemMode.BOTH or self.value == mode.value


class NotHybrid(Refused):
    """Nobody chooses how to take part where there is one way only."""


@dataclass(eq=False)
class ModeFull(Refused):
    """Nothing is free in the way somebody wants to take part in, and nobody can wait for it."""

    mode: Mode


@dataclass(eq=False)
class NoneFreeThere(ModeFull):
    """The same for somebody who has a place the other way: they keep it."""


@dataclass(eq=False)
class NotInThisMode(Refused):
    """A workshop can be visited on site only, or online only, and somebody comes the other way."""

    title: Texts
    mode: Mode  # the one way


@dataclass(eq=False)
class TakePartOtherwise(Refused):
    """So many people take part in a way that a congress would have no longer."""

    people: int
    mode: Mode


class LinkToldAlready(Refused):
    """The link is in mailboxes and calendars already, so it cannot be held back any more."""
