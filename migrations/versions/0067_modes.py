"""How somebody takes part, on site or online; places online counted apart; links told late.

Revision ID: 0067
Revises: 0066
"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COUNTERS = ("online_overbooked", "online_taken", "online_waiting")


def upgrade() -> None:
    with op.batch_alter_table("congresses") as congresses:
        congresses.add_column(sa.Column("link_told_at", MOMENT, nullable=True))
        congresses.add_column(sa.Column("online_capacity", sa.Integer(), nullable=True))
        for name in COUNTERS:
            congresses.add_column(
                sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0"))
            )
        congresses.create_check_constraint(
            op.f("ck_congresses_online_counters"),
            "online_taken >= 0 AND online_waiting >= 0 AND online_overbooked >= 0",
        )
        congresses.create_check_constraint(
            op.f("ck_congresses_online_places"),
            "online_capacity IS NULL OR online_taken <= online_capacity + online_overbooked",
        )
    with op.batch_alter_table("registrations") as registrations:
        registrations.add_column(
            sa.Column("mode", sa.String(), nullable=False, server_default="onsite")
        )
        registrations.create_check_constraint(
            op.f("ck_registrations_mode_known"), "mode IN ('onsite', 'online')"
        )
    with op.batch_alter_table("programme_items") as items:
        items.add_column(sa.Column("mode", sa.String(), nullable=False, server_default="both"))
        items.create_check_constraint(
            op.f("ck_programme_items_mode_known"), "mode IN ('both', 'onsite', 'online')"
        )


def downgrade() -> None:
    # Without places of their own, those online sit on the others, who have as many more for it.
    op.execute(
        "UPDATE congresses SET taken = taken + online_taken, waiting = waiting + online_waiting,"
        " overbooked = CASE WHEN capacity IS NULL OR taken + online_taken <= capacity THEN 0"
        " ELSE taken + online_taken - capacity END"
        " WHERE online_taken > 0 OR online_waiting > 0"
    )
    with op.batch_alter_table("programme_items") as items:
        items.drop_constraint("mode_known", type_="check")
        items.drop_column("mode")
    with op.batch_alter_table("registrations") as registrations:
        registrations.drop_constraint("mode_known", type_="check")
        registrations.drop_column("mode")
    with op.batch_alter_table("congresses") as congresses:
        congresses.drop_constraint("online_places", type_="check")
        congresses.drop_constraint("online_counters", type_="check")
        for name in reversed(COUNTERS):
            congresses.drop_column(name)
        congresses.drop_column("online_capacity")
        congresses.drop_column("link_told_at")
