"""Mail servers for measuring: one that takes its time for each mail, one that says nothing.

As a program of its own it runs one of each, until it is stopped, and prints their ports as JSON.
"""

import asyncio
import json
import subprocess
import sys
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from script.benchmark.servers import ROOT

SECONDS_PER_MAIL = 0.01  # a relay nearby that writes to its disk
END_OF_MAIL = b".\r\n"
ANSWERS = {b"EHLO": b"250 relay", b"DATA": b"354 go on", b"QUIT": b"221 bye"}


@dataclass
class Relay:
    """Takes mails and forgets them; costs next to nothing, as one on another machine would."""

    expected: int | None = None
    taken: list[float] = field(default_factory=list)  # when
    sessions: int = 0
    has_all: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Talk to one connection until it leaves."""
        self.sessions += 1
        writer.write(b"220 relay\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            writer.write(ANSWERS.get(word, b"250 OK") + b"\r\n")
            if word == b"DATA":
                await self._take(reader, writer)
        writer.close()

    async def _take(self, reader: StreamReader, writer: StreamWriter) -> None:
        while await reader.readline() not in {END_OF_MAIL, b""}:
            pass
        await asyncio.sleep(SECONDS_PER_MAIL)
        writer.write(b"250 taken\r\n")
        self.taken.append(time.perf_counter())
        if len(self.taken) == self.expected:
            self.has_all.set()


async def say_nothing(reader: StreamReader, writer: StreamWriter) -> None:
    """Keep a connection that somebody opened, without a word, until they give up."""
    await reader.read()
    writer.close()


@contextmanager
def one_of_each() -> Iterator[tuple[str, str]]:
    """Run both; gives the MAIL_URL of the one that answers and of the one that is mute."""
    with subprocess.Popen(
        [sys.executable, "-m", "script.benchmark.relays"], cwd=ROOT, stdout=subprocess.PIPE
    ) as program:
        try:
            answering, mute = json.loads(program.stdout.readline() if program.stdout else b"")
            yield f"smtp://127.0.0.1:{answering}", f"smtp://127.0.0.1:{mute}"
        finally:
            program.terminate()


async def _main() -> None:
    answering = await asyncio.start_server(Relay().serve, "127.0.0.1", 0)
    mute = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    ports = [server.sockets[0].getsockname()[1] for server in (answering, mute)]
    print(json.dumps(ports), flush=True)
    await asyncio.gather(answering.serve_forever(), mute.serve_forever())


if __name__ == "__main__":
    asyncio.run(_main())
