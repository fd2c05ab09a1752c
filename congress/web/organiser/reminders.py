"""The reminders of a congress: which are on, when each goes out, in which words, to how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import reminders as rules
from congress.domain.congresses import Congress
from congress.domain.editing import version_of
from congress.domain.mails.mailings import NAMES_OF_BLOCKS, unknown_in
from congress.domain.reminders import MOST_DAYS, Reminder, RemindersEditedMeanwhile, Setting
from congress.domain.texts import written
from congress.formats import own_words
from congress.queries import attendances, congresses
from congress.queries import reminders as queries
from congress.queries.reminders import ReminderStanding
from congress.services.mails import reminding
from congress.services.mails.reminding import Sample
from congress.web import access, refusals
from congress.web.entries import TICKED, Entry, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, placeholder_words, reminder_words

REFUSED, ANOTHER = 422, 409
PAGE = "/settings/reminders"
LONGEST_TEXT, LONGEST_NUMBER, LONGEST_VERSION = 5_000, 4, 200
LAST_HOUR = 23


@dataclass
class ReminderForm:
    """One reminder as typed."""

    reminder: Reminder
    is_on: bool
    days: Entry
    hour: Entry
    text: Entry
    text_en: Entry
    is_closed: bool = False  # it has begun to go out

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.days, self.hour, self.text, self.text_en)


@dataclass(frozen=True)
class State:
    """What the page says of one reminder: when and to how many, what came of it, how it reads."""

    at: datetime
    has_passed: bool
    people: int
    told: int
    sent_at: datetime | None
    samples: list[Sample]


def edit_reminders() -> ResponseReturnValue:
    """Show the reminders, or keep how they are set."""
    congress = congresses.get_congress(access.workspace().id)
    standings = queries.of_congress(congress.id)
    forms = {each: _form(each, standings[each]) for each in Reminder}
    if request.method == "GET":
        return _show(congress, standings, forms)
    for each in forms.values():
        _read(each)
    if _errors(forms):
        return _show(congress, standings, forms), REFUSED
    try:
        changed = _save(congress.id, standings, forms)
    except RemindersEditedMeanwhile as refusal:
        again = queries.of_congress(congress.id)
        return _show(congress, again, forms, error=refusals.text(refusal)), ANOTHER
    done = _("The reminders are saved.") if changed else _("Nothing was changed.")
    return frame.done(done, PAGE)


def _save(
    congress_id: int,
    standings: Mapping[Reminder, ReminderStanding],
    forms: Mapping[Reminder, ReminderForm],
) -> tuple[Reminder, ...]:
    if request.form.get("version", "")[:LONGEST_VERSION] != _version(standings):
        raise RemindersEditedMeanwhile
    return reminding.save(
        congress_id,
        {each: _setting(form) for each, form in forms.items()},
        seen={each: standing.setting for each, standing in standings.items()},
        actor=access.actor(),
        now=clock.now(),
    )


def _form(reminder: Reminder, standing: ReminderStanding) -> ReminderForm:
    setting, name = standing.setting, reminder.value
    text = setting.text or {}
    return ReminderForm(
        reminder,
        setting.is_on,
        Entry(f"days-{name}", _("Days"), str(setting.days), required=True),
        Entry(f"hour-{name}", _("Hour"), str(setting.hour), required=True),
        Entry(f"text-{name}", _("Your own words"), text.get("de", "")),
        Entry(f"text-{name}-en", _("Your own words (English)"), text.get("en", "")),
        is_closed=standing.started_at is not None,
    )


def _read(form: ReminderForm) -> None:
    if form.is_closed:
        return
    form.is_on = request.form.get(f"on-{form.reminder}") == TICKED
    for entry, most in ((form.days, MOST_DAYS), (form.hour, LAST_HOUR)):
        typed = read_line(entry, request.form.get(entry.name, ""), most=LONGEST_NUMBER)
        if not entry.errors and read_number(typed, most=most) is None:
            entry.errors.append(_("Please enter a number from 0 to %(most)d.", most=most))
    to = reminder_words.to(form.reminder)
    for entry in (form.text, form.text_en):
        read_text(entry, request.form.get(entry.name, ""), most=LONGEST_TEXT)
        if wrong := unknown_in("", entry.value, to):
            entry.errors.append(placeholder_words.unknown(wrong))
        if wrong := own_words.misplaced(entry.value, NAMES_OF_BLOCKS):
            entry.errors.append(placeholder_words.within_a_sentence(wrong))
    if form.text_en.value and not form.text.value and not form.text.errors:
        form.text.errors.append(_("Please enter this in German as well."))


def _setting(form: ReminderForm) -> Setting:
    return Setting(
        form.is_on,
        int(form.days.value),
        int(form.hour.value),
        written({"de": form.text.value, "en": form.text_en.value}) or None,
    )


def _errors(forms: Mapping[Reminder, ReminderForm]) -> list[tuple[str | None, str]]:
    return [error for form in forms.values() for each in form.entries for error in told(each)]


def _version(standings: Mapping[Reminder, ReminderStanding]) -> str:
    return version_of({each.value: repr(one.setting) for each, one in standings.items()})


def _show(
    congress: Congress,
    standings: Mapping[Reminder, ReminderStanding],
    forms: Mapping[Reminder, ReminderForm],
    *,
    error: str = "",
) -> str:
    now = clock.now()
    return frame.page(
        "reminders.html",
        current="settings",
        forms=forms,
        states={each: _state(congress, one, now=now) for each, one in standings.items()},
        words=reminder_words.reminders(),
        placeholders={each: reminder_words.placeholders(each) for each in Reminder},
        version=_version(standings),
        is_recorded=attendances.is_recorded(congress.id),
        errors=_errors(forms),
        error=error,
    )


def _state(congress: Congress, standing: ReminderStanding, *, now: datetime) -> State:
    reminder, setting = standing.reminder, standing.setting
    is_open = standing.started_at is None
    return State(
        at=rules.goes_out_at(reminder, setting, congress),
        has_passed=is_open
        and rules.has_passed(reminder, setting, congress, since=standing.on_since, now=now),
        people=queries.count(reminder, congress.id) if is_open else 0,
        told=standing.told,
        sent_at=standing.finished_at or standing.started_at,
        samples=reminding.preview(congress, reminder, setting, now=now) if is_open else [],
    )
