"""What would come of one thing done with several people, found by the rules that would do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.selection import Acting, Foreseen, outcome
from congress.queries import programme
from congress.queries.congresses import Heading
from congress.services.places import Ledger


@dataclass(frozen=True)
class Foresight:
    """What it means for each of those chosen, and how many others would move up."""

    people: tuple[Foreseen, ...]
    moved_up: int


def foresee(heading: Heading, people: Sequence[int], acting: Acting, *, now: datetime) -> Foresight:
    """Return what would come of it, one person after the other; nothing is held or written."""
    ledger = Ledger(heading, programme.current_items(heading), now=now)
    found: list[Foreseen] = []
    moved_up: set[int] = set()
    for person in people:
        ledger.know([person])
        before = ledger.hall.people[person]
        decision = ledger.decide(acting.wanted(person))
        if decision.refusal is not None:
            found.append(Foreseen(person, None, decision.refusal))
            continue
        ledger.imagine(decision)
        found.append(Foreseen(person, outcome(acting, before, ledger.hall.people[person])))
        moved_up |= decision.gains.keys()
    return Foresight(tuple(found), len(moved_up - set(people)))
