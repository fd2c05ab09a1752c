"""Reminders and follow-ups: which there are, when each goes out, and what keeps one from going.

There is one of each sort, and as many more as an organiser adds: a second one two weeks before, or
one to the people of one workshop. Each goes out once for a date. Its moment moves with the
congress; one that has gone out goes out anew where the new moment is still to come. Who registers
later has a confirmation that says it all. The one before each module of a course goes out once for
each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.mails.truth import Outdated
from congress.domain.texts import Texts
from congress.domain.times import local_time
from congress.domain.times.time_slots import TimeSlot

MOST_DAYS = 60
MOST_ADDED = 10  # beside the one of each sort
USUAL_HOUR = 9
LATEST = timedelta(days=14)  # after the congress: whoever was down longer sends nothing any more
# How long after its last day a congress may have a reminder that is still to go out.
OPEN_AFTER_THE_END = timedelta(days=MOST_DAYS + 1) + LATEST
AN_INSTANT = timedelta(microseconds=1)


class Reminder(StrEnum):
    """Which sorts of reminders a congress can send, each to people of its own."""

    ASKED = "asked"  # before the deadline, to people of the programme who have not answered
    INVITED = "invited"  # before the deadline, to whoever is invited and has not answered
    UNCHOSEN = "unchosen"  # before the deadline, to whoever has to choose another workshop
    SOON = "soon"  # before the congress, to everybody with a place
    MODULE = "module"  # before each further module of a course, to everybody with a place
    CAME = "came"  # after it, to those who were there
    STAYED_AWAY = "stayed_away"  # after it, to those who were not

    @property
    def is_before_deadline(self) -> bool:
        return self in {Reminder.ASKED, Reminder.INVITED, Reminder.UNCHOSEN}

    @property
    def is_afterwards(self) -> bool:
        """Whether it goes out after the congress, by who came."""
        return self in {Reminder.CAME, Reminder.STAYED_AWAY}

    @property
    def may_be_of_workshop(self) -> bool:
        """Whether it can go to the people of one workshop alone."""
        return self not in {Reminder.ASKED, Reminder.INVITED, Reminder.MODULE}


@dataclass(frozen=True)
class Which:
    """One reminder of a congress: the one of its sort, or one that was added beside it."""

    sort: Reminder
    number: int = 0  # of the row of one that was added

    @property
    def is_added(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        """Return what it is called in forms, and where it is written down what happened."""
        return f"{self.sort}-{self.number}" if self.is_added else self.sort.value


ONE_OF_EACH = tuple(Which(each) for each in Reminder)


class RemindersEditedMeanwhile(Refused):
    """Somebody else saved the reminders after this form was opened."""


class TooManyReminders(Refused):
    """A congress has as many reminders as it may have."""


@dataclass(frozen=True)
class Setting:
    """How a congress sends one: so many days before or after, at which hour, in which words.

    Without words of its own a letter says what the program says. With a workshop it goes to those
    alone who have a place there.
    """

    is_on: bool = False
    days: int = 7
    hour: int = USUAL_HOUR
    text: Texts | None = None
    workshop_id: int | None = None


USUAL: Mapping[Reminder, Setting] = {
    Reminder.ASKED: Setting(days=7),
    Reminder.INVITED: Setting(days=7),
    Reminder.UNCHOSEN: Setting(days=3),
    Reminder.SOON: Setting(days=3),
    Reminder.MODULE: Setting(days=7),
    Reminder.CAME: Setting(days=1),
    Reminder.STAYED_AWAY: Setting(days=1),
}
OF_A_NEW_CONGRESS = Reminder.SOON  # the one that is on without anybody's doing


def goes_out_at(
    reminder: Reminder, setting: Setting, congress: Congress, now: datetime | None = None
) -> datetime:
    """Return when it goes out: at its hour, local time, so many days before or after.

    One before each module goes out for the one that `module_of` names, by `now`.
    """
    if reminder is Reminder.MODULE:
        slot = module_of(setting, congress, now or congress.starts_at)
        return _before(slot.starts_at, setting, congress)
    days = timedelta(days=setting.days if reminder.is_afterwards else -setting.days)
    return local_time.at_or_after(
        _anchor(reminder, congress) + days, time(setting.hour), congress.zone
    )


def module_of(setting: Setting, congress: Congress, now: datetime) -> TimeSlot:
    """Return the module that people are reminded of now, else the next one, else the last.

    The first one is that of the congress itself, which has a reminder of its own.
    """
    moments = [(_before(each.starts_at, setting, congress), each) for each in congress.days[1:]]
    current = [slot for at, slot in moments if at <= now < slot.starts_at]
    ahead = [slot for at, slot in moments if now < at]
    return (current[-1:] or ahead[:1] or congress.days[-1:])[0]


def has_further(setting: Setting, congress: Congress, now: datetime) -> bool:
    """Return whether another module comes of which people are to be reminded later."""
    return any(now < _before(each.starts_at, setting, congress) for each in congress.days[1:])


def is_due(
    reminder: Reminder,
    setting: Setting,
    congress: Congress,
    *,
    since: datetime | None,
    now: datetime,
) -> bool:
    """Return whether it goes out now; `since` is when it was switched on, or set to its moment.

    One whose moment had passed by then does not go out, nor any that comes too
    late, nor one of a congress that is a draft or called off.
    """
    if not setting.is_on or not may_go_out(reminder, congress.state):
        return False
    at = goes_out_at(reminder, setting, congress, now)
    if reminder is Reminder.MODULE:
        if not congress.is_course:
            return False
        end = module_of(setting, congress, now).starts_at
    else:
        end = _end(reminder, at, congress)
    return (since is None or since <= at) and at <= now < end


def has_passed(
    reminder: Reminder,
    setting: Setting,
    congress: Congress,
    *,
    since: datetime | None,
    now: datetime,
) -> bool:
    """Return whether its moment is over without its having gone out."""
    at = goes_out_at(reminder, setting, congress, now)
    return now >= at and not is_due(reminder, setting, congress, since=since, now=now)


def begins_anew(
    reminder: Reminder, setting: Setting, before: Congress, after: Congress, *, now: datetime
) -> bool:
    """Return whether one that has gone out has a new moment to come, as its day was moved."""
    at = goes_out_at(reminder, setting, after, now)
    return at > now and at != goes_out_at(reminder, setting, before, now)


def is_overtaken(
    reminder: Reminder, setting: Setting, before: Congress, after: Congress, *, now: datetime
) -> bool:
    """Return whether the moment of one that was to come has passed, as its day was moved."""
    at = goes_out_at(reminder, setting, after, now)
    return at <= now < goes_out_at(reminder, setting, before, now)


def why_not_now(
    reminder: Reminder, setting: Setting, congress: Congress, *, now: datetime
) -> Outdated | None:
    """Return why one that was written does not go out now; None where it does."""
    if is_due(reminder, setting, congress, since=None, now=now):
        return None
    if congress.state in {CongressState.DRAFT, CongressState.CANCELLED}:
        return Outdated.CALLED_OFF
    is_early = now < goes_out_at(reminder, setting, congress, now)
    return Outdated.NOT_YET if is_early else Outdated.OVER


def may_go_out(reminder: Reminder, state: CongressState) -> bool:
    """Return whether a congress in this state reminds anybody: never once it is called off."""
    if reminder.is_afterwards:
        return state in {CongressState.PUBLISHED, CongressState.FINISHED}
    return state is CongressState.PUBLISHED


def _before(moment: datetime, setting: Setting, congress: Congress) -> datetime:
    day = moment.astimezone(congress.zone).date() - timedelta(days=setting.days)
    return local_time.at_or_after(day, time(setting.hour), congress.zone)


def _end(reminder: Reminder, at: datetime, congress: Congress) -> datetime:
    """Return the moment from which it would say nothing that helps."""
    if reminder.is_before_deadline:
        return _deadline(reminder, congress)
    if reminder is Reminder.SOON:
        return congress.starts_at
    return at + LATEST


def _anchor(reminder: Reminder, congress: Congress) -> date:
    """Return the day from which is counted: the last before a deadline, the first or the last."""
    if reminder.is_before_deadline:
        return (_deadline(reminder, congress) - AN_INSTANT).astimezone(congress.zone).date()
    if reminder is Reminder.SOON:
        return congress.starts_at.astimezone(congress.zone).date()
    return (congress.ends_at - AN_INSTANT).astimezone(congress.zone).date()


def _deadline(reminder: Reminder, congress: Congress) -> datetime:
    """Return that of registration; whoever is to choose anew may do so while changes are open."""
    is_change = reminder is Reminder.UNCHOSEN
    return congress.period.changes_close_at if is_change else congress.period.closes_at
