"""Workshops of a letter's reader that overlap: both are kept until one of them is given up."""

from itertools import combinations

from congress.domain.mails.messages import LetterFacts, WorkshopFacts
from congress.domain.mails.returning import as_workshop


def beside(letter: LetterFacts) -> dict[int | None, dict[str, list[WorkshopFacts]]]:
    """Return of each wish waited for which others of that time are dearer, and which end with it.

    By the number of its workshop. Those are of one time that overlap, or for which somebody keeps
    the same place meanwhile.
    """
    wishes = [each for each in letter["waiting"] if "wish" in each and not each.get("cancelled")]
    found: dict[int | None, dict[str, list[WorkshopFacts]]] = {}
    for each in wishes:
        others = [other for other in wishes if _are_of_one_time(each, other)]
        dearer = [other for other in others if other["wish"] < each["wish"]]
        ending = [other for other in others if other is not each and other not in dearer]
        found[each.get("id")] = {"dearer": dearer, "ending": ending}
    return found


def _are_of_one_time(one: WorkshopFacts, other: WorkshopFacts) -> bool:
    keeps_same = "kept" in one and one["kept"] == other.get("kept")
    return keeps_same or as_workshop(one).meets(as_workshop(other))


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
