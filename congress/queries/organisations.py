"""Organisations: suggestions while somebody types, and logos."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from congress.domain.folding import NEXT, fold_sought
from congress.extensions import db
from congress.models import CongressOrganisation, Organisation
from congress.queries.network.register import has_ended

SHORTEST_QUESTION = 2
MOST_SUGGESTIONS = 10


@dataclass(frozen=True)
class Logo:
    """A picture as it was given to us, under the type that was checked then."""

    content: bytes
    media_type: str


def suggestions(typed: str, *, day: date) -> list[str]:
    """Return names of the register that begin like this, or hold a word that does.

    Names that begin with what was typed come first; other names and official keys are looked
    through as well. Whoever has ended by that day is proposed to nobody.
    """
    sought = fold_sought(typed)
    if len(sought) < SHORTEST_QUESTION:
        return []
    at_first = or_(
        Organisation.search.startswith(sought, autoescape=True),
        Organisation.search.contains(NEXT + sought, autoescape=True),
    )
    later = Organisation.search.contains(f" {sought}", autoescape=True)
    statement = (
        select(Organisation.name)
        .where(Organisation.suggested, or_(at_first, later), ~has_ended(day))
        .order_by(at_first.desc(), Organisation.search, Organisation.id)
        .limit(MOST_SUGGESTIONS)
    )
    return list(db.session.scalars(statement))


def find_logo(digest: str) -> Logo | None:
    """Return the logo with this digest (SHA-256, hex) if it stands with a congress."""
    statement = (
        select(Organisation.logo, Organisation.logo_type)
        .join(CongressOrganisation, CongressOrganisation.organisation_id == Organisation.id)
        .where(Organisation.logo_digest == digest, Organisation.logo.is_not(None))
        .limit(1)
    )
    row = db.session.execute(statement).one_or_none()
    return Logo(row.logo, row.logo_type) if row else None
