"""A congress as a file describes it: plain values, moments in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.congresses import About, OrganisationRole
from congress.domain.fields import FieldUse, uses
from congress.domain.own_questions import OwnQuestion
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.registration import RegistrationPeriod
from congress.domain.rules import USUAL, Rules
from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot

# Of registration, each of them may be left out.
LAST_DAYS = ("changes_until", "withdrawals_until", "wishes_until")


@dataclass(frozen=True)
class Logo:
    """An image (PNG, JPEG or WebP) and the words for those who do not see it."""

    content: bytes
    media_type: str
    alt: Texts


@dataclass(frozen=True)
class OrganisationPlan:
    """An organisation; in the register of organisations it has no role."""

    name: str
    role: OrganisationRole | None = None
    short_name: str = ""
    kind: str = ""
    ags: str | None = None
    website: str = ""
    logo: Logo | None = None


@dataclass(frozen=True)
class RoomPlan:
    code: str
    name: Texts
    seats: int | None = None


@dataclass(frozen=True)
class DayPlan:
    day: date  # local
    slot: TimeSlot


@dataclass(frozen=True)
class RegistrationPlan:
    """The registration period and the form; a `capacity` of None has no limit."""

    opens_at: datetime
    closes_at: datetime  # the first moment too late
    changes_until: datetime | None = None
    withdrawals_until: datetime | None = None
    wishes_until: datetime | None = None  # for workshops, where these are ranked
    capacity: int | None = None
    waiting_list: bool = True
    fields: Mapping[str, FieldUse] = field(default_factory=lambda: uses({}))
    one_mail: bool = False
    reminder: CalendarAlarm = CalendarAlarm.NONE
    confirm_hours: int = 0  # for which a place is held until its address is confirmed
    rules: Rules = USUAL

    @property
    def period(self) -> RegistrationPeriod:
        return RegistrationPeriod(
            self.opens_at, self.closes_at, self.changes_until, self.withdrawals_until
        )


@dataclass(frozen=True, kw_only=True)
class CongressPlan(About):
    """One congress whole."""

    registration: RegistrationPlan
    days: tuple[DayPlan, ...]
    organisations: tuple[OrganisationPlan, ...] = ()
    rooms: tuple[RoomPlan, ...] = ()
    items: tuple[ItemPlan, ...] = ()
    questions: tuple[OwnQuestion, ...] = ()  # what it asks on its own

    @property
    def first_day(self) -> date:
        return self.days[0].day
