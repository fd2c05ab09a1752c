"""Organisations: suggestions while somebody types, and logos."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import CongressOrganisation, Organisation

SHORTEST_QUESTION = 2
MOST_SUGGESTIONS = 10


@dataclass(frozen=True)
class Logo:
    """A picture as it was given to us, under the type that was checked then."""

    content: bytes
    media_type: str


def suggestions(typed: str) -> list[str]:
    """Return names of the register that begin like this, or hold a word that does.

    Names that begin with what was typed come first.
    """
    beginning = fold_name(typed)
    if len(beginning) < SHORTEST_QUESTION:
        return []
    key = _escaped(beginning)
    statement = (
        select(Organisation.name, Organisation.name_key)
        .where(
            Organisation.suggested,
            or_(
                Organisation.name_key.like(f"{key}%", escape="\\"),
                Organisation.name.ilike(f"% {_escaped(typed.strip())}%", escape="\\"),
            ),
        )
        .order_by(Organisation.name_key)
        .limit(5 * MOST_SUGGESTIONS)
    )
    rows = db.session.execute(statement).all()
    ordered = sorted(rows, key=lambda row: not row.name_key.startswith(beginning))
    return [row.name for row in ordered[:MOST_SUGGESTIONS]]


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


def _escaped(text: str) -> str:
    """Return a text in which LIKE sees no wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
