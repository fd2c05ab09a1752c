"""What a letter calls new of the congress itself: its day, its place, its title, its deadlines."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from congress.domain.mails.messages import CongressFacts, LetterFacts
from congress.domain.texts import in_one_line

IN_PLACE = ("venue", "address", "town")
TIMES, OF_MODULES = ("starts_at", "ends_at"), ("title", "place")  # of each day


@dataclass(frozen=True)
class CongressChange:
    """A congress that is not as it was, and what of it: the names that letters have words for."""

    before: CongressFacts
    now: CongressFacts
    what: tuple[str, ...]


def of_congress(letter: LetterFacts) -> CongressChange | None:
    """Return what changed of the congress: "day" or "time", "modules", "title", and of its place.

    The last day for changes is its "deadline", that for cancelling its "withdrawals".
    That is "venue" where it was yet to be confirmed, "address" where it became more exact, and
    "place" where it is another one.
    """
    before, now = letter.get("before", {}).get("congress"), letter["congress"]
    if before is None:
        return None
    what = []
    if _dates(before) != _dates(now):
        what.append("day")
    elif _said_of(before, TIMES) != _said_of(now, TIMES):
        what.append("time")
    if "day" not in what and _said_of(before, OF_MODULES) != _said_of(now, OF_MODULES):
        what.append("modules")
    what += _of_place(before, now)
    if before["title"] != now["title"]:
        what.append("title")
    if _changes_close(before) != _changes_close(now):
        what.append("deadline")
    if _withdrawals_close(before) != _withdrawals_close(now):
        what.append("withdrawals")
    return CongressChange(before, now, tuple(what)) if what else None


def _changes_close(congress: CongressFacts) -> str:
    return congress.get("changes_until") or congress["closes_at"]


def _withdrawals_close(congress: CongressFacts) -> str | None:
    """The last moment to cancel; None where that is the beginning, which no named day is after."""
    until, begins = congress.get("withdrawals_until"), congress["days"][0]["starts_at"]
    is_early = until and datetime.fromisoformat(until) < datetime.fromisoformat(begins)
    return until if is_early else None


def _said_of(congress: CongressFacts, names: tuple[str, ...]) -> list[list[object]]:
    return [[day.get(name) for name in names] for day in congress["days"]]


def _of_place(before: CongressFacts, now: CongressFacts) -> list[str]:
    changed = [name for name in IN_PLACE if _line(before, name) != _line(now, name)]
    if not changed:
        return []
    if any(_line(before, name) for name in changed):
        return ["place"]
    return ["venue" if "venue" in changed else "address"]


def _line(congress: CongressFacts, name: str) -> str:
    return in_one_line(congress[name])  # type: ignore[literal-required]


def _dates(congress: CongressFacts) -> list[date]:
    zone = ZoneInfo(congress["timezone"])
    starts = (datetime.fromisoformat(day["starts_at"]) for day in congress["days"])
    return [each.astimezone(zone).date() for each in starts]
