"""`flask outbox …`: how delivery stands, deliver now, hold it and let it go."""

import json

import click
from flask.cli import AppGroup

from congress import clock, worker
from congress.cli.talking import say
from congress.domain.access import COMMAND
from congress.queries import announcements, outbox
from congress.services.mails import outboxing

outbox_commands = AppGroup("outbox", help="Mails on their way: see, deliver, hold and release.")


@outbox_commands.command("status")
def status() -> None:
    """Say how many mails wait, were sent and failed, as JSON."""
    found = outbox.status()
    oldest, held = found.oldest_unsent, found.held_since
    age = (clock.now() - oldest).total_seconds() if oldest else 0
    lines = {str(state): count for state, count in found.counts.items()} | {
        "to_be_written": announcements.letters_to_write(),
        "oldest_unsent_seconds": round(age),
        "held_since": held.isoformat() if held else None,
    }
    click.echo(json.dumps(lines, indent=2))
    if held:
        waiting = found.counts[outbox.MessageState.QUEUED]
        say(f"Delivery is held since {held:%Y-%m-%d %H:%M} UTC; mails waiting: {waiting}.")


@outbox_commands.command("deliver")
def deliver() -> None:
    """Deliver what is due now, without waiting for the worker."""
    worker.announce()
    tally = worker.deliver()
    say(f"{tally.sent} sent, {tally.delayed} to be tried again, {tally.failed} failed.")
    if tally.delayed or tally.failed:
        raise SystemExit(1)


@outbox_commands.command("hold")
def hold() -> None:
    """Deliver nothing from now on, for example after a backup was restored."""
    outboxing.hold(actor=COMMAND, now=clock.now())
    say("Delivery is held. `flask outbox release` lets it go again.")


@outbox_commands.command("release")
def release() -> None:
    """Deliver again, beginning with what has gathered."""
    outboxing.release(actor=COMMAND, now=clock.now())
    say("Delivery goes on.")
