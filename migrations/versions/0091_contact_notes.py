"""The contact log of the network, and on which day whom a mail told what is due.

Revision ID: 0091
Revises: 0090
"""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
OPEN = sa.text("follow_up_on IS NOT NULL AND done_at IS NULL")
FOR_SOMEBODY = sa.text("follow_up_for IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("follow_ups_told_on", sa.Date(), nullable=True))
    op.create_table(
        "contact_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("search", FOLDED, nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("follow_up_for", sa.Integer(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("text", sa.String(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "kind IN ('call', 'visit', 'mail', 'meeting')",
            name=op.f("ck_contact_notes_kind_known"),
        ),
        sa.CheckConstraint(
            "follow_up_on IS NOT NULL OR done_at IS NULL",
            name=op.f("ck_contact_notes_done_follow_up"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_contact_notes_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact_persons.id"],
            name=op.f("fk_contact_notes_contact_id_contact_persons"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_for"],
            ["users.id"],
            name=op.f("fk_contact_notes_follow_up_for_users"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_notes")),
    )
    op.create_index("ix_contact_notes_order", "contact_notes", ["day", "id"])
    op.create_index(
        "ix_contact_notes_organisation", "contact_notes", ["organisation_id", "day", "id"]
    )
    op.create_index(op.f("ix_contact_notes_contact_id"), "contact_notes", ["contact_id"])
    op.create_index(
        "ix_contact_notes_open",
        "contact_notes",
        ["follow_up_on", "follow_up_for"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "ix_contact_notes_for",
        "contact_notes",
        ["follow_up_for", "day", "id"],
        sqlite_where=FOR_SOMEBODY,
        postgresql_where=FOR_SOMEBODY,
    )


def downgrade() -> None:
    op.drop_table("contact_notes")
    with op.batch_alter_table("users") as users:
        users.drop_column("follow_ups_told_on")
