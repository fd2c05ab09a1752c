"""The choices of workshops whose places are given by wishes, as the pages of an assignment show."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.domain import allocation
from congress.domain.congresses import Congress
from congress.domain.programme import ProgrammeItem
from congress.domain.slots import Slot
from congress.queries import congresses, programme
from congress.web import access, languages
from congress.web.organiser import frame


@dataclass(frozen=True)
class Choices:
    """The choices whose places are given by wishes: those to assign, and those assigned.

    `items` is the whole programme.
    """

    congress: Congress
    items: Sequence[ProgrammeItem]
    open: Sequence[Slot]
    assigned: Sequence[Slot]

    @property
    def all(self) -> list[Slot]:
        return [*self.open, *self.assigned]

    @property
    def workshops(self) -> dict[int, ProgrammeItem]:
        """Every workshop of them, by its number."""
        return {item.id: item for slot in self.all for item in slot.workshops}

    @property
    def choice_of(self) -> dict[int, int]:
        """Of which choice every workshop of them is, by its number."""
        return {item.id: slot.key for slot in self.all for item in slot.workshops}

    @property
    def names(self) -> dict[int, str]:
        """What every workshop of them is called, and what else somebody may have a place in."""
        others = (item for item in self.items if item.bookable)
        return {
            item.id: languages.short_name(item.number, item.face)
            for item in (*self.workshops.values(), *others)
        }


def choices() -> Choices:
    """Return the choices by wishes of the congress whose workspace is open."""
    workspace = access.workspace()
    congress = congresses.with_content(workspace)
    items = programme.kept_items(workspace)
    taking = allocation.taking_wishes(items, congress.rules.allocation)
    return Choices(congress, items, taking, allocation.assigned(items))


def when(slot: Slot) -> str:
    """Return day and time of a choice in words."""
    dates = frame.dates()
    return f"{dates.day(slot.time.starts_at)}, {dates.range(slot.time)}"
