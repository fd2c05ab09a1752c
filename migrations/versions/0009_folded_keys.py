"""Keys by which people, organisations and mails are compared, searched and put in order.

The rule for new keys is that of the program, for they must agree with what it looks for; the rule
before stands here, so that the way down leads to keys which an older program finds.

Revision ID: 0009
Revises: 0011
"""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic import op

from congress.domain.folding import fold_for_order, fold_for_search
from congress.domain.people import fold_email, fold_name

revision = "0009"
down_revision = "0011"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
Row = dict[str, Any]
Fold = Callable[..., str]

NEW = (
    ("registrations", "organisation_key"),
    ("organisations", "search"),
    ("outbox_messages", "recipient_search"),
)
ORDERED = (
    ("registrations", "family_key"),
    ("registrations", "organisation_key"),
    ("organisations", "search"),
)


def _table(name: str, columns: str) -> sa.TableClause:
    return sa.table(name, sa.column("id"), *(sa.column(each) for each in columns.split()))


USERS = _table("users", "email email_key")
ORGANISATIONS = _table("organisations", "name name_key search")
OUTBOX = _table("outbox_messages", "recipient recipient_name recipient_key recipient_search")
REGISTRATIONS = sa.table(
    "registrations",
    *(sa.column(each) for each in ("id", "congress_id", "state", "given_name", "family_name")),
    *(sa.column(each) for each in ("email", "organisation", "email_key", "name_key")),
    *(sa.column(each) for each in ("family_key", "organisation_key", "search")),
    sa.column("answers", sa.JSON),
)


@dataclass(frozen=True)
class Rules:
    """How texts become keys."""

    email: Fold
    name: Fold
    order: Fold
    search: Fold


def _plain_before(*texts: str) -> str:
    decomposed = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(letters.split())


def _name_before(*texts: str) -> str:
    return _plain_before(*texts).replace(" ", "")


def _email_before(address: str) -> str:
    return unicodedata.normalize("NFKC", address).strip().casefold()


NOW = Rules(fold_email, fold_name, fold_for_order, fold_for_search)
BEFORE = Rules(_email_before, _name_before, _plain_before, _plain_before)


def upgrade() -> None:
    for table, name in NEW:
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    _order_by("C")
    _renew(NOW)


def downgrade() -> None:
    _renew(BEFORE)
    _order_by("default")
    for table, name in NEW:
        op.drop_column(table, name)


def _order_by(collation: str) -> None:
    """Let PostgreSQL put keys in order character by character, as SQLite does by itself."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in ORDERED:
            op.execute(
                f'ALTER TABLE {table} ALTER COLUMN {column} TYPE VARCHAR COLLATE "{collation}"'
            )


def _renew(rules: Rules) -> None:
    with _unique(USERS, "email_key", lambda row: (rules.email(row["email"]),)):
        pass
    with _unique(ORGANISATIONS, "name_key", lambda row: (rules.name(row["name"]),)):
        _write(ORGANISATIONS, lambda row: {"search": rules.search(row["name"])})
    with _unique(REGISTRATIONS, "name_key", lambda row: _person(row, rules)):
        _write(REGISTRATIONS, lambda row: _of_registration(row, rules))
    _write(OUTBOX, lambda row: _of_mail(row, rules))


def _person(row: Row, rules: Rules) -> tuple[object, ...]:
    """Who a registration stands for among the active ones of its congress; the name comes last."""
    name = rules.name(row["given_name"], row["family_name"])
    whose = row["id"] if row["state"] == "cancelled" else None
    return whose, row["congress_id"], rules.email(row["email"]), name


def _of_mail(row: Row, rules: Rules) -> Row:
    return {
        "recipient_key": rules.email(row["recipient"]),
        "recipient_search": rules.search(row["recipient_name"], row["recipient"]),
    }


def _of_registration(row: Row, rules: Rules) -> Row:
    fields = (row["given_name"], row["family_name"], row["email"], row["organisation"])
    return {
        "email_key": rules.email(row["email"]),
        "family_key": rules.order(row["family_name"], row["given_name"]),
        "organisation_key": rules.order(row["organisation"]),
        "search": rules.search(*fields, *row["answers"].values()),
    }


@contextmanager
def _unique(
    table: sa.TableClause, column: str, identity: Callable[[Row], tuple[object, ...]]
) -> Iterator[None]:
    """Write a key that no two rows may share; what it hangs on changes inside.

    What was two stays two: the later row gets a key of its own, with its number. Whatever changes
    is out of the way before the new keys come.
    """
    seen: set[tuple[object, ...]] = set()
    changed: list[Row] = []
    for row in (row for rows in _batches(table) for row in rows):
        *others, key = identity(row)
        if (*others, key) in seen:
            key = f"{key} {row['id']}"
        seen.add((*others, key))
        if key != row[column]:
            changed.append({"number": row["id"], column: key})
    _update(table, [row | {column: f" {row['number']}"} for row in changed])
    yield
    _update(table, changed)


def _write(table: sa.TableClause, keys: Callable[[Row], Row]) -> None:
    for rows in _batches(table):
        _update(table, [{"number": row["id"]} | keys(row) for row in rows])


def _update(table: sa.TableClause, changes: list[Row]) -> None:
    if changes:
        values = {name: sa.bindparam(f"new_{name}") for name in changes[0] if name != "number"}
        this = table.c.id == sa.bindparam("new_number")
        rows = [{f"new_{name}": value for name, value in row.items()} for row in changes]
        op.get_bind().execute(sa.update(table).where(this).values(values), rows)


def _batches(table: sa.TableClause) -> Iterator[list[Row]]:
    last = 0
    while True:
        statement = sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
        rows = [dict(row) for row in op.get_bind().execute(statement).mappings()]
        if not rows:
            return
        yield rows
        last = rows[-1]["id"]
