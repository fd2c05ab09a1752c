"""Rows about a relay that takes every connection and says nothing: who registers must not notice.

Two whole servers, each with its worker and its database: one has a relay that answers, the other
one that is mute from the beginning to the end. Rounds go back and forth between them, so that
whatever else the machine does meets both alike.
"""

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from script.benchmark import congresses, relays, visitors
from script.benchmark.rows import Row
from script.benchmark.servers import NotRunning, Server, serve
from script.benchmark.visitors import Journeys

PATH = f"/{congresses.OPEN.slug}/register"
AT_ONCE = (8, 1)
TIMES = 4  # each time there and back: answering, mute, mute, answering
SHORT = 0.5  # seconds; rounds that would be shorter are fewer
MOST = 10  # percent that the slowest of 20 may wait longer
PATIENCE = 120  # seconds until the mails of one round are out


def registrations(
    answering: Mapping[str, str], mute: Mapping[str, str], *, seconds: float
) -> Iterator[Row]:
    """Compare the p95 of a registration; a round lasts a quarter of `seconds`."""
    with (
        relays.one_of_each() as (answers, says_nothing),
        serve("congress.launcher", {**answering, "MAIL_URL": answers}) as calm,
        serve("congress.launcher", {**mute, "MAIL_URL": says_nothing}) as cut_off,
    ):
        began = time.perf_counter()
        times = TIMES if seconds / TIMES > SHORT else 1
        found = _back_and_forth(calm, cut_off, seconds / TIMES, times)
        lasted = time.perf_counter() - began
        waiting, sent = _mails(cut_off, "queued", "sending"), _mails(cut_off, "sent")
    if sent or not waiting:
        raise NotRunning(f"the mute relay took {sent} mails, {waiting} wait")
    for at_once in AT_ONCE:
        usual, without = found[calm.port, at_once], found[cut_off.port, at_once]
        yield Row(
            f"registration, {at_once} at a time, relay mute: p95 rises by",
            (without.p95 / usual.p95 - 1) * 100,
            "%",
            MOST,
            note=f"{_told(without)}; relay answers: {_told(usual)}",
        )
    yield Row("  mails kept meanwhile", waiting, "", note=f"relay mute for {lasted:.0f} s")


def _back_and_forth(
    calm: Server, cut_off: Server, seconds: float, times: int
) -> dict[tuple[int, int], Journeys]:
    found: dict[tuple[int, int], Journeys] = {}
    for server in (calm, cut_off):
        folder = Path(server.environment["VAR_DIR"])
        server.flask("congress", "import", str(congresses.write(congresses.OPEN, folder)), "--yes")
        visitors.register(server.port, PATH, seconds=1, at_once=max(AT_ONCE))  # warms up
    for at_once in AT_ONCE:
        for server in (calm, cut_off, cut_off, calm) * times:
            _until_sent(calm)  # else its worker would take from the other's time
            done = visitors.register(server.port, PATH, seconds=seconds, at_once=at_once)
            if done.failed:
                raise NotRunning(done.failed[0])
            found.setdefault((server.port, at_once), Journeys()).each.extend(done.each)
    return found


def _told(journeys: Journeys) -> str:
    count, p95 = len(journeys.each), journeys.p95 * 1e3
    return f"{p95:.1f} ms, median {journeys.median * 1e3:.1f} ms of {count:,}"


def _until_sent(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while _mails(server, "queued", "sending"):
        if time.monotonic() > deadline:
            raise NotRunning("the relay that answers does not get all mails")
        time.sleep(0.5)


def _mails(server: Server, *states: str) -> int:
    counts: dict[str, int] = json.loads(server.flask("outbox", "status"))
    return sum(counts[state] for state in states)
