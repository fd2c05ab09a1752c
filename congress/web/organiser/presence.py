"""How many came to a congress that is over, and how many of those with a place did not."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress import clock
from congress.domain.attendance import Presence
from congress.domain.congresses import Congress
from congress.domain.course import Course, course
from congress.queries import attendances
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.organiser import frame


@dataclass(frozen=True)
class OneDay:
    """A day of the congress: as it is called, and who was there."""

    called: str
    presence: Presence

    @property
    def share(self) -> str:
        return languages.percent(self.presence.percent)


@dataclass(frozen=True)
class Shown:
    """What is said of who was there; nothing of it where nobody was ticked off."""

    sentence: str
    presence: Presence
    days: Sequence[OneDay] = ()

    @property
    def is_recorded(self) -> bool:
        return self.presence.came > 0


def of_congress(congress: Congress, *, people: int, by_day: bool = False) -> Shown | None:
    """Return who of the people with a place was there; None unless the congress is over."""
    if course(congress, clock.now()) is not Course.OVER or not people:
        return None
    found = attendances.at_all(congress.id, people=people)
    if not found.came:
        return Shown(_("No one was ticked off at check-in, so it is not known who came."), found)
    days = attendances.by_day(congress.id, people=people).items() if by_day else ()
    called = frame.dates().date
    return Shown(_in_words(found), found, [OneDay(called(day), each) for day, each in days])


def _in_words(found: Presence) -> str:
    return _(
        "%(came)s came, %(away)s did not, of %(people)s with a place (%(share)s).",
        came=languages.number(found.came),
        away=languages.number(found.stayed_away),
        people=languages.number(found.people),
        share=languages.percent(found.percent),
    )
