"""One organisation's membership: what holds, what was believed when, conditions with evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.conditions import Condition, missing
from congress.domain.network.doubts import RecordDoubted
from congress.domain.network.membership import MembershipState, believed, state_on
from congress.queries.network import conditions, memberships, texts
from congress.queries.network.memberships import Recorded, Subject
from congress.services.network import membership as services
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.network import frame, membership_words
from congress.web.network.days import days_asked
from congress.web.network.frame import done, page, today
from congress.web.network.membership_form import StatementForm, statement_form

REFUSED, DOUBTED, LATE = 422, 409, 409


@dataclass(frozen=True)
class Phase:
    """What an organisation is from a day until the day before the next one, as known today."""

    recorded: Recorded
    until: date | None  # the last day; None: until further

    @property
    def is_overtaken(self) -> bool:
        """Whether another record of the same day counts instead."""
        return self.until is not None and self.until < self.recorded.record.since

    @property
    def badge(self) -> tuple[str, str]:
        return membership_words.badge(self.recorded.record.state)


def membership(organisation_id: int) -> str:
    """Show what an organisation is and was to the network, and what that rests on."""
    subject, history = get_subject(organisation_id), memberships.history(organisation_id)
    days, records = days_asked(), memberships.records(history)
    checked = conditions.checks(organisation_id)
    standing = conditions.believed(checked)
    return page(
        "membership.html",
        current="members",
        subject=subject,
        here=address(subject.id),
        days=days,
        errors=days.errors,
        state=state_on(records, today()),
        asked=state_on(records, days.day, known_at=days.known_at),
        phases=_phases(history),
        superseded=[each for each in history if each.record.superseded_at],
        conditions=list(Condition),
        agreed=texts.declaration(),
        standing=standing,
        past=[each for each in checked if each.superseded_at],
        missing=missing(each.check for each in standing.values()),
        words=membership_words,
        moment=moment,
    )


def record_membership(organisation_id: int) -> ResponseReturnValue:
    """Take down that an organisation is something to the network from a day on."""
    subject, form = get_subject(organisation_id), statement_form()
    if request.method == "GET":
        return _form(subject, form)
    statement = form.read(request.form)
    if statement is None:
        return _form(subject, form), REFUSED
    try:
        services.record(
            subject.id,
            statement,
            sure_of=form.sure_of,
            today=today(),
            actor=access.actor(),
            now=clock.now(),
        )
    except RecordDoubted as refusal:
        form.doubts = refusal.doubts
        return _form(subject, form), DOUBTED
    except Refused as refusal:
        return _form(subject, form, refusal=refusal), LATE
    return _done(subject, _("The membership is recorded."))


def correct_membership(organisation_id: int, record_id: int) -> ResponseReturnValue:
    """Say what holds instead of a record, which is kept as what was believed until now."""
    subject, record = get_subject(organisation_id), _get_record(organisation_id, record_id)
    form = statement_form(record)
    if request.method == "GET":
        return _form(subject, form, record=record)
    statement = form.read(request.form)
    if statement is None:
        return _form(subject, form, record=record), REFUSED
    try:
        services.correct(
            subject.id,
            record_id,
            statement,
            sure_of=form.sure_of,
            today=today(),
            actor=access.actor(),
            now=clock.now(),
        )
    except RecordDoubted as refusal:
        form.doubts = refusal.doubts
        return _form(subject, form, record=record), DOUBTED
    except Refused as refusal:
        return _form(subject, form, record=record, refusal=refusal), LATE
    return _done(subject, _("The correction is recorded."))


def take_back_membership(organisation_id: int, record_id: int) -> ResponseReturnValue:
    """Ask whether a record is to hold no more, and do so."""
    subject, record = get_subject(organisation_id), _get_record(organisation_id, record_id)
    if request.method == "GET":
        return page(
            "take_back_membership.html",
            current="members",
            subject=subject,
            here=address(subject.id),
            recorded=record,
            badge=membership_words.badge(record.record.state),
        )
    services.take_back(subject.id, record_id, actor=access.actor(), now=clock.now())
    return _done(subject, _("The record no longer holds."))


def get_subject(organisation_id: int) -> Subject:
    """Return an organisation of the register, or answer that there is none."""
    return memberships.find_subject(organisation_id) or abort(404)


def address(organisation_id: int, part: str = "") -> str:
    """Return the address of the membership of an organisation."""
    return f"{frame.NETWORK}/organisations/{organisation_id}/membership{part}"


def moment(value: datetime) -> str:
    """Return a moment as these pages say it."""
    return frame.dates().moment(value)


def _done(subject: Subject, sentence: str) -> Response:
    return done(sentence, f"/organisations/{subject.id}/membership")


def _get_record(organisation_id: int, record_id: int) -> Recorded:
    found = memberships.history(organisation_id)
    return next((each for each in found if each.record.id == record_id), None) or abort(404)


def _phases(history: Iterable[Recorded]) -> list[Phase]:
    """Return what holds as known today, the newest first; each lasts until the next begins."""
    by_id = {each.record.id: each for each in history}
    standing = [by_id[each.id] for each in believed(memberships.records(by_id.values()))]
    found = []
    until: date | None = None
    for each in reversed(standing):
        found.append(Phase(each, until))
        until = date.fromordinal(each.record.since.toordinal() - 1)
    return found


def _form(
    subject: Subject,
    form: StatementForm,
    *,
    record: Recorded | None = None,
    refusal: Refused | None = None,
) -> str:
    return page(
        "membership_form.html",
        current="members",
        subject=subject,
        here=address(subject.id),
        form=form,
        recorded=record,
        errors=form.errors,
        refused=refusals.text(refusal) if refusal else "",
        states=[(str(each), membership_words.state_name(each)) for each in MembershipState],
        doubts=[membership_words.doubt(each) for each in form.doubts],
    )
