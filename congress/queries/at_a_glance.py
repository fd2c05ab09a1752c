"""What the overview counts in a congress, counted once for each state of it.

With 400 items and 20,000 people that takes a tenth of a second, and an overview is looked at often.
What it counts in the programme stays while people register.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from congress.domain.overlaps import Pair
from congress.domain.registration import RegistrationState
from congress.queries import attendees, contributor_door, overlapping, quota_groups
from congress.queries.congresses import Heading
from congress.queries.kept import Kept, Shared
from congress.queries.planning import concerns, scheduling
from congress.queries.unchanged import State, programme_state_of


@dataclass(frozen=True)
class Glance:
    """How much there is of each: items, warnings, people."""

    people: Mapping[RegistrationState, int]  # on the list of attendees, in each state
    unpublished: int  # items that are not yet shown as they were edited
    warnings: int  # about the programme
    double: int  # people with two workshops at one time
    unregistered: int  # people in the programme who come without a registration
    on_reserve: int  # people who wait on reserve lists


def _glance(counts: dict[str, Any]) -> Glance:
    people = {RegistrationState(state): count for state, count in counts.pop("people").items()}
    return Glance(people=people, **counts)


_kept = Kept(Shared("glance", asdict, _glance))
_programme = Kept(Shared("programme", list[int], lambda both: (both[0], both[1])))


def of_congress(
    congress: Heading, state: State, pairs: Collection[Pair], *, has_quota: bool
) -> Glance:
    """Return the counts; `pairs` are the workshops at one time, as far as they still matter."""

    def count() -> tuple[Glance, bool]:
        unpublished, warnings = _of_programme(congress)
        found = Glance(
            people=attendees.counts_by_state(congress.id),
            unpublished=unpublished,
            warnings=warnings,
            double=overlapping.count(pairs) if pairs else 0,
            unregistered=len(contributor_door.unregistered(congress.id)),
            on_reserve=quota_groups.count_on_reserve(congress.id) if has_quota else 0,
        )
        return found, True

    return _kept.at((*state, tuple(sorted(pairs))), count)


def _of_programme(congress: Heading) -> tuple[int, int]:
    """Return how many items are not shown as they were edited, and how many warnings there are."""

    def count() -> tuple[tuple[int, int], bool]:
        unpublished = scheduling.count_unpublished(congress)
        return (unpublished, len(concerns.of_congress(congress.id))), True

    return _programme.at(programme_state_of(congress), count)
