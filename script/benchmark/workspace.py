"""The pages of a very large congress, as an organiser opens them one after the other."""

import time
from collections.abc import Iterator
from pathlib import Path

from congress.domain.attendee_list import CHOOSABLE
from script.benchmark import congresses
from script.benchmark.rows import Row
from script.benchmark.servers import NotRunning, Server
from script.benchmark.visitors import Visitor

OK, SEE_OTHER, OFTEN = 200, 303, 20
HERE = f"/organiser/{congresses.WORKSPACE.slug}"
MAILING = {"to": "attendees", "subject": "So geht es", "text": "Hallo {Vorname}\n\n{Workshops}"}
PAGES = {  # by their names in the table: the address, and how many milliseconds it may take
    "overview": ("", 300),
    "programme of 400 items": ("/programme", 300),
    "  its plan of rooms": ("/programme?view=rooms", 300),
    "  log of one item": ("/programme/beitrag-7/history", 300),
    "one item to edit": ("/programme/beitrag-7/edit", 300),
    "preview of publishing": ("/programme/release", 300),
    "settings": ("/settings", 300),
    "attendee list": ("/attendees", 300),
    "  page 300 of it": ("/attendees?page=300", 300),
    "  searched, as somebody types": ("/attendees?q=mus", 100),
    "  of one workshop": ("/attendees?workshop=workshop-1", 300),
    "  with every column": (f"/attendees?columns={','.join(CHOOSABLE)}", 300),
    "  the saved views": ("/attendees/views", 300),
    "  who may stand there twice": ("/attendees/duplicates", 300),
    "check-in": ("/check-in", 300),
    "  somebody looked for there": ("/check-in?q=mus", 100),
    "  by code and without a connection": ("/check-in/device", 300),
    "  what came of that": ("/check-in/reports", 300),
    "attendance": ("/attendance", 300),
    "  a workshop from paper": ("/attendance/workshops/workshop-1", 300),
    "prints": ("/print", 300),
    "  badges": ("/print/badges", 300),
    "  certificates": ("/print/certificates", 300),
    "survey": ("/survey", 300),
    "  what was said": ("/survey/results", 300),
    "files of the list": ("/attendees/files", 300),
    "several people": ("/attendees/several?state=confirmed", 300),
    "figures": ("/figures", 300),
    "people of the programme": ("/people", 300),
    "an item to move": ("/programme/beitrag-7/move", 300),
    "team": ("/team", 300),
    "mails": ("/outbox", 300),
    "log": ("/log", 300),
    "  searched for what is not there": ("/log?q=Karussell", 300),
}


def make(server: Server) -> None:
    """Make the congress while the server runs."""
    file = congresses.write(congresses.WORKSPACE, Path(server.environment["VAR_DIR"]))
    server.flask("congress", "import", str(file), "--yes")


def fill(server: Server, people: int) -> None:
    """Let so many more people register for it."""
    server.flask("demo", "fill", congresses.WORKSPACE.slug, "--attendees", str(people))


def pages(organiser: Visitor) -> Iterator[Row]:
    """Measure each page as its reader waits for it: 19 of 20 are there by then."""
    for name, (path, goal) in PAGES.items():
        yield _row(name if name[0] == " " else f"workspace, {name}", organiser, path, goal)


def pages_of_a_mailing(organiser: Visitor, people: int) -> Iterator[Row]:
    """Measure the pages of an info mail to everybody, while its mails are written and sent.

    It is paused then, so that the worker takes no time from what is measured next.
    """
    here = f"{HERE}/mailings"
    organiser.reconnect()
    organiser.get(f"{here}/new")
    written = organiser.post(f"{here}/new", MAILING)
    one = written.location.removeprefix(HERE).partition("?")[0]
    draft = f"info mail to {people:,} people, before it is sent"
    yield _row(draft, organiser, one, 300)
    yield _row("  everybody by name", organiser, f"{one}/readers?page=2", 300)
    organiser.reconnect()
    organiser.get(f"{HERE}{one}")
    sent = organiser.post(f"{HERE}{one}/send", {})
    if sent.status != SEE_OTHER:
        raise NotRunning(f"{one}/send: {sent.status}")
    yield _row("  how far it is, while the worker sends", organiser, one, 300)
    yield _row("  everybody by name, meanwhile", organiser, f"{one}/readers?page=2", 300)
    yield _row("  info mails, meanwhile", organiser, "/mailings", 300)
    yield _row("  mails, meanwhile", organiser, "/outbox", 300)
    yield _row("  overview, meanwhile", organiser, "", 300)
    organiser.reconnect()
    organiser.get(f"{HERE}{one}")
    organiser.post(f"{HERE}{one}/pause", {})


def _row(name: str, organiser: Visitor, path: str, goal: int) -> Row:
    address = f"{HERE}{path}"
    took = []
    for _ in range(OFTEN):
        organiser.reconnect()
        began = time.perf_counter()
        answer = organiser.get(address)
        took.append((time.perf_counter() - began) * 1e3)
        if answer.status != OK:
            raise NotRunning(f"{address}: {answer.status}")
    *others, _slowest = sorted(took)
    note = f"median {others[len(took) // 2]:.0f} ms, {len(answer.body):,} bytes"
    return Row(name, others[-1], "ms", goal, note=note)
