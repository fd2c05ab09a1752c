"""Reminders and follow-ups: which there are, when each goes out, and what keeps one from going.

A reminder goes out once for a congress. Its moment moves with the congress as long as it has not
begun; afterwards nothing sends it again. Who registers later has a confirmation that says it all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.texts import Texts
from congress.domain.times import local_time
from congress.domain.times.local_time import NoSuchTime

MOST_DAYS = 60
USUAL_HOUR = 9
LATEST = timedelta(days=14)  # after the congress: whoever was down longer sends nothing any more
# How long after its last day a congress may have a reminder that is still to go out.
OPEN_AFTER_THE_END = timedelta(days=MOST_DAYS + 1) + LATEST
AN_INSTANT = timedelta(microseconds=1)


class Reminder(StrEnum):
    """Which reminders a congress can send, each to people of its own."""

    ASKED = "asked"  # before the deadline, to people of the programme who have not answered
    UNCHOSEN = "unchosen"  # before the deadline, to whoever has to choose another workshop
    SOON = "soon"  # before the congress, to everybody with a place
    CAME = "came"  # after it, to those who were there
    STAYED_AWAY = "stayed_away"  # after it, to those who were not


class RemindersEditedMeanwhile(Refused):
    """Somebody else saved the reminders after this form was opened."""


@dataclass(frozen=True)
class Setting:
    """How a congress sends one: so many days before or after, at which hour, in which words.

    Without words of its own a letter says what the program says.
    """

    is_on: bool = False
    days: int = 7
    hour: int = USUAL_HOUR
    text: Texts | None = None


USUAL: Mapping[Reminder, Setting] = {
    Reminder.ASKED: Setting(days=7),
    Reminder.UNCHOSEN: Setting(days=3),
    Reminder.SOON: Setting(days=3),
    Reminder.CAME: Setting(days=1),
    Reminder.STAYED_AWAY: Setting(days=1),
}
OF_A_NEW_CONGRESS = Reminder.SOON  # the one that is on without anybody's doing


def goes_out_at(reminder: Reminder, setting: Setting, congress: Congress) -> datetime:
    """Return when it goes out: at its hour, local time, so many days before or after."""
    zone = congress.zone
    day = _anchor(reminder, congress, zone)
    is_after = reminder in {Reminder.CAME, Reminder.STAYED_AWAY}
    wanted = day + timedelta(days=setting.days if is_after else -setting.days)
    return _at(wanted, setting.hour, zone)


def is_due(
    reminder: Reminder,
    setting: Setting,
    congress: Congress,
    *,
    since: datetime | None,
    now: datetime,
) -> bool:
    """Return whether it goes out now; `since` is when it was switched on.

    One whose moment had passed when it was switched on does not go out, nor any that comes too
    late, nor one of a congress that is a draft or called off.
    """
    if not setting.is_on or not may_go_out(reminder, congress.state):
        return False
    at = goes_out_at(reminder, setting, congress)
    return (since is None or since <= at) and at <= now < _end(reminder, at, congress)


def has_passed(
    reminder: Reminder,
    setting: Setting,
    congress: Congress,
    *,
    since: datetime | None,
    now: datetime,
) -> bool:
    """Return whether its moment is over without its having gone out."""
    at = goes_out_at(reminder, setting, congress)
    return now >= at and not is_due(reminder, setting, congress, since=since, now=now)


def may_go_out(reminder: Reminder, state: CongressState) -> bool:
    """Return whether a congress in this state reminds anybody: never once it is called off."""
    if reminder in {Reminder.CAME, Reminder.STAYED_AWAY}:
        return state in {CongressState.PUBLISHED, CongressState.FINISHED}
    return state is CongressState.PUBLISHED


def _end(reminder: Reminder, at: datetime, congress: Congress) -> datetime:
    """Return the moment from which it would say nothing that helps."""
    if reminder in {Reminder.ASKED, Reminder.UNCHOSEN}:
        return congress.period.closes_at
    if reminder is Reminder.SOON:
        return congress.starts_at
    return at + LATEST


def _anchor(reminder: Reminder, congress: Congress, zone: ZoneInfo) -> date:
    """Return the day from which is counted: the last of registration, the first or the last."""
    if reminder in {Reminder.ASKED, Reminder.UNCHOSEN}:
        return (congress.period.closes_at - AN_INSTANT).astimezone(zone).date()
    if reminder is Reminder.SOON:
        return congress.starts_at.astimezone(zone).date()
    return (congress.ends_at - AN_INSTANT).astimezone(zone).date()


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    try:
        return local_time.at(day, time(hour), zone)
    except NoSuchTime:  # the hour that the clocks skip
        return local_time.at(day, time(hour + 1), zone)
