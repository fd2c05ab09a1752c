"""From the parsed file to a plan: every fault is found in one pass, with line and key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from congress.domain.congress_file.items import LONG, ItemReader, read_rooms
from congress.domain.congress_file.organisations import FindFile, read_organisations
from congress.domain.congress_file.plan import CongressPlan, DayPlan, RegistrationPlan
from congress.domain.congress_file.problems import (
    FileProblem,
    FileRefused,
    Lines,
    ProblemKind,
    WarningKind,
)
from congress.domain.congress_file.tables import Notes, Table
from congress.domain.congress_file.times import read_moment, read_slot, read_zone
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.fields import SWITCHABLE, FieldUse
from congress.domain.slugs import RESERVED, is_slug
from congress.domain.texts import Texts

EMAIL_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,63}")
LEAD = 1_000
SHORT = 2_000
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # stands for a moment that was refused
FREE_OF_CHARGE: Texts = {
    "de": "Die Teilnahme ist kostenfrei",
    "en": "Participation is free of charge",
}


@dataclass(frozen=True)
class Reading:
    """A plan that can be imported, and what the organiser should look at."""

    plan: CongressPlan
    warnings: tuple[FileProblem, ...]


def read_plan(
    values: Mapping[str, Any],
    lines: Lines,
    *,
    find_file: FindFile,
    slug: str | None = None,
    default_timezone: str = "Europe/Berlin",
) -> Reading:
    """Return what a parsed congress file describes; `slug` is used instead of the file's.

    Raises `FileRefused` with everything that is wrong.
    """
    notes = Notes(lines)
    plan = _read(Table(values, (), notes), find_file, slug, default_timezone)
    if notes.problems or plan is None:
        problems = sorted(notes.problems, key=lambda each: each.line or 0)
        raise FileRefused(tuple(problems))
    return Reading(plan, tuple(notes.warnings))


def _read(
    table: Table, find_file: FindFile, slug: str | None, default_timezone: str
) -> CongressPlan | None:
    name = _read_slug(table, slug)
    timezone = read_zone(table, "timezone", default_timezone)
    zone = ZoneInfo(timezone)
    days = _read_days(table, zone)
    organisations, names = read_organisations(table.tables("organisations"), find_file)
    rooms = read_rooms(table.tables("rooms"))
    items = ItemReader(zone, days, rooms, names).items(table.tables("items"))
    registration = _read_registration(table.table("registration"), zone, days)
    texts = _read_texts(table)
    contact_email = _read_email_address(table)
    kind = table.choice("kind", CongressKind, CongressKind.FACHKONGRESS)
    state = table.choice("state", CongressState, CongressState.DRAFT)
    table.finish()
    if registration is None:
        return None
    return CongressPlan(
        slug=name,
        kind=kind,
        state=state,
        timezone=timezone,
        contact_email=contact_email,
        registration=registration,
        days=days,
        organisations=organisations,
        rooms=rooms,
        items=items,
        **texts,
    )


def _read_slug(table: Table, instead: str | None) -> str:
    slug = table.line("slug", required=instead is None)
    if instead is not None:
        slug = instead
    if slug in RESERVED:
        table.problem(ProblemKind.RESERVED_SLUG, "slug", value=slug)
    elif slug and not is_slug(slug):
        table.problem(ProblemKind.NOT_A_SLUG, "slug")
    return slug


def _read_texts(table: Table) -> dict[str, Any]:
    cost = table.texts("cost", most=SHORT, multiline=True)
    return {
        "title": table.texts("title", required=True),
        "lead": table.texts("lead", most=LEAD, multiline=True),
        "description": table.texts("description", most=LONG, multiline=True),
        "cost": cost if table.has("cost") else FREE_OF_CHARGE,
        "town": table.line("town"),
        "venue": table.texts("venue"),
        "address": table.lines("address", most=SHORT),
        "directions": table.texts("directions", most=LONG, multiline=True),
        "accessibility": table.texts("accessibility", most=LONG, multiline=True),
    }


def _read_email_address(table: Table) -> str:
    address = table.line("contact_email", most=254)
    if address and not EMAIL_ADDRESS.fullmatch(address):
        table.problem(ProblemKind.NOT_AN_EMAIL_ADDRESS, "contact_email")
    return address


def _read_days(table: Table, zone: ZoneInfo) -> tuple[DayPlan, ...]:
    days = []
    tables = table.tables("days")
    if not tables and not table.has("days"):
        table.problem(ProblemKind.MISSING, "days")
    elif not tables:
        table.problem(ProblemKind.EMPTY, "days")
    for each in tables:
        slot = read_slot(each, zone)
        each.finish()
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
    plan = RegistrationPlan(
        opens_at=opens_at or LONG_AGO,
        closes_at=closes_at or LONG_AGO,
        capacity=table.number("capacity"),
        waiting_list=table.flag("waiting_list", default=True),
        fields={each.name: table.choice(each.name, FieldUse, each.use) for each in SWITCHABLE},
        one_mail=table.flag("one_mail", default=False),
    )
    table.finish()
    if opens_at is None or closes_at is None:
        return None
    if opens_at >= closes_at:
        table.problem(ProblemKind.CLOSES_BEFORE_OPENING, "deadline")
    if days and closes_at > days[0].slot.starts_at:
        table.notes.warning(WarningKind.DEADLINE_AFTER_START, (*table.path, "deadline"))
    return plan
