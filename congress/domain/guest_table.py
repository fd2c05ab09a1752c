"""What a table of invited people would change: each row beside who is invited already."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress.domain.invitations import Guest, Invitation


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"  # another language, number of places or kind of people
    UNCHANGED = "unchanged"
    OPEN = "open"  # nothing, until it is mended


@dataclass(frozen=True)
class GuestRow:
    """One row as checked, and what is wrong with it."""

    number: int
    guest: Guest
    shown: str = ""  # the row as it stands, for whoever has to find it
    faults: tuple[str, ...] = ()
    says_places: bool = True  # a column does, and its cell is not empty
    says_language: bool = True
    says_kind: bool = True


@dataclass(frozen=True)
class Finding:
    """A row, what becomes of it, and which invitation it is about."""

    row: GuestRow
    outcome: Outcome
    invitation: Invitation | None = None
    after: Guest | None = None  # once it was taken over
    twin: int = 0  # the row before that says the same
    has_too_few: bool = False  # places for those who are registered by it

    @property
    def changed(self) -> tuple[Invitation, Guest] | None:
        """What is written over, where something is."""
        if self.outcome is not Outcome.CHANGED or self.invitation is None or self.after is None:
            return None
        return self.invitation, self.after


def compare(rows: Iterable[GuestRow], known: Iterable[Invitation]) -> list[Finding]:
    """Return what becomes of each row; what is empty in a table changes nothing.

    The same invitation is the same address, name and organisation; a withdrawn one is none.
    """
    there = {_key(each.guest): each for each in known if not each.is_withdrawn}
    seen: dict[tuple[str, ...], int] = {}
    return [_finding(row, there, seen) for row in rows]


def mark_of(findings: Sequence[Finding]) -> str:
    """Return what tells this difference from any other: nobody applies what they have not seen."""
    said = [
        (
            each.row.number,
            each.outcome,
            each.row.guest.version,
            each.invitation.mark if each.invitation else "",
        )
        for each in findings
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _finding(
    row: GuestRow, there: dict[tuple[str, ...], Invitation], seen: dict[tuple[str, ...], int]
) -> Finding:
    if row.faults:
        return Finding(row, Outcome.OPEN)
    key = _key(row.guest)
    twin = seen.setdefault(key, row.number)
    if twin != row.number:
        return Finding(row, Outcome.OPEN, twin=twin)
    if key not in there:
        return Finding(row, Outcome.ADDED)
    invitation = there[key]
    before = invitation.guest
    after = Guest(
        before.email,
        before.given_name,
        before.family_name,
        before.organisation,
        row.guest.language if row.says_language else before.language,
        row.guest.places if row.says_places else before.places,
        row.guest.kind if row.says_kind else before.kind,
    )
    if after == before:
        return Finding(row, Outcome.UNCHANGED, invitation)
    if after.places < len(invitation.registered):
        return Finding(row, Outcome.OPEN, invitation, has_too_few=True)
    return Finding(row, Outcome.CHANGED, invitation, after)


def _key(guest: Guest) -> tuple[str, ...]:
    return tuple(guest.keys.values())
