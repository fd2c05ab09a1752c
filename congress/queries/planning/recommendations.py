"""What congresses recommend, in the order in which it was written."""

from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.planning.recommendations import Recommendation, RecommendationState, Said
from congress.extensions import db
from congress.models import Recommendation as Row

TABLE = table_of(Row)
ALL = select(
    *columns_of(TABLE, "id version text addressee state answer item_id is_published")
).order_by(TABLE.c.id)


def of_congress(congress_id: int) -> list[Recommendation]:
    """Return everything that a congress recommends, published or not."""
    return _found(TABLE.c.congress_id == congress_id)


def published(congress_id: int) -> list[Recommendation]:
    """Return what everybody may read of it."""
    return _found(TABLE.c.congress_id == congress_id, TABLE.c.is_published)


def find(congress_id: int, recommendation_id: int) -> Recommendation | None:
    """Return one of a congress."""
    found = _found(TABLE.c.congress_id == congress_id, TABLE.c.id == recommendation_id)
    return found[0] if found else None


def _found(*which: Any) -> list[Recommendation]:  # noqa: ANN401 - conditions
    return [_as_recommendation(row) for row in db.session.execute(ALL.where(*which))]


def _as_recommendation(row: Found[Any]) -> Recommendation:
    state = RecommendationState(row.state)
    said = Said(row.text, row.addressee, state, row.answer, row.item_id, row.is_published)
    return Recommendation(row.id, row.version, said)
