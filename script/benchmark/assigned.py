"""Workshops by ranked wishes: how long an assignment takes, and how the web fares meanwhile."""

import resource
import threading
import time
from collections.abc import Iterator
from random import Random

from congress import solver
from congress.domain.assignment.problem import Offer, Problem, Wisher
from congress.domain.assignment.solved import Solved
from script.benchmark import congresses
from script.benchmark.rows import Row
from script.benchmark.servers import NotRunning, Server
from script.benchmark.visitors import Visitor

# People, workshops at each time, times, wishes at each; seconds that it may take.
SMALL, LARGE = (300, 6, 2, 3), (5_000, 40, 4, 5)
SMALL_GOAL, LARGE_GOAL, MEMORY_GOAL, PAGE_GOAL = 2, 20, 600, 0.3
SPARE = 1.1  # places for each person
PAUSE = 0.05


def workshops(server: Server, *, is_long: bool) -> Iterator[Row]:
    """Solve both sizes, and look at a page again and again while the larger one is solved."""
    yield from _solved(SMALL, SMALL_GOAL)
    if not is_long:
        return
    pages: list[float] = []
    is_over = threading.Event()
    looking = threading.Thread(target=_look, args=(server, pages, is_over))
    looking.start()
    try:
        yield from _solved(LARGE, LARGE_GOAL)
    finally:
        is_over.set()
        looking.join()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Row("  memory of its process", memory, "MiB", MEMORY_GOAL)
    note = f"slowest of {len(pages)}"
    yield Row("  a page meanwhile", max(pages), "s", PAGE_GOAL, note=note)


def _solved(size: tuple[int, int, int, int], goal: float) -> Iterator[Row]:
    people, offered, times, _wishes = size
    began = time.monotonic()
    found = solver.solve(_problem(*size), seconds=60)
    took = time.monotonic() - began
    if not isinstance(found, Solved):
        raise NotRunning("no assignment")
    gap = ", ".join(f"{level.name} {level.gap}" for level in found.levels if level.gap)
    work = f"assign {people:,} people, {offered} workshops × {times}"
    yield Row(work, took, "s", goal, note=f"gap: {gap}" if gap else "proven, gap 0")


def _look(server: Server, pages: list[float], is_over: threading.Event) -> None:
    visitor = Visitor(server.port)
    while not is_over.wait(PAUSE):
        began = time.monotonic()
        visitor.get(f"/{congresses.OPEN.slug}")
        pages.append(time.monotonic() - began)


def _problem(people: int, offered: int, times: int, wishes: int) -> Problem:
    """Return people with wishes at each time; some topics are liked far more than others.

    The same topics come at each time, and nobody has one twice.
    """
    random = Random(1)  # noqa: S311 - nothing is kept secret by it
    keys = range(offered * times)
    topic = {key: key % offered for key in keys}
    offers = {
        key: Offer(
            id=key,
            slot=key // offered,
            places=int(people * SPARE / offered) + 1,
            excludes=frozenset(other for other in keys if topic[other] == topic[key]) - {key},
        )
        for key in keys
    }
    lots = random.sample(range(1, people + 1), people)
    return Problem(
        offers,
        {
            number: Wisher(
                number,
                lot,
                {
                    time * offered + topic: rank
                    for time in range(times)
                    for rank, topic in enumerate(_liked(random, offered, wishes), 1)
                },
            )
            for number, lot in enumerate(lots)
        },
    )


def _liked(random: Random, offered: int, wishes: int) -> list[int]:
    """Return some topics in the order in which somebody likes them."""
    chosen: list[int] = []
    while len(chosen) < wishes:
        topic = min(offered - 1, int(random.expovariate(4 / offered)))
        if topic not in chosen:
            chosen.append(topic)
    return chosen
