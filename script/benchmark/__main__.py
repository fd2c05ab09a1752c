"""`script/bench`: prepares, measures, prints."""

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from script.benchmark import congresses, rows
from script.benchmark.inside import Inside
from script.benchmark.measures import MEASURES, Bench
from script.benchmark.rows import Row
from script.benchmark.servers import ROOT, NotRunning, Server, environment, postgresql, serve
from script.benchmark.wire import Broken

SECONDS, QUICK_SECONDS = 6.0, 1.5


def main() -> int:
    """Measure what was asked for; returns 1 when something could not be measured."""
    options = _options()
    began = time.monotonic()
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))  # a disk, not memory
    try:
        with _prepared(folder, options) as bench:
            found = list(_measured(bench, options.only or list(MEASURES)))
    except (NotRunning, Broken, OSError) as fault:
        print(f"Could not be measured: {fault}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    facts = _machine(options)
    print(f"\n{rows.table(found)}\n")
    print(", ".join(f"{name} {value}" for name, value in facts.items()))
    print("Driver and server share the cores. Ratios in one run are what counts.")
    print(f"{time.monotonic() - began:.0f} s")
    if options.json:
        rows.write_json(found, options.json, facts)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter rounds")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long one round lasts")
    parser.add_argument("--only", action="append", choices=list(MEASURES), help="one kind of row")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--postgresql", action="store_true", help="instead of SQLite")
    return parser.parse_args()


@contextmanager
def _prepared(folder: Path, options: argparse.Namespace) -> Iterator[Bench]:
    seconds = QUICK_SECONDS if options.quick else options.seconds
    with _databases(options) as (database, limits_database, news_database, *of_relays):
        settings = environment(folder / "server", database)
        limits_settings = environment(folder / "limits", limits_database or _file(folder))
        _say("Starting the server and the limits …")
        with (
            serve("congress.launcher", settings) as server,
            serve("script.benchmark.limits", limits_settings) as limits,
        ):
            _fill(server, folder, options.only or list(MEASURES))
            inside = Inside(settings)
            try:
                yield Bench(
                    server,
                    limits,
                    inside,
                    seconds,
                    news=environment(folder / "news", news_database),
                    relays=(
                        environment(folder / "answering", of_relays[0]),
                        environment(folder / "mute", of_relays[1]),
                    ),
                    is_postgresql=options.postgresql,
                )
            finally:
                inside.close()


@contextmanager
def _databases(options: argparse.Namespace) -> Iterator[tuple[str | None, ...]]:
    if not options.postgresql:
        yield (None,) * 5
        return
    folder = Path(tempfile.mkdtemp(prefix="congress-bench-"))
    folder.chmod(0o755)
    try:
        with postgresql(folder / "postgresql") as urls:
            yield urls
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _file(folder: Path) -> str:
    return f"sqlite:///{folder / 'limits.sqlite'}"


def _fill(server: Server, folder: Path, wanted: list[str]) -> None:
    _say("Importing the congresses …")
    for measured in congresses.ALL:
        server.flask("congress", "import", str(congresses.write(measured, folder)), "--yes")
    if "export" in wanted:
        _say(f"Filling one with {congresses.ATTENDEES:,} attendees …")
        attendees = str(congresses.ATTENDEES)
        server.flask("demo", "fill", congresses.FULL_OF_PEOPLE.slug, "--attendees", attendees)


def _measured(bench: Bench, wanted: list[str]) -> Iterator[Row]:
    for name, measure in MEASURES.items():
        if name in wanted:
            _say(f"Measuring: {name} …")
            yield from measure(bench)


def _machine(options: argparse.Namespace) -> dict[str, object]:
    load = os.getloadavg()[0]
    return {
        "cores": len(os.sched_getaffinity(0)),
        "Python": platform.python_version(),
        "database": "PostgreSQL" if options.postgresql else "SQLite",
        "load of the last minute": f"{load:.1f}",
    }


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
