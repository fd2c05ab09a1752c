"""What every registration page says of its congress: which, when, where, until when."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from flask_babel import lazy_gettext

from congress.domain import conditions
from congress.domain.approval import Approval
from congress.domain.congresses import Congress, CongressKind
from congress.domain.eligibility import eligibility
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NOBODY, Person
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import (
    CongressCalledOff,
    CongressFull,
    CongressNotTakingPart,
    CongressOver,
    NotInvited,
    RegistrationClosed,
    RegistrationNotOpenYet,
)
from congress.domain.slots import Slot
from congress.domain.standing import Standing
from congress.domain.times.time_slots import TimeSlot
from congress.formats.dates import Dates
from congress.queries import contingents
from congress.web import languages
from congress.web.languages import gettext as _

KINDS = {
    CongressKind.FACHKONGRESS: lazy_gettext("Conference"),
    CongressKind.NETWORK_MEETING: lazy_gettext("Network meeting"),
    CongressKind.TOPIC_WORKSHOP: lazy_gettext("Themed workshop"),
    CongressKind.TRAINING: lazy_gettext("Training course"),
    CongressKind.MARKET: lazy_gettext("Marketplace"),
    CongressKind.SOCIAL_DAY: lazy_gettext("Social Day"),
    CongressKind.OTHER: lazy_gettext("Event"),
}


class Door(Enum):
    """Whether one can register at some moment, and if not, why."""

    OPEN = auto()
    WAITING_LIST = auto()  # open, but every place is taken
    ASK = auto()  # open, and organisers decide
    LATE = auto()  # over, but one may still ask, and organisers decide
    NOT_YET = auto()
    BY_INVITATION = auto()  # and this is not by one
    CLOSED = auto()
    FULL = auto()
    CANCELLED = auto()
    OVER = auto()
    SHUT = auto()  # for another reason, which its own words say (`refusals`)


# Where the form can be sent, and where it asks for an answer.
OPEN = (Door.OPEN, Door.WAITING_LIST, Door.ASK, Door.LATE)
ASKING = (Door.ASK, Door.LATE)
# What has words of its own on the pages.
DOORS: dict[type[Refused], Door] = {
    CongressCalledOff: Door.CANCELLED,
    CongressOver: Door.OVER,
    CongressNotTakingPart: Door.CLOSED,
    RegistrationNotOpenYet: Door.NOT_YET,
    RegistrationClosed: Door.CLOSED,
    CongressFull: Door.FULL,
    NotInvited: Door.BY_INVITATION,
}


def door(congress: Congress, now: datetime, comer: Person = NOBODY) -> Door:
    """Return what the registration page has to say: the first reason against it, or none."""
    reason = first_reason(congress, now, comer)
    if reason is not None:
        return DOORS.get(type(reason), Door.SHUT)
    hall = contingents.hall_for(comer, congress, now=now)
    if conditions.is_late(hall):
        return Door.LATE
    if congress.rules.approval is not Approval.OFF and not comer.is_invited:
        return Door.ASK
    is_free = congress.has_free_place or hall.is_held_for(comer, CONGRESS)
    return Door.OPEN if is_free else Door.WAITING_LIST


def first_reason(congress: Congress, now: datetime, comer: Person = NOBODY) -> Refused | None:
    """Return why somebody cannot register now, the most important reason."""
    return next(iter(eligibility(contingents.hall_for(comer, congress, now=now), comer)), None)


@dataclass(frozen=True)
class Occasion:
    """A congress in words, in the language of the page."""

    congress: Congress
    dates: Dates

    @property
    def line(self) -> str:
        """Return "Fachkongress am Mittwoch, 21. Oktober 2015, in Lünen"."""
        kind, town = str(KINDS[self.congress.kind]), self.congress.town
        if len(self.congress.days) > 1:
            return ", ".join(part for part in (kind, self.days, town) if part)
        if not town:
            return _("%(kind)s on %(days)s", kind=kind, days=self.days)
        return _("%(kind)s on %(days)s in %(town)s", kind=kind, days=self.days, town=town)

    @property
    def days(self) -> str:
        """The day with its weekday, the days from first to last, or how many modules and when."""
        first, last = self.congress.starts_at, self.congress.ends_at
        if self.congress.is_course:
            months = self.dates.months(first, last)
            return _("%(num)d modules, %(months)s", num=len(self.congress.days), months=months)
        is_one = len(self.congress.days) == 1
        return self.dates.day(first) if is_one else self.dates.period(first, last)

    @property
    def deadline(self) -> str:
        """Until when, to the hour: "bis einschließlich 7. Oktober 2015, 24.00 Uhr (MESZ)"."""
        return self.dates.deadline(self.congress.period.closes_at)

    @property
    def last_day(self) -> str:
        """The last day of registration."""
        return self.dates.last_day(self.congress.period.closes_at)

    @property
    def changes_deadline(self) -> str:
        """Until when whoever is registered may change something, as `deadline`."""
        return self.dates.deadline(self.congress.period.changes_close_at)

    @property
    def last_day_of_changes(self) -> str:
        """The last day on which something can be changed."""
        return self.dates.last_day(self.congress.period.changes_close_at)

    @property
    def wishes_deadline(self) -> str:
        """Until when wishes for workshops can be ranked, as `deadline`."""
        return self.dates.deadline(self.congress.wishes_close_at)

    @property
    def last_day_of_wishes(self) -> str:
        """The last day on which wishes for workshops can be ranked."""
        return self.dates.last_day(self.congress.wishes_close_at)

    @property
    def withdrawals_deadline(self) -> str:
        """Until when one may give places back: "bis zum Beginn der Veranstaltung", or a day."""
        until = self.congress.period.withdrawals_until
        if until is None or until >= self.congress.starts_at:
            return _("until the event starts")
        return self.dates.deadline(until)

    def times(self, slot: TimeSlot) -> str:
        """Return "13.15 bis 15.15 Uhr", with the day where the congress has several."""
        times = self.dates.range(slot)
        is_one = len(self.congress.days) == 1
        return times if is_one else f"{self.dates.day(slot.starts_at)}, {times}"

    def own_time(self, item: ProgrammeItem, choice: Slot) -> str:
        """Return when a workshop is, if not when most of its choice is."""
        return "" if item.slot == choice.time else self.times(item.slot)


def occasion(congress: Congress, standing: Standing | None = None) -> Occasion:
    """Return a congress in the words of this page's language, as it is for somebody."""
    until, own = standing.chooses_until if standing else None, congress
    if until:  # for what they have chosen: wishes close for everybody on one day
        period, wishes_until = congress.period.prolonged(until), congress.wishes_close_at
        own = replace(congress, period=period, wishes_until=wishes_until)
    return Occasion(own, languages.dates(congress.zone))
