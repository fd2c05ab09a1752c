"""Workshops that people had ranked until they were called off, and ranked others since.

Revision ID: 0109
Revises: 0108
"""

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_former_wishes_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "former_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=False),
        _to("registration_id", "registrations"),
        _to("item_id", "programme_items"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_wishes")),
        sa.UniqueConstraint(
            "registration_id", "item_id", name=op.f("uq_former_wishes_registration_id_item_id")
        ),
    )
    op.create_index("ix_former_wishes_item_id", "former_wishes", ["item_id"])


def downgrade() -> None:
    op.drop_table("former_wishes")
