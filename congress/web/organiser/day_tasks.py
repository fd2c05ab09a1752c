"""What is to be done around the days of a congress: print, let people in, record, finish."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from congress import clock
from congress.domain.access import Right
from congress.domain.attendance import days_of
from congress.domain.congresses import Congress, CongressState
from congress.domain.modes import EventMode
from congress.domain.programme import ProgrammeItem
from congress.queries import attendances, workshop_presence
from congress.queries.workshop_presence import NOBODY
from congress.web import access
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser.task import Task, if_may


def of_today(congress: Congress, workshops: Sequence[ProgrammeItem]) -> list[Task]:
    """Return what is to be done from the day before on, until the congress is marked as finished.

    Of a congress that is held; nobody comes to a draft or to one that is called off.
    """
    if congress.state is not CongressState.PUBLISHED:
        return []
    on_site: list[Task] = []
    if congress.rules.mode is not EventMode.ONLINE:
        on_site = [*_on_paper(congress), *_door(congress), *_unrecorded(congress, workshops)]
    return [*on_site, *_over(congress)]


def _on_paper(congress: Congress) -> Iterator[Task]:
    """The day before and on the day itself: what is printed earlier is out of date."""
    now = clock.now()
    today = now.astimezone(congress.zone).date()
    is_near = any(today <= day <= today + timedelta(days=1) for day in days_of(congress))
    if is_near and not congress.is_over(now):
        yield Task(_("Print what the day needs on paper"), "/print")


def _door(congress: Congress) -> Iterator[Task]:
    """On the day itself, until it ends: how many are there, and the way to the door."""
    now = clock.now()
    today = now.astimezone(congress.zone).date()
    if today in days_of(congress) and not congress.is_over(now):
        came = attendances.count_at_door(congress.id, today)
        words = _(
            "Check-in today: %(came)d of %(people)d here",
            came=came,
            people=access.workspace().places.taken,
        )
        yield Task(words, if_may(Right.CHECK_IN, "/check-in"), "door")


def _unrecorded(congress: Congress, workshops: Sequence[ProgrammeItem]) -> Iterator[Task]:
    """Workshops that are over, of which nobody has recorded who was there."""
    now = clock.now()
    over = [
        each
        for each in workshops
        if each.slot.ends_at <= now and each.places.taken and not each.face.cancelled
    ]
    if not over:
        return
    known = workshop_presence.by_item(congress.id)
    if number := sum(not known.get(each.id, NOBODY).is_recorded for each in over):
        words = ngettext(
            "%(num)d workshop is over, and it is not recorded who was there",
            "%(num)d workshops are over, and it is not recorded who was there",
            number,
        )
        yield Task(words, if_may(Right.CHECK_IN, "/attendance"), "unrecorded")


def _over(congress: Congress) -> Iterator[Task]:
    if congress.is_over(clock.now()):
        words = _("The event is over: mark it as finished once nothing else is to be done")
        yield Task(words, if_may(Right.EDIT_PROGRAMME, "/state?to=finished"), "over")
