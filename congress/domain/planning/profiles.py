"""What people of a programme say of themselves, and what of it differs from what is shown."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congress.domain.errors import Refused
from congress.domain.planning.item_plan import changed_fields
from congress.domain.texts import Texts

LONGEST_BIO = 1_200  # characters
FIELDS: Mapping[str, str] = {"name": "name", "affiliation": "affiliation", "bio": "bio"}


class ProfileUnseen(Refused):
    """Somebody has changed what they say since it was looked at, or it was dealt with."""


@dataclass(frozen=True)
class Profile:
    """A name as printed, an organisation, and some sentences."""

    name: str
    affiliation: Texts
    bio: Texts

    @property
    def mark(self) -> str:
        """What tells it from any other."""
        stated = (self.name, sorted(self.affiliation.items()), sorted(self.bio.items()))
        return hashlib.sha256(repr(stated).encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "affiliation": dict(self.affiliation), "bio": dict(self.bio)}


def from_json(kept: Mapping[str, Any]) -> Profile:
    """Return a profile as a row keeps it."""
    return Profile(kept["name"], kept["affiliation"], kept["bio"])


@dataclass(frozen=True)
class Introduced:
    """What a congress shows of somebody, and what they want it to show instead."""

    current: Profile
    draft: Profile | None

    @property
    def wanted(self) -> Profile:
        """What a form begins with."""
        return self.draft or self.current

    @property
    def has_text(self) -> bool:
        """Whether anything is said beside name and organisation, shown or not."""
        return bool(self.current.bio or (self.draft and self.draft.bio))

    @property
    def changes(self) -> tuple[str, ...]:
        """The names of what publishing the draft would change."""
        return changed(self.current, self.draft) if self.draft else ()


def changed(before: Profile, after: Profile) -> tuple[str, ...]:
    """Return the names of what differs."""
    return changed_fields(before, after, FIELDS)
