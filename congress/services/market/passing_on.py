"""Who enters for an organisation of a marketplace, where one registration follows another."""

from sqlalchemy import update

from congress.base import table_of
from congress.extensions import db
from congress.models import MarketParty

PARTIES = table_of(MarketParty)


def pass_on(registration_id: int, to_id: int) -> None:
    """Let another registration enter for the same organisation, in a running transaction."""
    db.session.execute(
        update(PARTIES)
        .where(PARTIES.c.registration_id == registration_id)
        .values(registration_id=to_id)
    )
