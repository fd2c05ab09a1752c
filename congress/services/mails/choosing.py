"""What somebody can choose whose workshop is called off, as it is when the letter goes out.

A letter may wait for hours while mails are held; what it offered may be full or called off then.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from congress.domain.mails.news import called_off
from congress.domain.mails.returning import as_workshop
from congress.domain.programme import ProgrammeItem
from congress.queries import congresses
from congress.services.mails import drafting, facts


def of_today(rows: Iterable[Any], *, now: datetime) -> dict[int, Mapping[str, Any]]:
    """Return the facts of letters that offer a choice, by their numbers, with that of today."""

    @cache
    def workshops(slug: str, until: str | None) -> Sequence[ProgrammeItem]:
        found = congresses.find_open(slug)
        longer = datetime.fromisoformat(until) if until else None
        return drafting.to_choose_from(*found, now=now, until=longer) if found else ()

    return {
        row.id: _with_choice(
            row.facts,
            workshops(row.facts["congress"]["slug"], row.facts.get("chooses_until")),
            row.language,
        )
        for row in rows
        if row.facts.get("choice")
    }


def _with_choice(
    letter: Mapping[str, Any], workshops: Sequence[ProgrammeItem], language: str
) -> dict[str, Any]:
    """Return what a letter states with another choice; none where nobody can choose any more."""
    rest = {name: value for name, value in letter.items() if name != "choice"}
    if not workshops:
        return rest
    lost = [as_workshop(each.now) for each in called_off(letter)]  # type: ignore[arg-type]
    mine = {each.get("id") for each in (*letter["confirmed"], *letter["waiting"])}
    found = facts.free_beside(lost, workshops, mine)
    return rest | {"choice": [facts.of_workshop(item, language) for item in found]}
