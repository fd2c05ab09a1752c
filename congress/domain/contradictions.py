"""Rules of registration that cannot both hold: found when they are set, and said on that page."""

from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.rules import Rules


class LateWithoutEnd(Refused):
    """Late requests are allowed where registration is open until the event begins anyway."""


def contradictions(rules: Rules, congress: Congress) -> list[tuple[str, Refused]]:
    """Return what contradicts what in a congress, each with the name of the rule to change."""
    found: list[tuple[str, Refused]] = []
    if rules.late and congress.period.closes_at >= congress.starts_at:
        found.append(("late", LateWithoutEnd()))
    return found
