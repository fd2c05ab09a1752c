"""The host organisation of a placement.

Revision ID: 0103
Revises: 0102
"""

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_hosts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "sector IN ('', 'public', 'civil', 'business')",
            name=op.f("ck_item_hosts_sector_known"),
        ),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_item_hosts_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_items.id"],
            name=op.f("fk_item_hosts_item_id_programme_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_item_hosts_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_hosts")),
        sa.UniqueConstraint("item_id", name=op.f("uq_item_hosts_item_id")),
    )
    for column in ("congress_id", "organisation_id"):
        op.create_index(op.f(f"ix_item_hosts_{column}"), "item_hosts", [column])


def downgrade() -> None:
    # A kind that is not known before: placements go on as what they are like.
    op.execute("UPDATE programme_items SET kind = 'workshop' WHERE kind = 'placement'")
    op.drop_table("item_hosts")
