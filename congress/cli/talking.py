"""How commands talk: sentences on stderr, so that stdout is left to what machines read."""

from typing import IO, Any

import click


class Stopped(click.ClickException):
    """The command cannot do what was asked: its sentences on stderr, exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - click's signature
        say(self.message)


def say(sentence: str) -> None:
    """Tell the person in front of the terminal something."""
    click.echo(sentence, err=True)
