"""Rows about what very many people are told: until it is written, and how fast it goes out."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from script.benchmark import servers
from script.benchmark.rows import Row

FEWEST_PER_SECOND = 150  # over four sessions, on two cores
PEOPLE = 600
READERS, REPLIES = 10_000, 1_000


def news(settings: Mapping[str, str], *, is_long: bool) -> Iterator[Row]:
    """A release that concerns very many people: told in steps."""
    yield from _news(settings, 1_600, seconds=0.5, statements=60)
    if is_long:
        yield from _news(settings, 20_000, seconds=15)


def _news(
    settings: Mapping[str, str], people: int, *, seconds: float, statements: int | None = None
) -> Iterator[Row]:
    own = _in_a_folder_of_its_own(settings, str(people))
    took = json.loads(servers.run("script.benchmark.news", own, str(people), own["VAR_DIR"]))
    note = f"until all letters are stored; the release alone {took['release_seconds']:.2f} s"
    name = f"release that concerns {people:,} people"
    yield Row(name, took["seconds"], "s", seconds, note=note)
    yield Row("  statements", took["statements"], "", statements)
    yield Row("  longest write transaction", took["longest"] * 1e3, "ms", 250)


def mails(settings: Mapping[str, str]) -> Iterator[Row]:
    """A real worker and a relay that takes 10 ms for each mail, over one and several sessions."""
    for connections in (1, 4):
        own = _in_a_folder_of_its_own(settings, f"sending-{connections}")
        own["MAIL_CONNECTIONS"] = str(connections)
        words = (str(PEOPLE), own["VAR_DIR"])
        took = json.loads(servers.run("script.benchmark.sending", own, *words))
        goal = FEWEST_PER_SECOND if connections > 1 else None
        name = f"mails sent over {connections} connection{'s' if connections > 1 else ''}"
        note = f"{took['mails']:,} mails, {took['sessions']} sessions, relay takes 10 ms for each"
        yield Row(name, took["per_second"], "/s", goal, at_most=False, note=note)


def mailboxes(settings: Mapping[str, str]) -> Iterator[Row]:
    """An info mail to very many, and a mailbox of what came back."""
    own = _in_a_folder_of_its_own(settings, "mailboxes")
    words = (str(READERS), str(REPLIES), own["VAR_DIR"])
    took = json.loads(servers.run("script.benchmark.mailboxes", own, *words))
    note = f"each with their workshops; looked at in {took['looked_at']:.2f} s"
    yield Row(f"info mail to {READERS:,} people written", took["written"], "s", 10, note=note)
    yield Row("  longest write transaction", took["longest"] * 1e3, "ms", 250)
    note = "half of them answers, half of them reports"
    yield Row(f"mailbox of {REPLIES:,} mails read", took["read"], "s", 20, note=note)


def _in_a_folder_of_its_own(settings: Mapping[str, str], name: str) -> dict[str, str]:
    folder = Path(settings["VAR_DIR"]) / name
    folder.mkdir()
    return {**settings, "VAR_DIR": str(folder)}
