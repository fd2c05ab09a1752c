"""What meals are called, on pages and on sheets of paper alike."""

from collections.abc import Mapping, Sequence
from datetime import date

from congress.domain.paper import Meal
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.typography import listed


def meal_names(language: str) -> dict[Meal, str]:
    """Return the name of each meal, in the order of the day."""
    _ = catalogue(language).gettext
    return {
        Meal.BREAKFAST: _("Breakfast"),
        Meal.LUNCH: _("Lunch"),
        Meal.DINNER: _("Dinner"),
    }


def by_day(meals: Mapping[date, Sequence[Meal]], dates: Dates) -> list[str]:
    """Return "21. Oktober 2015: Frühstück und Mittagessen" for each day."""
    words = meal_names(dates.language)
    return [
        f"{dates.date(day)}: {listed([words[each] for each in those], dates.language)}"
        for day, those in meals.items()
    ]
