"""A table of 5,000 people: until it is shown beside who is registered, and until it is stored."""

import re
import time
from collections.abc import Iterator

from script.benchmark import congresses
from script.benchmark.rows import Row
from script.benchmark.servers import NotRunning
from script.benchmark.visitors import Visitor

OK, SEE_OTHER = 200, 303
PEOPLE = 5_000
ADDRESS = f"/organiser/{congresses.OPEN.slug}/attendees/import"
HIDDEN = re.compile(r'name="(seen|shape|form_key)" value="([0-9a-f]+)"')
COLUMNS = ("given_name", "family_name", "email", "organisation")


def people_in_a_table(organiser: Visitor) -> Iterator[Row]:
    """Measure looking at the table, then taking it over without mails."""
    organiser.get(ADDRESS)
    lines = [
        f"Nora;Import-{number};import-{number}@example.org;Stadt Lünen" for number in range(PEOPLE)
    ]
    fields = {"rows": "\n".join(["Vorname;Nachname;E-Mail;Organisation", *lines])}
    began = time.perf_counter()
    answer = organiser.post(ADDRESS, fields)
    took = time.perf_counter() - began
    if answer.status != OK or "data-count" not in answer.text:
        raise NotRunning(f"import: {answer.status}")
    note = f"{len(answer.body):,} bytes; nothing is stored"
    yield Row("preview of 5,000 people in a table", took, "s", 3, note=note)
    fields |= {f"column-{place}": column for place, column in enumerate(COLUMNS)}
    fields |= dict(HIDDEN.findall(answer.text)) | {"has_heading": "y", "step": "apply"}
    organiser.reconnect()
    began = time.perf_counter()
    answer = organiser.post(ADDRESS, fields)
    took = time.perf_counter() - began
    if answer.status != SEE_OTHER:
        raise NotRunning(f"import: {answer.status}")
    yield Row("  taken over, without mails", took, "s", 5, note="50 people in a transaction")
    organiser.close()
