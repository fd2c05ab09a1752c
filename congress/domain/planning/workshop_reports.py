"""What whoever carries a workshop tells of it: what the room needs, and what came of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from congress.domain.errors import Refused
from congress.domain.texts import Texts

LONGEST_NEEDS, LONGEST_RESULTS, LONGEST_LINK = 1_000, 5_000, 500  # characters
LONGEST_NAME = 100  # of a municipality, or of a topic


class NotCarriedAnyMore(Refused):
    """Somebody else carries the workshop, or it is off, or too long ago."""


class ReportUnseen(Refused):
    """Something else was written since it was looked at, or it was dealt with."""


@dataclass(frozen=True)
class Results:
    """What came of a workshop or a congress, in each language, and where there is more."""

    text: Texts = field(default_factory=dict)
    link: str = ""
    next_steps: Texts = field(default_factory=dict)
    municipality: str = ""  # whose practice example it is
    topic: str = ""  # what it is an example of

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        told = (*self.text.values(), *self.next_steps.values(), self.link, self.municipality)
        return not any(told)

    @property
    def mark(self) -> str:
        """What tells them from any others."""
        texts = (sorted(self.text.items()), sorted(self.next_steps.items()))
        stated = (*texts, self.link, self.municipality, self.topic)
        return hashlib.sha256(repr(stated).encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        texts = {"text": dict(self.text), "next": dict(self.next_steps)}
        return texts | {
            "link": self.link,
            "municipality": self.municipality,
            "topic": self.topic,
        }


@dataclass(frozen=True)
class Report:
    """Everything that was told of one workshop, or of the congress itself."""

    needs: str = ""
    needs_at: datetime | None = None
    is_seen: bool = True  # the needs, by organisers
    current: Results = field(default_factory=Results)  # as the public sees them
    draft: Results | None = None

    @property
    def wanted(self) -> Results:
        """What a form begins with."""
        return self.draft or self.current

    @property
    def mark(self) -> str:
        """What tells it from the report as it was at any other time."""
        stated = (self.needs, self.wanted.mark, self.draft is None)
        return hashlib.sha256(repr(stated).encode()).hexdigest()[:16]


def from_json(kept: Mapping[str, Any]) -> Results:
    """Return results as a row keeps them."""
    return Results(
        kept["text"],
        kept["link"],
        kept.get("next", {}),  # what was kept before there were
        kept.get("municipality", ""),
        kept.get("topic", ""),
    )


def is_web_address(text: str) -> bool:
    """Whether something is the address of a page, which a link may lead to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_named = "." in (parts.hostname or "") and "@" not in parts.netloc
    return parts.scheme in {"http", "https"} and is_named and not any(map(str.isspace, text))
