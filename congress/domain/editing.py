"""Named texts that several people edit on one page: which version somebody began from."""

import hashlib
from collections.abc import Mapping

DIGEST = 8  # characters for each of the texts in a version

Values = Mapping[str, str]


def version_of(values: Values) -> str:
    """Return what tells these texts from any others, one by one, in their order."""
    return "".join(_digest(each) for each in values.values())


def changes(before: Values, after: Values) -> tuple[str, ...]:
    """Return the names of what is otherwise afterwards."""
    return tuple(name for name in before if before[name] != after[name])


def changed_since(values: Values, version: str) -> tuple[str, ...]:
    """Return the names of what is not as in a version; all of them where that is none."""
    pieces = [version[at : at + DIGEST] for at in range(0, len(version), DIGEST)]
    if len(pieces) != len(values):
        return tuple(values)
    return tuple(
        name
        for (name, text), piece in zip(values.items(), pieces, strict=True)
        if _digest(text) != piece
    )


def over(mine: Values, stored: Values, version: str) -> dict[str, str]:
    """Return what is stored with what somebody changed who began from a version.

    So what others saved meanwhile stays where it was left alone.
    """
    return dict(stored) | {name: mine[name] for name in changed_since(mine, version)}


def clashes(mine: Values, stored: Values, version: str) -> tuple[str, ...]:
    """Return the names of what both changed since a version, each to something else."""
    theirs, ours = (frozenset(changed_since(each, version)) for each in (stored, mine))
    return tuple(name for name in changes(stored, mine) if name in theirs & ours)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST]
