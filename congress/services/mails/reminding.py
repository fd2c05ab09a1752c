"""Reminders: written by the worker at their moment, in steps, and shown before that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, cast

from sqlalchemy import select

from congress.domain import reminders
from congress.domain.access import SYSTEM
from congress.domain.congresses import Congress
from congress.domain.invitations import Invitation
from congress.domain.letter_texts import LANGUAGES
from congress.domain.mails.invitation_letters import InvitationFacts
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.planning.contributors import Contributor
from congress.domain.reminders import Reminder, Setting, Which
from congress.domain.standing import Standing
from congress.domain.texts import in_language
from congress.extensions import db
from congress.formats.letters import Wording
from congress.models import ReminderSetting
from congress.queries import congresses, mail_templates
from congress.queries import reminders as queries
from congress.queries.registrations import standings
from congress.services import auditing
from congress.services.invitations import letters as letters_to_guests
from congress.services.mails import drafting, facts, sample_letters, showing, telling
from congress.services.mails.announcing import STEP
from congress.services.mails.facts import Letters
from congress.services.mails.moments import moment
from congress.services.planning import inviting
from congress.transaction import transaction

KIND = {
    Reminder.ASKED: MessageKind.CONTRIBUTION_REMINDER,
    Reminder.INVITED: MessageKind.INVITED_REMINDER,
    Reminder.UNCHOSEN: MessageKind.REMINDER,
    Reminder.SOON: MessageKind.REMINDER,
    Reminder.MODULE: MessageKind.REMINDER,
    Reminder.CAME: MessageKind.FOLLOW_UP,
    Reminder.STAYED_AWAY: MessageKind.FOLLOW_UP,
}


Stated = Callable[[str], Mapping[str, Any]]  # by language


@dataclass(frozen=True)
class Sample:
    """A letter in a language, as somebody would get it."""

    language: str
    letter: Wording


def next_step(*, now: datetime) -> bool:
    """Remind the next people of the first reminder that is due; returns whether there was one."""
    known: dict[int, Congress] = {}
    for congress_id, standing in queries.waiting(now=now):
        if congress_id not in known:
            known[congress_id] = congresses.get_congress(congress_id)
        if _is_due(standing, known[congress_id], now=now):
            _remind(congress_id, standing.row_id, now=now)
            return True
    return False


def preview(
    congress: Congress, reminder: Reminder, setting: Setting, *, now: datetime
) -> list[Sample]:
    """Return the letter in both languages, to somebody whom it would reach or somebody made up."""
    stated = _sample(congress, Which(reminder), setting, now=now)
    templates = mail_templates.find(congress.id, KIND[reminder])
    return [
        Sample(
            language,
            showing.in_words(
                congress.id,
                KIND[reminder],
                language,
                stated(language),
                own=("manage", "contribution", "invited"),
                now=now,
                template=templates[language],
            ),
        )
        for language in LANGUAGES
    ]


def _is_due(standing: queries.ReminderStanding, congress: Congress, *, now: datetime) -> bool:
    """Whether it begins now, or goes on: what has begun is finished while it makes sense."""
    if standing.finished_at is not None:
        return False
    return reminders.is_due(
        standing.which.sort, standing.setting, congress, since=standing.on_since, now=now
    )


def _remind(congress_id: int, row_id: int, *, now: datetime) -> None:
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        row = db.session.scalars(
            select(ReminderSetting).where(ReminderSetting.id == row_id).with_for_update(),
            execution_options={"populate_existing": True},
        ).one_or_none()
        if row is None:
            return  # an organiser was faster
        standing = queries.standing_of(row)
        if not _is_due(standing, congress, now=now):
            return  # another worker was faster, or an organiser
        step = _mails(congress, standing, row.told_up_to, now=now)
        telling.store([each for _number, each in step], now=now, later=LATER)
        if step:
            row.told_up_to, row.told = step[-1][0], row.told + len(step)
        row.started_at = row.started_at or now
        if len(step) < STEP:
            count = row.told
            _finish(row, standing, congress, now=now)
            auditing.record(
                "reminder_sent",
                actor=SYSTEM,
                now=now,
                congress_id=congress_id,
                details={"reminder": str(standing.which), "count": count},
            )


def _finish(
    row: ReminderSetting,
    standing: queries.ReminderStanding,
    congress: Congress,
    *,
    now: datetime,
) -> None:
    """Note that it has gone out; one that goes out for each module waits for the next one."""
    is_of_each = standing.which.sort is Reminder.MODULE
    if is_of_each and reminders.has_further(standing.setting, congress, now):
        row.on_since = now + reminders.AN_INSTANT  # not for this module again
        row.told, row.told_up_to, row.started_at = 0, 0, None
    else:
        row.finished_at = now


def _mails(
    congress: Congress, standing: queries.ReminderStanding, told_up_to: int, *, now: datetime
) -> list[tuple[int, drafting.Row]]:
    """Return the next mails, each with the number of its reader."""
    which, setting = standing.which, standing.setting
    if which.sort is Reminder.ASKED:
        people = [each for each in queries.unanswered(congress.id) if each.person_id > told_up_to]
        return [
            (each.person_id, _to_contributor(congress, each, which, setting, now=now))
            for each in people[:STEP]
        ]
    if which.sort is Reminder.INVITED:
        guests = queries.invited_without_answer(congress.id)
        return [
            (each.id, _to_guest(congress, each, which, setting, now=now))
            for each in guests
            if each.id > told_up_to
        ][:STEP]
    if not queries.knows_whom(which.sort, congress.id):
        return []
    found = queries.attendees_for(which.sort, congress.id, setting.workshop_id)
    people_id = found.selected_columns[0]
    numbers = db.session.scalars(found.where(people_id > told_up_to).limit(STEP)).all()
    letters = Letters(congress)
    readers = standings(numbers) if numbers else []
    return [(each.id, _to_attendee(letters, each, which, setting, now=now)) for each in readers]


def _to_attendee(
    letters: Letters, standing: Standing, which: Which, setting: Setting, *, now: datetime
) -> drafting.Row:
    stated = _stated(letters, standing, which, setting, standing.language, now=now)
    return drafting.row(letters.congress, standing, KIND[which.sort], stated)


def _stated(
    letters: Letters,
    standing: Standing,
    which: Which,
    setting: Setting,
    language: str,
    *,
    now: datetime,
) -> dict[str, Any]:
    stated = cast("dict[str, Any]", letters.to(replace(standing, language=language)))
    stated["congress"] = letters.of_congress(language)
    stated |= _of_module(letters.congress, which, setting, now=now)
    return stated | _of_reminder(which, setting, language)


def _of_module(
    congress: Congress, which: Which, setting: Setting, *, now: datetime
) -> dict[str, str]:
    """Return of which module a letter is: when it begins tells it from the others."""
    if which.sort is not Reminder.MODULE:
        return {}
    return {"module": moment(reminders.module_of(setting, congress, now).starts_at)}


def _of_reminder(which: Which, setting: Setting, language: str) -> dict[str, Any]:
    """Return what a letter states of its reminder: which it is, of which workshop, its words."""
    stated: dict[str, Any] = {"reminder": which.sort.value}
    if which.is_added:
        stated["reminder_number"] = which.number
    if setting.workshop_id is not None:
        stated["of_workshop"] = setting.workshop_id
    if said := in_language(setting.text or {}, language):
        stated["lines"] = said.splitlines()
    return stated


def _to_contributor(
    congress: Congress, person: Contributor, which: Which, setting: Setting, *, now: datetime
) -> drafting.Row:
    def stated(contributor_id: int) -> dict[str, Any]:
        of = inviting.stated(congress, person, contributor_id)
        return dict(of) | _of_reminder(which, setting, person.language)

    kind = MessageKind.CONTRIBUTION_REMINDER
    return inviting.letter(congress, person, kind, stated, now=now)


def _to_guest(
    congress: Congress, guest: Invitation, which: Which, setting: Setting, *, now: datetime
) -> drafting.Row:
    said = letters_to_guests.stated(congress, guest.guest, guest.id, now=now)
    stated = cast("InvitationFacts", said | _of_reminder(which, setting, guest.guest.language))
    return letters_to_guests.row(congress, guest, KIND[which.sort], stated)


def _sample(congress: Congress, which: Which, setting: Setting, *, now: datetime) -> Stated:
    """Return what a letter states in a language, to somebody whom it would reach, or made up."""
    if which.sort is Reminder.ASKED:
        if people := queries.unanswered(congress.id):
            return partial(_asked_in, congress, people[0], setting)
    elif which.sort is not Reminder.INVITED:
        found = queries.attendees_for(which.sort, congress.id, setting.workshop_id).limit(1)
        if readers := standings(db.session.scalars(found).all()):
            return partial(_stated, Letters(congress), readers[0], which, setting, now=now)

    def made_up(language: str) -> dict[str, Any]:
        stated = sample_letters.facts_of(congress, KIND[which.sort], language, setting.workshop_id)
        stated |= _of_module(congress, which, setting, now=now)
        return stated | _of_reminder(which, setting, language)

    return made_up


def _asked_in(
    congress: Congress, person: Contributor, setting: Setting, language: str
) -> dict[str, Any]:
    of = inviting.stated(congress, person, 0)
    return dict(of) | {
        "congress": facts.of_congress(congress, language),
        **_of_reminder(Which(Reminder.ASKED), setting, language),
    }
