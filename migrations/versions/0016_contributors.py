"""People of a programme are reached by mail and answer by their own link.

Revision ID: 0016
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contributors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nonce", sa.String(), nullable=True),
        sa.Column("key_id", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_contributors_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_contributors_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributors")),
        sa.UniqueConstraint(
            "congress_id", "person_id", name=op.f("uq_contributors_congress_id_person_id")
        ),
        sa.UniqueConstraint("digest", name=op.f("uq_contributors_digest")),
    )
    op.create_index(op.f("ix_contributors_person_id"), "contributors", ["person_id"])
    # Columns added, not a table built anew: SQLite would lose its checks.
    op.add_column(
        "contributions", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "contributions", sa.Column("note", sa.String(), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("contributions", "note")
    op.drop_column("contributions", "answered_at")
    op.drop_table("contributors")
