"""Reminders: set by organisers, written by the worker at their moment, in steps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

from sqlalchemy import insert, select

from congress.base import table_of
from congress.domain import reminders
from congress.domain.access import SYSTEM, Actor
from congress.domain.congresses import Congress
from congress.domain.letter_texts import LANGUAGES
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.planning.contributors import Contributor
from congress.domain.reminders import (
    OF_A_NEW_CONGRESS,
    USUAL,
    Reminder,
    RemindersEditedMeanwhile,
    Setting,
)
from congress.domain.standing import Standing
from congress.domain.texts import in_language
from congress.extensions import db
from congress.formats.letters import Wording
from congress.models import ReminderSetting
from congress.queries import congresses, mail_templates
from congress.queries import reminders as queries
from congress.queries.registrations import standings
from congress.services import auditing
from congress.services.mails import drafting, facts, sample_letters, showing, telling
from congress.services.mails.announcing import STEP
from congress.services.mails.facts import Letters
from congress.services.planning import inviting
from congress.transaction import transaction

REMINDERS = table_of(ReminderSetting)
KIND = {
    Reminder.ASKED: MessageKind.CONTRIBUTION_REMINDER,
    Reminder.UNCHOSEN: MessageKind.REMINDER,
    Reminder.SOON: MessageKind.REMINDER,
    Reminder.CAME: MessageKind.FOLLOW_UP,
    Reminder.STAYED_AWAY: MessageKind.FOLLOW_UP,
}


Stated = Callable[[str], Mapping[str, Any]]  # by language


@dataclass(frozen=True)
class Sample:
    """A letter in a language, as somebody would get it."""

    language: str
    letter: Wording


def save(
    congress_id: int,
    wanted: Mapping[Reminder, Setting],
    *,
    seen: Mapping[Reminder, Setting],
    actor: Actor,
    now: datetime,
) -> tuple[Reminder, ...]:
    """Keep how reminders are set; returns which of them changed.

    One that has begun to go out stays as it is. Raises RemindersEditedMeanwhile where others are
    stored than those that were `seen`.
    """
    with transaction():
        congresses.hold(congress_id)
        stored = queries.of_congress(congress_id)
        if any(stored[each].setting != seen[each] for each in Reminder):
            raise RemindersEditedMeanwhile
        changed = [
            each
            for each in Reminder
            if wanted[each] != stored[each].setting and stored[each].started_at is None
        ]
        for each in changed:
            _store(congress_id, each, wanted[each], stored[each], now=now)
        if changed:
            details = {
                "on": [each.value for each in changed if wanted[each].is_on],
                "off": [each.value for each in changed if not wanted[each].is_on],
            }
            verb = "reminders_set"
            auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
        return tuple(changed)


def set_up(congress_id: int, *, now: datetime) -> None:
    """Give a new congress the one reminder that is on, inside a running transaction."""
    usual = USUAL[OF_A_NEW_CONGRESS]
    db.session.execute(
        insert(REMINDERS).values(
            congress_id=congress_id,
            reminder=OF_A_NEW_CONGRESS,
            is_on=True,
            on_since=now,
            days=usual.days,
            hour=usual.hour,
            text={},
            told=0,
            told_up_to=0,
        )
    )


def take_along(last_id: int, edition_id: int, *, now: datetime) -> None:
    """Set the reminders of an edition as those of the last one, inside a running transaction."""
    mine = {each.reminder: each for each in _rows(edition_id)}
    for row in _rows(last_id):
        new = mine.get(row.reminder) or ReminderSetting(
            congress_id=edition_id, reminder=row.reminder
        )
        new.is_on, new.on_since = row.is_on, now if row.is_on else None
        new.days, new.hour, new.text = row.days, row.hour, dict(row.text)
        db.session.add(new)
    db.session.flush()


def next_step(*, now: datetime) -> bool:
    """Remind the next people of the first reminder that is due; returns whether there was one."""
    known: dict[int, Congress] = {}
    for congress_id, standing in queries.waiting(now=now):
        if congress_id not in known:
            known[congress_id] = congresses.get_congress(congress_id)
        if _is_due(standing, known[congress_id], now=now):
            _remind(congress_id, standing.reminder, now=now)
            return True
    return False


def preview(
    congress: Congress, reminder: Reminder, setting: Setting, *, now: datetime
) -> list[Sample]:
    """Return the letter in both languages, to somebody whom it would reach or somebody made up."""
    stated = _sample(congress, reminder, setting)
    templates = mail_templates.find(congress.id, KIND[reminder])
    return [
        Sample(
            language,
            showing.in_words(
                congress.id,
                KIND[reminder],
                language,
                stated(language),
                own=("manage", "contribution"),
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
        standing.reminder, standing.setting, congress, since=standing.on_since, now=now
    )


def _remind(congress_id: int, reminder: Reminder, *, now: datetime) -> None:
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        row = db.session.scalars(
            select(ReminderSetting)
            .where(ReminderSetting.congress_id == congress_id, ReminderSetting.reminder == reminder)
            .with_for_update(),
            execution_options={"populate_existing": True},
        ).one()
        standing = queries.of_congress(congress_id)[reminder]
        if not _is_due(standing, congress, now=now):
            return  # another worker was faster, or an organiser
        step = _mails(congress, reminder, standing.setting, row.told_up_to, now=now)
        telling.store([each for _number, each in step], now=now, later=LATER)
        if step:
            row.told_up_to, row.told = step[-1][0], row.told + len(step)
        row.started_at = row.started_at or now
        if len(step) < STEP:
            row.finished_at = now
            auditing.record(
                "reminder_sent",
                actor=SYSTEM,
                now=now,
                congress_id=congress_id,
                details={"reminder": reminder, "count": row.told},
            )


def _mails(
    congress: Congress, reminder: Reminder, setting: Setting, told_up_to: int, *, now: datetime
) -> list[tuple[int, drafting.Row]]:
    """Return the next mails, each with the number of its reader."""
    if reminder is Reminder.ASKED:
        people = [each for each in queries.unanswered(congress.id) if each.person_id > told_up_to]
        return [
            (each.person_id, _to_contributor(congress, each, setting, now=now))
            for each in people[:STEP]
        ]
    if not queries.knows_whom(reminder, congress.id):
        return []
    which = queries.attendees_for(reminder, congress.id)
    people_id = which.selected_columns[0]
    numbers = db.session.scalars(which.where(people_id > told_up_to).limit(STEP)).all()
    letters = Letters(congress)
    found = standings(numbers) if numbers else []
    return [(each.id, _to_attendee(letters, each, reminder, setting)) for each in found]


def _to_attendee(
    letters: Letters, standing: Standing, reminder: Reminder, setting: Setting
) -> drafting.Row:
    stated = _stated(letters, standing, reminder, setting, standing.language)
    return drafting.row(letters.congress, standing, KIND[reminder], stated)


def _stated(
    letters: Letters, standing: Standing, reminder: Reminder, setting: Setting, language: str
) -> dict[str, Any]:
    stated = cast("dict[str, Any]", letters.to(standing))
    stated["congress"] = letters.of_congress(language)
    return stated | {"reminder": reminder.value, **_own_words(setting, language)}


def _own_words(setting: Setting, language: str) -> dict[str, list[str]]:
    said = in_language(setting.text or {}, language)
    return {"lines": said.splitlines()} if said else {}


def _to_contributor(
    congress: Congress, person: Contributor, setting: Setting, *, now: datetime
) -> drafting.Row:
    def stated(contributor_id: int) -> dict[str, Any]:
        of = inviting.stated(congress, person, contributor_id)
        return dict(of) | _own_words(setting, person.language)

    kind = MessageKind.CONTRIBUTION_REMINDER
    return inviting.letter(congress, person, kind, stated, now=now)


def _sample(congress: Congress, reminder: Reminder, setting: Setting) -> Stated:
    """Return what a letter states in a language, to somebody whom it would reach, or made up."""
    if reminder is Reminder.ASKED:
        if people := queries.unanswered(congress.id):
            return partial(_asked_in, congress, people[0], setting)
    else:
        which = queries.attendees_for(reminder, congress.id).limit(1)
        if found := standings(db.session.scalars(which).all()):
            return partial(_stated, Letters(congress), found[0], reminder, setting)

    def made_up(language: str) -> dict[str, Any]:
        stated = sample_letters.facts_of(congress, KIND[reminder], language)
        return stated | {"reminder": reminder.value, **_own_words(setting, language)}

    return made_up


def _asked_in(
    congress: Congress, person: Contributor, setting: Setting, language: str
) -> dict[str, Any]:
    of = inviting.stated(congress, person, 0)
    return dict(of) | {
        "congress": facts.of_congress(congress, language),
        **_own_words(setting, language),
    }


def _rows(congress_id: int) -> Sequence[ReminderSetting]:
    return db.session.scalars(
        select(ReminderSetting).where(ReminderSetting.congress_id == congress_id)
    ).all()


def _store(
    congress_id: int,
    reminder: Reminder,
    wanted: Setting,
    stored: queries.ReminderStanding,
    *,
    now: datetime,
) -> None:
    row = db.session.scalars(
        select(ReminderSetting).where(
            ReminderSetting.congress_id == congress_id, ReminderSetting.reminder == reminder
        )
    ).one_or_none()
    if row is None:
        row = ReminderSetting(congress_id=congress_id, reminder=reminder)
        db.session.add(row)
    if wanted.is_on and not stored.setting.is_on:
        row.on_since = now
    row.is_on, row.days, row.hour = wanted.is_on, wanted.days, wanted.hour
    row.text = dict(wanted.text or {})
    db.session.flush()
