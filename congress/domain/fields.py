"""The fields of a registration, each declared once: whatever asks, shows or keeps one follows.

What a congress asks on its own is such a field too; only its declaration comes from elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from congress.domain.access import Right


class FieldUse(StrEnum):
    """Whether a field of the registration form is asked, and whether it must be answered."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    EMAIL = "email"
    ORGANISATION = "organisation"  # a line for which known names are suggested


class Purpose(StrEnum):
    """What a field is needed for, as the privacy notice explains it."""

    PLACE = "place"  # giving a place and telling about it
    EVENT = "event"  # holding the event well


MONTHS_KEPT = 12  # a registration, at most, after the end of its congress


@dataclass(frozen=True)
class Field:
    """One field; a congress may ask for a switchable one otherwise than by default."""

    name: str
    most: int  # characters
    kind: FieldKind = FieldKind.LINE
    use: FieldUse = FieldUse.OFF
    is_switchable: bool = True
    is_answer: bool = True  # kept among the answers of a registration, not in a column of its own
    right: Right = Right.SEE_ATTENDEES  # to see it in the workspace
    purpose: Purpose = Purpose.EVENT
    months_kept: int = MONTHS_KEPT
    autocomplete: str | None = None  # what browsers know it by
    examples: tuple[str, ...] = ()  # what made-up people answer


def _always(name: str, most: int, autocomplete: str, **more: Any) -> Field:  # noqa: ANN401
    return Field(
        name,
        most,
        use=FieldUse.REQUIRED,
        is_switchable=False,
        is_answer=False,
        purpose=Purpose.PLACE,
        autocomplete=autocomplete,
        **more,
    )


# In the order of the form.
FIELDS = (
    _always("given_name", 100, "given-name"),
    _always("family_name", 100, "family-name"),
    # How to reach somebody is more than who comes.
    _always("email", 254, "email", kind=FieldKind.EMAIL, right=Right.CHANGE_ATTENDEES),
    Field(
        "organisation",
        200,
        kind=FieldKind.ORGANISATION,
        use=FieldUse.OPTIONAL,
        is_answer=False,
        autocomplete="organization",
    ),
    Field(
        "function",
        120,
        use=FieldUse.OPTIONAL,
        autocomplete="organization-title",
        examples=(
            "Ehrenamtskoordination",
            "Stabsstelle Bürgerschaftliches Engagement",
            "Fachbereichsleitung Soziales",
            "Büro der Bürgermeisterin",
            "Freiwilligenagentur, Leitung",
            "Quartiersmanagement",
            "Integrationsbeauftragte",
            "Sachbearbeitung Ehrenamtskarte",
            "Seniorenbüro",
            "Jugendamt",
        ),
    ),
)
SWITCHABLE = tuple(each for each in FIELDS if each.is_switchable)
ANSWERS = tuple(each for each in FIELDS if each.is_answer)


def uses(stored: Mapping[str, str]) -> dict[str, FieldUse]:
    """Return how a congress asks for each switchable field; what it leaves open is by default."""
    return {each.name: FieldUse(stored.get(each.name, each.use)) for each in SWITCHABLE}


def details(row: Mapping[str, Any]) -> dict[str, str]:
    """Return what a registration, given by its columns, says in each switchable field."""
    return {
        each.name: row["answers"].get(each.name, "") if each.is_answer else row[each.name]
        for each in SWITCHABLE
    }
