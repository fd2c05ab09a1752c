"""The reminders of a congress: which are on, when each goes out, in which words, to how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import reminders as rules
from congress.domain.congresses import Congress, CongressState
from congress.domain.editing import version_of
from congress.domain.errors import Refused
from congress.domain.programme import ProgrammeItem
from congress.domain.reminders import MOST_ADDED, RemindersEditedMeanwhile, Which
from congress.queries import attendances, congresses, programme
from congress.queries import reminders as queries
from congress.queries.reminders import ReminderStanding
from congress.services.mails import reminding, setting_reminders
from congress.services.mails.reminding import Sample
from congress.services.mails.setting_reminders import Saved
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import frame, reminder_words
from congress.web.organiser.reminder_form import RemindersForm

REFUSED, ANOTHER = 422, 409
PAGE = "/settings/reminders"
LONGEST_VERSION = 200


@dataclass(frozen=True)
class State:
    """What the page says of one reminder: when and to how many, what came of it, how it reads."""

    at: datetime
    has_passed: bool
    people: int
    told: int
    sent_at: datetime | None
    is_off: bool  # its workshop does not take place
    is_called_off: bool  # the whole event does not
    samples: list[Sample]


def edit_reminders() -> ResponseReturnValue:
    """Show the reminders, or keep how they are set."""
    congress = congresses.get_congress(access.workspace().id)
    workshops = programme.kept_workshops(access.workspace())
    standings = queries.of_congress(congress.id)
    form = RemindersForm.of(_shown(standings, congress), workshops)
    if request.method == "GET":
        return _show(congress, workshops, standings, form)
    form.read(request.form)
    try:
        if request.form.get("version", "")[:LONGEST_VERSION] != _version(standings):
            raise RemindersEditedMeanwhile
        if form.errors:
            return _show(congress, workshops, standings, form), REFUSED
        saved = setting_reminders.save(
            congress.id,
            form.settings,
            seen={each: standing.setting for each, standing in standings.items()},
            add=form.added,
            remove=form.to_go,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        again = queries.of_congress(congress.id)
        said = refusals.text(refusal)
        return _show(congress, workshops, again, form, error=said), ANOTHER
    return frame.done(_said(saved), PAGE)


def _said(saved: Saved) -> str:
    if saved.added is not None:
        name = reminder_words.name(str(saved.added))
        return _("The reminders are saved. “%(name)s” is added and still off.", name=name)
    return _("The reminders are saved.") if saved else _("Nothing was changed.")


def _version(standings: Mapping[Which, ReminderStanding]) -> str:
    return version_of({str(each): repr(one.setting) for each, one in standings.items()})


def _show(
    congress: Congress,
    workshops: Sequence[ProgrammeItem],
    standings: Mapping[Which, ReminderStanding],
    form: RemindersForm,
    *,
    error: str = "",
) -> str:
    now, words = clock.now(), reminder_words.reminders()
    version, standings = _version(standings), _shown(standings, congress)
    off = {item.id for item in workshops if item.face.cancelled}
    stored = RemindersForm.of(standings, workshops).each
    return frame.page(
        "reminders.html",
        current="settings",
        form=form,
        forms={each: form.each.get(each, stored[each]) for each in standings},
        states={each: _state(congress, one, off, now=now) for each, one in standings.items()},
        words=words,
        sorts=[
            (each.value, said.name)
            for each, said in words.items()
            if congress.is_course or each is not rules.Reminder.MODULE
        ],
        placeholders={each: reminder_words.placeholders(each) for each in rules.Reminder},
        workshops=reminder_words.workshops(workshops),
        may_add=_open_ones(standings) < MOST_ADDED,
        most_added=MOST_ADDED,
        version=version,
        is_recorded=attendances.is_recorded(congress.id),
        error=error,
    )


def _shown(
    standings: Mapping[Which, ReminderStanding], congress: Congress
) -> dict[Which, ReminderStanding]:
    """Return those that concern the event: that before each module, courses alone."""
    return {
        each: one
        for each, one in standings.items()
        if congress.is_course or each.sort is not rules.Reminder.MODULE
    }


def _open_ones(standings: Mapping[Which, ReminderStanding]) -> int:
    return sum(each.is_added and one.started_at is None for each, one in standings.items())


def _state(
    congress: Congress, standing: ReminderStanding, off: set[int], *, now: datetime
) -> State:
    sort, setting = standing.which.sort, standing.setting
    is_open = standing.started_at is None
    return State(
        at=rules.goes_out_at(sort, setting, congress, now),
        has_passed=is_open
        and rules.has_passed(sort, setting, congress, since=standing.on_since, now=now),
        people=queries.count(sort, congress.id, setting.workshop_id) if is_open else 0,
        told=standing.told,
        sent_at=standing.finished_at or standing.started_at,
        is_off=setting.workshop_id in off and sort is not rules.Reminder.UNCHOSEN,
        is_called_off=congress.state is CongressState.CANCELLED,
        samples=reminding.preview(congress, sort, setting, now=now) if is_open else [],
    )
