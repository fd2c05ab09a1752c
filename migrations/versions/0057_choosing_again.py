"""A window of one's own to choose again, and for which called-off workshop a place stands in.

Revision ID: 0057
Revises: 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

ITEM = "fk_bookings_stands_in_for_id_programme_items"


def upgrade() -> None:
    op.add_column(
        "registrations", sa.Column("chooses_until", sa.DateTime(timezone=True), nullable=True)
    )
    with op.batch_alter_table("bookings") as table:
        table.add_column(sa.Column("stands_in_for_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(ITEM), "programme_items", ["stands_in_for_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("bookings") as table:
        table.drop_constraint(op.f(ITEM), type_="foreignkey")
        table.drop_column("stands_in_for_id")
    op.drop_column("registrations", "chooses_until")
