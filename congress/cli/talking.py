"""How commands talk: sentences on stderr, so that stdout is left to what machines read."""

from typing import IO, Any

import click
from flask_babel import gettext as _


class Stopped(click.ClickException):
    """The command cannot do what was asked: its sentences on stderr, exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - click's signature
        say(self.message)


def say(sentence: str) -> None:
    """Tell the person in front of the terminal something."""
    click.echo(sentence, err=True)


def agrees(question: str) -> bool:
    """Ask the person in front of the terminal; no answer, or nobody there, means no."""
    yes, no = _("yes"), _("no")
    while True:
        try:
            typed = click.prompt(f"{question} [{yes}/{no}]", "", show_default=False, err=True)
        except click.Abort:
            say("")  # the question stays on its line
            return False
        answer = typed.strip().casefold()
        if no.startswith(answer):
            return False
        if yes.startswith(answer) or "yes".startswith(answer):
            return True
        say(_("Please answer %(yes)s or %(no)s.", yes=yes, no=no))
