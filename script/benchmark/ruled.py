"""A registration with every rule switched on, beside one in a plain congress."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from script.benchmark import congresses, visitors
from script.benchmark.rows import Row

if TYPE_CHECKING:
    from script.benchmark.measures import Bench

AT_ONCE, TURNS = 8, 3
LIMIT = 1.3


def registrations(bench: "Bench") -> Iterator[Row]:
    """What all rules cost together: they take turns, so that both see the same machine."""
    bench.server.flask("outbox", "hold")
    plain, ruled = [], []
    for turn in range(TURNS + 1):
        took = [
            bench.registrations(at_once=AT_ONCE, slug=slug, who=who)[1]
            for slug, who in (
                (congresses.OPEN.slug, visitors.person),
                (congresses.STRICT.slug, visitors.person_asked_all),
            )
        ]
        if turn:  # the first is only to warm up
            plain.append(took[0])
            ruled.append(took[1])
    bench.server.flask("outbox", "release")
    best = min(plain), min(ruled)
    note = f"server CPU {best[1] * 1e3:.1f} ms, plain {best[0] * 1e3:.1f} ms; best of {TURNS} turns"
    yield Row(
        "registration with all rules, of a plain one", best[1] / best[0], "", LIMIT, note=note
    )
    entries = visitors.person_asked_all(1_000_000_000)
    seen = bench.inside.statements_of_registration(congresses.STRICT.slug, entries)
    steps = ", ".join(f"{step} {count}" for step, count in seen.items())
    yield Row("  statements", sum(seen.values()), "", 20, note=steps)
