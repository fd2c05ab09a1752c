"""Who stands in the list twice, perhaps: candidates for somebody to look at, and nothing more.

A name alone says little among thousands, and a mailbox alone says nothing (`domain.people`): it
takes one of them and something else that fits.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from congress.domain.folding import fold_sought

SHORTEST_TO_MISTYPE = 4  # letters: "Ute" and "Uta" are two people, "Meyer" and "Meier" may be one
COMPARED = 20  # of those next by name: very many may be called "N. N.", or have one mailbox
Pair = tuple[int, int]  # two registrations, the earlier one first


class Why(StrEnum):
    """What two registrations have in common."""

    ORGANISATION = "organisation"  # beside the name
    NO_ADDRESS = "no_address"  # the same name, and one of them without an address
    LOCAL_PART = "local_part"  # the same name, and the same before the @
    MAILBOX = "mailbox"  # the same address, and a name that is nearly the same


class Listed(NamedTuple):
    """One registration as far as it can be like another; `name` is that of `people.likeness`."""

    id: int
    name: str
    organisation_key: str = ""
    email_key: str = ""


@dataclass(frozen=True)
class Candidate:
    """Two registrations that may be of one person, and why."""

    pair: Pair
    why: Why


def candidates(people: Sequence[Listed], apart: Collection[Pair] = ()) -> list[Candidate]:
    """Return who may stand there twice, the newest first; not those said to be two people.

    Only who has something in common is compared, as there may be very many.
    """
    found: dict[Pair, Why] = {}
    for group in _in_common(people):
        for one, other in _side_by_side(group):
            why = alike(one, other)
            if why is not None and (one.id, other.id) not in apart:
                found[one.id, other.id] = why
    newest = sorted(found, key=lambda pair: (pair[1], pair[0]), reverse=True)
    return [Candidate(pair, found[pair]) for pair in newest]


def _side_by_side(group: Iterable[Listed]) -> Iterator[tuple[Listed, Listed]]:
    """Return everybody with those who are next by name, the earlier registration first."""
    ordered = sorted(group, key=lambda each: (each.name, each.id))
    for at, one in enumerate(ordered, start=1):
        for other in ordered[at : at + COMPARED]:
            yield min(one, other), max(one, other)


def _in_common(people: Sequence[Listed]) -> Iterator[list[Listed]]:
    for mailbox in _repeated(people, lambda each: each.email_key):
        yield from _with_a_name_in_common(mailbox)
    for namesakes in _repeated(people, lambda each: each.name):
        yield from _repeated(namesakes, _organisation)
        yield from _repeated(namesakes, lambda each: _local_part(each.email_key))
        if any(not each.email_key for each in namesakes):
            yield namesakes


def _with_a_name_in_common(mailbox: Iterable[Listed]) -> Iterable[list[Listed]]:
    """Return by each name who has it: an office may register very many under its own address."""
    named: dict[str, list[Listed]] = {}
    for each in mailbox:
        for name in set(each.name.split()):
            named.setdefault(name, []).append(each)
    return named.values()


def _repeated(people: Iterable[Listed], key: Callable[[Listed], str]) -> Iterable[list[Listed]]:
    """Return those who have a key that somebody else has too; most have one of their own."""
    first: dict[str, Listed] = {}
    found: dict[str, list[Listed]] = {}
    for each in people:
        value = key(each)
        before = first.setdefault(value, each) if value else each
        if before is not each:
            found.setdefault(value, [before]).append(each)
    return found.values()


def _organisation(one: Listed) -> str:
    """Return the organisation so that "Lünen" and "Luenen" are the same, as in names."""
    return fold_sought(one.organisation_key)


def alike(one: Listed, other: Listed) -> Why | None:
    """Return why two registrations may be of one person, or None."""
    if one.name == other.name:
        if one.email_key and one.email_key == other.email_key:
            return Why.MAILBOX
        if one.organisation_key and _organisation(one) == _organisation(other):
            return Why.ORGANISATION
        if not (one.email_key and other.email_key):
            return Why.NO_ADDRESS
        same = _local_part(one.email_key) == _local_part(other.email_key)
        return Why.LOCAL_PART if same else None
    is_one_mailbox = bool(one.email_key) and one.email_key == other.email_key
    return Why.MAILBOX if is_one_mailbox and _nearly(one.name, other.name) else None


def people_in(found: Sequence[Candidate]) -> int:
    """Return how many people these candidates come to: three registrations may be of one."""
    of_whom: dict[int, int] = {}

    def first(number: int) -> int:
        while (before := of_whom.setdefault(number, number)) != number:
            of_whom[number] = of_whom[before]  # so that a long way is gone once
            number = before
        return number

    for each in found:
        of_whom[first(each.pair[1])] = first(each.pair[0])
    return sum(number == of for number, of in of_whom.items())


def _local_part(email: str) -> str:
    return email.rpartition("@")[0]


def _nearly(one: str, other: str) -> bool:
    """Return whether names differ by one that is left out, shortened, or mistyped by a letter."""
    rest = [one.split(), other.split()]
    for name in set(rest[0]) & set(rest[1]):
        for each in rest:
            each.remove(name)
    mine, theirs = rest
    if len(mine) == len(one.split()):  # nothing in common
        return False
    if not mine or not theirs:
        return True
    return len(mine) == len(theirs) == 1 and (_is_short(*mine, *theirs) or is_slip(*mine, *theirs))


def _is_short(one: str, other: str) -> bool:
    """Return whether one is the initial of the other, or how it is called for short."""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= SHORTEST_TO_MISTYPE)


def is_slip(one: str, other: str) -> bool:
    """Return whether names differ in one letter: another, one more, or two that change places."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST_TO_MISTYPE or len(long) - len(short) > 1:
        return False
    at = next((at for at, char in enumerate(short) if char != long[at]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    is_turned = short[at : at + 2] == long[at : at + 2][::-1]
    return short[at + 1 :] == long[at + 1 :] or (is_turned and short[at + 2 :] == long[at + 2 :])
