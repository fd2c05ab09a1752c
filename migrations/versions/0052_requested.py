"""Registrations that wait for an answer of the organisers, and whether places are held for them.

Revision ID: 0052
Revises: 0051
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

BEFORE = "state IN ('confirmed', 'waiting', 'cancelled')"
AFTER = "state IN ('confirmed', 'waiting', 'cancelled', 'requested')"


def upgrade() -> None:
    with op.batch_alter_table("registrations") as batch:
        batch.add_column(
            sa.Column("holds_places", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch.drop_constraint(op.f("ck_registrations_state_known"), type_="check")
        batch.create_check_constraint(op.f("ck_registrations_state_known"), AFTER)
        batch.create_check_constraint(
            op.f("ck_registrations_held"), "state = 'requested' OR NOT holds_places"
        )


def downgrade() -> None:
    # Nobody has said yes to them, so they end, and what was held for them is free.
    op.execute(
        "UPDATE bookings SET state = 'cancelled' WHERE registration_id IN"
        " (SELECT id FROM registrations WHERE state = 'requested')"
    )
    op.execute(
        "UPDATE registrations SET state = 'cancelled', cancelled_at = changed_at,"
        " holds_places = false WHERE state = 'requested'"
    )
    op.execute(
        "UPDATE congresses SET taken = (SELECT COUNT(*) FROM registrations"
        " WHERE congress_id = congresses.id AND state = 'confirmed')"
    )
    for counter, state in (("taken", "confirmed"), ("waiting", "waiting")):
        op.execute(
            f"UPDATE programme_items SET {counter} = (SELECT COUNT(*) FROM bookings"  # noqa: S608 - of these two
            " JOIN registrations ON registrations.id = bookings.registration_id"
            f" WHERE bookings.item_id = programme_items.id AND bookings.state = '{state}'"
            " AND registrations.state = 'confirmed')"
        )
    with op.batch_alter_table("registrations") as batch:
        batch.drop_constraint(op.f("ck_registrations_held"), type_="check")
        batch.drop_constraint(op.f("ck_registrations_state_known"), type_="check")
        batch.create_check_constraint(op.f("ck_registrations_state_known"), BEFORE)
        batch.drop_column("holds_places")
