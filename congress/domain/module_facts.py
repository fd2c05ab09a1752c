"""What is known of each module of a course, which is a day: its title, and where it is held.

A row holds texts by the day (ISO 8601) and their names; a form has them all, each with its day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from congress.domain.errors import Refused
from congress.domain.texts import Texts

TITLE = {"de": "title_de", "en": "title_en"}  # by language, as a row and the form name them
PLACE = {"de": "place_de", "en": "place_en"}
NAMES = (*TITLE.values(), *PLACE.values())
LONGEST = 200  # characters of each

Stored = Mapping[str, Mapping[str, str]]


class ModulesEditedMeanwhile(Refused):
    """Somebody else saved the modules after this form was opened, or their days."""


@dataclass(frozen=True)
class Module:
    """One of them; without a title or a place of its own it has those of the course."""

    title: Texts = field(default_factory=dict)
    place: Texts = field(default_factory=dict)


def module_on(stored: Stored, day: date) -> Module:
    """Return what is known of the module of a day."""
    known = stored.get(day.isoformat(), {})
    return Module(_texts(known, TITLE), _texts(known, PLACE))


def whole(stored: Stored, days: Iterable[date]) -> dict[str, str]:
    """Return all that can be said, in the order of the form; what is not said is empty."""
    return {
        key(name, day): stored.get(day.isoformat(), {}).get(name, "")
        for day in days
        for name in NAMES
    }


def key(name: str, day: date) -> str:
    """Return how a text of a module is called in the form of all: "title_de-2015-10-21"."""
    return f"{name}-{day.isoformat()}"


def written(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what says something, as a row holds it."""
    found: dict[str, dict[str, str]] = {}
    for called, text in values.items():
        if text:
            name, _, day = called.partition("-")
            found.setdefault(day, {})[name] = text
    return found


def moved(stored: Stored, moves: Mapping[date, date | None]) -> dict[str, dict[str, str]]:
    """Return what a row holds once days have moved; what is said of a day goes along with it.

    `moves` says to which date each day goes; None is a day that is no more.
    """
    found = {}
    for name, texts in stored.items():
        was = date.fromisoformat(name)
        if (day := moves.get(was, was)) is not None:
            found[day.isoformat()] = dict(texts)
    return found


def later(stored: Stored, weeks: int) -> dict[str, dict[str, str]]:
    """Return what the next course begins with, so many weeks later: titles, and no places."""
    titles = {
        day: {name: text for name, text in texts.items() if name in TITLE.values()}
        for day, texts in stored.items()
    }
    days = map(date.fromisoformat, stored)
    return moved(titles, {day: day + timedelta(weeks=weeks) for day in days})


def _texts(known: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {language: known[name] for language, name in names.items() if known.get(name)}
