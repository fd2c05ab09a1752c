"""People who register: open the form, send it, open their own page, each on one connection."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from script.benchmark.wire import Answer, Connection, request

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
OK, SEE_OTHER = 200, 303
TOWNS = (
    *("Ahlen", "Berg", "Castrop", "Dorsten", "Essen", "Feld", "Gronau", "Hamm", "Iserlohn"),
    *("Jülich", "Kamen", "Lünen", "Marl", "Neuss", "Olpe", "Parsberg", "Quickborn", "Rheine"),
    *("Soest", "Telgte", "Unna", "Velbert", "Werne", "Xanten", "Zülpich"),
)

_numbers = count(1)


@dataclass
class Journeys:
    """What came of many registrations."""

    seconds: float = 0.0
    each: list[float] = field(default_factory=list)  # seconds of every single one
    requests: Counter[int] = field(default_factory=Counter)  # how many each one needed
    failed: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.each) / self.seconds

    @property
    def median(self) -> float:
        return sorted(self.each)[len(self.each) // 2]

    @property
    def p95(self) -> float:
        """Seconds after which 19 of 20 have their own page before them."""
        return sorted(self.each)[len(self.each) * 19 // 20]


class Visitor:
    """Somebody with a browser, whose cookies last as long as the visit."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = Connection(port)
        self._cookies: dict[str, str] = {}
        self.requests = 0
        self.form: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        answer = self._send("GET", path)
        self.form = dict(HIDDEN.findall(answer.text)) if b"<form" in answer.body else {}
        return answer

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._send("POST", path, urlencode(self.form | fields).encode())

    def close(self) -> None:
        self._connection.close()

    def reconnect(self) -> None:
        """Go on after some time: servers do not keep connections open that long."""
        self._connection = Connection(self._port)

    def _send(self, method: str, path: str, body: bytes = b"") -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies} if cookies else {}
        answer = self._connection.ask(request(method, path, self._port, headers, body))
        for cookie in answer.cookies:
            name, _, value = cookie.partition("=")
            self._cookies[name] = value
        self.requests += 1
        return answer


def person(number: int) -> dict[str, str]:
    """Return the entries of somebody made up, different from everybody before."""
    return {
        "given_name": "Erika",
        "family_name": f"Muster-{number}",
        "email": f"erika.muster-{number}@example.org",
        "organisation": "Stadt Lünen",
        "function": "Engagementförderung",
        "privacy_notice": "y",
        "slot-1": f"workshop-{number % 6 + 1}",
        "question-1": "Wie erreichen wir junge Menschen?",
    }


def person_asked_all(number: int) -> dict[str, str]:
    """Return the entries of somebody in the congress with all rules; one of 500 organisations."""
    organisation = f"Stadt {TOWNS[number // 25 % 20]}{TOWNS[number % 25].lower()}"
    said = {"organisation": organisation, "ask-lunch": "veggie", "ask-why": "?"}
    return person(number) | said | {"mode": ("onsite", "online")[number % 2]}


def bare_person(number: int) -> dict[str, str]:
    """Return the entries that the bare registration of the limits takes."""
    wanted = ("given_name", "family_name", "email", "organisation")
    return {name: person(number)[name] for name in wanted} | {"item": str(number % 6 + 1)}


def register(
    port: int,
    path: str,
    *,
    seconds: float,
    at_once: int,
    who: Callable[[int], dict[str, str]] = person,
) -> Journeys:
    """Let people register one after the other, some at once, for so long."""
    journeys = Journeys()
    deadline = time.perf_counter() + seconds

    def keep_registering() -> None:
        while time.perf_counter() < deadline and not journeys.failed:
            _register_one(port, path, who(next(_numbers)), journeys)

    began = time.perf_counter()
    in_threads([keep_registering] * at_once)
    journeys.seconds = time.perf_counter() - began
    return journeys


def _register_one(port: int, path: str, entries: dict[str, str], journeys: Journeys) -> None:
    began = time.perf_counter()
    visitor = Visitor(port)
    try:
        form = visitor.get(path)
        sent = visitor.post(path, entries)
        if (form.status, sent.status) != (OK, SEE_OTHER):
            journeys.failed.append(f"{form.status}, {sent.status}: {sent.text[:500]}")
            return
        own = visitor.get(sent.location)
    finally:
        visitor.close()
    if own.status != OK or entries["family_name"] not in own.text:
        journeys.failed.append(f"{sent.location}: {own.status}")
        return
    journeys.each.append(time.perf_counter() - began)
    journeys.requests[visitor.requests] += 1


def crowd(port: int, path: str, *, attempts: int, at_once: int) -> tuple[float, Counter[int]]:
    """Let so many people open the form, then all send it; returns the time and the answers."""
    statuses: Counter[int] = Counter()
    began = time.perf_counter()
    waiting: list[tuple[Visitor, dict[str, str]]] = []
    lock = threading.Lock()

    def open_forms() -> None:
        for _ in range(attempts // at_once):
            visitor, entries = Visitor(port), person(next(_numbers))
            visitor.get(path)
            visitor.close()
            with lock:
                waiting.append((visitor, entries))

    def send_forms() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                visitor, entries = waiting.pop()
            visitor.reconnect()
            answer = visitor.post(path, entries)
            visitor.close()
            with lock:
                statuses[answer.status] += 1

    in_threads([open_forms] * at_once)
    in_threads([send_forms] * at_once)
    return time.perf_counter() - began, statuses


def in_threads(acts: Sequence[Callable[[], None]]) -> None:
    """Do all of this at once and wait until it is done; the first fault is raised here."""
    faults: list[Exception] = []

    def guarded(act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as fault:  # noqa: BLE001 - raised below, in the thread that waits
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
