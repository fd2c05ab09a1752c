"""The places of a congress while they are held: read, decided about, written back at the end.

Whoever changes places holds the congress, so that no two use cases decide about the same place.
Counters change in the database, whose CHECK is the last guard; what is decided rests on what was
read under the lock.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import bindparam, update

from congress import queue
from congress.base import table_of
from congress.domain import kinds
from congress.domain.access import SYSTEM
from congress.domain.groups import Contact
from congress.domain.hall import CONGRESS, ONLINE, Hall, Key, Line, Person, as_named
from congress.domain.handing_over import HandOver
from congress.domain.merging import Merge
from congress.domain.modes import Mode
from congress.domain.moves import Decision, Gain, Offer
from congress.domain.own_questions import OwnQuestion
from congress.domain.places import PassOn, Register, Wanted, decide
from congress.domain.programme import ProgrammeItem
from congress.domain.quotas import NOT_COUNTED
from congress.domain.registration import RegistrationState
from congress.domain.repeating import after
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import Congress as CongressRow
from congress.queries import congresses, contingents, counts, delegations, groups, programme
from congress.queries import places as queries
from congress.queries.congresses import Heading
from congress.services import applying, auditing, counters
from congress.transaction import after_commit

CONGRESSES = table_of(CongressRow)
# Places that one transaction passes on: with their letters they take a moment, for which
# everybody else waits who wants something of the congress.
AT_ONCE = 50
GO_ON = (
    update(CONGRESSES)
    .where(CONGRESSES.c.id == bindparam("counted_id"), ~CONGRESSES.c.moving_up)
    .values(moving_up=True)
    .returning(CONGRESSES.c.id)
)


class Ledger:
    """The places of one congress, and what was decided about them in this transaction."""

    def __init__(
        self,
        heading: Heading,
        items: Sequence[ProgrammeItem],
        *,
        now: datetime,
        counts_later: bool = False,
    ) -> None:
        self.now = now
        # A line of the log about this congress, in this transaction.
        self.record = partial(auditing.record, now=now, congress_id=heading.id)
        self.heading = heading
        self.congress = congresses.with_content(heading)
        made = Hall.of if counts_later else queries.hall
        self.hall = made(self.congress, items, now=now)
        self.bookings: dict[tuple[int, int], int] = {}
        self.gains: dict[int, Gain] = {}
        self.offers: dict[int, list[Offer]] = {}
        # How many chose the options of questions, where that was read with other counts.
        self.taken: Mapping[tuple[str, str], int] | None = None
        self.by_hand: int | None = None  # whose moving up has a line of its own
        # With whom those come who come only together; for whom another accepted an offer, and who.
        self.mates: dict[int, tuple[int, ...]] = {}
        self.accepted_for: frozenset[int] = frozenset()
        self.accepted_by: Contact | None = None
        # Who is of which kind, and for whom places are held back, may have changed before.
        self._before = {**self.hall.places, CONGRESS: self.congress.places}
        # How many decisions the database knows nothing of, and the organisations in them.
        self._imagined, self._others = 0, frozenset[str]()
        self._is_changed = False
        # As whom people are seen in what is only imagined, such as another kind; lines of the
        # congress are read whole then, for the database knows nothing of it.
        self.seen_as: Callable[[Person], Person] | None = None
        # How many places this transaction may still pass on; None for all there are.
        self.most: int | None = None
        self.goes_on = False  # in a step of the worker

    def items(self) -> dict[int, ProgrammeItem]:
        """Every released item by its id, with its places as they stand now."""
        here = {key: places for key, places in self.hall.places.items() if key}
        return {item.id: item for item in programme.with_places(self.heading, here)}

    def rule(self, rules: Rules) -> None:
        """Decide by other rules than those of the congress, to see what they would mean.

        Who takes part how stays as it is.
        """
        rules = replace(rules, mode=self.congress.rules.mode)
        self.congress = replace(self.congress, rules=rules)
        hall = replace(self.hall, rules=rules)
        self.hall = contingents.holding_back(hall, self.heading.id, rules)
        if online := self.hall.places.get(ONLINE):
            is_open = online.waiting_list_open
            resized = online.resized(rules.online_places or None, waiting_list_open=is_open)
            self.hall = replace(self.hall, places={**self.hall.places, ONLINE: resized})

    @property
    def holds_back_otherwise(self) -> bool:
        """Whether other rules hold back another number of places than was written last."""
        return self.hall.places[CONGRESS].held_back != self._before[CONGRESS].held_back

    def count_anew(self) -> None:
        """Pass on what is free by numbers that are read afresh: who counts as what has changed."""
        hall = replace(self.hall, people={}, lines={}, delegations={})
        self.hall = contingents.holding_back(hall, self.heading.id, self.congress.rules)
        self.carry_out(PassOn(frozenset()))

    def know(self, people: Collection[int]) -> None:
        """Read people whom a decision may concern."""
        unknown = [person for person in people if person not in self.hall.people]
        if unknown:
            found, bookings = queries.persons(unknown)
            if self.seen_as:
                found = {number: self.seen_as(each) for number, each in found.items()}
            self.bookings |= bookings
            self.hall = replace(self.hall, people={**self.hall.people, **found})
            self.know_delegations({each.quota_key for each in found.values()})
            self._know_groups(found.values())

    def _know_groups(self, people: Iterable[Person]) -> None:
        """Read with whom people move up who come only together, where that matters."""
        unsure = (RegistrationState.WAITING, RegistrationState.OFFERED)
        numbers = {each.group for each in people if each.group and each.state in unsure}
        if new := numbers - self.hall.groups.keys():
            found = groups.together(new)
            self.hall = replace(self.hall, groups={**self.hall.groups, **found})
            self.mates |= {person: mates for mates in found.values() for person in mates}
            self.know({person for mates in found.values() for person in mates})

    def know_delegations(self, keys: Collection[str]) -> None:
        """Read how many of organisations have a place, where that matters."""
        new = set(keys) - self.hall.delegations.keys() - {NOT_COUNTED}
        if new and (quota := self.congress.rules.quota):
            found = delegations.delegations(self.heading.id, new, quota)
            self.hall = replace(self.hall, delegations={**self.hall.delegations, **found})

    def count(self, quota_key: str, questions: Iterable[OwnQuestion]) -> None:
        """Read at once all that is counted for one registration, where a rule asks for it.

        For a ledger that `counts_later`: the contingents, how many come of its organisation, and
        how many chose the options of these questions.
        """
        limited, rules = list(questions), self.congress.rules
        keys = {quota_key} - {NOT_COUNTED} if rules.quota else set()
        if limited or keys or kinds.sizes(rules):
            found = counts.counts(self.heading.id, keys, limited, rules)
            self.taken = found.taken
            self.hall = contingents.with_held_back(
                replace(self.hall, delegations=found.delegations), found.contingents
            )

    def decide(self, wanted: Wanted) -> Decision:
        """Return what follows from a wish, reading queues only as far as the rule asks for."""
        if isinstance(wanted, Register | HandOver):
            others = (*wanted.others, *wanted.waiting) if isinstance(wanted, Register) else ()
            self.know_delegations({each.quota_key for each in (wanted.newcomer, *others)})
        if isinstance(wanted, Merge) and wanted.quota_key is not None:
            self.know_delegations({wanted.quota_key})
        may_send: frozenset[str] = frozenset()
        while True:
            decision = decide(self.hall, wanted, self.most)
            may_send |= decision.may_send  # whoever is let in later may leave it to others again
            if decision.unread_exchanges:
                self._read_exchanges(decision.unread_exchanges)
            elif decision.unread:
                self._read_lines(decision.unread, may_send)
            else:
                return decision

    def _read_exchanges(self, most: int) -> None:
        found = queries.exchanges(self.heading.id, most)
        self.know({person for line in found.values() for person in line.people})
        self.hall = replace(self.hall, exchanges=found)

    def _read_lines(self, unread: Mapping[Key, int], may_send: frozenset[str]) -> None:
        if not unread.keys().isdisjoint({CONGRESS, ONLINE}):
            # Whoever may be let in counts in the queues of workshops, so these are read anew. Those
            # of the congress stay: read anew in turns, each would forget the other for ever.
            kept = {at: line for at, line in self.hall.lines.items() if as_named(at) is CONGRESS}
            self.hall = replace(self.hall, lines=kept)
        for key, most in sorted(unread.items(), key=lambda pair: pair[0] or 0):
            line = self._line(key, most, may_send)
            self.know((*line.people, *line.behind))
            self.hall = replace(self.hall, lines={**self.hall.lines, key: line})

    def _line(self, key: Key, most: int, may_send: frozenset[str]) -> Line:
        """Read the head of a queue; where there is a quota, only whom it lets in."""
        rules, mode = self.hall.rules, None
        if rules.is_hybrid:
            mode = Mode.ONSITE if key is CONGRESS else Mode.ONLINE
        if self.seen_as and not key:
            most = 1 + self.congress.places.waiting + self.congress.online_places.waiting
        if key or not rules.quota or self.seen_as:
            line = queries.line(key, most, self.heading.id, self.hall.people, mode=mode)
        else:
            may_send = may_send | self._others
            people = delegations.line_within(
                self.heading.id, most, rules.quota, may_send, more=1 + self._imagined, mode=mode
            )
            line = Line(people, is_whole=len(people) < most)
        waits = {kind for kind, each in self.hall.contingents.items() if each.waiting}
        if key is not CONGRESS or line.is_whole or not waits:
            return line
        behind = contingents.line(self.heading.id, waits, most, is_hybrid=rules.is_hybrid)
        return replace(line, behind=tuple(each for each in behind if each not in line.people))

    def apply(self, decision: Decision, *, questions: Mapping[int, str] | None = None) -> Decision:
        """Carry a decision out; raises its refusal. Newcomers are stored by `enrolling`."""
        if decision.refusal is not None:
            raise decision.refusal
        self.goes_on |= decision.goes_on
        if self.most is not None:
            self.most = max(0, self.most - decision.served)
        if not decision.moves and not decision.places:
            return decision
        applying.carry_out(
            *(decision.moves, self.bookings, self.hall.people),
            questions=questions or {},
            now=self.now,
        )
        places = {**self.hall.places, **decision.places}
        sent = {**self.hall.delegations, **decision.delegations}
        held = {**self.hall.contingents, **decision.contingents}
        self.hall = replace(
            self.hall,
            places=places,
            delegations=sent,
            contingents=held,
            people={},
            lines={},
            groups={},
            exchanges=None,
        )
        self.bookings = {}
        for person, gain in decision.gains.items():
            self.gains.setdefault(person, Gain()).add(gain)
        for person, offers in decision.offers.items():
            self.offers.setdefault(person, []).extend(offers)
        self._is_changed = True
        return decision

    @contextmanager
    def imagining(self) -> Iterator[None]:
        """Forget in the end what is imagined meanwhile."""
        before = self.hall, self._imagined, self._others
        try:
            yield
        finally:
            self.hall, self._imagined, self._others = before

    def imagine(self, decision: Decision, newcomer: Person | None = None) -> None:
        """Go on as if a decision had been carried out, and write nothing."""
        self.hall = after(self.hall, decision, newcomer)
        if self.hall.rules.quota:  # of a line only those were read who might have come before
            lines = {at: line for at, line in self.hall.lines.items() if as_named(at)}
            self.hall = replace(self.hall, lines=lines)
        self._imagined += 1
        self._others |= decision.delegations.keys()

    def carry_out(self, wanted: Wanted, *, questions: Mapping[int, str] | None = None) -> Decision:
        """Decide and apply; raises the refusal."""
        return self.apply(self.decide(wanted), questions=questions)

    def write(self) -> None:
        """Write the counters, raise the revision of the congress, and log who moved up."""
        if not self._is_changed and not self.holds_back_otherwise:
            return
        counters.write(self.heading.id, self._before, self.hall.places)
        others = {person: gain for person, gain in self.gains.items() if person != self.by_hand}
        auditing.record_moving_up(self.heading.id, others, now=self.now)
        auditing.record_offers(self.heading.id, self.offers, now=self.now)
        if self.goes_on:
            self._leave_to_worker()
        for until in {each.until for offers in self.offers.values() for each in offers}:
            after_commit(queue.wake_at, until)

    def _leave_to_worker(self) -> None:
        """Note, and log once, that others move up in steps of their own."""
        noted = db.session.execute(GO_ON, {"counted_id": self.heading.id})
        if noted.all():
            self.record("moving_up_goes_on", actor=SYSTEM)
        after_commit(queue.wake)


@contextmanager
def held(congress_id: int, *, now: datetime, counts_later: bool = False) -> Iterator[Ledger]:
    """Hold the places of a congress inside a running transaction, and write what came of it.

    Whoever `counts_later` has the ledger `count` before anything is decided.
    """
    heading = congresses.hold(congress_id)
    items = programme.current_items(heading)
    ledger = Ledger(heading, items, now=now, counts_later=counts_later)
    ledger.most = AT_ONCE
    yield ledger
    ledger.write()
