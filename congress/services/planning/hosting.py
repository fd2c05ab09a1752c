"""Saying where a placement is: at which organisation."""

from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.hosts import Host, HostEditedMeanwhile
from congress.domain.planning.scheduling import ItemGone
from congress.extensions import db
from congress.models import ProgrammeItem
from congress.queries import hosts
from congress.services import auditing
from congress.services.planning import adopting, publishing
from congress.transaction import transaction


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
        adopting.write_host(item, host)
        auditing.record(
            "item_host_said",
            actor=actor,
            now=now,
            congress_id=congress_id,
            item_id=item.id,
            details={"name": host.name},
        )
