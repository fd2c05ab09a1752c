"""What is told of workshops by those who carry them.

Revision ID: 0026
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workshop_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("needs_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("results", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("draft", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_workshop_reports_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_items.id"],
            name=op.f("fk_workshop_reports_item_id_programme_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_reports")),
        sa.UniqueConstraint("item_id", name=op.f("uq_workshop_reports_item_id")),
    )
    op.create_index(op.f("ix_workshop_reports_congress_id"), "workshop_reports", ["congress_id"])


def downgrade() -> None:
    op.drop_table("workshop_reports")
