"""`flask network import`: the official list of municipalities, or a table, for the register."""

from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from congress import clock, extensions
from congress.cli.talking import Stopped, agrees, say
from congress.domain.access import COMMAND
from congress.domain.network.register_difference import Comparison, Finding, Outcome
from congress.domain.network.register_import import compare
from congress.formats import register_table
from congress.formats.gv100 import OfficialList
from congress.formats.register_words import fault_words, note_words
from congress.formats.table_file import Unreadable
from congress.queries.network import register_known
from congress.services.network import importing

network_commands = AppGroup("network", help="The network: its register of organisations.")


@network_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", "is_sure", is_flag=True, help="Take over without asking.")
@click.option("--complete", is_flag=True, help="The table has all municipalities of its Länder.")
@click.option(
    "--ends-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day of what a complete list lacks.",
)
def import_register(file: Path, *, is_sure: bool, complete: bool, ends_on: datetime | None) -> None:
    """Compare FILE (GV100AD or CSV) with the register, show what would change, take it over."""
    text = register_table.text_of(file.read_bytes())
    if isinstance(text, Unreadable):
        raise Stopped(
            _(
                "This file is neither the official list of municipalities (GV100AD) nor a table "
                "as CSV."
            )
        )
    if isinstance(text, OfficialList):
        text, complete = text.text, True
    rows = register_table.read_table(text)
    if not rows:
        raise Stopped(_("No column holds the names of the organisations. Please choose it."))
    found = compare(rows, register_known.all_known(), is_complete=complete)
    _show(found, ends_on.date() if ends_on else None)
    if not (found.of(Outcome.ADDED) or found.of(Outcome.CHANGED) or (ends_on and found.missing)):
        say(_("Nothing would change."))
        return
    if not (is_sure or agrees(_("Take over?"))):
        say(_("Nothing was changed."))
        return
    done = importing.import_all(
        found, ends_on=ends_on.date() if ends_on else None, actor=COMMAND, now=clock.now()
    )
    say(
        _(
            "Organisations added: %(added)d, changed: %(changed)d, ended: %(ended)d.",
            added=done.added,
            changed=done.changed,
            ended=done.ended,
        )
    )
    for number in done.passed_over:
        say(_("Row %(number)d was passed over: someone changed it meanwhile.", number=number))


def _show(found: Comparison, ends_on: date | None) -> None:
    """Say line by line what would become of the table."""
    language = extensions.settings().locale
    for each in found.of(Outcome.OPEN):
        why = " ".join(fault_words(fault, language) for fault in each.faults)
        say(f"{_row(each)}: {each.row.shown}\n    {why}")
    for each in found.findings:
        if each.after and each.notes:
            notes = " ".join(note_words(note, language) for note in each.notes)
            say(f"{_row(each)}: {each.after.name}. {notes}")
    for each in found.of(Outcome.CHANGED):
        if each.known and each.after and each.is_renamed:
            say(f"{each.known.facts.name} → {each.after.name}")
    words, ended = _("No longer in the table"), f" → {ends_on}" if ends_on else ""
    for gone in found.missing:
        say(f"{words}: {gone.facts.name} ({gone.facts.ags}){ended}")
    counts = {each: len(found.of(each)) for each in Outcome}
    say(
        _(
            "Would be added: %(added)d, changed: %(changed)d, as they are: %(unchanged)d, "
            "no longer in the table: %(missing)d, left out for faults: %(open)d.",
            missing=len(found.missing),
            **counts,
        )
    )


def _row(finding: Finding) -> str:
    said: str = _("Row %(number)d", number=finding.row.number)
    return said
