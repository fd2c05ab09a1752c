"""Calendar entries that go along with a moved day, and say in the row what mails and feeds say.

What was cancelled has a title that says so, and no entry holds the address of the program. Back
again the address is not known: the version before states such entries once more with its next
news.

Revision ID: 0007
Revises: 0006
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Before the title of what is cancelled: whether the person left, or the event was called off.
PREFIXES = {"de": ("Abgesagt:", "Abgemeldet:"), "en": ("Cancelled:", "Not attending:")}

ENTRIES = sa.Table(  # whole, because SQLite would lose the checks of a table that is built anew
    "calendar_entries",
    sa.MetaData(),
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("registration_id", sa.Integer(), nullable=False),
    sa.Column("day", sa.Date(), nullable=False),
    sa.Column("uid", sa.String(), nullable=False),
    sa.Column("sequence", sa.Integer(), nullable=False),
    sa.Column("revised_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("status", sa.String(), nullable=False),
    sa.Column("content", sa.JSON(), nullable=False),
    sa.CheckConstraint(
        "status IN ('CONFIRMED', 'CANCELLED')", name="ck_calendar_entries_status_known"
    ),
    sa.ForeignKeyConstraint(
        ["registration_id"],
        ["registrations.id"],
        name="fk_calendar_entries_registration_id_registrations",
    ),
    sa.PrimaryKeyConstraint("id", name="pk_calendar_entries"),
)
PEOPLE = sa.table(
    "registrations", sa.column("id"), sa.column("state", sa.String), sa.column("language")
)
ONE_A_DAY = "uq_calendar_entries_registration_id_day"
ONE_OF_ALL = "uq_calendar_entries_uid"
ONE_A_PERSON = "uq_calendar_entries_registration_id_uid"


def upgrade() -> None:
    before = _with_keys((ONE_A_DAY, "registration_id", "day"), (ONE_OF_ALL, "uid"))
    with op.batch_alter_table("calendar_entries", copy_from=before) as batch:
        batch.drop_constraint(ONE_A_DAY, type_="unique")
        batch.drop_constraint(ONE_OF_ALL, type_="unique")
        batch.create_unique_constraint(ONE_A_PERSON, ["registration_id", "uid"])

    def as_stated(content: dict[str, Any], prefix: str) -> dict[str, Any]:
        kept = {name: value for name, value in content.items() if name != "url"}
        return kept | {"summary": f"{prefix} {content['summary']}"} if prefix else kept

    _rewrite(as_stated)


def downgrade() -> None:
    def without_prefix(content: dict[str, Any], prefix: str) -> dict[str, Any]:
        return content | {"summary": content["summary"].removeprefix(prefix).strip()}

    _rewrite(without_prefix)
    # One entry a day, and each UID once: the last one of each stays.
    later = ENTRIES.alias("later")
    is_again = (later.c.uid == ENTRIES.c.uid) & (later.c.sequence > ENTRIES.c.sequence)
    op.execute(sa.delete(ENTRIES).where(sa.exists().where(is_again)))
    same_day = (
        (later.c.registration_id == ENTRIES.c.registration_id)
        & (later.c.day == ENTRIES.c.day)
        & (ENTRIES.c.status == "CANCELLED")
        & ((later.c.status == "CONFIRMED") | (later.c.id > ENTRIES.c.id))
    )
    op.execute(sa.delete(ENTRIES).where(sa.exists().where(same_day)))
    before = _with_keys((ONE_A_PERSON, "registration_id", "uid"))
    with op.batch_alter_table("calendar_entries", copy_from=before) as batch:
        batch.drop_constraint(ONE_A_PERSON, type_="unique")
        batch.create_unique_constraint(ONE_A_DAY, ["registration_id", "day"])
        batch.create_unique_constraint(ONE_OF_ALL, ["uid"])


def _with_keys(*keys: tuple[str, ...]) -> sa.Table:
    """Return the table as it stands, with its unique keys: name and columns of each."""
    table = ENTRIES.to_metadata(sa.MetaData())
    for name, *columns in keys:
        table.append_constraint(sa.UniqueConstraint(*columns, name=name))
    return table


def _rewrite(change: Callable[[dict[str, Any], str], dict[str, Any]]) -> None:
    """Change what every entry says; a cancelled one is given with the prefix of its title."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(
            ENTRIES.c.id, ENTRIES.c.content, ENTRIES.c.status, PEOPLE.c.state, PEOPLE.c.language
        ).join(PEOPLE, PEOPLE.c.id == ENTRIES.c.registration_id)
    ).all()
    changed = []
    for row in rows:
        called_off, left = PREFIXES.get(row.language, PREFIXES["en"])
        prefix = left if row.state == "cancelled" else called_off
        content = change(row.content, prefix if row.status == "CANCELLED" else "")
        changed.append({"entry_id": row.id, "new": content})
    if changed:
        statement = sa.update(ENTRIES).where(ENTRIES.c.id == sa.bindparam("entry_id"))
        connection.execute(statement.values(content=sa.bindparam("new", type_=sa.JSON)), changed)
