"""A programme of 100 rows, pasted into the form of a new congress."""

import time

from script.benchmark import congresses
from script.benchmark.rows import Row
from script.benchmark.servers import NotRunning
from script.benchmark.visitors import Visitor

OK = 200
ROWS, OFTEN = 100, 9
NEW_CONGRESS = "/organiser/new"
ESSENTIALS = {"title": "Pasted", "day": "20.10.2027", "starts": "8.00", "ends": "20.00"}


def preview(organiser: Visitor) -> Row:
    """Measure until it is shown as it was read; nothing is stored."""
    organiser.get(NEW_CONGRESS)
    fields = {**ESSENTIALS, "rows": congresses.pasted(ROWS), "read": "1"}
    took = []
    for _ in range(OFTEN):
        began = time.perf_counter()
        answer = organiser.post(NEW_CONGRESS, fields)
        took.append(time.perf_counter() - began)
        shown = answer.text.count('id="row-')
        if (answer.status, shown) != (OK, ROWS):
            raise NotRunning(f"pasting: {answer.status}, {shown}")
    organiser.close()
    median = sorted(took)[len(took) // 2] * 1e3
    note = f"median of {len(took)}, slowest {max(took) * 1e3:.0f} ms; nothing is stored"
    return Row("preview of 100 pasted rows", median, "ms", 300, note=note)
