"""Notes of organisers about people of a programme.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "speaker_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.Column("equipment", sa.String(), nullable=False),
        sa.Column("travel", sa.String(), nullable=False),
        sa.Column("hotel", sa.String(), nullable=False),
        sa.Column("honorarium", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contributor_id"],
            ["contributors.id"],
            name=op.f("fk_speaker_sheets_contributor_id_contributors"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_sheets")),
        sa.UniqueConstraint("contributor_id", name=op.f("uq_speaker_sheets_contributor_id")),
    )


def downgrade() -> None:
    op.drop_table("speaker_sheets")
