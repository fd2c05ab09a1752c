"""`flask congress import`, `export` and `copy`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click
from flask.cli import AppGroup
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from congress import clock, extensions, links
from congress.cli import file_words
from congress.cli.talking import Stopped, agrees, say
from congress.domain.access import COMMAND
from congress.domain.allocation import StillWaiting
from congress.domain.congress_file.difference import difference
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.congress_file.problems import FileRefused
from congress.domain.congress_file.reading import Reading
from congress.domain.congresses import CongressState
from congress.domain.mails.reach import NOBODY, Reach
from congress.domain.planning.cautions import cautions
from congress.domain.planning.next_edition import NotWholeWeeks, StartsInThePast, shifted
from congress.domain.planning.particulars import OpenToSomebody
from congress.domain.planning.release import NotBegunYet, SomebodyRegistered, tells_people
from congress.domain.planning.remnants import remnants
from congress.domain.question_changes import KindIsFixed
from congress.formats import edition_words
from congress.formats.congress_file import read_congress_file, write_congress_file
from congress.formats.dates import Dates
from congress.formats.holidays_calendar import calendar
from congress.queries import dead_mailboxes
from congress.queries.congresses import find_congress, find_heading
from congress.queries.planning.congress_files import find_plan, has_unpublished_changes
from congress.services.planning.adopting import BookedItemNeedsPlaces
from congress.services.planning.copying import (
    SlugNotUsable,
    SlugTaken,
    UnknownCongress,
    copy_edition,
)
from congress.services.planning.importing import ImportResult, foresee, import_congress

MOST_LOGO_FILE_BYTES = 5_000_000

Result = TypeVar("Result")

congress_commands = AppGroup("congress", help="Import, export and copy congresses.")


class Day(click.ParamType[date]):
    """A date as ISO 8601 writes it."""

    name = "DATE"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2027-01-20.", param, ctx)


@congress_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "slug", metavar="SLUG", help="Use this name instead of the file's.")
@click.option("--starting", type=Day(), help="Move it by whole weeks to begin on this day.")
@click.option("--yes", is_flag=True, help="Change an existing congress without asking.")
def import_(file: Path, slug: str | None, starting: date | None, yes: bool) -> None:  # noqa: FBT001 - click gives it
    """Import a congress file, onto the congress of the same name if there is one.

    An import is a release: what the file says is public at once.
    """
    plan = _read(file, slug, starting)
    existing = find_plan(plan.slug)
    if existing is not None:
        found = difference(existing, plan)
        edited = has_unpublished_changes(plan.slug)
        if not found and not edited:
            say(_("%(slug)s already matches the file.", slug=plan.slug))
            return
        if found:
            say(_("Changes to %(slug)s:", slug=plan.slug))
            say(file_words.differences(found))
        if edited:
            say(_("Anything edited in the workspace and not yet published becomes public as well."))
        now = clock.now()
        _say_who_is_told(plan, now=now)
        _say_who_moves_up(plan, now=now)
        if not yes and not agrees(_("Continue?")):
            raise Stopped(_("Nothing was changed."))
    result = _import(plan, now=clock.now())
    done = _("%(slug)s was imported.") if result.is_new else _("%(slug)s was updated.")
    say(done % {"slug": result.slug} + f" {links.congress(result.slug)}")


def _say_who_is_told(plan: CongressPlan, *, now: datetime) -> None:
    """Say how many people may be told by mail of what becomes of a congress, and how many not."""
    reach = _people_to_tell(plan, now=now)
    if people := reach.people:
        told = ngettext(
            "%(num)d person is registered and will be emailed if the changes affect them.",
            "%(num)d people are registered. Those affected by the changes will be emailed.",
            people,
        )
        say(told)
    if unreached := len(reach.unreached):
        without = ngettext(
            "%(num)d person has no email address and has to be told in another way.",
            "%(num)d people have no email address and have to be told in another way.",
            unreached,
        )
        say(without)
    if dead := len(reach.dead):
        gone = ngettext(
            "The email address of %(num)d person takes no email; they have to be told in another "
            "way.",
            "The email addresses of %(num)d people take no email; they have to be told in another "
            "way.",
            dead,
        )
        say(gone)


def _say_who_moves_up(plan: CongressPlan, *, now: datetime) -> None:
    """Say how many of those who wait would have a place by it, or be offered one."""
    heading = find_heading(plan.slug)
    if heading is None:
        return
    found = foresee(heading, plan, now=now)
    if moved_up := len(found.moved_up):
        words = ngettext(
            "%(num)d person who is waiting will move up and be told by email.",
            "%(num)d people who are waiting will move up and be told by email.",
            moved_up,
        )
        say(words)
    if offered := len(found.offered):
        words = ngettext(
            "%(num)d person who is waiting will be offered a place and be told by email.",
            "%(num)d people who are waiting will be offered a place and be told by email.",
            offered,
        )
        say(words)


def _people_to_tell(plan: CongressPlan, *, now: datetime) -> Reach:
    """Return whom a mail to everybody reaches, if people may be told."""
    congress = find_congress(plan.slug)
    if congress is None:
        return NOBODY
    days = tuple(sorted(each.slot for each in plan.days))
    states = (congress.state, plan.state)
    is_called_off = states == (CongressState.PUBLISHED, CongressState.CANCELLED)
    if not (is_called_off or tells_people(replace(congress, state=plan.state, days=days), now)):
        return NOBODY
    return dead_mailboxes.reach_of_everybody(congress.id)


def _import(plan: CongressPlan, *, now: datetime) -> ImportResult:
    try:
        return import_congress(plan, actor=COMMAND, now=now)
    except BookedItemNeedsPlaces as refusal:
        raise Stopped(
            _(
                "People have booked “%(code)s”, so it must stay bookable. Nothing was changed.",
                code=refusal.code,
            )
        ) from None
    except KindIsFixed:
        raise Stopped(
            _(
                "People have answered an additional question whose kind is another in the file. "
                "Please give it another code there. Nothing was changed."
            )
        ) from None
    except NotBegunYet as refusal:
        raise Stopped(
            _(
                "The event starts on %(moment)s, so it cannot be finished yet. The file can say: "
                "state = published or state = draft. Nothing was changed.",
                moment=_dates(plan).moment(refusal.starts_at),
            )
        ) from None
    except OpenToSomebody:
        raise Stopped(
            _(
                "People have registered and have been told that they can change their "
                "registration, so it cannot open again later. The file can give another deadline. "
                "Nothing was changed."
            )
        ) from None
    except StillWaiting as refusal:
        raise Stopped(
            ngettext(
                "%(num)d person is waiting for a workshop whose places would be given by wishes. "
                "Nothing was changed.",
                "%(num)d people are waiting for workshops whose places would be given by wishes. "
                "Nothing was changed.",
                sum(many for _item, many in refusal.workshops),
            )
        ) from None
    except SomebodyRegistered:
        raise Stopped(
            _(
                "People have registered, so the event cannot be returned to draft. "
                "Nothing was changed."
            )
        ) from None


def _dates(plan: CongressPlan) -> Dates:
    return Dates(str(get_locale()), plan.zone)


def _read(file: Path, slug: str | None, starting: date | None) -> CongressPlan:
    reading = read(file, slug=slug)
    if reading.warnings:
        say(file_words.warnings(file.name, reading.warnings))
    if starting is None:
        return reading.plan
    moved = _whole_weeks(lambda: shifted(reading.plan, starting=starting))
    _say_cautions(moved)
    return moved


def _say_cautions(plan: CongressPlan) -> None:
    for each in cautions(plan, calendar(), now=clock.now()):
        say(edition_words.caution(each, str(get_locale())))


def read(file: Path, *, slug: str | None = None) -> Reading:
    """Read and check a congress file; what is wrong with it stops the command."""
    try:
        return read_congress_file(
            file.read_bytes(),
            find_file=_beside(file),
            slug=slug,
            default_timezone=extensions.settings().timezone,
        )
    except FileRefused as refusal:
        raise Stopped(file_words.problems(file.name, refusal.problems)) from None


def _beside(file: Path) -> Callable[[str], bytes | None]:
    """Logos lie beside the congress file or below: a file from elsewhere reads no others."""
    folder = file.resolve().parent

    def find(name: str) -> bytes | None:
        try:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder) or not path.is_file():
                return None
            with path.open("rb") as opened:
                return opened.read(MOST_LOGO_FILE_BYTES)
        except (OSError, ValueError):  # ValueError: a NUL in the name
            return None

    return find


@congress_commands.command("export")
@click.argument("slug")
def export(slug: str) -> None:
    """Write a congress to stdout as a congress file."""
    plan = find_plan(slug)
    if plan is None:
        raise Stopped(_("There is no congress “%(slug)s”.", slug=slug))
    click.echo(write_congress_file(plan).encode(), nl=False)  # UTF-8 whatever the terminal says


@congress_commands.command("copy")
@click.argument("slug")
@click.option("--starting", type=Day(), required=True, help="The first day, on the same weekday.")
@click.option("--as", "new_slug", metavar="SLUG", help="The name; else the old one's, this year.")
def copy(slug: str, starting: date, new_slug: str | None) -> None:
    """Make the next edition of a congress, as a draft.

    All times move by whole weeks; people have to be asked and the venue to be found again.
    """
    try:
        copied = _whole_weeks(
            lambda: copy_edition(
                slug, starting=starting, new_slug=new_slug, actor=COMMAND, now=clock.now()
            )
        )
    except UnknownCongress:
        raise Stopped(_("There is no congress “%(slug)s”.", slug=slug)) from None
    except StartsInThePast as refusal:
        raise Stopped(
            _(
                "This day is in the past. The same time of the year would be %(proposed)s.",
                proposed=refusal.proposed.isoformat(),
            )
        ) from None
    except SlugTaken as refusal:
        raise Stopped(_("There is already a congress “%(slug)s”.", slug=refusal.slug)) from None
    except SlugNotUsable as refusal:
        raise Stopped(
            _(
                "“%(slug)s” cannot be used in an address. Please use 3 to 60 lower-case letters, "
                "digits and hyphens.",
                slug=refusal.slug,
            )
        ) from None
    _say_cautions(copied.plan)
    for remnant in remnants(copied.plan, copied.last):
        say(edition_words.remnant(remnant, str(get_locale())))
    say(_("%(slug)s was created as a draft.", slug=copied.slug))


def _whole_weeks(act: Callable[[], Result]) -> Result:
    try:
        return act()
    except NotWholeWeeks as refusal:
        raise Stopped(
            _(
                "All dates move by whole weeks, so the first day stays on the same "
                "weekday: %(earlier)s or %(later)s would work.",
                earlier=refusal.earlier.isoformat(),
                later=refusal.later.isoformat(),
            )
        ) from None
