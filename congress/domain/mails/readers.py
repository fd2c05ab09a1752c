"""Readers of info mails: who is reached, who is left out and why, what differs from last time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from congress.domain.names import full_name
from congress.domain.people import fold_email


class LeftOut(StrEnum):
    """Why somebody among those looked for gets no mail."""

    NO_ADDRESS = "no_address"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"  # and stands in the list under another registration
    DECLINED = "declined"  # whatever they were asked to do in the programme
    UNCONFIRMED = "unconfirmed"  # nobody has said yet that the address is theirs
    UNREACHABLE = "unreachable"  # their mailbox takes nothing
    NOT_MEANT = "not_meant"  # they speak for no organisation that it is for, or have no place now
    HAD_BEFORE = "had_before"  # the earlier mail, where only others are wanted


class Reader(NamedTuple):
    """Somebody among those looked for.

    The number is of a registration, a contributor, a contact person or a newsletter's reader, who
    gives no name.
    """

    id: int
    given_name: str
    family_name: str
    email: str
    language: str
    is_withdrawn: bool = False
    is_unconfirmed: bool = False
    is_merged: bool = False
    has_declined: bool = False
    is_not_meant: bool = False

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def has_left(self) -> LeftOut | None:
        """Why somebody gets nothing any more, whoever is written to; None while they may."""
        if self.is_merged:
            return LeftOut.MERGED
        if self.is_withdrawn:
            return LeftOut.WITHDRAWN
        if self.is_not_meant:
            return LeftOut.NOT_MEANT
        return LeftOut.DECLINED if self.has_declined else None


@dataclass(frozen=True)
class Recipients:
    """Who gets an info mail, and who does not and why."""

    reached: tuple[Reader, ...]
    left_out: tuple[tuple[Reader, LeftOut], ...] = ()


@dataclass(frozen=True)
class Difference:
    """What differs between those reached and those who had an earlier info mail.

    `new` are the numbers of those who did not have it. `gone` had it and are not reached, for a
    reason, or None: they are not among those it is for. Of `forgotten` nothing is stored any more.
    """

    new: frozenset[int]
    gone: tuple[tuple[Reader, LeftOut | None], ...]
    forgotten: int


def recipients(
    people: Iterable[Reader],
    *,
    dead: Collection[str],
    had_before: Collection[int] = (),
) -> Recipients:
    """Part those looked for into who is reached and who is left out, each for one reason.

    `dead` are folded addresses that take nothing; `had_before` who is not to get it once more.
    """
    reached: list[Reader] = []
    left_out: list[tuple[Reader, LeftOut]] = []
    before = frozenset(had_before)
    for each in people:
        why = _why_left_out(each, dead, before)
        if why is None:
            reached.append(each)
        else:
            left_out.append((each, why))
    return Recipients(tuple(reached), tuple(left_out))


def difference(
    found: Recipients, before: Collection[int], everybody: Iterable[Reader]
) -> Difference:
    """Compare with who had an earlier mail; `everybody` are all who are stored, in their order."""
    had, reached = frozenset(before), {each.id for each in found.reached}
    reasons = {each.id: why for each, why in found.left_out}
    known = {each.id: each for each in everybody if each.id in had}
    gone = tuple(
        (each, reasons.get(each.id, each.has_left))
        for each in known.values()
        if each.id not in reached and reasons.get(each.id) is not LeftOut.HAD_BEFORE
    )
    return Difference(frozenset(reached - had), gone, len(had - reached - known.keys()))


def _why_left_out(
    reader: Reader, dead: Collection[str], had_before: Collection[int]
) -> LeftOut | None:
    if reader.has_left:
        return reader.has_left
    if reader.is_unconfirmed:
        return LeftOut.UNCONFIRMED
    if not reader.email:
        return LeftOut.NO_ADDRESS
    if dead and fold_email(reader.email) in dead:
        return LeftOut.UNREACHABLE
    if reader.id in had_before:
        return LeftOut.HAD_BEFORE
    return None
