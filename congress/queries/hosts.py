"""The host organisations of placements: of one, and of all of an event."""

from sqlalchemy import func, select

from congress.base import columns_of, table_of
from congress.domain.hosts import NOBODY, Host, Hosted
from congress.domain.programme import ItemKind
from congress.extensions import db
from congress.models import ItemHost, Organisation, ProgrammeItem

HOSTS, ITEMS, REGISTER = table_of(ItemHost), table_of(ProgrammeItem), table_of(Organisation)
# The register knows better than whoever typed it, where it knows it.
SECTOR = func.coalesce(func.nullif(REGISTER.c.sector, ""), HOSTS.c.sector)


def of_item(item_id: int) -> Host:
    """Return where an item takes place."""
    row = db.session.execute(
        select(HOSTS.c.name, SECTOR.label("sector"))
        .outerjoin(REGISTER, REGISTER.c.id == HOSTS.c.organisation_id)
        .where(HOSTS.c.item_id == item_id)
    ).one_or_none()
    return NOBODY if row is None else Host(row.name, row.sector)


def placements(congress_id: int) -> list[Hosted]:
    """Return all placements that take place, and everything else that has a host, by their time."""
    rows = db.session.execute(
        select(*columns_of(ITEMS, "code taken capacity"), HOSTS.c.name, SECTOR.label("sector"))
        .outerjoin(HOSTS, HOSTS.c.item_id == ITEMS.c.id)
        .outerjoin(REGISTER, REGISTER.c.id == HOSTS.c.organisation_id)
        .where(ITEMS.c.congress_id == congress_id, ~ITEMS.c.cancelled)
        .where((ITEMS.c.kind == ItemKind.PLACEMENT) | HOSTS.c.id.is_not(None))
        .order_by(ITEMS.c.starts_at, ITEMS.c.number, ITEMS.c.id)
    )
    return [
        Hosted(row.code, Host(row.name or "", row.sector or ""), row.taken, row.capacity)
        for row in rows
    ]
