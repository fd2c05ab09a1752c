"""As what somebody comes, and how many places are held back for some kinds of people.

Revision ID: 0068
Revises: 0067
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

OTHERS = sa.text("kind <> 'attendee'")
KNOWN = "kind IN ('attendee', 'contributor', 'guest', 'press', 'team')"


def upgrade() -> None:
    with op.batch_alter_table("registrations") as batch:
        batch.add_column(sa.Column("kind", sa.String(), server_default="attendee", nullable=False))
        batch.create_check_constraint(op.f("ck_registrations_kind_known"), KNOWN)
    op.create_index(
        "ix_registrations_kind",
        "registrations",
        ["congress_id", "kind", "state"],
        sqlite_where=OTHERS,
        postgresql_where=OTHERS,
    )
    op.add_column(
        "congresses",
        sa.Column("held_back", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("congresses", "held_back")
    op.drop_index("ix_registrations_kind", "registrations")
    with op.batch_alter_table("registrations") as batch:
        batch.drop_constraint(op.f("ck_registrations_kind_known"), type_="check")
        batch.drop_column("kind")
