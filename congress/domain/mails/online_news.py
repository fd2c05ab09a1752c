"""The link for taking part online, where it is not the one that somebody knew."""

from dataclasses import dataclass

from congress.domain.mails.messages import LetterFacts


@dataclass(frozen=True)
class LinkNews:
    """Which link it was and which it is; either may be empty, for none."""

    before: str
    now: str


def of_link(letter: LetterFacts) -> LinkNews | None:
    """Return the link that is new, or gone, to the reader of a letter."""
    before, now = letter.get("before", {}), letter.get("online_link", "")
    if before.get("online_link", now) == now:
        return None
    return LinkNews(before["online_link"], now)
