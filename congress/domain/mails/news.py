"""What a letter calls new: the difference between what somebody knew and what holds now."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.domain.mails.messages import BeforeFacts, LetterFacts, MessageKind, WorkshopFacts


@dataclass(frozen=True)
class OwnChange:
    """What somebody has, or has no longer, by a change of their own."""

    won: tuple[WorkshopFacts, ...] = ()
    lost: tuple[WorkshopFacts, ...] = ()
    queued: tuple[WorkshopFacts, ...] = ()
    unqueued: tuple[WorkshopFacts, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.won or self.lost or self.queued or self.unqueued)


def own_change(letter: LetterFacts) -> OwnChange:
    """Return what a change of workshops came to; letters that know no before say nothing of it."""
    before = letter.get("before", {})
    if "confirmed" not in before or "waiting" not in before:
        return OwnChange()
    had, waited = before["confirmed"], before["waiting"]
    has, waits = letter["confirmed"], letter["waiting"]
    return OwnChange(
        won=_without(has, had),
        lost=_without(had, has),
        queued=_without(waits, waited),
        unqueued=_without(waited, [*waits, *has]),
    )


def overtake(letter: LetterFacts, older: LetterFacts) -> None:
    """Let a letter tell what an older one would have told, which never went out."""
    before: BeforeFacts = letter.get("before", {}) | older.get("before", {})
    if before:
        letter["before"] = before


def says_something(kind: MessageKind, letter: LetterFacts) -> bool:
    """Return whether a letter that took in another one still tells a difference."""
    return kind is not MessageKind.CHANGED or bool(own_change(letter))


def _without(
    some: Sequence[WorkshopFacts], others: Sequence[WorkshopFacts]
) -> tuple[WorkshopFacts, ...]:
    known = {each.get("id") for each in others}
    return tuple(each for each in some if each.get("id") not in known)
