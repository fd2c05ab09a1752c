"""Keys of addresses in which no letter stands for another: straße.de is not strasse.de.

Until now ß counted as ss and a final sigma as any other, as if two domains were one mailbox. The
rule for new keys is that of the program, as in 0009; the rule before stands here for the way down.

Revision ID: 0013
Revises: 0012
"""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from congress.domain.folding import with_letters
from congress.domain.people import fold_email, fold_name

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
Row = dict[str, Any]
Fold = Callable[[str], str]


def _table(name: str, columns: str) -> sa.TableClause:
    return sa.table(name, sa.column("id"), *(sa.column(each) for each in columns.split()))


USERS = _table("users", "email email_key")
OUTBOX = _table("outbox_messages", "recipient recipient_key")
REGISTRATIONS = _table(
    "registrations", "congress_id state given_name family_name email email_key name_key"
)


def upgrade() -> None:
    _renew(fold_email)


def downgrade() -> None:
    _renew(_email_before)


def _email_before(address: str) -> str:
    return with_letters(unicodedata.normalize("NFKC", address).strip()).casefold()


def _renew(fold: Fold) -> None:
    _write_unique(USERS, _users(fold), "email_key")
    _write_unique(REGISTRATIONS, _people(fold), "name_key")
    for rows in _batches(OUTBOX):
        keys = [(row, {"recipient_key": fold(row["recipient"])}) for row in rows]
        _update(OUTBOX, [_change(row, key) for row, key in keys if _differs(row, key)])


def _users(fold: Fold) -> Iterator[tuple[Row, Row]]:
    """Return each account with its new key; what was two stays two, as in 0009."""
    seen: set[str] = set()
    for row in _rows(USERS):
        key = fold(row["email"])
        key = f"{key} {row['id']}" if key in seen else key
        seen.add(key)
        yield row, {"email_key": key}


def _people(fold: Fold) -> Iterator[tuple[Row, Row]]:
    """Return each registration with its new keys; two active ones of a person stay two."""
    seen: set[tuple[int, str, str]] = set()
    for row in _rows(REGISTRATIONS):
        email, name = fold(row["email"]), fold_name(row["given_name"], row["family_name"])
        if row["state"] != "cancelled":
            who = row["congress_id"], email
            name = f"{name} {row['id']}" if (*who, name) in seen else name
            seen.add((*who, name))
        yield row, {"email_key": email, "name_key": name}


def _write_unique(table: sa.TableClause, keyed: Iterator[tuple[Row, Row]], unique: str) -> None:
    """Write keys that no two rows may share: what changes is out of the way before they come."""
    changed = [(row, key) for row, key in keyed if _differs(row, key)]
    _update(table, [_change(row, {unique: f" {row['id']}"}) for row, _ in changed])
    _update(table, [_change(row, key) for row, key in changed])


def _differs(row: Row, key: Row) -> bool:
    return any(row[name] != value for name, value in key.items())


def _change(row: Row, values: Row) -> Row:
    return {"number": row["id"]} | {f"new_{name}": value for name, value in values.items()}


def _update(table: sa.TableClause, changes: list[Row]) -> None:
    if changes:
        names = [name.removeprefix("new_") for name in changes[0] if name != "number"]
        statement = (
            sa.update(table)
            .where(table.c.id == sa.bindparam("number"))
            .values({name: sa.bindparam(f"new_{name}") for name in names})
        )
        op.get_bind().execute(statement, changes)


def _rows(table: sa.TableClause) -> Iterator[Row]:
    for rows in _batches(table):
        yield from rows


def _batches(table: sa.TableClause) -> Iterator[list[Row]]:
    last = 0
    while True:
        statement = sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
        rows = [dict(row) for row in op.get_bind().execute(statement).mappings()]
        if not rows:
            return
        yield rows
        last = rows[-1]["id"]
