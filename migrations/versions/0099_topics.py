"""Topics of network meetings: rounds, what was proposed, votes, and who was written to.

Revision ID: 0099
Revises: 0098
"""

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "topic_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("congress_id", sa.Integer(), nullable=False),
        sa.Column("proposals_until", sa.Date(), nullable=False),
        sa.Column("votes_from", sa.Date(), nullable=False),
        sa.Column("votes_until", sa.Date(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("shows_results", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "proposals_until < votes_from AND votes_from <= votes_until",
            name=op.f("ck_topic_rounds_in_order"),
        ),
        sa.CheckConstraint("points >= 1", name=op.f("ck_topic_rounds_points")),
        sa.ForeignKeyConstraint(
            ["congress_id"],
            ["congresses.id"],
            name=op.f("fk_topic_rounds_congress_id_congresses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_rounds")),
        sa.UniqueConstraint("congress_id", name=op.f("uq_topic_rounds_congress_id")),
    )
    op.create_table(
        "meeting_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("contributes", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), server_default="open", nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("names_proposer", sa.Boolean(), nullable=False),
        sa.Column("told", sa.String(), server_default="", nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'merged', 'declined')",
            name=op.f("ck_meeting_topics_state_known"),
        ),
        sa.CheckConstraint(
            "item_id IS NULL OR state = 'open'", name=op.f("ck_meeting_topics_open_in_programme")
        ),
        sa.CheckConstraint(
            "kind IN ('peer_exchange', 'expert_input', 'state_news')",
            name=op.f("ck_meeting_topics_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["topic_rounds.id"],
            name=op.f("fk_meeting_topics_round_id_topic_rounds"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_meeting_topics_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["meeting_topics.id"],
            name=op.f("fk_meeting_topics_merged_into_id_meeting_topics"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["programme_items.id"],
            name=op.f("fk_meeting_topics_item_id_programme_items"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["contact_persons.id"],
            name=op.f("fk_meeting_topics_proposed_by_contact_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_topics")),
    )
    for column in ("round_id", "organisation_id", "merged_into_id", "item_id", "proposed_by"):
        op.create_index(op.f(f"ix_meeting_topics_{column}"), "meeting_topics", [column])

    op.create_table(
        "topic_ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("cast_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["topic_rounds.id"],
            name=op.f("fk_topic_ballots_round_id_topic_rounds"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_topic_ballots_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_ballots")),
        sa.UniqueConstraint(
            "round_id", "organisation_id", name=op.f("uq_topic_ballots_round_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_topic_ballots_organisation_id"), "topic_ballots", ["organisation_id"])

    op.create_table(
        "topic_votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("points >= 1", name=op.f("ck_topic_votes_points")),
        sa.ForeignKeyConstraint(
            ["ballot_id"],
            ["topic_ballots.id"],
            name=op.f("fk_topic_votes_ballot_id_topic_ballots"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["meeting_topics.id"],
            name=op.f("fk_topic_votes_topic_id_meeting_topics"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_votes")),
        sa.UniqueConstraint(
            "ballot_id", "topic_id", name=op.f("uq_topic_votes_ballot_id_topic_id")
        ),
    )
    op.create_index(op.f("ix_topic_votes_topic_id"), "topic_votes", ["topic_id"])

    op.create_table(
        "topic_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.CheckConstraint("step IN ('propose', 'vote')", name=op.f("ck_topic_calls_step_known")),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["topic_rounds.id"],
            name=op.f("fk_topic_calls_round_id_topic_rounds"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact_persons.id"],
            name=op.f("fk_topic_calls_contact_id_contact_persons"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_calls")),
        sa.UniqueConstraint(
            "round_id",
            "contact_id",
            "step",
            name=op.f("uq_topic_calls_round_id_contact_id_step"),
        ),
    )
    op.create_index(op.f("ix_topic_calls_contact_id"), "topic_calls", ["contact_id"])


def downgrade() -> None:
    for table in (
        "topic_calls",
        "topic_votes",
        "topic_ballots",
        "meeting_topics",
        "topic_rounds",
    ):
        op.drop_table(table)
