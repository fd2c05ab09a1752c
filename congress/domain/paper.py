"""What stands on printed sheets beside what a congress says anyway: who funds it, free meals.

Free meals lower the travel allowance of whoever works for a public body (§ 6 BRKG), so sheets for
a travel request name them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.texts import Texts

FUNDER = {"de": "funder_de", "en": "funder_en"}  # by language, as a row and the form name them
LONGEST_FUNDER = 200  # characters


class Meal(StrEnum):
    """What the travel allowance counts as a meal."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"


class PaperEditedMeanwhile(Refused):
    """Somebody else saved what stands on printed sheets after this form was opened."""


@dataclass(frozen=True)
class Paper:
    """The line that names who funds it, and what is free to eat on which day."""

    funder: Texts = field(default_factory=dict)
    meals: Mapping[date, tuple[Meal, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> "Paper":
        """Return what a row holds: texts by their names, meals by the day (ISO 8601)."""
        texts = {each: stored[name] for each, name in FUNDER.items() if stored.get(name)}
        days = {date.fromisoformat(name): each for name, each in stored.items() if _is_day(name)}
        return cls(texts, {day: _meals(each) for day, each in sorted(days.items())})

    def free_on(self, days: Iterable[date]) -> dict[date, tuple[Meal, ...]]:
        """Return what is free to eat on these days of a congress; the others are left out."""
        return {day: self.meals[day] for day in days if self.meals.get(day)}


BLANK = Paper()


def whole(stored: Mapping[str, str], days: Iterable[date]) -> dict[str, str]:
    """Return all that can be said, in the order of the form; what is not said is empty."""
    names = (*FUNDER.values(), *(day.isoformat() for day in days))
    return {name: stored.get(name, "") for name in names}


def written(values: Mapping[str, str]) -> dict[str, str]:
    """Return what says something, as a row holds it."""
    return {name: text for name, text in values.items() if text}


def as_text(meals: Iterable[str]) -> str:
    """Return the meals of a day as a row holds them, in the order of the day."""
    chosen = frozenset(meals)
    return " ".join(meal for meal in Meal if meal in chosen)


def moved(stored: Mapping[str, str], moves: Mapping[date, date | None]) -> dict[str, str]:
    """Return what a row holds once days have moved; what is free on a day goes along with it.

    `moves` says to which date each day goes; None is a day that is no more.
    """
    found = {}
    for name, text in stored.items():
        if not _is_day(name):
            found[name] = text
        elif (day := moves.get(date.fromisoformat(name), date.fromisoformat(name))) is not None:
            found[day.isoformat()] = text
    return found


def later(stored: Mapping[str, str], weeks: int) -> dict[str, str]:
    """Return what the row of an edition holds that takes place so many weeks later."""
    days = {date.fromisoformat(name) for name in stored if _is_day(name)}
    return moved(stored, {day: day + timedelta(weeks=weeks) for day in days})


def _is_day(name: str) -> bool:
    return name not in FUNDER.values()


def _meals(text: str) -> tuple[Meal, ...]:
    return tuple(Meal(each) for each in text.split())
