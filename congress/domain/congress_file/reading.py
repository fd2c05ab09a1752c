"""From the parsed file to a plan: every fault is found in one pass, with line and key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from congress.domain.congress_file.items import ItemReader, read_link, read_rooms
from congress.domain.congress_file.organisations import FindFile, read_organisations
from congress.domain.congress_file.plan import (
    LAST_DAYS,
    CongressPlan,
    DayPlan,
    RegistrationPlan,
)
from congress.domain.congress_file.problems import (
    FileProblem,
    FileRefused,
    ProblemKind,
    WarningKind,
)
from congress.domain.congress_file.questions import read_questions
from congress.domain.congress_file.tables import Notes, Table
from congress.domain.congress_file.times import read_moment, read_slot
from congress.domain.congresses import Colour, CongressKind, CongressState
from congress.domain.fields import POSSIBLE_USES, uses
from congress.domain.rules import DEFAULTS, Rules
from congress.domain.slugs import RESERVED, is_slug

TEXTS = ("title", "lead", "description", "venue", "directions", "accessibility")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # stands for a moment that was refused


@dataclass(frozen=True)
class Reading:
    """A plan that can be imported, and what the organiser should look at."""

    plan: CongressPlan
    warnings: tuple[FileProblem, ...]


def read_plan(
    values: Mapping[str, Any],
    notes: Notes,
    *,
    find_file: FindFile,
    slug: str | None = None,
    default_timezone: str = "Europe/Berlin",
) -> Reading:
    """Return what a congress file describes; `slug` is used instead of the file's.

    `values` have the right shape; what was wrong with it stands in the notes. Raises
    `FileRefused` with everything that is wrong.
    """
    plan = _read(Table(values, (), notes), find_file, slug, default_timezone)
    if notes.problems or plan is None:
        problems = sorted(notes.problems, key=lambda each: each.line or 0)
        raise FileRefused(tuple(problems))
    return Reading(plan, tuple(notes.warnings))


def _read(
    table: Table, find_file: FindFile, slug: str | None, default_timezone: str
) -> CongressPlan | None:
    timezone = table.get("timezone") or default_timezone
    zone = ZoneInfo(timezone)
    days = _read_days(table, zone)
    organisations, names = read_organisations(table.tables("organisations"), find_file)
    rooms = read_rooms(table.tables("rooms"))
    items = ItemReader(zone, days, rooms, names).items(table.tables("items"))
    questions = read_questions(table.tables("questions"), {each.code for each in items})
    registration = _read_registration(
        Table(table.get("registration", {}), ("registration",), table.notes), zone, days
    )
    name = _read_slug(table, slug)
    if registration is None:
        return None
    return CongressPlan(
        slug=name,
        kind=table.get("kind", CongressKind.FACHKONGRESS),
        state=table.get("state", CongressState.DRAFT),
        timezone=timezone,
        colour=table.get("colour", Colour.BLUE),
        contact_email=table.get("contact_email", ""),
        registration=registration,
        days=days,
        organisations=organisations,
        rooms=rooms,
        items=items,
        questions=questions,
        cost=table.get("cost", {}),
        town=table.get("town", ""),
        address=table.get("address", ""),
        online_link=read_link(table),
        **{name: table.get(name, {}) for name in TEXTS},
    )


def _read_slug(table: Table, instead: str | None) -> str:
    slug: str = instead or table.get("slug", "")
    if not slug and not table.has("slug"):
        table.problem(ProblemKind.MISSING, "slug")
    elif not slug and not table.is_refused("slug"):
        table.problem(ProblemKind.EMPTY, "slug")
    elif slug in RESERVED:
        table.problem(ProblemKind.RESERVED_SLUG, "slug", value=slug)
    elif slug and not is_slug(slug):
        table.problem(ProblemKind.NOT_A_SLUG, "slug")
    return slug


def _read_days(table: Table, zone: ZoneInfo) -> tuple[DayPlan, ...]:
    days = []
    tables = table.tables("days")
    if not tables and not table.has("days"):
        table.problem(ProblemKind.MISSING, "days")
    elif not tables and not table.is_refused("days"):
        table.problem(ProblemKind.EMPTY, "days")
    for each in tables:
        slot = read_slot(each, zone)
        if slot is not None:
            days.append((each, DayPlan(slot.starts_at.astimezone(zone).date(), slot)))
    for (_, one), (where, other) in combinations(days, 2):
        if one.day == other.day or one.slot.overlaps(other.slot):
            where.problem(ProblemKind.TAKEN_TWICE, "day", value=other.day.isoformat())
    if len(days) < len(tables):
        return ()  # one of them was refused, so nothing can be said of what lies outside them
    return tuple(sorted((day for _, day in days), key=lambda day: day.slot))


def _read_registration(
    table: Table, zone: ZoneInfo, days: tuple[DayPlan, ...]
) -> RegistrationPlan | None:
    opens_at = read_moment(table, "opens", zone)
    closes_at = read_moment(table, "deadline", zone, counts_to_end=True)
    until = {name: read_moment(table, name, zone, counts_to_end=True) for name in LAST_DAYS}
    plan = RegistrationPlan(
        opens_at=opens_at or LONG_AGO,
        closes_at=closes_at or LONG_AGO,
        changes_until=until["changes_until"],
        withdrawals_until=until["withdrawals_until"],
        wishes_until=until["wishes_until"],
        fields=uses(table.given(*POSSIBLE_USES)),
        rules=Rules(**table.given(*DEFAULTS)),
        **table.given("capacity", "waiting_list", "one_mail", "reminder", "confirm_hours"),
    )
    if opens_at is None or closes_at is None:
        return None
    if opens_at >= closes_at:
        table.problem(ProblemKind.CLOSES_BEFORE_OPENING, "deadline")
    for name, moment in until.items():
        if moment is not None and opens_at >= moment:
            table.problem(ProblemKind.CLOSES_BEFORE_OPENING, name)
    if days and closes_at > days[0].slot.starts_at:
        table.warning(WarningKind.DEADLINE_AFTER_START, "deadline")
    return plan
