"""Releasing an assignment by wishes: all its places are given at once, and people hear of it.

It cannot be undone, as people are told. Nothing is worked out here: what the run found is given
only as long as everything it rests on is as it was.

Nobody can register or choose while a congress is held. So what follows from a run is planned
before, and under the hold it is only looked whether anything was read otherwise since.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.assigning import NotReleasable, RunOutOfDate, Wait
from congress.domain.assignment import giving, records
from congress.domain.assignment.giving import Given, Plan
from congress.domain.assignment.lots import lots
from congress.domain.assignment.runs import RunKind, RunState
from congress.domain.hall import Person
from congress.domain.slots import Slot
from congress.extensions import db
from congress.models import AssignmentRun
from congress.models import Congress as CongressRow
from congress.models import ProgrammeItem as ItemRow
from congress.models.revisions import ANEW
from congress.queries import assignment_results as results
from congress.queries import assignment_runs as runs
from congress.queries import assignments, congresses, programme
from congress.queries import places as queries
from congress.queries.assignment_runs import Run
from congress.queries.assignments import Facts
from congress.queries.congresses import Heading
from congress.services import places
from congress.services.assigning import keeping
from congress.services.mails import assigned, telling
from congress.services.places import Ledger
from congress.transaction import read_one_state, transaction

RUNS, ITEMS, CONGRESSES = map(table_of, (AssignmentRun, ItemRow, CongressRow))


@dataclass(frozen=True)
class Foreseen:
    """What a release does: whom it gives places, and whom it writes to.

    `moved` are people who give up another place of that time, `without` of them those who get
    none for it; a place in what is called off is none to give up. A calendar entry goes with the
    letter to everybody whose places change.
    """

    people: int
    places: int
    waits: int
    letters: int
    calendars: int
    moved: int
    without: int

    @property
    def is_anything(self) -> bool:
        """Whether anybody's places change, or anybody is written to."""
        return bool(self.places or self.waits or self.letters)


def foresee(congress_id: int, run_id: int, *, now: datetime) -> Foreseen:
    """Return what releasing a run would do now.

    Reads alone; raises what would stand in its way.
    """
    heading = congresses.get_heading(congress_id)
    known = _read(heading, _releasable(congress_id, run_id))
    found = _plan(known)
    if known.run.inputs_hash != found.hash_now:
        raise RunOutOfDate
    ledger = Ledger(heading, known.facts.items, now=now)
    ledger.know(found.people)
    ledger.decide(found.plan.wanted).require()
    return _foreseen(known, found.plan)


def release(
    congress_id: int, run_id: int, *, seen_hash: str, actor: Actor, now: datetime
) -> Foreseen:
    """Give the places of a run that was looked at, and have everybody told.

    All of it or nothing: raises NotReleasable where another run has taken its place, and
    RunOutOfDate where anything has changed since it was worked out.
    """
    read_one_state()
    before = _read(congresses.get_heading(congress_id), _releasable(congress_id, run_id))
    found = _as_seen(before, seen_hash)
    with transaction():
        heading = congresses.hold(congress_id)
        known = _read(heading, _releasable(congress_id, run_id), before.given)
        if known != before:
            found = _as_seen(known, seen_hash)
        run = known.run
        _mark(congress_id, run, known.facts.slots, actor=actor, now=now)
        # From here on these workshops are like any others.
        with places.held(congress_id, now=now) as ledger:
            ledger.know(found.people)
            ledger.carry_out(found.plan.wanted)
            keeping.release(congress_id, known.facts.slots, now=now)
            assigned.announce(ledger, run, found.plan.changed)
            telling.moved_up(ledger)
            done = _foreseen(known, found.plan)
            numbers = {"people": done.people, "waits": done.waits, "moved": done.moved}
            details = {"run": run.id, "kind": run.kind, "letters": done.letters} | numbers
            ledger.record("assignment_released", actor=actor, details=details)
    return done


@dataclass(frozen=True)
class _Known:
    """All that a release rests on: where it is the same as before, so is what follows from it.

    What a finished run gives stays as it is; only who is gone by now is missing among the people.
    """

    run: Run = field(compare=False)
    given: Sequence[Given] = field(compare=False)
    facts: Facts
    people: Mapping[int, Person]
    kept: Sequence[tuple[int, int, int]]  # what people outside the congress wish for


