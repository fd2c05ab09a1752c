"""What the overview counts in a congress, counted once for each state of it.

With 400 items and 20,000 people that takes a tenth of a second, and an overview is looked at often.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from congress.domain.overlaps import Pair
from congress.domain.registration import RegistrationState
from congress.queries import attendees, contributor_door, overlapping, quota_groups
from congress.queries.congresses import Heading
from congress.queries.kept import Kept
from congress.queries.planning import concerns, scheduling
from congress.queries.unchanged import State


@dataclass(frozen=True)
class Glance:
    """How much there is of each: items, warnings, people."""

    people: Mapping[RegistrationState, int]  # on the list of attendees, in each state
    unpublished: int  # items that are not yet shown as they were edited
    warnings: int  # about the programme
    double: int  # people with two workshops at one time
    unregistered: int  # people in the programme who come without a registration
    on_reserve: int  # people who wait on reserve lists


_kept: Kept[Glance] = Kept()


def of_congress(
    congress: Heading, state: State, pairs: Collection[Pair], *, has_quota: bool
) -> Glance:
    """Return the counts; `pairs` are the workshops at one time, as far as they still matter."""

    def count() -> tuple[Glance, bool]:
        found = Glance(
            people=attendees.counts_by_state(congress.id),
            unpublished=scheduling.count_unpublished(congress),
            warnings=len(concerns.of_congress(congress.id)),
            double=overlapping.count(pairs) if pairs else 0,
            unregistered=len(contributor_door.unregistered(congress.id)),
            on_reserve=quota_groups.count_on_reserve(congress.id) if has_quota else 0,
        )
        return found, True

    return _kept.at((*state, frozenset(pairs)), count)
