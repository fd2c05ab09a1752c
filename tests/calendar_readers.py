"""Calendar readers of other makers: ical.js (Thunderbird), node-ical (Home Assistant), libical.

`script/test` brings them; where they are missing, the tests that need them are skipped loudly.
"""

import ctypes
import ctypes.util
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOREIGN = Path(__file__).parent / "foreign"
VEVENT = 4  # ICAL_VEVENT_COMPONENT
ANY_PROPERTY = 0
# Nobody's zone here: a time without a zone would be seen at once.
ELSEWHERE = "America/St_Johns"


def read_with(reader: str, *calendars: bytes) -> list[list[dict[str, Any]]]:
    """Return the events of each calendar as "ical.js" or "node-ical" understands them."""
    node = shutil.which("node")
    if node is None or not (FOREIGN / "node_modules" / reader).exists():
        pytest.skip(f"{reader} is not installed; script/test brings it")
    answer = subprocess.run(
        [node, FOREIGN / "read.mjs", reader],
        input=json.dumps([calendar.decode() for calendar in calendars]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"TZ": ELSEWHERE},
    )
    events: list[list[dict[str, Any]]] = json.loads(answer.stdout)
    return events


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
        )
        event = library.icalcomponent_get_next_component(root, VEVENT)
    library.icalcomponent_free(root)
    return events


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
    for text in ("uid", "summary", "description", "location"):
        getter = getattr(library, f"icalcomponent_get_{text}")
        getter.restype = ctypes.c_char_p
        getter.argtypes = [ctypes.c_void_p]
    return library
