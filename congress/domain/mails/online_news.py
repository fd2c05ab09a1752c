"""How one takes part and the link for doing so online, where either is not what somebody knew."""

from dataclasses import dataclass

from congress.domain.mails.messages import LetterFacts
from congress.domain.modes import Mode


@dataclass(frozen=True)
class LinkNews:
    """Which link it was and which it is; either may be empty, for none."""

    before: str
    now: str


def of_link(letter: LetterFacts) -> LinkNews | None:
    """Return the link that is new, or gone, to the reader of a letter.

    Whoever takes part in the other way from now on has one, or none, by that alone.
    """
    before, now = letter.get("before", {}), letter.get("online_link", "")
    if before.get("online_link", now) == now or of_mode(letter) is not None:
        return None
    return LinkNews(before["online_link"], now)


def of_mode(letter: LetterFacts) -> Mode | None:
    """Return how the reader of a letter takes part from now on, where that is not as it was."""
    now = letter.get("mode", Mode.ONSITE)
    return None if letter.get("before", {}).get("mode", now) == now else Mode(now)
