"""What meals are called, on pages and on sheets of paper alike."""

from congress.domain.paper import Meal
from congress.formats.catalogue import catalogue


def meal_names(language: str) -> dict[Meal, str]:
    """Return the name of each meal, in the order of the day."""
    _ = catalogue(language).gettext
    return {
        Meal.BREAKFAST: _("Breakfast"),
        Meal.LUNCH: _("Lunch"),
        Meal.DINNER: _("Dinner"),
    }
