"""What a file would change: each row beside who is registered, before anything is stored.

The same person is the same name and address, as everywhere. Where that leaves open who is meant,
it is asked; what is empty in a file changes nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from enum import StrEnum

from congress.domain.correction import Correction, corrections
from congress.domain.errors import Refused
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.own_questions import Given, OwnQuestion
from congress.domain.priority import OTHERS
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details

NEW = "new"  # an answer: it is somebody else


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OPEN = "open"  # nothing, until it is answered or mended


class Why(StrEnum):
    """Why nothing becomes of a row."""

    FAULTY = "faulty"  # an entry is wrong, as its sentences say
    TWICE = "twice"  # the same person stands in a row before
    SAME_NAME = "same_name"
    SAME_ADDRESS = "same_address"
    SEVERAL = "several"  # it may be any of them
    ENDED_THERE = "ended_there"  # the file says that somebody comes no more who is registered
    NEVER_HERE = "never_here"  # the same of somebody who is not
    UNKNOWN_WORKSHOP = "unknown_workshop"
    NO_PLACE = "no_place"  # as the refusal says


ASKED = (Why.SAME_NAME, Why.SAME_ADDRESS, Why.SEVERAL)


class Kept(StrEnum):
    """What a file says otherwise of somebody who is registered, and what it does not change."""

    WORKSHOPS = "workshops"
    CONSENTS = "consents"
    LANGUAGE = "language"
    MODE = "mode"


@dataclass(frozen=True)
class ImportedRow:
    """One row as checked: what it says by the names of fields, and what is wrong with it."""

    number: int
    said: Mapping[str, str]
    shown: str = ""  # the row as it stands, for whoever has to find it
    faults: tuple[str, ...] = ()
    workshops: tuple[int, ...] | None = None  # none if no column says so
    unknown: tuple[str, ...] = ()  # workshops
    consents: Mapping[str, bool] = field(default_factory=dict)
    language: str = ""
    is_ended: bool = False
    priority: int | None = None  # of the group that a column says
    answers: Given = field(default_factory=dict)  # to what the congress asks on its own
    doubts: Mapping[str, str] = field(default_factory=dict)  # by question, where a cell is wrong
    kind: PersonKind | None = None  # as which somebody comes; none if no column says so
    mode: Mode | None = None  # how they take part; likewise


@dataclass(frozen=True)
class Known:
    """Somebody in the list."""

    id: int
    details: Details
    email_key: str
    name_key: str
    state: RegistrationState
    language: str
    workshops: frozenset[int] = frozenset()
    consents: AbstractSet[str] = frozenset()
    priority: int = OTHERS
    answers: Given = field(default_factory=dict)
    kind: PersonKind = PersonKind.ATTENDEE
    mode: Mode = Mode.ONSITE

    @property
    def is_ended(self) -> bool:
        return self.state is RegistrationState.CANCELLED

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.details.given_name, self.details.family_name)))


@dataclass(frozen=True)
class Finding:
    """A row, what becomes of it, and whom it is about."""

    row: ImportedRow
    outcome: Outcome
    person: Known | None = None
    changes: tuple[Correction, ...] = ()
    kept: tuple[Kept, ...] = ()
    why: Why | None = None
    maybe: tuple[Known, ...] = ()
    twin: int = 0  # the row before that says the same person
    refusal: Refused | None = None
    answers: Given | None = None  # all that count from now on; none if they stay as they are
    unasked: tuple[OwnQuestion, ...] = ()  # of whoever it is, so what the row says there is left

    @property
    def is_corrected(self) -> bool:
        """Whether somebody says something else of themselves than before."""
        return bool(self.changes) or (self.person is not None and self.answers is not None)

    @property
    def after(self) -> Details:
        """Who it is once the row was taken over."""
        said = {name: value for name, value in self.row.said.items() if value}
        if self.person is None:
            return Details.of(said)
        details = self.person.details
        after = Details.of({**details.said, **said})
        is_same = after.email_key == self.person.email_key
        return replace(after, email=details.email) if is_same else after

    @property
    def regroups(self) -> bool:
        """Whether somebody known comes into another priority group."""
        said = self.row.priority
        return self.person is not None and said is not None and said != self.person.priority

    @property
    def comes_as(self) -> PersonKind | None:
        """As what somebody known comes from now on; none where that is no other."""
        said = self.row.kind
        return None if self.person is None or said is self.person.kind else said

    @property
    def is_another(self) -> bool:
        """Whether somebody of this name is registered who is somebody else."""
        return self.outcome is Outcome.ADDED and bool(self.maybe)

    def blocked(self, refusal: Refused) -> "Finding":
        """Return the same row, which does not get what it wants."""
        return replace(self, outcome=Outcome.OPEN, why=Why.NO_PLACE, refusal=refusal)


def compare(
    rows: Iterable[ImportedRow],
    known: Iterable[Known],
    *,
    answers: Mapping[int, str],
    has_addresses: bool,
) -> tuple[list[Finding], list[Known]]:
    """Return what becomes of each row, and who is registered and in none of them.

    `answers` say by the number of a row who is meant: the number of somebody, or `NEW`.
    """
    told = [(row, Details.of(row.said)) for row in rows]
    keys = {(details.email_key, details.name_key) for _, details in told}
    comparison = _Comparison(known, answers, keys if has_addresses else set())
    findings = [comparison.finding(row, details) for row, details in told]
    named = {one.person.id for one in findings if one.person}
    named |= {each.id for one in findings if one.outcome is Outcome.OPEN for each in one.maybe}
    missing = [each for each in comparison.active if each.id not in named]
    return findings, missing


def mark_of(findings: Sequence[Finding]) -> str:
    """Return what tells this difference from any other: nobody applies what they have not seen."""
    said = [
        (
            each.row.number,
            each.outcome,
            each.person.id if each.person else 0,
            each.person.details.version if each.person else "",
            sorted(each.row.said.items()),
            each.row.workshops,
            sorted(each.row.consents.items()),
            each.row.language,
            (each.row.priority, each.regroups, each.row.kind, each.comes_as, each.row.mode),
            each.why,
            sorted((each.answers or {}).items()),
            sorted(each.person.answers.items()) if each.person else [],
            [question.key for question in each.unasked],
        )
        for each in findings
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


class _Comparison:
    """One run; `keys` are the addresses and names in the file, none if it has no addresses."""

    def __init__(
        self, known: Iterable[Known], answers: Mapping[int, str], keys: set[tuple[str, str]]
    ) -> None:
        people = list(known)
        self.active = [each for each in people if not each.is_ended]
        self._answers, self._keys = answers, keys
        self._by_name: dict[str, list[Known]] = {}
        self._by_address: dict[str, list[Known]] = {}
        for each in people:
            self._by_name.setdefault(_bare(each.name_key), []).append(each)
            if each.email_key and not each.is_ended:
                self._by_address.setdefault(each.email_key, []).append(each)
        self._used: set[int] = set()
        self._seen: dict[tuple[str, str], int] = {}

    def finding(self, row: ImportedRow, details: Details) -> Finding:
        if row.faults:
            return Finding(row, Outcome.OPEN, why=Why.FAULTY)
        same_name = self._by_name.get(details.name_key, [])
        if row.is_ended:
            return self._ended(row, details, same_name)
        free = [each for each in same_name if not each.is_ended and each.id not in self._used]
        key = (details.email_key, details.name_key)
        exact = [each for each in free if self._fits(each, details)]
        twin = self._seen.setdefault(key, row.number)
        if len(exact) > 1:
            exact = [each for each in exact if _says_the_same(each, row)][:1] or exact
        if len(exact) > 1 and self._answer(row, exact) is None:
            return Finding(row, Outcome.OPEN, why=Why.SEVERAL, maybe=tuple(exact))
        if exact:
            meant = self._answer(row, exact)
            found = self._matched(row, meant or exact[0])
            return replace(found, maybe=tuple(exact)) if meant else found
        if twin != row.number:
            return Finding(row, Outcome.OPEN, why=Why.TWICE, twin=twin)
        return self._unmatched(row, details, free)

    def _ended(self, row: ImportedRow, details: Details, same_name: Sequence[Known]) -> Finding:
        fitting = [each for each in same_name if self._fits(each, details)]
        if gone := [each for each in fitting if each.is_ended]:
            return Finding(row, Outcome.UNCHANGED, gone[0])
        why = Why.ENDED_THERE if fitting else Why.NEVER_HERE
        return Finding(row, Outcome.OPEN, why=why, maybe=tuple(fitting))

    def _matched(self, row: ImportedRow, person: Known) -> Finding:
        self._used.add(person.id)
        found = Finding(row, Outcome.UNCHANGED, person, kept=tuple(_kept(row, person)))
        changes = corrections(person.details, found.after)
        is_other = bool(changes) or found.regroups or found.comes_as is not None
        return replace(
            found, changes=changes, outcome=Outcome.CHANGED if is_other else Outcome.UNCHANGED
        )

    def _unmatched(self, row: ImportedRow, details: Details, same_name: list[Known]) -> Finding:
        there = self._by_address.get(details.email_key, []) if details.email_key else []
        same_address = [each for each in there if each.id not in self._used]
        both = (*same_name, *(each for each in same_address if each not in same_name))
        # Who stands in another row as they are registered is not meant by this one.
        maybe = tuple(each for each in both if not self._stands_elsewhere(each))
        if (meant := self._answer(row, maybe)) is not None:
            return replace(self._matched(row, meant), maybe=maybe)
        if maybe and self._answers.get(row.number) != NEW:
            why = Why.SAME_NAME if maybe[0] in same_name else Why.SAME_ADDRESS
            return Finding(row, Outcome.OPEN, why=why, maybe=maybe)
        if row.unknown:
            return Finding(row, Outcome.OPEN, why=Why.UNKNOWN_WORKSHOP, maybe=maybe)
        return Finding(row, Outcome.ADDED, maybe=both)

    def _answer(self, row: ImportedRow, maybe: Sequence[Known]) -> Known | None:
        answer = self._answers.get(row.number, "")
        return next((each for each in maybe if str(each.id) == answer), None)

    def _fits(self, person: Known, details: Details) -> bool:
        return not self._keys or person.email_key == details.email_key

    def _stands_elsewhere(self, person: Known) -> bool:
        return (person.email_key, _bare(person.name_key)) in self._keys


def _bare(name_key: str) -> str:
    """Return the key of a name without what tells two apart who have no address."""
    return name_key.partition(" ")[0]


def _says_the_same(person: Known, row: ImportedRow) -> bool:
    before = person.details.said
    return all(before[name] == value for name, value in row.said.items() if value)


def _kept(row: ImportedRow, person: Known) -> Iterable[Kept]:
    chosen = row.workshops
    if row.unknown or (chosen is not None and frozenset(chosen) != person.workshops):
        yield Kept.WORKSHOPS
    if any(given != (purpose in person.consents) for purpose, given in row.consents.items()):
        yield Kept.CONSENTS
    if row.language and row.language != person.language:
        yield Kept.LANGUAGE
    if row.mode is not None and row.mode is not person.mode:
        yield Kept.MODE
