"""Signed sheets as evidence, and until when a congress keeps them.

Revision ID: 0078
Revises: 0077
"""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signed_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_signed_papers_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_items.id"],
            name=op.f("fk_signed_papers_item_id_programme_items"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_papers")),
    )
    op.create_index(op.f("ix_signed_papers_congress_id"), "signed_papers", ["congress_id"])
    with op.batch_alter_table("congresses") as batch_op:
        batch_op.add_column(sa.Column("evidence_until", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("congresses") as batch_op:
        batch_op.drop_column("evidence_until")
    op.drop_index(op.f("ix_signed_papers_congress_id"), table_name="signed_papers")
    op.drop_table("signed_papers")
