"""From a plan to the table of the file, in one order: equal plans are equal files."""

import base64
import textwrap
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from congress.domain.congress_file.plan import (
    LAST_DAYS,
    CongressPlan,
    OrganisationPlan,
    RegistrationPlan,
    RoomPlan,
)
from congress.domain.congress_file.questions import as_values
from congress.domain.congress_file.reading import TEXTS
from congress.domain.congress_file.times import moment_as_value, slot_as_table
from congress.domain.modes import ItemMode
from congress.domain.own_questions import OwnQuestion
from congress.domain.people import fold_name
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.texts import REQUIRED_LANGUAGE, Texts

Values = dict[str, Any]
LINES = (
    "slug",
    "kind",
    "state",
    "timezone",
    "colour",
    "town",
    "address",
    "online_link",
    "contact_email",
)


def as_table(plan: CongressPlan) -> Values:
    """Return what `read_plan` reads back as an equal plan."""
    zone = plan.zone
    return {
        **_filled({name: str(getattr(plan, name)) for name in LINES}),
        **_filled({name: _texts(getattr(plan, name)) for name in (*TEXTS, "cost")}),
        "registration": _registration(plan.registration, zone),
        "days": [slot_as_table(day.slot, zone) for day in plan.days],
        **_filled(
            {
                "organisations": _organisations(plan.organisations),
                "rooms": [_room(room) for room in plan.rooms],
                "items": [_item(item, zone) for item in plan.items],
                "questions": [_question(each) for each in plan.questions],
            }
        ),
    }


def _filled(values: Values) -> Values:
    return {key: value for key, value in values.items() if value not in (None, "", {}, [])}


def _texts(texts: Texts) -> str | dict[str, str]:
    if set(texts) <= {REQUIRED_LANGUAGE}:
        return texts.get(REQUIRED_LANGUAGE, "")
    return {
        language: texts[language]
        for language in sorted(texts, key=lambda each: (each != REQUIRED_LANGUAGE, each))
    }


def _registration(plan: RegistrationPlan, zone: ZoneInfo) -> Values:
    return _filled(
        {
            "opens": moment_as_value(plan.opens_at, zone),
            "deadline": moment_as_value(plan.closes_at, zone, counts_to_end=True),
            **_last_days(plan, zone),
            "capacity": plan.capacity,
            "waiting_list": plan.waiting_list,
            **{name: use.value for name, use in plan.fields.items()},
            "one_mail": plan.one_mail,
            "reminder": plan.reminder.value,
            "confirm_hours": plan.confirm_hours,
            **plan.rules.stored,
        }
    )


def _last_days(plan: RegistrationPlan, zone: ZoneInfo) -> Values:
    return {
        name: moment_as_value(moment, zone, counts_to_end=True)
        for name in LAST_DAYS
        for moment in [getattr(plan, name)]
        if moment is not None
    }


def _organisations(plans: tuple[OrganisationPlan, ...]) -> list[Values]:
    """Named again in another role, an organisation is not described again."""
    described: set[str] = set()
    tables = []
    for plan in plans:
        key = fold_name(plan.name)
        tables.append(_organisation(plan, briefly=key in described))
        described.add(key)
    return tables


def _organisation(plan: OrganisationPlan, *, briefly: bool) -> Values:
    values: Values = {"name": plan.name, "role": plan.role.value if plan.role else None}
    if not briefly:
        values |= {
            "short_name": plan.short_name,
            "kind": plan.kind,
            "ags": plan.ags,
            "website": plan.website,
        }
        if plan.logo:
            values["logo_alt"] = _texts(plan.logo.alt)
            encoded = base64.b64encode(plan.logo.content).decode()
            values["logo_data"] = "\n".join(["", *textwrap.wrap(encoded, 96), ""])
    return _filled(values)


def _room(plan: RoomPlan) -> Values:
    return _filled({"code": plan.code, "name": _texts(plan.name), "seats": plan.seats})


def _item(plan: ItemPlan, zone: ZoneInfo) -> Values:
    has_queue = plan.bookable or not plan.waiting_list
    return _filled(
        {
            "code": plan.code,
            "kind": plan.kind.value,
            "number": plan.number,
            "title": _texts(plan.title),
            "short_title": _texts(plan.short_title),
            **slot_as_table(plan.slot, zone),
            "room": plan.room,
            "abstract": _texts(plan.abstract),
            "online_link": plan.online_link,
            "bookable": plan.bookable,
            "places": plan.places,
            "waiting_list": plan.waiting_list if has_queue else None,
            "same_as": plan.same_as,
            "mode": None if plan.mode is ItemMode.BOTH else plan.mode.value,
            "one_of": plan.one_of,
            "only_with": plan.only_with,
            "allocation": plan.allocation.value if plan.allocation else None,
            "host": _filled(asdict(plan.host)),
            "minimum": plan.minimum,
            "minimum_by": plan.minimum_by,
            "cancelled": plan.cancelled or None,
            "people": [_person(person) for person in plan.people],
        }
    )


def _question(question: OwnQuestion) -> Values:
    values = as_values(question)
    options = [_filled(each | {"label": _texts(each["label"])}) for each in values["options"]]
    texts = {name: _texts(values[name]) for name in ("label", "hint", "purpose")}
    return _filled(values | texts | {"options": options})


def _person(plan: PersonPlan) -> Values:
    return _filled(
        {
            "name": plan.name,
            "role": plan.role,
            "state": plan.state.value,
            "affiliation": _texts(plan.affiliation),
        }
    )
