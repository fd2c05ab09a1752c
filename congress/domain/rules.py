"""The rules of registration that a congress chooses, each a switch or a number with a name.

What a rule does stands where places are decided (`domain.conditions`, `domain.places`); here
stands what was chosen; which choices contradict each other says `domain.contradictions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, cast

from congress.domain.approval import Approval
from congress.domain.errors import Refused
from congress.domain.modes import EventMode
from congress.domain.priority import LONGEST_LIST, PriorityGroups
from congress.domain.workshops import Allocation

Choice = bool | int | str


class Access(StrEnum):
    """Who may register."""

    OPEN = "open"  # everybody
    INVITED = "invited"  # whoever has a personal link (`domain.invitations`)
    MEMBERS = "members"  # … or speaks for a member of the network on the first day


class RulesEditedMeanwhile(Refused):
    """Somebody else saved the rules after this form was opened."""


def number(most: int, otherwise: int = 0) -> Any:  # noqa: ANN401 - as `dataclasses.field` says it
    """Declare a rule that is a number from 0 to `most`; 0 says that there is no such rule."""
    return field(default=otherwise, metadata={"most": most})


def lines(most: int) -> Any:  # noqa: ANN401 - as `dataclasses.field` says it
    """Declare a rule that is names, one in each line, of `most` characters; none is no rule."""
    return field(default="", metadata={"lines": most})


@dataclass(frozen=True, kw_only=True)
class Rules:
    """All of them, in the order of the page; each default is what holds where nobody chose."""

    late: bool = False  # after the deadline one may ask to come
    approval: Approval = Approval.OFF  # by organisers, of every registration
    offer_hours: int = number(336)  # to accept a place that became free; 0 gives it at once
    offers_end_hours: int = number(720)  # before the beginning, when the last offer has ended
    quota: int = number(999)  # people of one organisation; whoever is beyond waits
    access: Access = Access.OPEN
    substitutes: bool = True  # whoever is registered may hand the place over to a colleague
    group_most: int = number(50)  # people whom one contact registers in one form
    priority: str = lines(LONGEST_LIST)  # groups in the order in which they move up
    mode: EventMode = EventMode.ONSITE
    online_places: int = number(99_999)  # in a hybrid congress; 0 has no limit
    link_hours: int = number(336)  # before the beginning, when the online link is told; 0 at once
    held_for_guests: int = number(999)  # places that nobody else gets (`domain.kinds`)
    held_for_press: int = number(999)
    held_for_team: int = number(999)
    held_for_contributors: int = number(999)
    partners_most: int = number(50)  # local partners whom one municipality invites
    certificate_from: int = number(100)  # percent of the days attended (`domain.modules`)
    allocation: Allocation = Allocation.FIRST_COME  # of places in workshops
    popularity: bool = False  # shown while wishes are ranked
    organisation_most: int = number(999)  # of one organisation in a workshop, by wishes

    @classmethod
    def of(cls, stored: Mapping[str, Choice]) -> "Rules":
        """Return what a row or a file holds; what is not named there is by default."""
        chosen = {name: _typed(name, stored[name]) for name in DEFAULTS if name in stored}
        return cls(**cast("dict[str, Any]", chosen))

    @property
    def passes_over(self) -> bool:
        """Whether somebody may wait beside a free place that others can have."""
        return bool(self.quota or self.group_most)

    @property
    def priority_groups(self) -> PriorityGroups:
        """Who moves up before whom."""
        return PriorityGroups.of(self.priority)

    @property
    def is_hybrid(self) -> bool:
        """Whether people on site and online have places of their own."""
        return self.mode is EventMode.HYBRID

    @property
    def stored(self) -> dict[str, Choice]:
        """What is not by default, as a row and a file hold it."""
        chosen = {name: getattr(self, name) for name in DEFAULTS}
        return {
            name: str(value) if isinstance(value, StrEnum) else value
            for name, value in chosen.items()
            if value != DEFAULTS[name]
        }

    @property
    def values(self) -> dict[str, str]:
        """Each as it is typed: a tick is "y", a number none where there is no such rule."""
        return {name: _as_typed(getattr(self, name)) for name in DEFAULTS}


USUAL = Rules()
DEFAULTS: dict[str, Choice] = {each.name: getattr(USUAL, each.name) for each in fields(Rules)}
MOST: dict[str, int] = {
    each.name: each.metadata["most"] for each in fields(Rules) if "most" in each.metadata
}
LINES: dict[str, int] = {
    each.name: each.metadata["lines"] for each in fields(Rules) if "lines" in each.metadata
}


def choices_of(name: str) -> type[StrEnum] | None:
    """Return the words that a rule can be; None for a tick, a number or lines."""
    usual = DEFAULTS[name]
    return type(usual) if isinstance(usual, StrEnum) else None


def _typed(name: str, value: Choice) -> Choice:
    choices = choices_of(name)
    return choices(str(value)) if choices else value


def _as_typed(value: Choice) -> str:
    if isinstance(value, bool):
        return "y" if value else ""
    return "" if value == 0 else str(value)
