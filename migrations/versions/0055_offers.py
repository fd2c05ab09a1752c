"""Places that are offered: a state of their own, and until when each is held.

Revision ID: 0055
Revises: 0054
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

# By their tables: the states of before, and those from now on.
STATES = {
    "registrations": (
        "state IN ('confirmed', 'waiting', 'cancelled', 'requested')",
        "state IN ('confirmed', 'waiting', 'cancelled', 'requested', 'offered')",
    ),
    "bookings": (
        "state IN ('confirmed', 'waiting', 'cancelled')",
        "state IN ('confirmed', 'waiting', 'offered', 'cancelled')",
    ),
}
HELD = sa.text("offered_until IS NOT NULL")
# Whoever was offered a place waits for it again: as many as before have one, and more wait.
COUNTS = (
    """UPDATE congresses SET
        taken = taken - (SELECT count(*) FROM registrations
            WHERE congress_id = congresses.id AND state = 'offered'),
        waiting = waiting + (SELECT count(*) FROM registrations
            WHERE congress_id = congresses.id AND state = 'offered')""",
    """UPDATE programme_items SET
        taken = taken - (SELECT count(*) FROM bookings
            WHERE item_id = programme_items.id AND state = 'offered'),
        waiting = waiting + (SELECT count(*) FROM bookings
            WHERE item_id = programme_items.id AND state = 'offered')""",
    "UPDATE registrations SET state = 'waiting' WHERE state = 'offered'",
    "UPDATE bookings SET state = 'waiting' WHERE state = 'offered'",
)


def upgrade() -> None:
    for table, (_before, after) in STATES.items():
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True))
            _allow(batch, table, after)
        op.create_index(
            f"ix_{table}_offered",
            table,
            ["offered_until"],
            sqlite_where=HELD,
            postgresql_where=HELD,
        )


def downgrade() -> None:
    for statement in COUNTS:
        op.execute(statement)
    for table, (before, _after) in STATES.items():
        op.drop_index(f"ix_{table}_offered", table)
        with op.batch_alter_table(table) as batch:
            _allow(batch, table, before)
            batch.drop_column("offered_until")


def _allow(batch: BatchOperations, table: str, states: str) -> None:
    name = op.f(f"ck_{table}_state_known")
    batch.drop_constraint(name, type_="check")
    batch.create_check_constraint(name, states)
