"""Documents, photos and links of workshops and of congresses: what there is, and the bytes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import and_, func, select

from congress.base import columns_of, table_of, values_of
from congress.domain.planning.materials import (
    Described,
    Material,
    MaterialAudience,
    MaterialKind,
)
from congress.extensions import db
from congress.models import Congress
from congress.models import Material as Row
from congress.queries.congresses import PUBLIC

TABLE, CONGRESSES = table_of(Row), table_of(Congress)
KEPT = "id item_id name size width height digest is_sent is_published added_at"
MORE = "editors publisher year day"
COLUMNS = columns_of(TABLE, f"{KEPT} kind title credit url audience {MORE}")
SHOWN = select(*COLUMNS).order_by(TABLE.c.id)
FOR_ALL = and_(TABLE.c.is_published, TABLE.c.audience == MaterialAudience.PUBLIC)


def of(congress_id: int, item_id: int | None) -> list[Material]:
    """Return everything of a workshop or, without one, of the congress itself, drafts included."""
    place = TABLE.c.item_id.is_(None) if item_id is None else TABLE.c.item_id == item_id
    return _materials(TABLE.c.congress_id == congress_id, place)


def of_congress(congress_id: int) -> list[Material]:
    """Return everything of a congress and its workshops, drafts included."""
    return _materials(TABLE.c.congress_id == congress_id)


def published(congress_id: int) -> list[Material]:
    """Return what the public sees, of the congress and of all its workshops."""
    return _materials(TABLE.c.congress_id == congress_id, FOR_ALL)


def publications(congress_id: int) -> list[Material]:
    """Return the publications that came of a congress, as the public sees them."""
    of_event = (TABLE.c.congress_id == congress_id, TABLE.c.item_id.is_(None))
    return _materials(*of_event, FOR_ALL, TABLE.c.editors != "")


def published_of(item_id: int) -> list[Material]:
    """Return what the public sees of one workshop."""
    return _materials(TABLE.c.item_id == item_id, FOR_ALL)


def find(congress_id: int, material_id: int) -> Material | None:
    """Return one of a congress, published or not."""
    found = _materials(TABLE.c.congress_id == congress_id, TABLE.c.id == material_id)
    return found[0] if found else None


def count(congress_id: int, item_id: int | None) -> int:
    """Return how many there are of a workshop or, without one, of the congress itself."""
    place = TABLE.c.item_id.is_(None) if item_id is None else TABLE.c.item_id == item_id
    found = select(func.count()).where(TABLE.c.congress_id == congress_id, place)
    return db.session.scalars(found).one()


def public_file(digest: str) -> tuple[bytes, str, str] | None:
    """Return bytes, media type and name of a file that everybody may have.

    Of a congress that is a draft nobody may.
    """
    statement = (
        select(*columns_of(TABLE, "content media_type name"))
        .join(CONGRESSES, CONGRESSES.c.id == TABLE.c.congress_id)
        .where(TABLE.c.digest == digest, FOR_ALL, CONGRESSES.c.state.in_(PUBLIC))
    )
    row = db.session.execute(statement.limit(1)).one_or_none()
    return (row.content, row.media_type, row.name) if row else None


def public_contents(congress_id: int, digests: Collection[str]) -> dict[str, bytes]:
    """Return the bytes of published files of a congress by their digests."""
    rows = db.session.execute(
        select(TABLE.c.digest, TABLE.c.content).where(
            TABLE.c.congress_id == congress_id, FOR_ALL, TABLE.c.digest.in_(digests)
        )
    )
    return {row.digest: row.content for row in rows}


def own_file(congress_id: int, material_id: int) -> tuple[bytes, str, str] | None:
    """Return bytes, media type and name of a file of a congress, published or not."""
    row = db.session.execute(
        select(*columns_of(TABLE, "content media_type name")).where(
            TABLE.c.congress_id == congress_id,
            TABLE.c.id == material_id,
            TABLE.c.content.is_not(None),
        )
    ).one_or_none()
    return (row.content, row.media_type, row.name) if row else None


def _materials(*which: Any) -> list[Material]:  # noqa: ANN401 - conditions
    return [as_material(row) for row in db.session.execute(SHOWN.where(*which))]


def as_material(row: Found[Any]) -> Material:
    """Make a value of a row of `COLUMNS`."""
    kind, audience = MaterialKind(row.kind), MaterialAudience(row.audience)
    is_minutes = kind is MaterialKind.MINUTES
    return Material(
        **values_of(row, KEPT),
        kind=kind,
        described=Described(
            row.title,
            row.credit,
            row.url,
            **values_of(row, MORE),
            audience=audience,
            is_minutes=is_minutes,
        ),
    )
