"""Each row of the table: what is done, and what is read off."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from congress.domain.registration import RegistrationState
from congress.queries.outbox import MessageState
from script.benchmark import (
    assigned,
    congresses,
    exported,
    muted,
    pasted,
    printed,
    ruled,
    told,
    visitors,
    weight,
    wire,
    workspace,
)
from script.benchmark.imported import people_in_a_table
from script.benchmark.inside import Inside
from script.benchmark.rows import Row
from script.benchmark.servers import NotRunning, Server
from script.benchmark.visitors import Journeys, Visitor
from script.benchmark.wire import Round

CONNECTIONS, AT_ONCE, PARTS = 16, 8, 3
WARM_UP = 0.5  # seconds, not counted
MEBIBYTE = 1024 * 1024
GZIP = {"Accept-Encoding": "gzip"}
UNSENT = (MessageState.QUEUED, MessageState.SENDING)
CROWD, CROWD_AT_ONCE = 500, 50
MORE_FETCHES = 20
LONG = 3  # seconds; shorter rounds leave out what takes long
OK, NOT_MODIFIED, SEE_OTHER = 200, 304, 303
Entries = Callable[[int], dict[str, str]]  # what somebody made up types, by their number


@dataclass(frozen=True)
class Bench:
    """What the measures work with; `seconds` is how long one round lasts."""

    server: Server
    limits: Server
    inside: Inside
    seconds: float
    news: Mapping[str, str]  # settings of a program of its own
    relays: tuple[Mapping[str, str], Mapping[str, str]]  # of two servers of their own
    is_postgresql: bool = False

    def rounds(
        self, server: Server, path: str, *, expects: int = OK, **headers: str
    ) -> tuple[Round, float]:
        """Ask for the same page again and again; returns the best part and the CPU per request.

        The best of three parts: whatever else runs on the machine only takes away.
        """
        message = wire.request("GET", path, server.port, GZIP | headers)
        wire.hammer(server.port, message, connections=CONNECTIONS, seconds=WARM_UP)
        before, part = server.cpu_seconds(), self.seconds / PARTS
        parts = [
            wire.hammer(server.port, message, connections=CONNECTIONS, seconds=part)
            for _ in range(PARTS)
        ]
        cpu = server.cpu_seconds() - before
        for done in parts:
            _require(set(done.statuses) == {expects}, f"{path}: {dict(done.statuses)}")
        best = max(parts, key=lambda each: each.per_second)
        return best, cpu / sum(done.count for done in parts)

    def registrations(
        self, *, at_once: int, slug: str = congresses.OPEN.slug, who: Entries = visitors.person
    ) -> tuple[Journeys, float]:
        """Let people register for one round; returns them and the CPU for each."""
        return _registrations(self.server, f"/{slug}/register", self.seconds, at_once, who)


def page(bench: Bench) -> Iterator[Row]:
    """The cached public page, beside a hello and a bare page with one query."""
    hello, hello_cpu = bench.rounds(bench.limits, "/")
    bare, bare_cpu = bench.rounds(bench.limits, "/page")
    ours, cpu = bench.rounds(bench.server, f"/{congresses.OPEN.slug}")
    driver = f"driver {ours.driver_cpu / ours.count * 1e6:.0f} µs"
    yield Row(
        "public congress page, 16 connections",
        ours.per_second,
        "/s",
        1000,
        at_most=False,
        note=f"hello {hello.per_second:,.0f}/s, bare page {bare.per_second:,.0f}/s; {driver}",
    )
    yield Row(
        "  part of a bare Flask hello",
        ours.per_second / hello.per_second,
        "",
        0.3,
        at_most=False,
        note=f"bare cached page {bare.per_second / hello.per_second:.2f}",
    )
    yield Row(
        "  server CPU per request",
        cpu * 1e3,
        "ms",
        1.5,
        note=f"hello {hello_cpu * 1e3:.2f} ms, bare cached page {bare_cpu * 1e3:.2f} ms",
    )


def feed(bench: Bench) -> Iterator[Row]:
    """The calendar of a congress with 200 entries, whole and asked about again."""
    path = f"/{congresses.FULL_OF_ITEMS.slug}/calendar.ics"
    answer = wire.ask(bench.server.port, path, GZIP)
    entries = wire.ask(bench.server.port, path).text.count("BEGIN:VEVENT")
    etag = next(
        line.partition(b": ")[2].decode()
        for line in answer.head.split(b"\r\n")
        if line.lower().startswith(b"etag")
    )
    full, cpu = bench.rounds(bench.server, path)
    known, known_cpu = bench.rounds(
        bench.server, path, expects=NOT_MODIFIED, **{"If-None-Match": etag}
    )
    note = f"{entries} entries, {len(answer.body):,} bytes zipped"
    yield Row(
        "feed of one congress, 200 items",
        full.per_second,
        "/s",
        1000,
        at_most=False,
        note=f"{note}; server CPU {cpu * 1e3:.2f} ms",
    )
    yield Row(
        "  asked about again: 304",
        known.per_second,
        "/s",
        1500,
        at_most=False,
        note=f"server CPU {known_cpu * 1e3:.2f} ms",
    )
    somebody = visitors.person(1_000_000_001)
    again = bench.inside.statements_of_own_feed(congresses.OPEN.slug, somebody)
    yield Row("  a personal feed asked about again: statements", again, "", 2)


def large_feed(bench: Bench) -> Iterator[Row]:
    """The first visitor waits for the rendering, nobody after, whichever process answers."""
    path = f"/{congresses.LARGE.slug}/calendar.ics"
    took = []
    for _ in range(1 + MORE_FETCHES):
        began = time.perf_counter()
        answer = wire.ask(bench.server.port, path, GZIP)
        took.append(time.perf_counter() - began)
        _require(answer.status == OK, f"{path}: {answer.status}")
    note = f"{len(answer.body):,} bytes zipped"
    yield Row("first fetch of a feed with 1,000 items", took[0] * 1e3, "ms", 300, note=note)
    yield Row("  slowest of the next, in all processes", max(took[1:]) * 1e3, "ms", 100)


def registration(bench: Bench) -> Iterator[Row]:
    """Form, POST and own page: while mails are delivered, then with the outbox held."""
    bare, bare_cpu = _registrations(
        bench.limits, "/register", bench.seconds, AT_ONCE, visitors.bare_person
    )
    bench.registrations(at_once=AT_ONCE)  # each process has seen everything once
    _until_sent(bench)
    sent_before, cpu_before = bench.inside.mails(MessageState.SENT), bench.server.cpu_seconds()
    delivering, _ = bench.registrations(at_once=AT_ONCE)
    sent = bench.inside.mails(MessageState.SENT) - sent_before
    is_drained = _until_sent(bench)
    cpu_with_mail = (bench.server.cpu_seconds() - cpu_before) / len(delivering.each)
    bench.server.flask("outbox", "hold")
    held, cpu = bench.registrations(at_once=AT_ONCE)
    single, _ = bench.registrations(at_once=1)
    waiting, before = bench.inside.mails(*UNSENT), bench.server.cpu_seconds()
    bench.server.flask("outbox", "release")
    _until_sent(bench)
    mails = waiting - bench.inside.mails(*UNSENT)
    cpu_of_mail = (bench.server.cpu_seconds() - before) / mails
    bare_note = f"bare registration {bare.per_second:,.0f}/s"
    yield Row(
        "complete registration, 8 at a time, outbox held",
        held.per_second,
        "/s",
        120 if bench.is_postgresql else 150,
        at_most=False,
        note=bare_note,
    )
    yield Row(
        "  while it is being delivered",
        delivering.per_second,
        "/s",
        100,
        at_most=False,
        note=f"{sent / delivering.seconds:.0f} mails/s sent meanwhile, 2 for each person",
    )
    yield Row("  one at a time, p50", single.median * 1e3, "ms", 15)
    yield Row("  server CPU for each", cpu * 1e3, "ms", 12, note=f"bare {bare_cpu * 1e3:.1f} ms")
    yield Row(
        "  server CPU for each, with delivery",
        cpu_with_mail * 1e3,
        "ms",
        16,
        note="until its last mail was out" if is_drained else "NOT all mails were out in time",
    )
    yield Row("  CPU of one mail", cpu_of_mail * 1e3, "ms", 2.5, note=f"{mails:,} mails")
    yield Row("HTTP requests in one registration", max(held.requests), "", 3)
    yield Row("pages to register", max(held.requests) - 1, "", 2, note="one submit")


def statements(bench: Bench) -> Iterator[Row]:
    """What is asked of the database for one registration."""
    entries = visitors.person(1_000_000_000)
    seen = bench.inside.statements_of_registration(congresses.OPEN.slug, entries)
    steps = ", ".join(f"{step} {count}" for step, count in seen.items())
    yield Row("statements for one registration", sum(seen.values()), "", 15, note=steps)


def crowd(bench: Bench) -> Iterator[Row]:
    """More people than places, all with an open form."""
    slug = congresses.CROWD.slug
    seconds, statuses = visitors.crowd(
        bench.server.port, f"/{slug}/register", attempts=CROWD, at_once=CROWD_AT_ONCE
    )
    counts = bench.inside.attendees(slug)
    confirmed = counts[RegistrationState.CONFIRMED]
    waiting = counts[RegistrationState.WAITING]
    broken = bench.inside.broken()
    exact = confirmed == congresses.CROWD.places and confirmed + waiting == CROWD and not broken
    note = f"{confirmed} places, {waiting} waiting; {'exact' if exact else f'WRONG {broken[:3]}'}"
    if set(statuses) != {SEE_OTHER}:
        note += f"; answers {dict(statuses)}"
    yield Row("500 attempts on 300 places", seconds, "s", 10, note=note)
    yield Row("  off by", abs(confirmed - congresses.CROWD.places) + len(broken), "", 0)


def export(bench: Bench) -> Iterator[Row]:
    """The attendee list in each format."""
    organiser = _organiser(bench.server)
    yield from exported.files(bench.server, organiser, is_long=bench.seconds > LONG)
    organiser.close()


def pasting(bench: Bench) -> Iterator[Row]:
    """A programme pasted into the form of a new congress, until it is shown as read."""
    yield pasted.preview(_organiser(bench.server))


def organisers_pages(bench: Bench) -> Iterator[Row]:
    """What organisers open, in a congress of 400 items and 20,000 people."""
    half = 10_000 if bench.seconds > LONG else 1_000
    workspace.make(bench.server)
    workspace.fill(bench.server, half)
    organiser = _organiser(bench.server)
    yield from workspace.pages_of_a_mailing(organiser, half)
    workspace.fill(bench.server, half)
    yield from workspace.pages(organiser)
    organiser.close()


def memory(bench: Bench) -> Iterator[Row]:
    """The launcher, the web server with its processes, the worker."""
    note = f"{len(bench.server.processes())} processes, with worker"
    used = bench.server.memory() / MEBIBYTE
    yield Row("memory of all processes (PSS)", used, "MiB", 250, note=note)


def page_weight(bench: Bench) -> Iterator[Row]:
    """Everything a browser loads for the congress page."""
    found = weight.weigh(bench.server.port, f"/{congresses.OPEN.slug}")
    sizes = ", ".join(f"{weight.kind(path)} {size:,}" for path, size in found.files.items())
    yield Row("congress page, all requests", found.requests, "", 6, note=sizes)
    yield Row("  compressed", found.total / 1024, "KiB", 80)


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "page": page,
    "feed": feed,
    "registration": registration,
    "statements": statements,
    "rules": ruled.registrations,
    "crowd": crowd,
    "memory": memory,
    "export": export,
    "pasting": pasting,
    "import": lambda bench: people_in_a_table(_organiser(bench.server)),
    "weight": page_weight,
    # Last, so that what they leave in memory is not taken for that of the exports.
    "large": large_feed,
    "news": lambda bench: told.news(bench.news, is_long=bench.seconds > LONG),
    "mails": lambda bench: told.mails(bench.news),
    "mute": lambda bench: muted.registrations(*bench.relays, seconds=bench.seconds),
    "mailboxes": lambda bench: told.mailboxes(bench.news),
    "print": lambda b: printed.sheets(b.server, _organiser(b.server), b.inside),
    "workspace": organisers_pages,
    "assignment": lambda b: assigned.workshops(b.server, is_long=b.seconds > LONG),
}


def _registrations(
    server: Server,
    path: str,
    seconds: float,
    at_once: int,
    who: Entries = visitors.person,
) -> tuple[Journeys, float]:
    before = server.cpu_seconds()
    journeys = visitors.register(server.port, path, seconds=seconds, at_once=at_once, who=who)
    _require(not journeys.failed, "; ".join(journeys.failed[:3]))
    return journeys, (server.cpu_seconds() - before) / len(journeys.each)


def _until_sent(bench: Bench) -> bool:
    """Wait until every mail is out, but not for ever."""
    deadline = time.monotonic() + 10 * bench.seconds
    while time.monotonic() < deadline:
        if not bench.inside.mails(*UNSENT):
            return True
        time.sleep(0.2)
    return False


def _organiser(server: Server) -> Visitor:
    visitor = Visitor(server.port)
    visitor.get("/login")
    password = server.environment["DEMO_PASSWORD"]
    answer = visitor.post("/login", {"email": "organiser@example.org", "password": password})
    _require(answer.status == SEE_OTHER, f"login: {answer.status}")
    return visitor


def _require(is_as_expected: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not is_as_expected:
        raise NotRunning(otherwise)
