"""What municipalities can apply for in a course: opened, changed and closed on one page."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.errors import Refused
from congress.domain.network.course_applications import (
    MOST_MUNICIPALITIES,
    MOST_PEOPLE,
    USUAL_PEOPLE,
    Call,
)
from congress.domain.registration import end_of_day
from congress.queries import course_applications
from congress.services.courses import opening
from congress.web import access, refusals
from congress.web.entries import TICKED, Entry, read_line, read_number, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.readers import day_of

REFUSED, LATE = 422, 409
PAGE = "/applications/call"
LONGEST_LINE, LONGEST_VERSION = 40, 64


@dataclass
class CourseCallForm:
    """Everything on the page, as typed."""

    entries: dict[str, Entry]
    is_open: bool = True
    version: str = ""

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        return [error for each in self.entries.values() for error in told(each)]


def edit_course_call() -> ResponseReturnValue:
    """Show the form, or save what can be applied for."""
    require_course()
    before = course_applications.find_call(access.workspace().id)
    if request.method == "GET":
        return _show(_filled(before))
    form = _typed()
    call = _read(form)
    if call is None:
        return _show(form), REFUSED
    try:
        opening.edit(
            access.workspace().id,
            call,
            version=form.version,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        # Whoever saves again has been told that somebody else did.
        again = course_applications.find_call(access.workspace().id)
        form.version = again.version if again else ""
        return _show(form, refusal=refusal), LATE
    saved = _("What can be applied for is saved.")
    if call.is_open and access.workspace().state is CongressState.DRAFT:
        saved += " " + _("It appears once the event is published.")
    return frame.done(saved, PAGE)


def require_course() -> None:
    """Say that there is no such page where the event is no training course."""
    if access.workspace().kind is not CongressKind.TRAINING:
        abort(404)


def _show(form: CourseCallForm, *, refusal: Refused | None = None) -> str:
    workspace = access.workspace()
    found = course_applications.find_call(workspace.id)
    return frame.page(
        "course_call.html",
        current="settings",
        form=form,
        call=found,
        count=len(course_applications.listed(workspace.id)),
        is_taking=found is not None
        and found.takes(workspace.state, is_over=False, now=clock.now()),
        **refusals.box(refusal or form.errors, workspace.zone),
    )


def _empty() -> CourseCallForm:
    return CourseCallForm(
        {
            "opens_on": Entry("opens_on", _("From")),
            "closes_on": Entry("closes_on", _("Last day to apply"), required=True),
            "people": Entry("people", _("People per municipality"), required=True),
            "municipalities": Entry("municipalities", _("Municipalities wanted")),
        }
    )


def _filled(call: Call | None) -> CourseCallForm:
    form, zone = _empty(), access.workspace().zone
    if call is None:
        form["people"].value = str(USUAL_PEOPLE)
        return form
    if call.opens_at is not None:
        form["opens_on"].value = f"{call.opens_at.astimezone(zone):%d.%m.%Y}"
    last = (call.closes_at - timedelta(microseconds=1)).astimezone(zone)
    form["closes_on"].value = f"{last:%d.%m.%Y}"
    form["people"].value = str(call.people)
    form["municipalities"].value = str(call.municipalities or "")
    form.is_open, form.version = call.is_open, call.version
    return form


def _typed() -> CourseCallForm:
    form = _empty()
    missing = {
        "closes_on": _("Please enter the day, for example 21.10.2026."),
        "people": _("Please enter how many people each municipality sends."),
    }
    for name, entry in form.entries.items():
        said = request.form.get(name, "")
        read_line(entry, said, most=LONGEST_LINE, missing=missing.get(name, ""))
    form.is_open = request.form.get("is_open") == TICKED
    form.version = request.form.get("version", "")[:LONGEST_VERSION]
    return form


def _read(form: CourseCallForm) -> Call | None:
    """Return what the form means, or None when something in it has to be corrected."""
    zone = access.workspace().zone
    opens_on = day_of(form["opens_on"]) if form["opens_on"].value else None
    closes_on = day_of(form["closes_on"])
    people = _number(form["people"], MOST_PEOPLE)
    municipalities = _number(form["municipalities"], MOST_MUNICIPALITIES)
    if opens_on and closes_on and closes_on < opens_on:
        form["closes_on"].errors.append(_("The last day must not be before the first."))
    if form.errors or closes_on is None or people is None:
        return None
    opens_at = datetime.combine(opens_on, time(0), tzinfo=zone) if opens_on else None
    return Call(
        opens_at=opens_at.astimezone(UTC) if opens_at else None,
        closes_at=end_of_day(closes_on, zone).astimezone(UTC),
        people=people,
        municipalities=municipalities,
        is_open=form.is_open,
    )


def _number(entry: Entry, most: int) -> int | None:
    if not entry.value or entry.errors:
        return None
    number = read_number(entry.value, most=most)
    if not number:
        entry.errors.append(_("Please enter a number from 1 to %(most)d.", most=most))
    return number or None
