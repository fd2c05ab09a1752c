"""Taking people over from a file: the rules and the store of entering and correcting by hand.

Some people at a time, each batch a transaction of its own, so that nobody who registers meanwhile
has to wait long. What is done once is not done again: each row has a mark of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row

from congress.domain.access import Actor
from congress.domain.attendee_import.answering import Tally
from congress.domain.attendee_import.comparing import Finding, Known, Outcome
from congress.domain.congresses import Congress
from congress.domain.correction import Correction, version_of
from congress.domain.enrolment import Enrolment
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NEWCOMER, Hall, Key
from congress.domain.kind_changes import KindChange
from congress.domain.kinds import PersonKind
from congress.domain.moves import Decision
from congress.domain.own_questions import AnswersOutdated, OptionUsedUp
from congress.domain.places import Register
from congress.domain.priority import OTHERS
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import VOLUNTARY, RegistrationRequest
from congress.domain.room import ByHand
from congress.queries import programme
from congress.queries.congresses import Heading
from congress.services import (
    auditing,
    correcting,
    correcting_many,
    delegations,
    enrolling,
    kinds,
    own_answers,
    places,
    priorities,
)
from congress.services.entering import CHANNEL
from congress.services.mails import telling
from congress.services.places import Ledger
from congress.transaction import transaction

AT_ONCE = 50
Each = TypeVar("Each")
AT_PERSON = ("given_name", "family_name", "email")  # corrected one by one, as by hand


@dataclass(frozen=True)
class Terms:
    """What an organiser says beside the rows: who may wait, who hears of it, who gave consents."""

    waits: bool = False
    is_told: bool = True
    said_by: str = ""

    def by_hand(self, request: RegistrationRequest) -> ByHand:
        keys: frozenset[Key] = frozenset({CONGRESS, *(each.item_id for each in request.choices)})
        return ByHand(waits=keys if self.waits else frozenset())


@dataclass(frozen=True)
class Newcomer:
    """Somebody to register, by the number of the row."""

    number: int
    request: RegistrationRequest
    priority: int = OTHERS


@dataclass
class Done:
    """What came of it; `left` are the rows of which nothing became, because something changed."""

    added: int = 0
    changed: int = 0
    left: list[int] = field(default_factory=list)
    act: int | None = None  # the line of the log by which other kinds of people are taken back


def seated(
    heading: Heading,
    findings: Sequence[Finding],
    people: Sequence[Newcomer],
    terms: Terms,
    *,
    now: datetime,
) -> list[Finding]:
    """Return the findings with what places refuse, in the order of the rows; writes nothing."""
    ledger = Ledger(heading, programme.current_items(heading), now=now)
    if other := comes_as(findings):
        kinds.foresee_in(ledger, other)
    requests = dict(zip(*_counted(ledger.congress, people, is_stored=False), strict=True))
    tally = own_answers.tally(ledger.congress, [each.answers or {} for each in findings])
    refused: dict[int, Refused] = {}
    for each in findings:
        if each.outcome is Outcome.ADDED:
            refusal = _seat(ledger, requests[each.row.number], terms, tally)
            refused |= {each.row.number: refusal} if refusal else {}
    for each in _in_turn([each for each in findings if each.outcome is Outcome.CHANGED]):
        if each.person is not None and each.answers is not None:
            used_up = tally.take(each.answers, each.person.answers)
            refused |= {each.row.number: used_up} if used_up else {}
    numbers = refused.keys()
    return [
        each.blocked(refused[each.row.number]) if each.row.number in numbers else each
        for each in findings
    ]


def take_over(
    congress_id: int,
    people: Sequence[Newcomer],
    changed: Sequence[Finding],
    terms: Terms,
    *,
    actor: Actor,
    now: datetime,
) -> Done:
    """Register and correct people, some at a time; the last transaction says so in the log.

    Who comes as something else does so first: places held back for them are then theirs.
    """
    done = Done()
    done.act = _come_as(congress_id, changed, done, actor=actor, now=now)
    for some in _in_batches(people):
        _register(congress_id, some, terms, done, actor=actor, now=now)
    in_turn = _in_turn([each for each in changed if each.is_corrected])
    for batch in _in_batches([each for each in in_turn if not _is_personal(each.changes)]):
        left = correcting_many.correct(
            congress_id, batch, is_told=terms.is_told, actor=actor, now=now
        )
        done.changed += len(batch) - len(left)
        done.left += left
    for each in in_turn:
        if _is_personal(each.changes) and each.person is not None:
            _correct_one(each, each.person, done, actor=actor, now=now)
    for batch in _in_batches([each for each in changed if each.regroups]):
        wanted = {each.person.id: each.row.priority or OTHERS for each in batch if each.person}
        priorities.set_all(congress_id, wanted, actor=actor, now=now)
        done.changed += sum(not each.is_corrected and each.comes_as is None for each in batch)
    if done.added or done.changed:
        _finish(congress_id, done, terms, actor=actor, now=now)
    return done


def comes_as(findings: Sequence[Finding]) -> dict[int, PersonKind]:
    """Return who comes as something else by a table, by their numbers."""
    both = ((each.person, each.comes_as) for each in findings if each.outcome is Outcome.CHANGED)
    return {person.id: kind for person, kind in both if person and kind}


def _come_as(
    congress_id: int, changed: Sequence[Finding], done: Done, *, actor: Actor, now: datetime
) -> int | None:
    """Let people come as a table says; returns the line of the log by which it is taken back."""
    wanted, changes = comes_as(changed), list[KindChange]()
    for batch in _in_batches(list(wanted)):
        some = {each: wanted[each] for each in batch}
        changes += kinds.take_over(congress_id, some, actor=actor, now=now)
    corrected = {each.person.id for each in changed if each.person and each.is_corrected}
    done.changed += sum(each.person not in corrected for each in changes)
    return kinds.keep(congress_id, changes, actor=actor, now=now) if changes else None


def _in_batches(all_of_them: Sequence[Each]) -> Iterator[Sequence[Each]]:
    return (all_of_them[first : first + AT_ONCE] for first in range(0, len(all_of_them), AT_ONCE))


def _in_turn(changed: Sequence[Finding]) -> list[Finding]:
    """Return who is corrected in the order in which it is done: names and addresses at the end."""
    return sorted(changed, key=lambda each: _is_personal(each.changes))


def _seat(
    ledger: Ledger, request: RegistrationRequest, terms: Terms, tally: Tally
) -> Refused | None:
    wanted = Register(request.choices, request.newcomer, terms.by_hand(request))
    decision = ledger.decide(wanted)
    refusal = decision.refusal or tally.take(request.own_answers, {})
    if refusal is None:
        ledger.hall = _after(ledger.hall, decision)
    return refusal


def _counted(
    congress: Congress, people: Sequence[Newcomer], *, is_stored: bool = True
) -> tuple[list[int], list[RegistrationRequest]]:
    requests = [each.request for each in people]
    found = delegations.counted(congress, requests, is_stored=is_stored)
    return [each.number for each in people], found


def _after(hall: Hall, decision: Decision) -> Hall:
    sent = {**hall.delegations, **decision.delegations}
    held = {**hall.contingents, **decision.contingents}
    places = {**hall.places, **decision.places}
    hall = replace(hall, places=places, delegations=sent, contingents=held)
    is_alone = all(move.person == NEWCOMER for move in decision.moves)
    return hall if is_alone else replace(hall, people={}, lines={})


def _register(
    congress_id: int,
    people: Sequence[Newcomer],
    terms: Terms,
    done: Done,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    with transaction(), places.held(congress_id, now=now) as ledger:
        alike = enrolling.alike_to(congress_id, [each.request for each in people])
        numbers, requests = _counted(ledger.congress, people)
        counted = [Newcomer(*each) for each in zip(numbers, requests, strict=True)]
        newcomers, left = _admitted(ledger, counted, terms, alike)
        stored = enrolling.enrol(ledger, newcomers, alike=alike)
        of_form = {each.request.form_key: each.priority for each in people}
        wanted = [of_form[each.request.form_key] for each in newcomers]
        enrolled = priorities.grouped(ledger, stored, wanted)
        new = [each.standing for each in enrolled if not each.came_back]
        telling.enrolled(ledger.congress, new, now=now, in_silence=not terms.is_told)
        for each in enrolled:
            if each.came_back:
                is_told = terms.is_told and each.standing.has_mailbox
                telling.registered(
                    ledger.congress, each.standing, came_back=True, now=now, in_silence=not is_told
                )
        telling.moved_up(ledger)
        given = [
            [purpose for purpose in newcomer.request.consents if purpose in VOLUNTARY]
            for newcomer in newcomers
        ]
        auditing.record_all(
            "entered",
            [
                {
                    "registration_id": each.standing.id,
                    "fields": purposes,
                    "details": {
                        "state": each.standing.state,
                        "told": terms.is_told and each.standing.has_mailbox,
                        "overbooked": [],
                    },
                    "personal": {"said_by": terms.said_by} if purposes else {},
                }
                for each, purposes in zip(enrolled, given, strict=True)
            ],
            actor=actor,
            now=now,
            congress_id=congress_id,
        )
    done.added += len(enrolled)
    done.left += left


def _admitted(
    ledger: Ledger, people: Sequence[Newcomer], terms: Terms, alike: Sequence[Row[Any]]
) -> tuple[list[Enrolment], list[int]]:
    """Return who gets what they want; neither who is there already, nor whom places refuse."""
    made = {row.form_key for row in alike} - {""}
    active = (row for row in alike if row.state != RegistrationState.CANCELLED)
    there = {(row.email_key, row.name_key) for row in active}
    tally = own_answers.tally(ledger.congress, [each.request.own_answers for each in people])
    newcomers, left = [], []
    for number, request in ((each.number, each.request) for each in people):
        if request.form_key in made:
            continue  # pressed twice
        wanted = Register(request.choices, request.newcomer, terms.by_hand(request))
        decision = ledger.decide(wanted)
        answered = _answered(ledger, request, tally)
        is_there = (request.email_key, request.name_key) in there
        if decision.refusal or answered is None or is_there:
            left.append(number)
            continue
        tally.take(answered.own_answers, {})
        ledger.apply(decision)
        newcomers.append(Enrolment(answered, decision, at=ledger.now, channel=CHANNEL))
    return newcomers, left


def _answered(
    ledger: Ledger, request: RegistrationRequest, tally: Tally
) -> RegistrationRequest | None:
    """Return a request with the answers that count now; nothing if one is not possible any more."""
    try:
        return own_answers.admit(
            ledger.congress, request, ledger.items, may_lack=True, taken=tally.taken
        )
    except (AnswersOutdated, OptionUsedUp):
        return None


def _correct_one(
    finding: Finding, person: Known, done: Done, *, actor: Actor, now: datetime
) -> None:
    """Correct name or address as on the page of the person: invitation and link follow."""
    before = person.details
    # Answers that were not looked at are nothing that anybody saw.
    seen = before.version if finding.answers is None else version_of(before, person.answers)
    try:
        correcting.correct(
            person.id, finding.after, version=seen, answers=finding.answers, actor=actor, now=now
        )
    except Refused:
        done.left.append(finding.row.number)
    else:
        done.changed += 1


def _finish(congress_id: int, done: Done, terms: Terms, *, actor: Actor, now: datetime) -> None:
    with transaction():
        auditing.record(
            "people_taken_over",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={
                "added": done.added,
                "changed": done.changed,
                "left": len(done.left),
                "confirmed": terms.is_told,
            },
        )


def _is_personal(changes: Sequence[Correction]) -> bool:
    return any(each.field in AT_PERSON for each in changes)
