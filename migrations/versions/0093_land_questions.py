"""Questions of municipalities to the Land, and who has the same question.

Revision ID: 0093
Revises: 0092
"""

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "land_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("answered_by", sa.String(), server_default="", nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("audience", sa.String(), server_default="members", nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("search", FOLDED, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'withdrawn', 'declined')",
            name=op.f("ck_land_questions_state_known"),
        ),
        sa.CheckConstraint(
            "audience IN ('members', 'public')", name=op.f("ck_land_questions_audience_known")
        ),
        sa.CheckConstraint(
            "state <> 'answered' OR answered_on IS NOT NULL",
            name=op.f("ck_land_questions_answered_on_a_day"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_land_questions_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact_persons.id"],
            name=op.f("fk_land_questions_contact_id_contact_persons"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["congresses.id"],
            name=op.f("fk_land_questions_meeting_id_congresses"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_land_questions")),
    )
    op.create_index("ix_land_questions_order", "land_questions", ["state", "answered_on", "id"])
    for column in ("organisation_id", "contact_id", "meeting_id"):
        op.create_index(op.f(f"ix_land_questions_{column}"), "land_questions", [column])

    op.create_table(
        "same_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["land_questions.id"],
            name=op.f("fk_same_questions_question_id_land_questions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_same_questions_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact_persons.id"],
            name=op.f("fk_same_questions_contact_id_contact_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_questions")),
        sa.UniqueConstraint(
            "question_id",
            "organisation_id",
            name=op.f("uq_same_questions_question_id_organisation_id"),
        ),
    )
    for column in ("organisation_id", "contact_id"):
        op.create_index(op.f(f"ix_same_questions_{column}"), "same_questions", [column])


def downgrade() -> None:
    for table in ("same_questions", "land_questions"):
        op.drop_table(table)
