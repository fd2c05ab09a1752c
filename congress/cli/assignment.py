"""`flask assignment …`: take a run of an assignment out of the database, and work it out again."""

from typing import TextIO

import click
from flask.cli import AppGroup

from congress import solver
from congress.cli.talking import say
from congress.domain import wishes
from congress.domain.assignment.lots import lots
from congress.domain.assignment.run_records import Altered, NoRecord, RunRecord
from congress.domain.assignment.solved import Impossible, Level
from congress.extensions import settings
from congress.queries import assignment_records, congresses

assignment_commands = AppGroup(
    "assignment", help="Workshops given by ranked wishes: export a run, work it out again."
)


@assignment_commands.command("export")
@click.argument("slug")
@click.option("--run", "run_id", type=int, help="Its number; by default the newest.")
def export(slug: str, run_id: int | None) -> None:
    """Write what a run was made of and what came of it as JSON, without names."""
    congress = congresses.find_congress(slug)
    if congress is None:
        raise click.ClickException(f"There is no event {slug}.")
    found = assignment_records.find(congress.id, run_id)
    if found is None:
        which = "no run" if run_id is None else f"no run {run_id}"
        raise click.ClickException(f"{slug} has {which} that was worked out and is still kept.")
    click.echo(found.as_text())


@assignment_commands.command("reproduce")
@click.argument("file", type=click.File(encoding="utf-8"))
def reproduce(file: TextIO) -> None:
    """Work out an exported run again, and say whether the same comes of it."""
    try:
        before = RunRecord.of_text(file.read())
    except Altered as error:
        raise click.ClickException("What went in was changed: its hash is another one.") from error
    except (NoRecord, UnicodeDecodeError) as error:
        raise click.ClickException("This is not the export of a run.") from error
    drawn = {each.id: each.lot for each in before.problem.people.values()}
    if drawn != lots(before.seed, drawn):
        raise click.ClickException("The lots in the file are not those of its seed.")
    if wishes.faults(before.problem, before.assignment):
        raise click.ClickException("The result in the file breaks a limit: it was changed.")
    try:
        found = solver.solve(before.problem, seconds=settings().assignment_seconds)
    except solver.Unsolved as error:
        raise click.ClickException("Nothing was found in ASSIGNMENT_SECONDS.") from error
    if isinstance(found, Impossible):
        raise click.ClickException("No assignment keeps all limits of the file: it was changed.")
    say(f"Inputs {before.inputs_hash}, seed {before.seed}.")
    say(f"Then {before.solver}: {_in_words(before.levels)}")
    say(f"Now {found.version}: {_in_words(found.levels)}")
    if _values(found.levels) != _values(before.levels):
        raise click.ClickException("The objective is another one.")
    if found.assignment != before.assignment:
        raise click.ClickException("The objective is the same, the assignment is another one.")
    say("The objective and the assignment are the same.")


def _in_words(levels: tuple[Level, ...]) -> str:
    return ", ".join(f"{each.name} {each.value} (gap {each.gap})" for each in levels)


def _values(levels: tuple[Level, ...]) -> list[tuple[str, int]]:
    return [(each.name, each.value) for each in levels]
