"""Reading the organisations of a congress file and their logos."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from congress.domain.congress_file.items import read_code
from congress.domain.congress_file.plan import Logo, OrganisationPlan
from congress.domain.congress_file.problems import ProblemKind
from congress.domain.congress_file.tables import Table
from congress.domain.congresses import OrganisationRole
from congress.domain.images import image_type
from congress.domain.people import fold_name

MOST_LOGO_BYTES = 500_000

# Given the name of a file beside the congress file; None when there is none to be had.
FindFile = Callable[[str], bytes | None]


def read_organisations(
    tables: list[Table], find_file: FindFile
) -> tuple[tuple[OrganisationPlan, ...], dict[str, str]]:
    """Return the organisations in their order, and the name that each code stands for."""
    plans: list[OrganisationPlan] = []
    names: dict[str, Any] = {}
    for table in tables:
        plan = OrganisationPlan(
            name=table.get("name", ""),
            role=table.get("role", OrganisationRole.HOST),
            logo=_read_logo(table, find_file),
            **table.given("short_name", "kind", "ags", "website"),
        )
        read_code(table, names, plan.name)
        known = next((each for each in plans if _same(each, plan)), None)
        if known is not None:
            plan = _in_another_role(table, plan, known, plans)
        plans.append(plan)
    return tuple(plans), names


def _same(one: OrganisationPlan, other: OrganisationPlan) -> bool:
    return fold_name(one.name) == fold_name(other.name)


def _in_another_role(
    table: Table, plan: OrganisationPlan, known: OrganisationPlan, before: list[OrganisationPlan]
) -> OrganisationPlan:
    """An organisation named again takes over what was said of it; it may not contradict it."""
    if any(_same(each, plan) and each.role is plan.role for each in before):
        table.problem(ProblemKind.TAKEN_TWICE, "name", value=plan.name)
    for key in ("short_name", "kind", "ags", "website", "logo"):
        value = getattr(plan, key)
        if value and value != getattr(known, key):
            table.problem(ProblemKind.CONTRADICTION, "logo_alt" if key == "logo" else key)
    return replace(known, role=plan.role)


def _read_logo(table: Table, find_file: FindFile) -> Logo | None:
    alt = table.get("logo_alt", {})
    content, key = _logo_bytes(table, find_file)
    if content is None:
        return None
    media_type = image_type(content)
    if media_type is None:
        table.problem(ProblemKind.LOGO_NOT_AN_IMAGE, key)
        return None
    if len(content) > MOST_LOGO_BYTES:
        table.problem(ProblemKind.LOGO_TOO_BIG, key, most=MOST_LOGO_BYTES // 1000)
    if not alt:
        table.problem(ProblemKind.LOGO_WITHOUT_ALT, "logo_alt")
    return Logo(content, media_type, alt)


def _logo_bytes(table: Table, find_file: FindFile) -> tuple[bytes | None, str]:
    name, data = table.get("logo_file"), table.get("logo_data")
    if name and data:
        table.problem(ProblemKind.LOGO_TWICE, "logo_data")
    elif name:
        content = find_file(name)
        if content is None:
            table.problem(ProblemKind.LOGO_NOT_FOUND, "logo_file", name=name)
        return content, "logo_file"
    elif data:
        try:
            return base64.b64decode("".join(data.split()), validate=True), "logo_data"
        except (binascii.Error, ValueError):  # ValueError: other than ASCII
            table.problem(ProblemKind.LOGO_NOT_BASE64, "logo_data")
    return None, "logo_data"
