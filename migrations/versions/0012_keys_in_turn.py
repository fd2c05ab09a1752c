"""Keys of several texts, of which each decides only where those before are alike.

Until now their words stood in one row: "Muster-Beispiel, Anna" came before "Muster, Stefan". The
rule for new keys is that of the program, as in 0009; the way down puts the words in a row again.

Revision ID: 0012
Revises: 0010
"""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from congress.domain.folding import NEXT, fold_for_order, fold_for_search
from congress.domain.people import name_order

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
Row = dict[str, Any]


def _table(name: str, columns: str) -> sa.TableClause:
    return sa.table(name, sa.column("id"), *(sa.column(each) for each in columns.split()))


ORGANISATIONS = _table("organisations", "name search")
OUTBOX = _table("outbox_messages", "recipient_name recipient recipient_search")
REGISTRATIONS = sa.table(
    "registrations",
    *(sa.column(each) for each in ("id", "given_name", "family_name", "email", "organisation")),
    *(sa.column(each) for each in ("family_key", "search")),
    sa.column("answers", sa.JSON),
)


def upgrade() -> None:
    _write(ORGANISATIONS, "search", lambda row: fold_for_search(row["name"]))
    _write(OUTBOX, "recipient_search", _recipient_search)
    _write(REGISTRATIONS, "search", _search)
    _write(REGISTRATIONS, "family_key", lambda row: name_order(*_names(row)))


def downgrade() -> None:
    _write(ORGANISATIONS, "search", _in_a_row("search"))
    _write(OUTBOX, "recipient_search", _in_a_row("recipient_search"))
    _write(REGISTRATIONS, "search", _in_a_row("search"))
    _write(REGISTRATIONS, "family_key", lambda row: fold_for_order(*_names(row)))


def _in_a_row(column: str) -> Callable[[Row], str]:
    return lambda row: row[column].replace(NEXT, " ")


def _names(row: Row) -> tuple[str, str]:
    return row["family_name"], row["given_name"]


def _recipient_search(row: Row) -> str:
    return fold_for_search(row["recipient_name"], row["recipient"])


def _search(row: Row) -> str:
    said = (row[each] for each in ("given_name", "family_name", "email", "organisation"))
    return fold_for_search(*said, *row["answers"].values())


def _write(table: sa.TableClause, column: str, key: Callable[[Row], str]) -> None:
    """Write one column of every row that says something else."""
    statement = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("number"))
        .values({column: sa.bindparam("key")})
    )
    for rows in _batches(table):
        keys = {row["id"]: key(row) for row in rows}
        changed = [row["id"] for row in rows if row[column] != keys[row["id"]]]
        if changed:
            values = [{"number": number, "key": keys[number]} for number in changed]
            op.get_bind().execute(statement, values)


def _batches(table: sa.TableClause) -> Iterator[list[Row]]:
    last = 0
    while True:
        statement = sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
        rows = [dict(row) for row in op.get_bind().execute(statement).mappings()]
        if not rows:
            return
        yield rows
        last = rows[-1]["id"]
