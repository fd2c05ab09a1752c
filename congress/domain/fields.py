"""The fields of a registration, each declared once: whatever asks, shows or keeps one follows.

What a congress asks on its own is such a field too; only its declaration comes from elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from congress.domain.access import Right


class FieldUse(StrEnum):
    """Whether a field of the registration form is asked, and whether it must be answered."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


class VoluntaryUse(StrEnum):
    """How something is asked that nobody can be made to answer."""

    OFF = FieldUse.OFF.value
    OPTIONAL = FieldUse.OPTIONAL.value


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    EMAIL = "email"
    ORGANISATION = "organisation"  # a line for which known names are suggested


class Purpose(StrEnum):
    """What a field is needed for, as the privacy notice explains it."""

    PLACE = "place"  # giving a place and telling about it: always asked
    EVENT = "event"  # holding the event: each congress says whether it asks


@dataclass(frozen=True)
class Field:
    """One field; `use` is how it is asked unless a congress says otherwise."""

    name: str
    most: int  # characters
    use: FieldUse = FieldUse.OFF
    purpose: Purpose = Purpose.EVENT
    kind: FieldKind = FieldKind.LINE
    right: Right = Right.SEE_ATTENDEES  # to see it in the workspace
    months_kept: int = 12  # after the end of the congress, at most
    autocomplete: str | None = None  # what browsers know it by
    examples: tuple[str, ...] = ()  # what made-up people answer


OPTIONAL, REQUIRED, PLACE = FieldUse.OPTIONAL, FieldUse.REQUIRED, Purpose.PLACE
EMAIL, ORGANISATION = FieldKind.EMAIL, FieldKind.ORGANISATION
FUNCTIONS = (
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
)

# In the order of the form. How to reach somebody is more than who comes.
FIELDS = (
    Field("given_name", 100, OPTIONAL, PLACE, autocomplete="given-name"),
    Field("family_name", 100, OPTIONAL, PLACE, autocomplete="family-name"),
    Field("email", 254, REQUIRED, PLACE, EMAIL, Right.CHANGE_ATTENDEES, autocomplete="email"),
    Field("organisation", 200, OPTIONAL, kind=ORGANISATION, autocomplete="organization"),
    Field("function", 120, OPTIONAL, autocomplete="organization-title", examples=FUNCTIONS),
)
NAMES = ("given_name", "family_name")  # one of them is enough: many people have only one
SWITCHABLE = tuple(each for each in FIELDS if each.purpose is Purpose.EVENT)
# Rules hang on these, so they are columns; everything else is one of a registration's answers.
COLUMNS = ("given_name", "family_name", "email", "organisation")
ANSWERS = tuple(each for each in FIELDS if each.name not in COLUMNS)
# No field: it stands in no list, file or search, and one role reads it (`domain.assistance`).
ASSISTANCE = "assistance"
# What a congress says of each question on its form, and what it may say.
POSSIBLE_USES: Mapping[str, type[FieldUse] | type[VoluntaryUse]] = {
    **{each.name: FieldUse for each in SWITCHABLE},
    ASSISTANCE: VoluntaryUse,
}
USUAL_USES = {**{each.name: each.use for each in SWITCHABLE}, ASSISTANCE: FieldUse.OFF}


def uses(stored: Mapping[str, str]) -> dict[str, FieldUse]:
    """Return how a congress asks what it may ask; what it leaves open is by default."""
    return {name: FieldUse(stored.get(name, usual)) for name, usual in USUAL_USES.items()}


def values(row: Mapping[str, Any], fields: Sequence[Field] = SWITCHABLE) -> dict[str, str]:
    """Return what a registration, given by its columns, says in some fields; empty ones too."""
    return {
        each.name: row[each.name] if each.name in COLUMNS else row["answers"].get(each.name, "")
        for each in fields
    }
