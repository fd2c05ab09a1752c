"""How many came to a congress that is over, and how many of those with a place did not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congress import clock
from congress.domain.attendance import CameBy, Presence
from congress.domain.congresses import Congress
from congress.domain.course import Course, course
from congress.domain.programme import ProgrammeItem
from congress.queries import attendances, programme, workshop_presence
from congress.queries.attendances import Attended
from congress.queries.workshop_presence import NOBODY, InWorkshop
from congress.web import access, languages
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
class PersonThere:
    """Where somebody was on a day, and how that is known, in words."""

    day: date
    workshop: ProgrammeItem | None  # none for the event itself
    how: str


@dataclass(frozen=True)
class WorkshopThere:
    """A workshop by name, and who was in it."""

    item: ProgrammeItem
    presence: InWorkshop

    @property
    def called(self) -> str:
        return languages.short_name(self.item.number, self.item.face)

    @property
    def share(self) -> str:
        """How many of those with a place stayed away, of a hundred."""
        return languages.percent(self.presence.booked.percent)


@dataclass(frozen=True)
class Shown:
    """What is said of who was there; nothing of it where nobody was ticked off."""

    sentence: str
    presence: Presence
    days: Sequence[OneDay] = ()
    workshops: Sequence[WorkshopThere] = ()

    @property
    def is_recorded(self) -> bool:
        return self.presence.came > 0


def of_person(registration_id: int) -> list[PersonThere]:
    """Return where somebody was, by day."""
    found = attendances.of_registration(registration_id)
    items = programme.items_by_id({each.item_id for each in found if each.item_id is not None})
    return [
        PersonThere(each.day, items.get(each.item_id or 0), _how(each))
        for each in found
        if each.item_id is None or each.item_id in items
    ]


def _how(known: Attended) -> str:
    moment = frame.short_moment(known.came_at)
    words = {
        CameBy.DOOR: _("checked in %(moment)s", moment=moment),
        CameBy.PAPER: _("signed the sheet, recorded %(moment)s", moment=moment),
        CameBy.WORKSHOP: _("was in a workshop on this day"),
    }[known.came_by]
    return " · ".join(filter(None, [words, known.account]))


def of_workshops() -> list[WorkshopThere]:
    """Return the workshops of which it is known who was in them, in the order of the programme."""
    workspace = access.workspace()
    presence = workshop_presence.by_item(workspace.id)
    shown = (each for each in programme.kept_workshops(workspace) if not each.face.cancelled)
    found = [WorkshopThere(each, presence.get(each.id, NOBODY)) for each in shown]
    return [each for each in found if each.presence.is_recorded]


def of_congress(congress: Congress, *, people: int, by_day: bool = False) -> Shown | None:
    """Return who of the people with a place was there; None unless the congress is over."""
    if course(congress, clock.now()) is not Course.OVER or not people:
        return None
    found = attendances.at_all(congress.id, people=people)
    if not found.came:
        return Shown(_("No one is recorded as present, so it is not known who came."), found)
    days = attendances.by_day(congress.id, people=people).items() if by_day else ()
    called = frame.dates().date
    lines = [OneDay(called(day), each) for day, each in days]
    return Shown(_in_words(found), found, lines, of_workshops() if by_day else ())


def _in_words(found: Presence) -> str:
    return _(
        "Of %(people)s with a place %(came)s came and %(away)s did not (%(share)s).",
        came=languages.number(found.came),
        away=languages.number(found.stayed_away),
        people=languages.number(found.people),
        share=languages.percent(found.percent),
    )
