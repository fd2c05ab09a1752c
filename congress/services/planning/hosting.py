"""Saying where a placement is: at which organisation."""

from datetime import datetime

from sqlalchemy import select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.hosts import Host, HostEditedMeanwhile
from congress.domain.planning.scheduling import ItemGone
from congress.extensions import db
from congress.models import ItemHost, ProgrammeItem
from congress.queries import hosts
from congress.queries.network import register
from congress.services import auditing
from congress.services.planning import publishing
from congress.transaction import transaction

HOSTS, ITEMS = table_of(ItemHost), table_of(ProgrammeItem)


def say(
    congress_id: int, code: str, host: Host, *, version: str, actor: Actor, now: datetime
) -> None:
    """Say at which organisation an item is; without a name at none.

    Raises ItemGone and HostEditedMeanwhile.
    """
    with transaction():
        publishing.hold(congress_id)
        item = db.session.scalars(
            select(ProgrammeItem).where(
                ProgrammeItem.congress_id == congress_id, ProgrammeItem.code == code
            )
        ).one_or_none()
        if item is None:
            raise ItemGone
        before = hosts.of_item(item.id)
        if before.version != version:
            raise HostEditedMeanwhile
        if before == host:
            return
        row = db.session.scalars(select(ItemHost).where(ItemHost.item_id == item.id)).one_or_none()
        if not host.name:
            if row is not None:
                db.session.delete(row)
        else:
            if row is None:
                row = ItemHost(congress_id=congress_id, item_id=item.id)
                db.session.add(row)
            known = register.find_named(host.name)
            row.organisation_id = known.id if known else None
            row.name, row.sector = host.name, host.sector
        auditing.record(
            "item_host_said",
            actor=actor,
            now=now,
            congress_id=congress_id,
            item_id=item.id,
            details={"name": host.name},
        )
        db.session.flush()


def take_along(last_id: int, edition_id: int) -> None:
    """Let the items of the next edition be where those of the last one were."""
    codes = select(ITEMS.c.code, ITEMS.c.id).where(ITEMS.c.congress_id == edition_id)
    new = {code: number for code, number in db.session.execute(codes)}  # noqa: C416 - rows
    rows = db.session.execute(
        select(ITEMS.c.code, HOSTS.c.organisation_id, HOSTS.c.name, HOSTS.c.sector)
        .join(HOSTS, HOSTS.c.item_id == ITEMS.c.id)
        .where(ITEMS.c.congress_id == last_id, ITEMS.c.code.in_(new))
    )
    for code, organisation_id, name, sector in rows.all():
        db.session.add(
            ItemHost(
                congress_id=edition_id,
                item_id=new[code],
                organisation_id=organisation_id,
                name=name,
                sector=sector,
            )
        )
    db.session.flush()
