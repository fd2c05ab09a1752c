"""The list of 5,000 attendees as an organiser takes it along, and of 50,000: time and memory."""

import time
from collections.abc import Iterator
from threading import Event, Thread
from typing import Self

from script.benchmark import congresses
from script.benchmark.rows import Row
from script.benchmark.servers import NotRunning, Server
from script.benchmark.visitors import Visitor

OK, TIMES, MEBIBYTE = 200, 3, 1024 * 1024
LIST = f"/organiser/{congresses.FULL_OF_PEOPLE.slug}/attendees"
COLUMNS = "columns=organisation,email,workshop,state"
# What is asked for, and within how many seconds.
FILES = {
    "CSV": (".csv", 0.15),
    "XLSX": (".xlsx", 0.5),
    "JSON": (".json", None),
    "XLSX, a line for each booking": (".xlsx?line=booking", None),
    "XLSX, with totals and sheets of workshops": (".xlsx?sheets=totals&sheets=workshops", None),
}
MANY, MANY_SECONDS, MORE_MEMORY = 50_000, 10, 200
PAUSE = 0.25  # seconds: to look at the memory takes time away from what is measured


def files(server: Server, organiser: Visitor, *, is_long: bool) -> Iterator[Row]:
    """Measure each format; in long rounds also ten times as many people."""
    organiser.get(LIST)
    before = server.memory()
    for name, (address, goal) in FILES.items():
        cpu = server.cpu_seconds()
        took, size = _median(organiser, address)
        cpu = (server.cpu_seconds() - cpu) / TIMES
        note = f"{size / 1024:,.0f} KiB, median of three; server CPU {cpu:.2f} s"
        yield Row(
            f"export of {congresses.ATTENDEES:,} attendees, {name}", took, "s", goal, note=note
        )
    after = server.memory()
    yield Row("memory of all processes (PSS)", after / MEBIBYTE, "MiB", 250, note="after exports")
    yield Row("  grown by the exports", (after - before) / MEBIBYTE, "MiB")
    yield from _on_paper(organiser)
    if is_long:
        yield from _many(server, organiser, before)


def _on_paper(organiser: Visitor) -> Iterator[Row]:
    """Those in the second workshop: a thousand of 5,000, as made-up people choose."""
    took, size = _median(organiser, f".pdf?workshop=workshop-2&{COLUMNS}")
    note = f"{size / 1024:,.0f} KiB, median of three"
    yield Row("list of some 1,000 attendees, PDF", took, "s", 1, note=note)


def _many(server: Server, organiser: Visitor, before: int) -> Iterator[Row]:
    """Memory counts from before the first file on: what one has left the next one uses again."""
    more = str(MANY - congresses.ATTENDEES)
    server.flask("demo", "fill", congresses.FULL_OF_PEOPLE.slug, "--attendees", more)
    for name in ("CSV", "XLSX", "XLSX, with totals and sheets of workshops"):
        with _Peak(server, before) as peak:
            took, size = _fetched(organiser, FILES[name][0])
        note = f"{size / MEBIBYTE:,.1f} MiB"
        yield Row(f"export of {MANY:,} attendees, {name}", took, "s", MANY_SECONDS, note=note)
        yield Row("  memory beside what was used before any", peak.more, "MiB", MORE_MEMORY)


def _median(organiser: Visitor, address: str) -> tuple[float, int]:
    found = sorted(_fetched(organiser, address) for _ in range(TIMES))
    return found[TIMES // 2]


def _fetched(organiser: Visitor, address: str) -> tuple[float, int]:
    """Return how long a file takes, and how large it is."""
    organiser.reconnect()
    began = time.perf_counter()
    answer = organiser.get(LIST + address)
    took = time.perf_counter() - began
    if answer.status != OK:
        raise NotRunning(f"{address}: {answer.status}")
    return took, len(answer.body)


class _Peak:
    """How much more memory the processes have at any moment than `before`, in MiB."""

    def __init__(self, server: Server, before: int) -> None:
        self._server, self._is_over = server, Event()
        self._before, self._most = before, server.memory()
        self._watching = Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._watching.join()

    def _watch(self) -> None:
        while not self._is_over.wait(PAUSE):
            self._most = max(self._most, self._server.memory())

    @property
    def more(self) -> float:
        return (self._most - self._before) / MEBIBYTE
