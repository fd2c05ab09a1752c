"""From a plan to the table of the file, in one order: equal plans are equal files."""

import base64
import textwrap
from typing import Any
from zoneinfo import ZoneInfo

from congress.domain.congress_file.plan import (
    CongressPlan,
    OrganisationPlan,
    RegistrationPlan,
    RoomPlan,
)
from congress.domain.congress_file.times import moment_as_value, slot_as_table
from congress.domain.item_plan import ItemPlan, PersonPlan
from congress.domain.people import fold_name
from congress.domain.texts import REQUIRED_LANGUAGE, Texts

Values = dict[str, Any]


def as_table(plan: CongressPlan) -> Values:
    """Return what `read_plan` reads back as an equal plan."""
    zone = plan.zone
    plain = {
        "slug": plan.slug,
        "kind": plan.kind.value,
        "state": plan.state.value,
        "timezone": plan.timezone,
        "town": plan.town,
        "address": plan.address,
        "contact_email": plan.contact_email,
    }
    texts = {
        "title": plan.title,
        "lead": plan.lead,
        "description": plan.description,
        "venue": plan.venue,
        "directions": plan.directions,
        "accessibility": plan.accessibility,
    }
    return {
        **_filled(plain),
        **{key: _texts(value) for key, value in texts.items() if value},
        "cost": _texts(plan.cost) if plan.cost else "",  # without the key it would be free
        "registration": _registration(plan.registration, zone),
        "days": [slot_as_table(day.slot, zone) for day in plan.days],
        **_filled(
            {
                "organisations": _organisations(plan.organisations),
                "rooms": [_room(room) for room in plan.rooms],
                "items": [_item(item, zone) for item in plan.items],
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
    capacity = {} if plan.capacity is None else {"capacity": plan.capacity}
    return {
        "opens": moment_as_value(plan.opens_at, zone),
        "deadline": moment_as_value(plan.closes_at, zone, counts_to_end=True),
        **capacity,
        "waiting_list": plan.waiting_list,
        **{name: use.value for name, use in plan.fields.items()},
        "one_mail": plan.one_mail,
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
    seats = {} if plan.seats is None else {"seats": plan.seats}
    return {"code": plan.code, "name": _texts(plan.name), **seats}


def _item(plan: ItemPlan, zone: ZoneInfo) -> Values:
    values: Values = {"code": plan.code, "kind": plan.kind.value}
    if plan.number is not None:
        values["number"] = plan.number
    values |= {"title": _texts(plan.title), **slot_as_table(plan.slot, zone)}
    values |= _filled({"room": plan.room, "abstract": _texts(plan.abstract)})
    values["bookable"] = plan.bookable
    if plan.places is not None:
        values["places"] = plan.places
    if plan.bookable or not plan.waiting_list:
        values["waiting_list"] = plan.waiting_list
    if plan.cancelled:
        values["cancelled"] = True
    if plan.people:
        values["people"] = [_person(person) for person in plan.people]
    return values


def _person(plan: PersonPlan) -> Values:
    return _filled(
        {
            "name": plan.name,
            "role": plan.role,
            "state": plan.state.value,
            "affiliation": _texts(plan.affiliation),
        }
    )
