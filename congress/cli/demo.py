"""`flask demo load` and `fill`: a congress to look at, on every machine the same."""

import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from config import ROOT
from congress import clock, extensions, links
from congress.cli.congress_files import read
from congress.cli.demo_network import load_network
from congress.cli.demo_year import load_year
from congress.cli.talking import Stopped, say
from congress.domain.access import COMMAND
from congress.domain.congresses import CongressState
from congress.formats.holidays_calendar import public_holiday
from congress.formats.organisation_register import read_register
from congress.queries.congresses import find_heading
from congress.queries.invariants import list_broken
from congress.queries.planning.congress_files import find_open_edition, find_plan
from congress.services import filling
from congress.services.planning.cataloguing import register_organisations
from congress.services.planning.copying import copy_edition
from congress.services.planning.importing import import_congress

EXAMPLES = ROOT / "examples"
LAST_EDITION = EXAMPLES / "fachkongress-2015.toml"
REGISTER = EXAMPLES / "organisations.csv"
WEEKS_AHEAD = timedelta(weeks=8)
BATCH = 500  # people in one transaction

demo_commands = AppGroup("demo", help="Load and fill the demo; refused in production.")


@demo_commands.command("load")
def load() -> None:
    """Load the Fachkongress of 2015, its next edition, open for registration, and the network.

    With its year 2015/16: meetings, a course and what else there was.
    """
    _require_demo()
    now = clock.now()
    for slug in load_demo(now=now):
        say(links.congress(slug))
    today = now.astimezone(ZoneInfo(extensions.settings().timezone)).date()
    load_network(today=today, now=now)
    load_year(today=today)


def load_demo(*, now: datetime) -> tuple[str, str]:
    """Load what is missing of the demo and return the names of the past and the open congress.

    What exists stays as it is; a new edition is made when none is open any longer.
    """
    reading = read(LAST_EDITION)
    plan = reading.plan
    if find_plan(plan.slug) is None:
        register_organisations(
            read_register(REGISTER.read_text(encoding="utf-8")), actor=COMMAND, now=now
        )
        import_congress(plan, actor=COMMAND, now=now)
    slug = find_open_edition(plan.slug, now=now)
    if slug is None:
        copied = copy_edition(
            plan.slug,
            starting=next_start(plan.first_day, today=now.astimezone(plan.zone).date()),
            state=CongressState.PUBLISHED,
            actor=COMMAND,
            now=now,
        )
        slug = copied.slug
    return plan.slug, slug


def next_start(last: date, *, today: date) -> date:
    """Return a day some weeks ahead, on the same weekday as the last edition and no holiday."""
    day = today + WEEKS_AHEAD
    day += timedelta(days=(last - day).days % 7)
    while public_holiday(day):
        day += timedelta(weeks=1)
    return day


@demo_commands.command("fill")
@click.argument("slug")
@click.option("--attendees", type=click.IntRange(min=1), required=True, help="How many to add.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same people."
)
def fill(slug: str, attendees: int, seed: int) -> None:
    """Register made-up attendees at a congress; no mails are written."""
    _require_demo()
    heading = find_heading(slug)
    if heading is None:
        raise Stopped(_("There is no congress “%(slug)s”.", slug=slug))
    first = filling.registered_so_far(heading.id)
    added = 0
    with click.progressbar(length=attendees, file=sys.stderr) as bar:
        while added < attendees:
            batch = min(BATCH, attendees - added)
            stored = filling.fill(
                heading.id,
                seed=seed,
                first=first + added,
                count=batch,
                total=first + attendees,
                now=clock.now(),
            )
            added += stored
            bar.update(batch)
            if stored < batch:
                break
    say(_("Attendees added to %(slug)s: %(count)s.", count=added, slug=slug))
    if added < attendees:
        say(_("All places are taken and there is no waiting list."))
    broken = list_broken()
    if broken:
        raise Stopped("\n".join([_("The places do not add up:"), *broken]))


def _require_demo() -> None:
    if not extensions.settings().is_demo:
        raise Stopped(_("Demo data are refused when CONGRESS_ENV=production."))
