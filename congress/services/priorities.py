"""The priority groups of people: put into one, by hand or from a table, or moved with the rules.

Another group reorders queues and moves nobody up: it makes no place free.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import case, select, update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.hall import Person
from congress.domain.priority import (
    OTHERS,
    NoSuchGroup,
    PriorityGroups,
    Shift,
    moved,
    shifts,
)
from congress.extensions import db
from congress.models import Booking, Congress, Registration
from congress.queries import congresses, priorities
from congress.queries.congresses import Heading
from congress.queries.registrations import standings
from congress.services import auditing
from congress.services.enrolling import Enrolled
from congress.services.places import Ledger
from congress.transaction import transaction

PEOPLE, BOOKED, CONGRESSES = map(table_of, (Registration, Booking, Congress))


@dataclass(frozen=True)
class Regrouping:
    """Whose group is another by it: from which priority, and each position that is another.

    `others` are how many people besides stand elsewhere in a queue.
    """

    before: Mapping[int, int]
    shifts: Mapping[int, Sequence[Shift]]
    others: int = 0


def set_group(
    congress_id: int, people: Collection[int], name: str, *, actor: Actor, now: datetime
) -> Regrouping:
    """Put people into a group; whoever is in it already stays as they are.

    Raises NoSuchGroup.
    """
    with transaction():
        heading = congresses.hold(congress_id)
        priority = congresses.with_content(heading).rules.priority_groups.find(name)
        if priority is None:
            raise NoSuchGroup
        found = foresee(congress_id, people, priority)
        regroup(heading, dict.fromkeys(people, priority), actor=actor, now=now)
    return found


def set_all(
    congress_id: int, priority_of: Mapping[int, int], *, actor: Actor, now: datetime
) -> None:
    """Give each of several people a priority, as a table says it."""
    with transaction():
        regroup(congresses.hold(congress_id), priority_of, actor=actor, now=now)


def regroup(
    heading: Heading, priority_of: Mapping[int, int], *, actor: Actor, now: datetime
) -> None:
    """Give people of a held congress priorities and say so in the log, by the names of now."""
    groups = congresses.with_content(heading).rules.priority_groups
    before = priorities.of_people(heading.id, priority_of)
    others = {each: new for each, new in priority_of.items() if before.get(each, new) != new}
    if not others:
        return
    put(others)
    lines = [
        {
            "registration_id": person,
            "fields": [],
            "details": {"before": groups.name_of(before[person]), "after": groups.name_of(new)},
            "personal": {},
        }
        for person, new in others.items()
    ]
    auditing.record_all("priority_set", lines, actor=actor, now=now, congress_id=heading.id)
    # What is asked before an act rests on who is next.
    here = update(CONGRESSES).where(CONGRESSES.c.id == heading.id)
    db.session.execute(here.values(revision=CONGRESSES.c.revision + 1))


def grouped(ledger: Ledger, enrolled: Sequence[Enrolled], wanted: Sequence[int]) -> list[Enrolled]:
    """Put newcomers into groups, each with a priority; return them as they stand then."""
    both = zip(enrolled, wanted, strict=True)
    others = {each.standing.id: priority for each, priority in both if priority != OTHERS}
    if not others:
        return list(enrolled)
    put(others)
    found = standings([each.standing.id for each in enrolled], ledger.items())
    stand = {each.id: each for each in found}
    return [replace(each, standing=stand[each.standing.id]) for each in enrolled]


def foresee(congress_id: int, people: Collection[int], priority: int) -> Regrouping:
    """Return what it would mean to put people into a group now; nothing is written."""
    was = priorities.of_people(congress_id, people)
    before = {each: was[each] for each in people if was.get(each, priority) != priority}
    if not before:
        return Regrouping({}, {})
    found = shifts(
        priorities.queues(congress_id),
        lambda each: priority if each.person in before else each.priority,
    )
    mine = {each: found.pop(each, []) for each in before}
    return Regrouping(before, mine, len(found))


def foresee_groups(
    congress_id: int, before: PriorityGroups, after: PriorityGroups
) -> tuple[dict[str, int], int]:
    """Return what other groups would mean now; nothing is held or written.

    Of how many people the group would be gone, by its name, and how many people would stand at
    another position in a queue.
    """
    others = moved(before, after)
    if not others:
        return {}, 0
    counts, names = priorities.counts(congress_id), before.by_priority
    gone = {
        names[each]: counts[each]
        for each in others
        if each in counts and after.find(names[each]) is None
    }
    found = shifts(
        priorities.queues(congress_id), lambda each: others.get(each.priority, each.priority)
    )
    return gone, len(found)


def put(priority_of: Mapping[int, int]) -> None:
    """Give people priorities in all their queues, inside a running transaction."""
    for priority in set(priority_of.values()):
        people = [each for each, new in priority_of.items() if new == priority]
        for table, whose in ((PEOPLE, PEOPLE.c.id), (BOOKED, BOOKED.c.registration_id)):
            db.session.execute(update(table).where(whose.in_(people)).values(priority=priority))


def unite(kept: Person, other: Person) -> None:
    """Let two registrations that become one be in the group of the two that moves up first."""
    if kept.priority != other.priority:
        put({kept.id: min(kept.priority, other.priority)})


def follow(congress_id: int, before: PriorityGroups, after: PriorityGroups) -> None:
    """Let people follow their groups when these are named anew, inside a running transaction."""
    others = moved(before, after)
    if not others:
        return
    here = select(PEOPLE.c.id).where(PEOPLE.c.congress_id == congress_id)
    for table, whose in (
        (BOOKED, BOOKED.c.registration_id.in_(here)),
        (PEOPLE, PEOPLE.c.congress_id == congress_id),
    ):
        new = case(others, value=table.c.priority)
        concerned = (whose, table.c.priority.in_(list(others)))
        db.session.execute(update(table).where(*concerned).values(priority=new))
