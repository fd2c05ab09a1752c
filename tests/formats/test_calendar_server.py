"""Radicale, a calendar server of another maker, keeps and finds what we write (RFC 4791)."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import pytest
from icalendar import Calendar

from congress.domain.calendars.calendar import Method
from congress.formats import ics
from tests.concurrency.servers import free_port
from tests.formats.test_ics import CANCELLED, CONTENT, ENTRY, INJECTIONS, message

PATIENCE = 60  # seconds until it answers
MINE = "/erika/calendar/"
QUERY = """\
<C:calendar-query xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:D="DAV:">
<D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="{:%Y%m%dT%H%M%SZ}" end="{:%Y%m%dT%H%M%SZ}"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""
SECOND = timedelta(seconds=1)


class Server:
    """A running Radicale with an empty calendar, as its user's calendar program speaks to it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        who = {"Authorization": "Basic ZXJpa2E6eA=="}  # erika, whom nobody asks for a password
        try:
            connection.request(method, path, body, who | named)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def put(self, path: str, calendar: bytes) -> None:
        status, said = self.ask("PUT", path, calendar, Content_Type="text/calendar")
        assert status in {201, 204}, said

    def finds(self, begins: datetime, ends: datetime) -> bool:
        """Whether something in the calendar lies in a time, as the server understands it."""
        status, said = self.ask("REPORT", MINE, QUERY.format(begins, ends).encode(), Depth="1")
        assert status == 207, said
        return b"<response>" in said


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("radicale"), free_port()
    options = {
        "config": "",
        "hosts": f"127.0.0.1:{port}",
        "auth-type": "none",
        "storage-filesystem-folder": str(folder),
        "logging-level": "error",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    with subprocess.Popen([sys.executable, "-m", "radicale", *words]) as program:
        try:
            yield _answering(port)
        finally:
            program.terminate()


def _answering(port: int) -> Server:
    server, end = Server(port), time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError):
            server.ask("OPTIONS", "/")
            return server
        time.sleep(0.05)
    raise TimeoutError(port)


@pytest.fixture
def server(radicale: Server) -> Iterator[Server]:
    assert radicale.ask("MKCALENDAR", MINE)[0] == 201
    yield radicale
    assert radicale.ask("DELETE", MINE)[0] == 200


def events(calendar: bytes) -> dict[str, Mapping[str, str]]:
    """What each event says, by its UID."""
    found = [
        {
            name: str(value.to_ical()) + str(sorted(getattr(value, "params", {}).items()))
            for name, value in event.items()
        }
        for event in Calendar.from_ical(calendar).events
    ]
    assert len({each["UID"] for each in found}) == len(found)
    return {each["UID"]: each for each in found}


def test_a_feed_comes_back_as_it_was(server):
    """Hostile texts, days without hours, an entry that ended: all in one."""
    entries = [
        replace(
            ENTRY,
            uid=f"{number}@congress",
            content=replace(CONTENT, summary=text, description=text),
        )
        for number, (text, _title, _text) in enumerate(INJECTIONS.values())
    ]
    feed = ics.feed([*entries, CANCELLED], name="Kongress")

    server.put("/erika/feed/", feed)

    assert len(entries) > 10
    assert events(server.ask("GET", "/erika/feed/")[1]) == events(feed)


def test_an_invitation_is_revised_and_cancelled_in_its_place(server):
    here = f"{MINE}7b1c.ics"
    for invitation in (
        message(),
        message(replace(ENTRY, sequence=3)),
        message(replace(CANCELLED, sequence=4), Method.CANCEL),
    ):
        server.put(here, invitation)
        assert events(server.ask("GET", here)[1]) == events(invitation)
        assert len(events(server.ask("GET", MINE)[1])) == 1


@pytest.mark.parametrize(
    "day",
    [
        datetime(2015, 1, 21, tzinfo=UTC),
        datetime(2015, 7, 21, tzinfo=UTC),
        datetime(2015, 10, 25, tzinfo=UTC),
    ],
    ids=str,
)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_it_lies_where_it_is_said_to_be(server, day, zone):
    """Winter, summer, the night in which Berlin's clocks are put back; read by our VTIMEZONE."""
    begins, ends = day + timedelta(minutes=30), day + timedelta(hours=1, minutes=15)
    server.put(
        f"{MINE}one.ics",
        message(replace(ENTRY, content=replace(CONTENT, starts=begins, ends=ends, timezone=zone))),
    )

    assert server.finds(begins, begins + SECOND)
    assert server.finds(ends - SECOND, ends)
    assert not server.finds(begins - SECOND, begins)
    assert not server.finds(ends, ends + SECOND)
