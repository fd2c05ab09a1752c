"""When a domain last had enough mails in one minute.

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox_domains") as batch:
        batch.add_column(sa.Column("full_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox_domains") as batch:
        batch.drop_column("full_at")
