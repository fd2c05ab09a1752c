"""Sheets of paper for 300 people: badges as an organiser downloads them, certificates as made."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from congress.domain.certificates import Statement, code_of
from congress.domain.times.time_slots import TimeSlot
from congress.domain.tokens import Key
from congress.formats import certificates, printing
from congress.formats.certificates import Paper, Signed
from congress.queries.congresses import find_congress
from script.benchmark import congresses
from script.benchmark.inside import Inside
from script.benchmark.rows import Row
from script.benchmark.servers import NotRunning, Server
from script.benchmark.visitors import Visitor

PEOPLE, OK, TIMES = 300, 200, 3
SLUG = congresses.PRINTED.slug


def _make(server: Server) -> None:
    """Make a congress with so many people in it while the server runs."""
    file = congresses.write(congresses.PRINTED, Path(server.environment["VAR_DIR"]))
    server.flask("congress", "import", str(file), "--yes")
    server.flask("demo", "fill", SLUG, "--attendees", str(PEOPLE))


def sheets(server: Server, organiser: Visitor, inside: Inside) -> Iterator[Row]:
    """Measure both; the first time each loads what prints."""
    _make(server)
    address = f"/organiser/{SLUG}/print/badges.pdf?which=all&workshops=y"

    def badges() -> int:
        organiser.reconnect()
        answer = organiser.get(address)
        if answer.status != OK or not answer.body.startswith(b"%PDF"):
            raise NotRunning(f"{address}: {answer.status}")
        return len(answer.body)

    yield _row(f"{PEOPLE} badges with codes, PDF", badges, 1)
    with inside.app.app_context():
        congress = find_congress(SLUG)
    if congress is None:
        raise NotRunning(SLUG)
    now = datetime.now(UTC)
    said = Statement(congress.title, congress.town, (TimeSlot(now, now + timedelta(hours=7)),))
    codes = [code_of(Key(b"bench"), str(number)) for number in range(PEOPLE)]
    papers = [
        Paper(f"Erika Muster {number}", "de", said, now, code, f"https://example.org/c/{code}")
        for number, code in enumerate(codes)
    ]
    signed = Signed("Dr. Ida Amt", "Leitung", None)

    def all_certificates() -> int:
        made = certificates.printed(papers, congress, signed, language="de", created=now)
        return len(printing.pdf(made))

    yield _row(f"{PEOPLE} certificates with codes, PDF", all_certificates, 2)


def _row(name: str, make_file: Callable[[], int], goal: float) -> Row:
    took, size = [], 0
    for _ in range(TIMES):
        began = time.perf_counter()
        size = make_file()
        took.append(time.perf_counter() - began)
    note = f"{size / 1024:,.0f} KiB, median of three"
    return Row(name, sorted(took)[TIMES // 2], "s", goal, note=note)
