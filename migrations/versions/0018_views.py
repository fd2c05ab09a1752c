"""Views of the attendee list that organisers save: their own, and those of everybody.

Revision ID: 0018
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0015"
branch_labels = None
depends_on = None

FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
OWN, SHARED = sa.text("user_id IS NOT NULL"), sa.text("user_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "attendee_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", FOLDED, nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_attendee_views_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_attendee_views_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendee_views")),
    )
    op.create_index(
        "uq_attendee_views_own",
        "attendee_views",
        ["congress_id", "user_id", "name_key"],
        unique=True,
        sqlite_where=OWN,
        postgresql_where=OWN,
    )
    op.create_index(
        "uq_attendee_views_shared",
        "attendee_views",
        ["congress_id", "name_key"],
        unique=True,
        sqlite_where=SHARED,
        postgresql_where=SHARED,
    )
    op.create_index(op.f("ix_attendee_views_user_id"), "attendee_views", ["user_id"])


def downgrade() -> None:
    op.drop_table("attendee_views")
