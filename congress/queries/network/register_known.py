"""The whole register as values, to be compared with a table."""

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.network.register_difference import Known
from congress.extensions import db
from congress.models import Organisation, OrganisationAlias
from congress.queries.network.register import FACTS, facts_of

ORGANISATIONS, ALIASES = table_of(Organisation), table_of(OrganisationAlias)


def all_known() -> list[Known]:
    """Return every organisation with its other names, in two statements."""
    aliases: dict[int, list[str]] = {}
    for row in db.session.execute(select(*columns_of(ALIASES, "organisation_id name_key"))):
        aliases.setdefault(row.organisation_id, []).append(row.name_key)
    statement = select(*columns_of(ORGANISATIONS, f"id {FACTS}")).order_by(ORGANISATIONS.c.id)
    return [
        Known(row.id, facts_of(row), tuple(aliases.get(row.id, ())))
        for row in db.session.execute(statement)
    ]
