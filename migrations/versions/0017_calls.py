"""Calls for proposals, with what was proposed and how it is rated.

Revision ID: 0017
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0027"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_calls_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("congress_id", name=op.f("uq_calls_congress_id")),
    )
    texts = (
        "state kind name organisation email email_key phone title abstract needs language "
        "mail_language form_key text_version nonce key_id digest"
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts.split()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'shortlisted', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_proposals_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_proposals_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_items.id"],
            name=op.f("fk_proposals_item_id_programme_items"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint(
            "congress_id", "form_key", name=op.f("uq_proposals_congress_id_form_key")
        ),
        sa.UniqueConstraint("digest", name=op.f("uq_proposals_digest")),
    )
    op.create_index("ix_proposals_congress", "proposals", ["congress_id", "state"])
    op.create_index(op.f("ix_proposals_item_id"), "proposals", ["item_id"])
    op.create_table(
        "proposal_ratings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("rated_at", MOMENT, nullable=False),
        sa.CheckConstraint("points BETWEEN 1 AND 5", name=op.f("ck_proposal_ratings_points")),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals.id"],
            name=op.f("fk_proposal_ratings_proposal_id_proposals"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_proposal_ratings_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_ratings")),
        sa.UniqueConstraint(
            "proposal_id", "user_id", name=op.f("uq_proposal_ratings_proposal_id_user_id")
        ),
    )
    op.create_index(op.f("ix_proposal_ratings_user_id"), "proposal_ratings", ["user_id"])


def downgrade() -> None:
    op.drop_table("proposal_ratings")
    op.drop_table("proposals")
    op.drop_table("calls")
