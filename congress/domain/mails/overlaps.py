"""Workshops of a letter's reader that overlap: both are kept until one of them is given up."""

from itertools import combinations

from congress.domain.mails.messages import LetterFacts, WorkshopFacts
from congress.domain.mails.returning import as_workshop


def overlaps(letter: LetterFacts) -> tuple[tuple[WorkshopFacts, WorkshopFacts], ...]:
    """Return which workshops overlap that somebody has or waits for (`domain.overlaps`).

    A place that is kept while waiting for another one is none of them, nor are several wishes
    that are waited for.
    """
    booked = (*letter["confirmed"], *letter["waiting"])
    held = sorted(
        (each for each in booked if not each.get("cancelled")), key=lambda each: each["starts_at"]
    )
    return tuple(
        (first, second)
        for first, second in combinations(held, 2)
        if as_workshop(first).meets(as_workshop(second))
        and first.get("kept") != second["title"]
        and second.get("kept") != first["title"]
        and not ("wish" in first and "wish" in second)
    )
