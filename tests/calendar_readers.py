"""Calendar readers of other makers: ical.js (Thunderbird), node-ical (Home Assistant), libical.

`script/test` brings them; where they are missing, the tests that need them are skipped loudly.
"""

import ctypes
import ctypes.util
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOREIGN = Path(__file__).parent / "foreign"
VEVENT = 4  # ICAL_VEVENT_COMPONENT
ANY_PROPERTY = 0
MOMENTS = {"starts": "icalcomponent_get_dtstart", "ends": "icalcomponent_get_dtend"}
# Nobody's zone here: a time without a zone would be seen at once.
ELSEWHERE = "America/St_Johns"
TOLD = (
    "uid",
    "summary",
    "description",
    "location",
    "starts",
    "ends",
    "status",
    "sequence",
    "method",
)


def read_with(reader: str, *calendars: bytes) -> list[list[dict[str, Any]]]:
    """Return the events of each calendar as "ical.js" or "node-ical" understands them."""
    return _read_with_node([reader], calendars)[reader]


def read_with_all(calendars: Sequence[bytes]) -> dict[str, list[list[dict[str, Any]]]]:
    """Return by reader the events of each calendar, with what all three tell alike."""
    found = _read_with_node(["ical.js", "node-ical"], calendars)
    found["libical"] = [read_with_libical(each) for each in calendars]
    return {
        reader: [[{name: event[name] for name in TOLD} for event in each] for each in read]
        for reader, read in found.items()
    }


def _read_with_node(
    readers: Sequence[str], calendars: Sequence[bytes]
) -> dict[str, list[list[dict[str, Any]]]]:
    node = shutil.which("node")
    for reader in readers:
        if node is None or not (FOREIGN / "node_modules" / reader).exists():
            pytest.skip(f"{reader} is not installed; script/test brings it")
    answer = subprocess.run(
        [str(node), FOREIGN / "read.mjs", *readers],
        input=json.dumps([calendar.decode() for calendar in calendars]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"TZ": ELSEWHERE},
    )
    found: dict[str, list[list[dict[str, Any]]]] = json.loads(answer.stdout)
    return found


def read_with_libical(calendar: bytes) -> list[dict[str, Any]]:
    """Return the events of a calendar as libical understands them, and how many errors it saw."""
    library = _libical()
    root = library.icalparser_parse_string(calendar)
    assert root, "libical takes it for no calendar"
    assert library.icalcomponent_count_errors(root) == 0
    events = []
    event = library.icalcomponent_get_first_component(root, VEVENT)
    while event:
        events.append(
            {
                name: (getattr(library, f"icalcomponent_get_{name}")(event) or b"").decode()
                for name in ("uid", "summary", "description", "location")
            }
            | {"properties": library.icalcomponent_count_properties(event, ANY_PROPERTY)}
            | {name: _moment(library, event, function) for name, function in MOMENTS.items()}
            | {
                "status": _property(library, event, "STATUS"),
                "sequence": int(_property(library, event, "SEQUENCE") or 0),
                "method": _property(library, root, "METHOD"),
            }
        )
        event = library.icalcomponent_get_next_component(root, VEVENT)
    library.icalcomponent_free(root)
    return events


class _Time(ctypes.Structure):
    """The struct icaltimetype of libical 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        *((name, ctypes.c_int) for name in ("is_date", "is_daylight")),
        ("zone", ctypes.c_void_p),
    )


def _moment(library: ctypes.CDLL, event: int, function: str) -> str:
    """Return a moment of an event in UTC, as JavaScript writes it."""
    time = getattr(library, function)(event)
    seconds = library.icaltime_as_timet_with_zone(time, time.zone)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S.000Z}"


def _property(library: ctypes.CDLL, component: int, name: str) -> str:
    kind = library.icalproperty_string_to_kind(name.encode())
    found = library.icalcomponent_get_first_property(component, kind)
    return library.icalproperty_get_value_as_string(found).decode() if found else ""


@cache
def _libical() -> ctypes.CDLL:
    name = ctypes.util.find_library("ical")
    if name is None:
        pytest.skip("libical is not installed (apt-get install libical3)")
    library = ctypes.CDLL(name)
    for function in ("icalparser_parse_string", "icalcomponent_get_first_component"):
        getattr(library, function).restype = ctypes.c_void_p
    library.icalcomponent_get_next_component.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    for function in (
        "get_first_component",
        "get_next_component",
        "count_properties",
    ):
        getattr(library, f"icalcomponent_{function}").argtypes = [ctypes.c_void_p, ctypes.c_int]
    for function in ("count_errors", "free"):
        getattr(library, f"icalcomponent_{function}").argtypes = [ctypes.c_void_p]
    library.icalcomponent_get_first_property.restype = ctypes.c_void_p
    library.icalcomponent_get_first_property.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.icalproperty_get_value_as_string.restype = ctypes.c_char_p
    library.icalproperty_get_value_as_string.argtypes = [ctypes.c_void_p]
    for function in MOMENTS.values():
        getattr(library, function).restype = _Time
        getattr(library, function).argtypes = [ctypes.c_void_p]
    library.icaltime_as_timet_with_zone.restype = ctypes.c_int64
    library.icaltime_as_timet_with_zone.argtypes = [_Time, ctypes.c_void_p]
    for text in ("uid", "summary", "description", "location"):
        getter = getattr(library, f"icalcomponent_get_{text}")
        getter.restype = ctypes.c_char_p
        getter.argtypes = [ctypes.c_void_p]
    return library
