"""A device at the doors: the page that goes on without a connection, its list, what it sends."""

import json
import re
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, abort, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from congress import clock
from congress.domain.attendance import NobodyComes, day_to_show, days_of
from congress.domain.congresses import CongressState
from congress.domain.door_scans import DEVICE_LENGTH, MOST_AT_ONCE, Scan
from congress.domain.doors import doors_of
from congress.domain.programme import ProgrammeItem
from congress.queries import congresses, door_scans, programme
from congress.queries.door_lists import OnDevice
from congress.services import door_devices
from congress.web import access, languages, refusals, sessions
from congress.web.entries import LARGEST_ID, read_id
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import device_words, frame
from congress.web.static_files import SOURCE, static

CAMERA = "camera=(self), microphone=(), geolocation=()"
SCRIPTS = ("vendor/jsQR.js", "door-store.js", "door-list.js", "door-camera.js", "door-device.js")
STYLES = ("vendor/kern.min.css", "congress.css", "organiser.css")
FONTS = ("vendor/FiraSans-Regular.woff2", "vendor/FiraSans-SemiBold.woff2")
DEVICE, DIGEST = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
HANDED_OUT_BEFORE, KEPT_AFTER_LAST_DAY = timedelta(days=2), timedelta(hours=12)
LAST_MOMENT = 7_258_118_400_000  # the year 2200
LONGEST_LOGIN = timedelta(hours=12)


def door_device() -> Response:
    """Show the page; nobody's name stands in it, so that it may be kept by the device."""
    page = frame.page(
        "door_device.html",
        current="check-in",
        scripts=[static(each) for each in SCRIPTS],
        words=device_words.of_page(),
    )
    response = make_response(page)
    response.headers["Permissions-Policy"] = CAMERA
    return response


def door_worker() -> Response:
    """Return the script that keeps this page, its scripts and its style, and nothing else."""
    files = [static(each) for each in (*SCRIPTS, *STYLES, *FONTS)]
    named = f"const PAGE = {json.dumps(_own())};\nconst FILES = {json.dumps(files)};\n"
    script = named + (SOURCE / "door-worker.js").read_text(encoding="utf-8")
    response = make_response(script)
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response


def take_door_list() -> dict[str, Any]:
    """Hand out whom the device has to know on a day, and the key under which it keeps that."""
    said, workspace, now = _said(), access.workspace(), clock.now()
    device = _device(said)
    congress = congresses.with_content(workspace)
    last = congress.ends_at + KEPT_AFTER_LAST_DAY
    is_held = congress.state not in {CongressState.DRAFT, CongressState.CANCELLED}
    if not is_held or not congress.starts_at - HANDED_OUT_BEFORE <= now < last:
        refused = _no_list(is_early=now < last) if is_held else _nobody_comes()
        return {"token": generate_csrf(), "now": _milliseconds(now), "refused": refused}
    days = days_of(congress)
    day = day_to_show(days, now.astimezone(workspace.zone).date())
    people = door_devices.hand_out(
        workspace.id, day, device[:DEVICE_LENGTH], actor=access.actor(), now=now
    )
    items = doors_of(programme.kept_items(workspace), day, workspace.zone)
    return {
        "key": b64encode(door_devices.storage_key(sessions.digest(), device)).decode(),
        "token": generate_csrf(),
        "now": _milliseconds(now),
        "expires": _milliseconds(min(last, now + LONGEST_LOGIN)),
        "zone": str(workspace.zone),
        "day": day.isoformat(),
        "dayName": languages.soft(frame.dates().date(day)),
        "doors": [_as_door(item, items) for item in items],
        "people": [_as_person(person) for person in people],
    }


def send_door_scans() -> dict[str, Any]:
    """Take what the device has read; say what came of each scan, and how many are there."""
    said, workspace, now = _said(), access.workspace(), clock.now()
    device, sent_at = _device(said), _moment(said.get("sentAt"))
    scans = said.get("scans")
    if not isinstance(scans, list) or not 0 < len(scans) <= MOST_AT_ONCE:
        abort(400)
    outcomes = door_devices.take(
        workspace.id,
        device,
        [_as_scan(each) for each in scans],
        ahead=sent_at - now,
        actor=access.actor(),
        now=now,
    )
    return {"now": _milliseconds(now), "outcomes": outcomes}


