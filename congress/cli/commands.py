"""Binding the commands to the application."""

from flask import Flask

from congress.cli.congress_files import congress_commands
from congress.cli.demo import demo_commands


def register_commands(app: Flask) -> None:
    """Give the application its commands: `flask congress …`, `flask demo …` and so on."""
    for group in (congress_commands, demo_commands):
        app.cli.add_command(group)
