"""`flask worker`: the worker alone, for machines that run the web server apart from it."""

import gc

import click
from flask.cli import with_appcontext

from congress import worker
from congress.cli.talking import say


@click.command("worker")
@with_appcontext
def worker_command() -> None:
    """Deliver mails and do what is due, until stopped by Ctrl-C or TERM."""
    gc.collect()
    gc.freeze()  # what is loaded stays: looked through, it would hold a transaction up
    say("The worker is running. Ctrl-C stops it.")
    worker.run()
    say("Stopped.")
