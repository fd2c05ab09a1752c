"""Photos of people in a programme: their bytes by digest, and which there are of somebody."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from congress.base import columns_of
from congress.domain.planning.portraits import Portrait
from congress.domain.programme import PublicPerson
from congress.extensions import db
from congress.models import Contributor, Person
from congress.models import Portrait as Row
from congress.queries.planning import profiles
from congress.queries.planning.profiles import chosen

SHOWN = columns_of(Row, "digest width height alt credit")


@dataclass(frozen=True)
class Portraits:
    """The photo that is shown of somebody, and the one that waits for organisers."""

    current: Portrait | None = None
    draft: Portrait | None = None


def of(congress_id: int, person_id: int) -> Portraits:
    """Return which photos there are of somebody."""
    rows = db.session.execute(
        select(Row.is_draft, *SHOWN)
        .join(Contributor, Contributor.id == Row.contributor_id)
        .where(Contributor.congress_id == congress_id, Contributor.person_id == person_id)
    )
    found = {row.is_draft: Portrait(*row[1:]) for row in rows}
    return Portraits(found.get(False), found.get(True))


def shown(congress_id: int, people: Collection[PublicPerson]) -> dict[str, Portrait]:
    """Return by name the photos of people who are named in public."""
    names = [each.name for each in people if each.name]
    if not names:
        return {}
    rows = db.session.execute(
        select(Person.name, Person.affiliation, *SHOWN)
        .join(Contributor, Contributor.person_id == Person.id)
        .outerjoin(Row, (Row.contributor_id == Contributor.id) & Row.is_draft.is_(False))
        .where(Contributor.congress_id == congress_id, Person.name.in_(names))
    ).all()
    return {name: Portrait(*row[2:]) for name, row in chosen(rows, people).items() if row.digest}


def content(digest: str) -> tuple[bytes, str] | None:
    """Return a photo that is shown to everybody, and its media type.

    Of somebody who is named on no page any more it is not.
    """
    rows = db.session.execute(
        select(Row.content, Row.media_type, Contributor.congress_id, Contributor.person_id)
        .join(Contributor, Contributor.id == Row.contributor_id)
        .where(Row.digest == digest, Row.is_draft.is_(False))
    )
    return next(
        (
            (row.content, row.media_type)
            for row in rows
            if row.person_id in profiles.named(row.congress_id)
        ),
        None,
    )


def own_content(congress_id: int, person_id: int, digest: str) -> tuple[bytes, str] | None:
    """Return a photo of somebody, draft or not, and its media type."""
    statement = (
        select(Row.content, Row.media_type)
        .join(Contributor, Contributor.id == Row.contributor_id)
        .where(
            Contributor.congress_id == congress_id,
            Contributor.person_id == person_id,
            Row.digest == digest,
        )
    )
    row = db.session.execute(statement.limit(1)).one_or_none()
    return (row.content, row.media_type) if row else None
