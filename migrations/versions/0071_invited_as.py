"""As what whoever is invited comes.

Revision ID: 0071
Revises: 0070
"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

KNOWN = "kind IN ('attendee', 'contributor', 'guest', 'press', 'team')"


def upgrade() -> None:
    with op.batch_alter_table("invitations") as batch:
        batch.add_column(sa.Column("kind", sa.String(), server_default="attendee", nullable=False))
        batch.create_check_constraint(op.f("ck_invitations_kind_known"), KNOWN)


def downgrade() -> None:
    with op.batch_alter_table("invitations") as batch:
        batch.drop_constraint(op.f("ck_invitations_kind_known"), type_="check")
        batch.drop_column("kind")