def door_reports() -> str:
    """Show what devices have sent that somebody has to look at."""
    workspace = access.workspace()
    items = {item.id: item for item in programme.kept_items(workspace)}
    return frame.page(
        "door_reports.html",
        current="check-in",
        reports=door_scans.to_look_at(workspace.id),
        said=device_words.outcome_names(),
        door_names={number: languages.number_name(item) for number, item in items.items()},
        device_length=DEVICE_LENGTH,
    )


def finish_door_reports() -> ResponseReturnValue:
    """Take what somebody has looked at off the page."""
    sent = request.form.getlist("scan")[: door_scans.MOST_SHOWN]
    numbers = {number for each in sent if (number := read_id(each)) is not None}
    done = door_devices.finish(
        access.workspace().id, numbers, actor=access.actor(), now=clock.now()
    )
    if not done:
        return frame.done(_("There was nothing left to be done about it."), "/check-in/reports")
    said = ngettext("%(num)d scan is done.", "%(num)d scans are done.", done)
    return frame.done(said, "/check-in/reports")


def _no_list(*, is_early: bool) -> str:
    if is_early:
        return _("The list can be loaded from two days before the event begins.")
    return _("The event is over, so no list is handed out any more.")


def _nobody_comes() -> str:
    return refusals.text(NobodyComes(), access.workspace().zone)


def _own() -> str:
    return f"/organiser/{access.workspace().slug}/check-in/device"


def _as_door(item: ProgrammeItem, items: list[ProgrammeItem]) -> dict[str, Any]:
    return {
        "id": item.id,
        "code": item.code,
        "name": languages.number_name(item),
        "title": languages.text(item.face.title),
        "meets": [each.id for each in items if each is not item and each.meets(item)],
    }


def _as_person(person: OnDevice) -> list[Any]:
    came = {number or 0: _milliseconds(at) for number, at in person.came.items()}
    return [person.id, person.name, person.organisation, person.digest, list(person.items), came]


def _said() -> dict[str, Any]:
    try:
        said = request.get_json(silent=True)
    except RecursionError:  # lists within lists within lists
        abort(400)
    return said if isinstance(said, dict) else abort(400)


def _device(said: dict[str, Any]) -> str:
    device = said.get("device")
    return device if isinstance(device, str) and DEVICE.fullmatch(device) else abort(400)


def _as_scan(said: object) -> Scan:
    """Read one scan as a device says it; what is none ends the request with 400."""
    if not isinstance(said, dict):
        abort(400)
    day, digest = _day(said.get("day")), said.get("digest", "")
    item, person = _number(said.get("door")), _number(said.get("person"))
    is_code = isinstance(digest, str) and DIGEST.fullmatch(digest) is not None
    if day is None or not (is_code or (digest == "" and person is not None)):
        abort(400)
    return Scan(
        _uuid(said.get("uuid")),
        day,
        item,
        digest,
        None if digest else person,
        _moment(said.get("at")),
        said.get("letIn") is True,
    )


def _uuid(said: object) -> str:
    try:
        return str(UUID(said)) if isinstance(said, str) else abort(400)
    except ValueError:
        abort(400)


def _number(said: object) -> int | None:
    if said is None:
        return None
    is_id = isinstance(said, int) and not isinstance(said, bool) and 0 < said <= LARGEST_ID
    return said if is_id else abort(400)  # type: ignore[return-value] # an int, as was just asked


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _moment(said: object) -> datetime:
    """Read a moment in milliseconds since 1970 (UTC), as scripts say it."""
    if not isinstance(said, int | float) or isinstance(said, bool) or not 0 <= said < LAST_MOMENT:
        abort(400)
    return datetime.fromtimestamp(said / 1000, UTC)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
