"""What hangs on an organisation, in whichever table it stands."""

from sqlalchemy import Column, func, literal, select, union_all

from congress.base import Base, table_of
from congress.extensions import db
from congress.models import Organisation

ORGANISATIONS = table_of(Organisation)


def referring() -> list[Column[int]]:
    """Return every column that names an organisation, of all tables there are."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is ORGANISATIONS for key in column.foreign_keys)
    ]


def counts(organisation_id: int) -> dict[str, int]:
    """Return how many rows of each table hang on an organisation; of none there is nothing."""
    parts = [
        select(literal(column.table.name).label("name"), func.count().label("many"))
        .select_from(column.table)
        .where(column == organisation_id)
        for column in referring()
    ]
    return {row.name: row.many for row in db.session.execute(union_all(*parts)) if row.many}
