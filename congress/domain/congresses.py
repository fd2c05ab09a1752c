"""What the public sees of a congress, and the states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.fields import FieldUse
from congress.domain.folding import fold_for_order
from congress.domain.look import Look
from congress.domain.modes import Mode
from congress.domain.module_facts import Module, Stored, module_on
from congress.domain.own_questions import OwnQuestion
from congress.domain.paper import BLANK, Paper
from congress.domain.registration import RegistrationPeriod
from congress.domain.rules import USUAL, Rules
from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places


class CongressKind(StrEnum):
    """The kinds of occasion that use the same parts."""

    FACHKONGRESS = "fachkongress"
    NETWORK_MEETING = "network_meeting"
    TOPIC_WORKSHOP = "topic_workshop"
    TRAINING = "training"
    MARKET = "market"  # Marktplatz »Gute Geschäfte«
    SOCIAL_DAY = "social_day"
    OTHER = "other"


class CongressState(StrEnum):
    """Where a congress stands; drafts are seen by organisers only."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    FINISHED = "finished"


class OrganisationRole(StrEnum):
    """What an organisation is to a congress."""

    HOST = "host"  # Veranstalter
    CARRIER = "carrier"  # Träger
    FUNDER = "funder"  # gefördert von
    PARTNER = "partner"  # in Kooperation mit


class Colour(StrEnum):
    """The colours of which a congress has one as its face; white is readable on each."""

    BLUE = "blue"
    PETROL = "petrol"
    GREEN = "green"
    VIOLET = "violet"
    WINE = "wine"
    BROWN = "brown"
    GREY = "grey"


@dataclass(frozen=True)
class NamedOrganisation:
    """An organisation in its role; a logo is served under its digest and has an alt text."""

    role: OrganisationRole
    name: str
    short_name: str = ""
    website: str = ""
    logo_digest: str | None = None
    logo_alt: Texts | None = None
    logo_width: int | None = None  # in pixels, as of the height; a page keeps room by them
    logo_height: int | None = None
    legal: Mapping[str, str] = field(default_factory=dict)  # `domain.legal`, what is written

    @property
    def other_name(self) -> str:
        """The short name, where the name does not hold it: "Stadt Hamm" is not "(Hamm)" as well."""
        words = fold_for_order(self.name).split()
        short = fold_for_order(self.short_name).split()
        held = any(words[at : at + len(short)] == short for at in range(len(words)))
        return "" if held else self.short_name


@dataclass(frozen=True, kw_only=True)
class About:
    """What a congress says of itself: in its row, on its page, in its file."""

    slug: str
    kind: CongressKind
    state: CongressState
    title: Texts
    lead: Texts
    description: Texts
    cost: Texts
    town: str
    venue: Texts
    address: str
    directions: Texts
    accessibility: Texts
    timezone: str
    contact_email: str
    colour: Colour = Colour.BLUE
    online_link: str = ""  # for whoever has a place, and nobody else (`domain.online`)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


NO_LIMIT = Places()
ABOUT = tuple(each.name for each in fields(About))


@dataclass(frozen=True, kw_only=True)
class Congress(About):
    """One occasion with programme and registration, as its public page shows it."""

    id: int
    days: tuple[TimeSlot, ...]
    period: RegistrationPeriod
    places: Places
    organisations: tuple[NamedOrganisation, ...]
    fields: Mapping[str, FieldUse]  # of the registration, by name
    one_mail: bool  # letter and calendar object in one message instead of two
    revision: int
    uid: str
    sequence: int
    revised_at: datetime
    content_revision: int = 0
    look: Look | None = None  # instead of its colour
    reminder: CalendarAlarm = CalendarAlarm.NONE
    # Hours for which a place is held until its address is confirmed; 0 asks nobody to.
    confirm_hours: int = 0
    letters: Mapping[str, str] = field(default_factory=dict)  # `domain.letter_texts`
    paper: Paper = BLANK  # what stands on printed sheets
    rules: Rules = USUAL
    questions: tuple[OwnQuestion, ...] = ()  # what it asks on its own, in the order of the form
    online_places: Places = NO_LIMIT  # of a hybrid congress, whose `places` are those on site
    evidence_until: date | None = None  # of signed sheets, where somebody chose a day
    link_is_out: bool = False  # also where it is told late: its hour has come
    modules: Stored = field(default_factory=dict)  # `domain.module_facts`, by day
    wishes_until: datetime | None = None  # for workshops, where these are ranked
    wish_seed: str = ""  # what lots are drawn from

    @property
    def starts_at(self) -> datetime:
        return self.days[0].starts_at

    @property
    def first_day(self) -> date:
        """The day on which it begins, where it takes place."""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def ends_at(self) -> datetime:
        return self.days[-1].ends_at

    @property
    def is_course(self) -> bool:
        """Whether its days are modules: those of a training with time between them."""
        days = [slot.starts_at.astimezone(self.zone).date() for slot in self.days]
        apart = any(later - day > timedelta(days=1) for day, later in pairwise(days))
        return self.kind is CongressKind.TRAINING and apart

    @property
    def changes_hands_until(self) -> datetime:
        """The first moment at which nobody comes instead of somebody any more by themselves.

        Whoever cannot go on with a course names somebody while a module is still to come.
        """
        return self.days[-1].starts_at if self.is_course else self.starts_at

    def module_of(self, slot: TimeSlot) -> Module:
        """Return what is known of the module on the day on which something begins."""
        return module_on(self.modules, slot.starts_at.astimezone(self.zone).date())

    @property
    def is_held_in_places(self) -> bool:
        """Whether each of its modules is held in a place of its own, and none is still to come."""
        return self.is_course and all(self.module_of(slot).place for slot in self.days)

    def named(self, role: OrganisationRole) -> tuple[NamedOrganisation, ...]:
        """The organisations in one role, in the organiser's order."""
        return tuple(each for each in self.organisations if each.role is role)

    def closes_otherwise(self, after: "Congress", now: datetime) -> bool:
        """Return whether another deadline matters to whoever is registered."""
        was, becomes = (each.period.as_told(each.starts_at) for each in (self, after))
        return was.closes_otherwise(becomes, now)

    @property
    def wishes_close_at(self) -> datetime:
        """Until before when wishes for workshops are ranked: their own day, or that of changes."""
        return self.wishes_until or self.period.changes_close_at

    @property
    def holds_link_back(self) -> bool:
        """Whether nobody is told the link for taking part online yet."""
        return bool(self.rules.link_hours) and not self.link_is_out

    @property
    def link_comes_at(self) -> datetime:
        """When the link for taking part online is told, where it is held back."""
        return self.starts_at - timedelta(hours=self.rules.link_hours)

    @property
    def has_free_place(self) -> bool:
        """Whether a newcomer gets a place at once, in one way or the other."""
        is_online = self.rules.is_hybrid and self.online_places.has_free_place
        return self.places.has_free_place or is_online

    def places_in(self, mode: Mode) -> Places:
        """The places of whoever takes part in one way."""
        is_online = self.rules.is_hybrid and mode is Mode.ONLINE
        return self.online_places if is_online else self.places

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends_at