@dataclass(frozen=True)
class _Found:
    """What a release gives, and everybody whom it concerns.

    `hash_now` tells whether wishes, places and people are as they were for the run.
    """

    plan: Plan
    people: Sequence[int]
    hash_now: str


def _releasable(congress_id: int, run_id: int) -> Run:
    run = runs.newest(congress_id)
    if run is None or run.id != run_id or run.state is not RunState.DONE:
        raise NotReleasable
    return run


def _read(heading: Heading, run: Run, given: Sequence[Given] | None = None) -> _Known:
    congress, items = congresses.with_content(heading), programme.current_items(heading)
    is_first = run.kind is RunKind.FIRST
    given = results.given(run.id) if given is None else given
    facts = assignments.facts(congress, items, least_change=not is_first)
    workshops = [item.id for slot in facts.slots for item in slot.workshops]
    return _Known(
        run=run,
        given=given,
        facts=facts,
        people=queries.persons({each.person for each in given})[0],
        kept=results.kept_wishes(congress.id, workshops) if is_first else (),
    )


def _as_seen(known: _Known, seen_hash: str) -> _Found:
    """Return what follows from a run that was looked at; raises RunOutOfDate."""
    found = _plan(known)
    if known.run.inputs_hash != seen_hash or seen_hash != found.hash_now:
        raise RunOutOfDate
    return found


def _plan(known: _Known) -> _Found:
    """Return what a run gives as things stand; raises RunOutOfDate where a choice is another."""
    facts, run, people = known.facts, known.run, known.people
    given = [each for each in known.given if each.person in people]
    choices = {slot.key: frozenset(item.id for item in slot.workshops) for slot in facts.slots}
    if any(each.slot not in choices for each in given):
        raise RunOutOfDate
    counted = {item.id: item.places for item in facts.items if item.bookable}
    problem = assignments.stated(facts)
    lost = {(each.id, key) for each in problem.people.values() for key in each.loses}
    is_first = run.kind is RunKind.FIRST
    found = giving.plan(given, people, counted, choices, is_first=is_first, lost=lost)
    # Nobody outside waits for what is called off, nor where nobody may wait.
    kept = _kept(known, frozenset(problem.offers) - found.closed)
    wanted = replace(found.wanted, queues=(*found.wanted.queues, *kept))
    numbers = {*people, *(wait.person for wait in kept)}
    hash_now = records.inputs_hash(problem, run.seed)
    return _Found(replace(found, wanted=wanted), sorted(numbers), hash_now)


def _kept(known: _Known, to_be_had: Collection[int]) -> list[Wait]:
    """Return what people outside the congress wait for once they have a place in it.

    They stand behind everybody inside: by the rank of the wish, then by lot.
    """
    wishes = [wish for wish in known.kept if wish[1] in to_be_had]
    lot = lots(known.run.seed, {person for person, _item, _rank in wishes})
    wishes.sort(key=lambda wish: (wish[2], lot[wish[0]], wish[1]))
    return [Wait(person, item, rank) for person, item, rank in wishes]


def _foreseen(known: _Known, found: Plan) -> Foreseen:
    wanted = found.wanted
    off = {item.id for item in known.facts.items if item.face.cancelled}
    placed = {seat.person for seat in wanted.seats}
    changed = placed | {person for person, _key in wanted.given_up}
    moved = {person for person, key in wanted.given_up if key not in off}
    return Foreseen(
        people=len(placed),
        places=len(wanted.seats),
        waits=len(wanted.queues),
        letters=assigned.count(known.run, found.changed),
        calendars=len(changed),
        moved=len(moved),
        without=len(moved - placed),
    )


def _mark(
    congress_id: int, run: Run, slots: Sequence[Slot], *, actor: Actor, now: datetime
) -> None:
    """Note that the run is released and its choices are assigned.

    Nobody asks any more what one more place would change.
    """
    released = {"state": RunState.RELEASED, "released_at": now, "released_by": actor.user_id}
    asked_no_more = {"compare_asked_at": None}
    db.session.execute(update(RUNS).where(RUNS.c.id == run.id).values(released | asked_no_more))
    workshops = [item.id for slot in slots for item in slot.workshops]
    if run.kind is RunKind.FIRST:
        db.session.execute(update(ITEMS).where(ITEMS.c.id.in_(workshops)).values(assigned_at=now))
        db.session.execute(update(CONGRESSES).where(CONGRESSES.c.id == congress_id).values(ANEW))
