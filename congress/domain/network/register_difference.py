"""What a table and the register say differently, row by row."""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum

from congress.domain.network.organisations import OrganisationFacts
from congress.domain.network.register_rows import Fault, Note, RegisterRow, Why


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OPEN = "open"  # nothing, until it is mended


@dataclass(frozen=True)
class Known:
    """An organisation of the register as it is now."""

    id: int
    facts: OrganisationFacts
    aliases: tuple[str, ...] = ()  # folded


@dataclass(frozen=True)
class Finding:
    """A row, what becomes of it, and which organisation it is about."""

    row: RegisterRow
    outcome: Outcome
    known: Known | None = None
    after: OrganisationFacts | None = None
    successor_row: int | None = None  # where the successor is new as well
    faults: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def changes(self) -> list[str]:
        """The names of what is written over."""
        if self.known is None or self.after is None:
            return []
        named = self.known.facts.changes_to(self.after)
        return named if self.successor_row is None else [*named, "successor_id"]

    @property
    def is_renamed(self) -> bool:
        return "name" in self.changes

    @property
    def node(self) -> int:
        """Its number; what is new has none yet, and is known by its row, below 0."""
        return self.known.id if self.known else -self.row.number

    def refused(self, why: Why, text: str = "") -> "Finding":
        """Return that nothing becomes of the row."""
        return replace(
            self,
            outcome=Outcome.OPEN,
            after=None,
            successor_row=None,
            faults=(*self.faults, Fault(why, text)),
        )


@dataclass(frozen=True)
class Comparison:
    """All rows, and what a complete list has no more."""

    findings: tuple[Finding, ...]
    missing: tuple[Known, ...] = ()

    def of(self, outcome: Outcome) -> list[Finding]:
        """Return the rows of which this becomes."""
        return [each for each in self.findings if each.outcome is outcome]

    @property
    def mark(self) -> str:
        """What tells this difference from any other: nobody applies what they have not seen."""
        said = [
            (
                each.row.number,
                each.outcome,
                (each.known.id, each.known.facts.version) if each.known else "",
                each.after.version if each.after else "",
                each.successor_row,
            )
            for each in self.findings
        ]
        gone = [(each.id, each.facts.version) for each in self.missing]
        return hashlib.sha256(repr((said, gone)).encode()).hexdigest()[:32]
