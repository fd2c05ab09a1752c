"""Which badges were printed.

Revision ID: 0080
Revises: 0079
"""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "printed_badges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(registration_id IS NULL) <> (person_id IS NULL)",
            name=op.f("ck_printed_badges_holder"),
        ),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_printed_badges_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_printed_badges_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_printed_badges_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_badges")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_printed_badges_registration_id")),
        sa.UniqueConstraint(
            "congress_id", "person_id", name=op.f("uq_printed_badges_congress_id_person_id")
        ),
    )
    op.create_index("ix_printed_badges_person_id", "printed_badges", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_printed_badges_person_id", "printed_badges")
    op.drop_table("printed_badges")
