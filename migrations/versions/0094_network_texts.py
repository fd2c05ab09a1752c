"""Texts of the network, their versions, and comments on them.

Revision ID: 0094
Revises: 0093
"""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "network_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('quality_criteria', 'joint_declaration', 'plan_of_action', 'other')",
            name=op.f("ck_network_texts_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_texts")),
        sa.UniqueConstraint("code", name=op.f("uq_network_texts_code")),
    )
    op.create_table(
        "network_text_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("comments_from", sa.Date(), nullable=True),
        sa.Column("comments_until", sa.Date(), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("adopted_by", sa.String(), server_default="", nullable=False),
        sa.Column("told_of_comments_at", MOMENT, nullable=True),
        sa.Column("told_of_adoption_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'in_comment', 'adopted', 'superseded')",
            name=op.f("ck_network_text_versions_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('draft', 'in_comment') OR adopted_on IS NULL",
            name=op.f("ck_network_text_versions_not_adopted_yet"),
        ),
        sa.CheckConstraint(
            "state <> 'adopted' OR adopted_on IS NOT NULL",
            name=op.f("ck_network_text_versions_adopted_on_a_day"),
        ),
        sa.CheckConstraint(
            "(comments_from IS NULL) = (comments_until IS NULL) "
            "AND (state <> 'in_comment' OR comments_until IS NOT NULL)",
            name=op.f("ck_network_text_versions_comments_have_days"),
        ),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["network_texts.id"],
            name=op.f("fk_network_text_versions_text_id_network_texts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_text_versions")),
        sa.UniqueConstraint(
            "text_id", "number", name=op.f("uq_network_text_versions_text_id_number")
        ),
    )
    op.create_table(
        "network_text_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(), server_default="", nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answer_words", sa.String(), server_default="", nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "answer IS NULL OR answer IN ('accepted', 'partly', 'declined')",
            name=op.f("ck_network_text_comments_answer_known"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_network_text_comments_answered_at_a_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact_persons.id"],
            name=op.f("fk_network_text_comments_contact_id_contact_persons"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_network_text_comments_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["network_text_versions.id"],
            name=op.f("fk_network_text_comments_version_id_network_text_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_text_comments")),
    )
    op.create_index(
        "ix_network_text_comments_version_id",
        "network_text_comments",
        ["version_id", "organisation_id"],
    )
    for column in ("contact_id", "organisation_id"):
        op.create_index(
            op.f(f"ix_network_text_comments_{column}"), "network_text_comments", [column]
        )


def downgrade() -> None:
    for table in ("network_text_comments", "network_text_versions", "network_texts"):
        op.drop_table(table)
