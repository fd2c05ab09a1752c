"""What is done at a door: somebody is ticked off, by name or by code, and taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.queries import contributor_door, doors
from congress.queries import door as queries
from congress.services import checking_in
from congress.web import access, refusals
from congress.web.entries import TICKED
from congress.web.languages import gettext as _
from congress.web.organiser import check_in as page
from congress.web.organiser import frame
from congress.web.organiser.check_in import Door

REFUSED, NOTHING_READ = 409, 422


def check_in(registration_id: int) -> ResponseReturnValue:
    """Tick somebody off as there; without a place behind this door only where that is said."""

    def act(asked: Door) -> str:
        known = checking_in.check_in(
            registration_id,
            day=asked.day,
            item_id=asked.item_id,
            is_let_in=request.form.get("let_in") == TICKED,
            actor=access.actor(),
            now=clock.now(),
        )
        return _is_here(name, known, asked)

    name = _name(registration_id)
    return _answer(registration_id, act)


def check_in_by_code() -> ResponseReturnValue:
    """Tick off whose code was scanned or typed; where that cannot be, show who it is."""
    asked, typed = replace(page.asked(), is_by_code=True), request.form.get("code", "")
    if not typed.strip():
        missing = _("No code was read. Please scan the code, or type it in.")
        return page.show(replace(asked, search="", last=None), error=missing), NOTHING_READ
    try:
        asked.require_door()
        number, known = checking_in.check_in_by_code(
            access.workspace().id,
            typed,
            day=asked.day,
            item_id=asked.item_id,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        found = doors.find_by_code(access.workspace().id, typed)
        about = replace(asked, search="", last=found.registration_id if found else None)
        left = "" if found else typed  # nobody types it twice, and a scanner writes the next behind
        return page.show(about, error=_said(refusal), code=left), REFUSED
    done = asked.query(q=None, page=None, last=number)
    return frame.done(_is_here(_name(number), known, asked), f"/check-in{done}")


def take_back_check_in(registration_id: int) -> ResponseReturnValue:
    """Take back that somebody is there."""

    def act(asked: Door) -> str:
        stays = checking_in.take_back(
            registration_id,
            day=asked.day,
            item_id=asked.item_id,
            actor=access.actor(),
            now=clock.now(),
        )
        if stays:
            return _("%(person)s stays here, as they were checked in at a workshop.", person=name)
        return _("%(person)s is no longer checked in.", person=name)

    name = _name(registration_id)
    return _answer(registration_id, act)


def check_in_contributor(person_id: int) -> ResponseReturnValue:
    """Tick off somebody of the programme, who need not register."""

    def act(asked: Door) -> str:
        known = checking_in.check_in_contributor(
            access.workspace().id, person_id, day=asked.day, actor=access.actor(), now=clock.now()
        )
        return _is_here(name, known, asked)

    name = _contributor(person_id)
    return _answer_contributor(person_id, act)


def take_back_contributor(person_id: int) -> ResponseReturnValue:
    """Take back that somebody of the programme is there."""

    def act(asked: Door) -> str:
        checking_in.take_back_contributor(
            access.workspace().id, person_id, day=asked.day, actor=access.actor(), now=clock.now()
        )
        return _("%(person)s is no longer checked in.", person=name)

    name = _contributor(person_id)
    return _answer_contributor(person_id, act)


def _is_here(name: str, known: datetime | None, asked: Door) -> str:
    """Say that somebody is there, and since when where that was known."""
    if known is None:
        return _("%(person)s is here.", person=name)
    since = page.since(known, asked.day)
    return _("%(person)s was already checked in (%(moment)s).", person=name, moment=since)


def _answer(registration_id: int, act: Callable[[Door], str]) -> ResponseReturnValue:
    """Do it, and go on where the next person is looked for."""
    asked = page.asked()
    if asked.search or asked.last:
        return _done(asked, act, asked.query(q=None, page=None, last=registration_id))
    return _done(asked, act, f"{asked.query()}#p-{registration_id}")


def _answer_contributor(person_id: int, act: Callable[[Door], str]) -> ResponseReturnValue:
    asked = page.asked()
    return _done(asked, act, f"{asked.query()}#c-{person_id}")


def _done(asked: Door, act: Callable[[Door], str], then: str) -> ResponseReturnValue:
    try:
        asked.require_door()
        done = act(asked)
    except Refused as refusal:
        return page.show(asked, error=_said(refusal)), REFUSED
    return frame.done(done, f"/check-in{then}")


def _said(refusal: Refused) -> str:
    return refusals.text(refusal, access.workspace().zone)


def _name(registration_id: int) -> str:
    return queries.find_name(access.workspace().id, registration_id) or abort(404)


def _contributor(person_id: int) -> str:
    return contributor_door.find_name(access.workspace().id, person_id) or abort(404)
