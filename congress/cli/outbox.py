"""`flask outbox …`: how delivery stands, deliver now, hold it and let it go."""

import json

import click
from flask.cli import AppGroup

from congress import clock, worker
from congress.cli.talking import say
from congress.domain.access import COMMAND
from congress.extensions import settings
from congress.queries import announcements, calendars, outbox
from congress.services.mails import outboxing

outbox_commands = AppGroup("outbox", help="Mails on their way: see, deliver, hold and release.")


@outbox_commands.command("status")
def status() -> None:
    """Say how many mails wait, were sent and failed, and what keeps them, as JSON."""
    now = clock.now()
    found = outbox.status(now=now)
    earlier = calendars.earlier_organizers(settings().mail_from, now=now)
    oldest, held, since = found.oldest_unsent, found.held_since, found.trouble_since
    age = (now - oldest).total_seconds() if oldest else 0
    lines = {str(state): count for state, count in found.counts.items()} | {
        "to_be_written": announcements.letters_to_write(),
        "oldest_unsent_seconds": round(age),
        "to_many_people": found.to_many,
        "held_since": held.isoformat() if held else None,
        "held_because": _why_held(found),
        "from_a_backup": found.from_backup,
        "relay_trouble": found.trouble or None,
        "relay_trouble_since": since.isoformat() if since else None,
        "waiting_for_their_domain": outbox.resting_domains(now=now),
        "earlier_organizers": earlier,
    }
    click.echo(json.dumps(lines, indent=2))
    if held:
        say(f"Delivery is held since {held:%Y-%m-%d %H:%M} UTC; mails waiting: {found.waiting}.")
    if found.from_backup is not None:
        say(
            f"A backup was put back; {found.from_backup} of them stood in it and may have been "
            "sent already. `flask outbox release` sends them under the same Message-IDs."
        )
    if earlier:
        say(
            f"Calendar entries of events to come name {', '.join(earlier)} as who invites, and "
            "calendars answer there: keep these mailboxes, and pass on their mails."
        )
    if since:
        say(f"The relay takes no mails since {since:%Y-%m-%d %H:%M} UTC: {found.trouble}")


def _why_held(found: outbox.Status) -> str | None:
    if not found.held_since:
        return None
    return "by hand" if found.from_backup is None else "a backup was put back"


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
