"""Sign-in sheets as printed, and how it is known that somebody came.

Revision ID: 0073
Revises: 0072
"""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("registrations", sa.JSON(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_sign_in_sheets_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_items.id"],
            name=op.f("fk_sign_in_sheets_item_id_programme_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sheets")),
        sa.UniqueConstraint("congress_id", "code", name=op.f("uq_sign_in_sheets_congress_id_code")),
    )
    op.create_index(
        "ix_sign_in_sheets_meant", "sign_in_sheets", ["congress_id", "item_id", "day", "id"]
    )
    with op.batch_alter_table("attendances") as batch_op:
        batch_op.add_column(
            sa.Column("came_by", sa.String(), nullable=False, server_default="door")
        )
        batch_op.create_check_constraint(
            op.f("ck_attendances_came_by_known"), "came_by IN ('door', 'paper', 'workshop')"
        )


def downgrade() -> None:
    with op.batch_alter_table("attendances") as batch_op:
        batch_op.drop_constraint(op.f("ck_attendances_came_by_known"), type_="check")
        batch_op.drop_column("came_by")
    op.drop_index("ix_sign_in_sheets_meant", table_name="sign_in_sheets")
    op.drop_table("sign_in_sheets")
