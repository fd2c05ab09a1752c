"""Whether reminders still make sense when they go out: their moment, and each of their readers."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol, cast

from congress.base import table_of
from congress.domain import reminders
from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.truth import RELIES, Outdated, Relies
from congress.domain.people import fold_email
from congress.domain.registration import RegistrationState
from congress.domain.reminders import Reminder, Setting, Which
from congress.extensions import db
from congress.models import Registration
from congress.queries import reminders as queries

PEOPLE = table_of(Registration)


class Reminding(Protocol):
    """What is asked of a reminder: a row of the outbox has it."""

    @property
    def kind(self) -> str: ...
    @property
    def congress_id(self) -> int | None: ...
    @property
    def registration_id(self) -> int | None: ...
    @property
    def recipient_key(self) -> str: ...
    @property
    def facts(self) -> Any: ...  # noqa: ANN401 - what a kind states


def is_reminder(mail: Reminding) -> bool:
    """Return whether a mail reminds of something at its moment."""
    return Relies.MOMENT in RELIES[MessageKind(mail.kind)]


class Moments:
    """The reminders of a congress that are among some mails: whether each makes sense now."""

    def __init__(self, congress: Congress, mails: Sequence[Reminding], *, now: datetime) -> None:
        self._congress, self._now = congress, now
        self._set = queries.of_congress(congress.id)
        mine = [each for each in mails if each.congress_id == congress.id and is_reminder(each)]
        self._readers: dict[Which, set[int | str]] = {}
        for which in {_which(each) for each in mine} & self._set.keys():
            numbers = {each.registration_id for each in mine if _which(each) == which}
            setting = self._set[which].setting
            self._readers[which] = _meant(which.sort, setting, congress.id, numbers)

    def why_not(self, mail: Reminding, reader: RegistrationState | None) -> Outdated | None:
        """Return why a reminder of them is not true any more; None where it is."""
        which = _which(mail)
        if which not in self._set:  # removed since, or its workshop was
            return Outdated.NOT_MEANT
        setting = self._set[which].setting
        why = reminders.why_not_now(which.sort, setting, self._congress, now=self._now)
        if why is not None:
            return why
        if (of := mail.facts.get("module")) is not None:
            current = reminders.module_of(setting, self._congress, self._now)
            if datetime.fromisoformat(of) != current.starts_at:
                return Outdated.OTHERWISE
        if _known_as(mail, which.sort) in self._readers[which]:
            return None
        has_left = reader is RegistrationState.CANCELLED
        return Outdated.HAS_LEFT if has_left else Outdated.NOT_MEANT


def _meant(
    reminder: Reminder, setting: Setting, congress_id: int, numbers: Collection[int | None]
) -> set[int | str]:
    """Return those of some readers whom a reminder is still for, as `_known_as` says."""
    if reminder is Reminder.ASKED:
        return {fold_email(each.email) for each in queries.unanswered(congress_id)}
    if reminder is Reminder.INVITED:
        return {each.id for each in queries.invited_without_answer(congress_id)}
    found = queries.attendees_for(reminder, congress_id, setting.workshop_id)
    return set(db.session.scalars(found.where(PEOPLE.c.id.in_(numbers))))


def _known_as(mail: Reminding, reminder: Reminder) -> int | str | None:
    """Return what the reader of a reminder is known by: contributors by their address."""
    match reminder:
        case Reminder.ASKED:
            return mail.recipient_key
        case Reminder.INVITED:
            return cast("int", mail.facts["invitation"])
        case _:
            return mail.registration_id


def _which(mail: Reminding) -> Which:
    if mail.kind == MessageKind.CONTRIBUTION_REMINDER:
        sort = Reminder.ASKED
    elif mail.kind == MessageKind.INVITED_REMINDER:
        sort = Reminder.INVITED
    else:
        sort = Reminder(mail.facts.get("reminder", Reminder.SOON))
    return Which(sort, mail.facts.get("reminder_number", 0))
