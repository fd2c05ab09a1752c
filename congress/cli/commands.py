"""Binding the commands to the application."""

from flask import Flask

from congress.cli.assignment import assignment_commands
from congress.cli.attendees import attendee_commands
from congress.cli.congress_files import congress_commands
from congress.cli.demo import demo_commands
from congress.cli.network import network_commands
from congress.cli.organisers import organiser_commands
from congress.cli.outbox import outbox_commands
from congress.cli.worker import worker_command


def register_commands(app: Flask) -> None:
    """Give the application its commands: `flask congress …`, `flask demo …` and so on."""
    for command in (
        assignment_commands,
        attendee_commands,
        congress_commands,
        network_commands,
        demo_commands,
        organiser_commands,
        outbox_commands,
        worker_command,
    ):
        app.cli.add_command(command)
