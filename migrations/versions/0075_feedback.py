"""What people say of a congress afterwards.

Revision ID: 0075
Revises: 0074
"""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("days_after", sa.Integer(), nullable=False),
        sa.Column("days_open", sa.Integer(), nullable=False),
        sa.Column("reminder_days", sa.Integer(), nullable=False),
        sa.Column("asks_all", sa.Boolean(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("has_begun", sa.Boolean(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_feedback_surveys_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_surveys")),
        sa.UniqueConstraint("congress_id", name=op.f("uq_feedback_surveys_congress_id")),
    )
    op.create_table(
        "feedback_boxes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("sums", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_feedback_boxes_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_items.id"],
            name=op.f("fk_feedback_boxes_item_id_programme_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_boxes")),
    )
    op.create_index("ix_feedback_boxes_item_id", "feedback_boxes", ["item_id"])
    op.create_index(
        "uq_feedback_boxes_item", "feedback_boxes", ["congress_id", "item_id"], unique=True
    )
    of_event = sa.text("item_id IS NULL")
    op.create_index(
        "uq_feedback_boxes_event",
        "feedback_boxes",
        ["congress_id"],
        unique=True,
        sqlite_where=of_event,
        postgresql_where=of_event,
    )
    op.create_table(
        "feedback_ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("is_reminded", sa.Boolean(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_feedback_ballots_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_feedback_ballots_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_ballots")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_feedback_ballots_registration_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_feedback_ballots_digest")),
    )
    op.create_index("ix_feedback_ballots_congress_id", "feedback_ballots", ["congress_id"])


def downgrade() -> None:
    op.drop_table("feedback_ballots")
    op.drop_table("feedback_boxes")
    op.drop_table("feedback_surveys")
