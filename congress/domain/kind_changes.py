"""People who come as something else: kept so that it can be taken back, and foreseen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from congress.domain.hall import Hall, Person
from congress.domain.kinds import PersonKind
from congress.domain.tally import Tally

ACT = "kind"  # in the log, among what is done with several people


@dataclass(frozen=True)
class KindChange:
    """As what somebody comes, before and after."""

    person: int
    before: PersonKind
    after: PersonKind

    @property
    def taken_back(self) -> "KindChange":
        """Return the way back."""
        return KindChange(self.person, self.after, self.before)


def as_json(changes: Iterable[KindChange]) -> dict[str, Any]:
    """Return what an act is taken back with, as a column keeps it."""
    return {"kinds": [[each.person, each.before, each.after] for each in changes]}


def kept_in(personal: Mapping[str, Any]) -> tuple[KindChange, ...]:
    """Return what a line of the log keeps; nothing once it is taken back or forgotten."""
    return tuple(
        KindChange(person, PersonKind(before), PersonKind(after))
        for person, before, after in personal.get("kinds", ())
    )


def imagined(hall: Hall, people: Sequence[Person]) -> Hall:
    """Return the places as if people whom it knows came as something else, as these say it.

    The organisations that anybody is counted with before or after are known.
    """
    tally = Tally(hall)
    for each in people:
        tally.come_as(hall.people[each.id], each.kind, each.quota_key)
    return replace(
        hall,
        people={**hall.people, **{each.id: each for each in people}},
        places=tally.places,
        delegations=tally.delegations,
        contingents=tally.contingents,
    )
