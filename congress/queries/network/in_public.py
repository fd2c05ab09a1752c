"""What everybody may know of the network: names of organisations, and whether there is any."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from congress.base import table_of
from congress.domain.network.keys import DISTRICT
from congress.domain.network.public_page import InDistrict, by_district
from congress.extensions import db
from congress.models import Organisation
from congress.queries.network import members
from congress.queries.revisions import HAS_NETWORK

ORGANISATIONS = table_of(Organisation)


def is_in_use() -> bool:
    """Return whether anybody belongs or belonged to the network: whether to lead to its page."""
    return bool(db.session.scalars(select(HAS_NETWORK)).one())


def members_by_district(day: date) -> list[InDistrict]:
    """Return who belongs to the network on a day, by district, in two statements."""
    belonging = members.members_on(day)
    found = _districts([each.id for each in belonging])
    return by_district([(each.id, each.name) for each in belonging], found)


def _districts(organisations: Collection[int]) -> dict[int, str]:
    key = func.coalesce(ORGANISATIONS.c.district, func.substr(ORGANISATIONS.c.ags, 1, DISTRICT), "")
    rows = db.session.execute(
        select(ORGANISATIONS.c.id, key).where(ORGANISATIONS.c.id.in_(organisations))
    )
    return {number: district for number, district in rows}  # noqa: C416 - rows, not pairs
