"""What would come of one thing done with several people, found by the rules that would do it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.conditions import room
from congress.domain.confirming import NotConfirmedYet
from congress.domain.places import PassOn
from congress.domain.registration import RegistrationState
from congress.domain.restoration import Kept, StandsOtherwise, concerned, lost
from congress.domain.selection import Act, Acting, Foreseen, Outcome, given_up, outcome
from congress.queries import bulk_acts, programme
from congress.queries.congresses import Heading
from congress.services.places import Ledger


@dataclass(frozen=True)
class Foresight:
    """What it means for each of those chosen, and which others move up or are offered a place."""

    people: tuple[Foreseen, ...]
    moved_up: tuple[int, ...]
    offered: tuple[int, ...] = ()


def foresee(
    heading: Heading,
    people: Sequence[int],
    acting: Acting,
    *,
    now: datetime,
    unconfirmed: Collection[int] = (),
) -> Foresight:
    """Return what would come of it, one person after the other; nothing is held or written.

    Those `unconfirmed` get no answer to what they asked for.
    """
    ledger = Ledger(heading, programme.current_items(heading), now=now)
    found: list[Foreseen] = []
    moved_up, offered = set[int](), set[int]()
    for person in people:
        ledger.know([person])
        before = ledger.hall.people[person]
        is_full = room(ledger.hall, before, acting.key) is not None
        if acting.act is Act.ADMIT and not before.waits_for(acting.key):
            found.append(Foreseen(person, outcome(acting, before, before)))
            continue
        if acting.act.is_answer and before.state is not RegistrationState.REQUESTED:
            found.append(Foreseen(person, Outcome.NOT_ASKING))
            continue
        if acting.act.is_answer and person in unconfirmed:
            found.append(Foreseen(person, None, NotConfirmedYet()))
            continue
        decision = ledger.decide(acting.wanted(person))
        if decision.refusal is not None:
            found.append(Foreseen(person, None, decision.refusal))
            continue
        ledger.imagine(decision)
        now_is = ledger.hall.people[person]
        what = outcome(acting, before, now_is)
        is_beyond = what is Outcome.PLACE and acting.is_beyond and is_full
        found.append(
            Foreseen(person, what, is_beyond=is_beyond, given_up=given_up(acting, before, now_is))
        )
        moved_up |= decision.gains.keys()
        offered |= decision.offers.keys()
    others = (tuple(sorted(each - set(people))) for each in (moved_up, offered))
    return Foresight(tuple(found), *others)


def foresee_restoring(heading: Heading, kept: Sequence[Kept], *, now: datetime) -> Foresight:
    """Return what would come of taking an act on several people back; nothing is written."""
    ledger = Ledger(heading, programme.current_items(heading), now=now)
    people = [each.person for each in kept]
    ledger.know(people)
    anew = bulk_acts.registered_anew(people)
    found: list[Foreseen] = []
    for each in kept:
        if each.person in anew or each.person not in ledger.hall.people:
            found.append(Foreseen(each.person, None, StandsOtherwise()))
            continue
        decision = ledger.decide(each.wanted)
        if decision.refusal is not None:
            found.append(Foreseen(each.person, None, decision.refusal))
            continue
        ledger.imagine(decision)
        now_is = ledger.hall.people[each.person]
        missing = lost(each.wanted.before, now_is)
        found.append(Foreseen(each.person, Outcome.BACK, lost=missing))
    keys = concerned(kept) & ledger.hall.workshops.keys()
    passed_on = ledger.decide(PassOn(keys))
    return Foresight(tuple(found), tuple(sorted(passed_on.gains)), tuple(sorted(passed_on.offers)))
